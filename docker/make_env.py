"""Write `.env` with fresh random secrets for docker compose: `make env`. An `.env` that is there is left alone.

python3 docker/make_env.py                              write it
python3 docker/make_env.py renew RASD_READER_PASSWORD   fresh secrets in the place of some
python3 docker/make_env.py renew AIRFLOW_FERNET_KEY     a fresh key before the one that is there,
python3 docker/make_env.py retire AIRFLOW_FERNET_KEY    and, when nothing needs it any more, without it
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
EXAMPLE, TARGET = HERE / ".env.example", HERE / ".env"
_SETTING = re.compile(r"^([A-Z_]+)=(.*)$")
# What was encrypted with an old key is still to be read: keys stand side by side for a while.
_KEYS = {"AIRFLOW_FERNET_KEY"}


def secret(name: str) -> str:
    """Return a fresh secret."""
    made = secrets.token_bytes(32)
    # Fernet wants 32 bytes in URL-safe Base64; the others may be anything without a sign that addresses use.
    return base64.urlsafe_b64encode(made).decode() if name in _KEYS else made.hex()


def write(path: Path, lines: list[str]) -> None:
    """Write a file for its owner only; it must not be there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def make() -> None:
    """Fill in `.env.example`: every empty value is a secret to be made."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    filled = [line + secret(m[1]) if (m := _SETTING.match(line)) and not m[2] else line for line in lines]
    try:
        write(TARGET, filled)  # never over one that a running system still needs
    except FileExistsError:
        sys.exit(".env is there already; it is left as it is. Remove it to start with new secrets.")
    print("Wrote .env. The administrator's password is in it: RASD_ADMIN_PASSWORD.")


def change(verb: str, names: set[str]) -> None:
    """Renew the named secrets in `.env`, or retire the older of two keys."""
    text = EXAMPLE.read_text(encoding="utf-8")
    may = _KEYS if verb == "retire" else {m[1] for x in text.splitlines() if (m := _SETTING.match(x)) and not m[2]}
    if names - may:
        sys.exit(f"{verb}: knows {', '.join(sorted(may))}; not {', '.join(sorted(names - may))}.")
    # The administrator's first password counts once; what holds is what the UI was told since.
    names = names or may - {"RASD_ADMIN_PASSWORD"}
    lines = []
    for line in TARGET.read_text(encoding="utf-8").splitlines():
        found = _SETTING.match(line)
        if not found or found[1] not in names:
            lines.append(line)
            continue
        name, value = found.groups()
        keys = [value.partition(",")[0]] if verb == "retire" else [secret(name), *([value] if name in _KEYS else [])]
        lines.append(f"{name}={','.join(keys)}")
    aside = TARGET.with_name(".env.new")
    aside.unlink(missing_ok=True)
    write(aside, lines)
    aside.replace(TARGET)
    print(f"Changed in .env: {', '.join(sorted(names))}.")


if __name__ == "__main__":
    if sys.argv[1:2] in (["renew"], ["retire"]):
        change(sys.argv[1], set(sys.argv[2:]))
    elif len(sys.argv) == 1:
        make()
    else:
        sys.exit(__doc__)
