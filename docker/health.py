"""Says whether the Airflow service named by the first argument is well: exit 0, or 1 with the reason.

`airflow jobs check` answers the same question, and imports all of Airflow each time to do it. The scheduler and the
API server are asked directly; of the others the API server knows the last heartbeat.
"""

from __future__ import annotations

import json
import sys
import urllib.request

_API = "/api/v2/monitor/health"


def main(service: str) -> str | None:
    """Return what is wrong, None if nothing is."""
    where = {
        "scheduler": "http://localhost:8974/health",
        "api-server": f"http://localhost:8080{_API}",
    }.get(service, f"http://api-server:8080{_API}")
    try:
        with urllib.request.urlopen(where, timeout=8) as answer:
            # The scheduler's own answer is its status alone: 503 if it has not stirred lately.
            told = {"scheduler": {"status": "healthy"}} if service == "scheduler" else json.load(answer)
    except (OSError, ValueError) as error:
        return f"{where}: {error}"
    part = {"scheduler": "scheduler", "api-server": "metadatabase"}.get(service, service.replace("-", "_"))
    status = told[part]["status"]
    return None if status == "healthy" else f"{part} is {status}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
