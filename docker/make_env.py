"""Write `.env` with fresh random secrets for docker compose: `make env`. An `.env` that is there is left alone."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def main() -> None:
    """Fill in `.env.example`: every empty value is a secret to be made."""
    target = HERE / ".env"
    try:
        # Made for its owner only, and never over one that a running system still needs.
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        sys.exit(".env is there already; it is left as it is. Remove it to start with new secrets.")
    lines = []
    for line in (HERE / ".env.example").read_text(encoding="utf-8").splitlines():
        name, is_setting, value = line.partition("=")
        secret = ""
        if is_setting and not line.startswith("#") and not value:
            made = secrets.token_bytes(32)
            # Fernet wants 32 bytes in URL-safe Base64; the others may be anything without a sign that addresses use.
            secret = base64.urlsafe_b64encode(made).decode() if name.endswith("FERNET_KEY") else made.hex()
        lines.append(line + secret)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print("Wrote .env. The administrator's password is in it: RASD_ADMIN_PASSWORD.")


if __name__ == "__main__":
    main()
