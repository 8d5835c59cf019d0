"""Calls of Airflow's REST API."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


def call(port: int, path: str, body: dict[str, Any] | None = None, token: str | None = None) -> Any:
    """Ask the API on this machine (POST where there is a body) and return its answer."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)
