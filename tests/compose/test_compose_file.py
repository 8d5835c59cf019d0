"""docker-compose.yml without an engine: valid, closed by default, and naming nothing that is not there."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import stack
import yaml
from stack import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {"init", "rasd"}  # they end, and are not started again
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(:[-?])?([^}]*)\}")


@pytest.mark.parametrize("name", ["docker-compose.yml", "docker-compose.tls.yml"])
def test_it_follows_the_schema_of_the_compose_specification(name: str) -> None:
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text(encoding="utf-8"))
    text = (ROOT / name).read_text(encoding="utf-8")
    # Compose turns a variable's value into a number where the schema wants one.
    text = re.sub(r"^( +scale: )\$\{\w+:-(\d+)\}$", r"\1\2", text, flags=re.MULTILINE)
    jsonschema.Draft7Validator(schema).validate(yaml.safe_load(text))


def test_the_file_for_tls_adds_to_every_service_that_talks_to_postgres_and_takes_nothing_away() -> None:
    tls = yaml.safe_load((ROOT / "docker-compose.tls.yml").read_text(encoding="utf-8"))
    plain, secured = SERVICES["postgres"]["command"], tls["services"]["postgres"]["command"]
    assert secured[: len(plain)] == plain
    added = {word.partition("=")[0] for word in secured[len(plain) :]}
    assert added == {"-cssl", "-cssl_cert_file", "-cssl_key_file", "-cssl_min_protocol_version", "-chba_file"}
    clients = {name for name, service in SERVICES.items() if service["image"] == SERVICES["init"]["image"]}
    assert set(tls["services"]) == {"postgres", *clients}
    for name in clients:
        assert tls["services"][name]["environment"]["PGSSLMODE"] == "verify-full", name
    lines = (ROOT / "docker" / "pg_hba.conf").read_text(encoding="utf-8").splitlines()
    assert [line.split()[0] for line in lines if not line.startswith("#")] == ["local", "hostssl"]


def test_every_variable_is_explained_and_every_explanation_is_used() -> None:
    used = {name for name, _, _ in VARIABLE.findall(TEXT)}
    explained = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert used == {name for name in explained if not name.startswith("COMPOSE_")}  # those are compose's own


def test_defaults_are_those_that_the_example_states() -> None:
    stated = dict(re.findall(r"^([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE))
    defaults = {name: value for name, kind, value in VARIABLE.findall(TEXT) if kind == ":-"}
    assert {n: v for n, v in defaults.items() if n in stated} == {n: v for n, v in stated.items() if n in defaults}


def test_no_secret_has_a_default_and_all_are_demanded() -> None:
    secrets = set(re.findall(r"^([A-Z_]+)=$", EXAMPLE, re.MULTILINE))
    demanded = {name for name, kind, words in VARIABLE.findall(TEXT) if kind == ":?" and "make env" in words}
    assert secrets == demanded
    assert {n for n in secrets if n.endswith(("_PASSWORD", "_KEY", "_SECRET"))} == secrets


def make_env(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run docker/make_env.py for a folder of its own."""
    if not (folder / "docker").exists():
        (folder / "docker").mkdir()
        shutil.copy(ROOT / "docker" / "make_env.py", folder / "docker")
        shutil.copy(ROOT / ".env.example", folder)
    command = [sys.executable, "docker/make_env.py", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def written(folder: Path) -> dict[str, str]:
    """What `.env` holds."""
    lines = (folder / ".env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"\w+=", line))


def test_make_env_writes_secrets_once_and_for_its_owner_only(tmp_path: Path) -> None:
    assert make_env(tmp_path).returncode == 0
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    before = written(tmp_path)
    values = [value for name, value in before.items() if name.endswith(("_PASSWORD", "_KEY", "_SECRET"))]
    assert len(set(values)) == len(values) > 8
    assert min(map(len, values)) >= 40
    again = make_env(tmp_path)
    assert again.returncode != 0
    assert "left as it is" in again.stderr
    assert written(tmp_path) == before


def test_secrets_are_renewed_by_name_and_an_old_key_stays_until_it_is_retired(tmp_path: Path) -> None:
    make_env(tmp_path)
    before = written(tmp_path)
    assert make_env(tmp_path, "renew", "BROKER_PASSWORD", "AIRFLOW_FERNET_KEY").returncode == 0
    after = written(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {"BROKER_PASSWORD", "AIRFLOW_FERNET_KEY"}
    new, old = after["AIRFLOW_FERNET_KEY"].split(",")
    assert old == before["AIRFLOW_FERNET_KEY"] != new
    assert make_env(tmp_path, "renew", "AIRFLOW_FERNET_KEY").returncode == 0
    newest, *older = written(tmp_path)["AIRFLOW_FERNET_KEY"].split(",")
    assert older == [new, old], "renewed twice, what the oldest has encrypted can still be read"
    assert make_env(tmp_path, "retire", "AIRFLOW_FERNET_KEY").returncode == 0
    assert written(tmp_path) == {**after, "AIRFLOW_FERNET_KEY": newest}
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    for words in (["renew", "RASD_PORT"], ["retire", "BROKER_PASSWORD"], ["renewed"]):
        assert make_env(tmp_path, *words).returncode != 0, words
    assert written(tmp_path)["AIRFLOW_FERNET_KEY"] == newest
    assert make_env(tmp_path, "renew").returncode == 0
    all_new = {name for name, value in written(tmp_path).items() if value != before[name]}
    assert all_new == {name for name in before if name.endswith(("_PASSWORD", "_KEY", "_SECRET"))} - {
        "RASD_ADMIN_PASSWORD"
    }


def test_without_secrets_it_refuses_to_start_and_says_how(tmp_path: Path) -> None:
    compose = stack.compose_command()
    if compose is None:
        pytest.skip("no docker compose on this machine")
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("RASD_", "AIRFLOW", "POSTGRES"))}
    refused = subprocess.run(
        [*compose, "config", "-q"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert refused.returncode != 0
    assert "make env" in refused.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_bounded_watched_and_closed(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == ("no" if name in ONCE else "unless-stopped")
    assert "mem_limit" in service
    assert service["pids_limit"]
    assert service["logging"]["options"]["max-size"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert ("healthcheck" in service) == (name not in ONCE)
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    for other, how in service.get("depends_on", {}).items():
        assert how["condition"] == ("service_completed_successfully" if other == "init" else "service_healthy")
    for volume in service.get("volumes", []):
        source = VARIABLE.sub(lambda m: m[3], volume).split(":")[0]
        assert (ROOT / source).exists() if source.startswith(".") else source in COMPOSE["volumes"], volume


def test_all_named_volumes_are_used() -> None:
    mounted = " ".join(v for s in SERVICES.values() for v in s.get("volumes", []))
    assert all(f"{name}:" in mounted for name in COMPOSE["volumes"])


def copied() -> dict[str, str]:
    """What the Dockerfile copies out of the checkout: source to target."""
    found = {}
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            *sources, target = line.split()[1:]
            found.update(dict.fromkeys(sources, target))
    return found


def test_what_the_image_is_made_of_is_there_and_sent_to_the_engine() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for source in copied():
        assert list(ROOT.glob(source)), source
        assert source.split("/")[0] in allowed, source


def test_the_programs_that_services_start_are_in_the_image() -> None:
    inside = {f"{target}{Path(source).name}" for source, target in copied().items() if target.endswith("/")}
    named = set(re.findall(r"/opt/rasd/[\w.]+", TEXT))
    assert named
    assert named <= inside


_LOOK = """
import json, sys
from airflow.cli.cli_parser import get_parser
from airflow.configuration import conf
commands, options = json.load(sys.stdin)
parser = get_parser()
unknown = []
for command in commands:
    try:
        parser.parse_args(command)
    except SystemExit:
        unknown.append(command)
described = conf.configuration_description
unknown += [[s, o] for s, o in options if o not in described.get(s, {}).get("options", {})]
print("RESULT" + json.dumps(unknown))
"""


def test_airflow_knows_every_command_and_setting(tmp_path: Path) -> None:
    commands = [s["command"].split()[1:] for s in SERVICES.values() if str(s.get("command", "")).startswith("airflow ")]
    prepare = (ROOT / "docker" / "prepare.py").read_text(encoding="utf-8")
    commands += [
        [w.strip('"') if w.startswith('"') else "2" for w in re.split(r",\s*", words.rstrip(",\n "))]
        for words in re.findall(r'^ +airflow\(\s*(".*?)\)', prepare, re.MULTILINE | re.DOTALL)
    ]
    housekeeping = (ROOT / "docker" / "housekeeping.sh").read_text(encoding="utf-8")
    commands += [
        words.replace('"$before"', "2026-01-01").split()
        for words in re.findall(r"airflow (.*?) \\$", housekeeping, re.MULTILINE)
    ]
    assert len(commands) >= 11
    options = [name.split("__")[1:] for name in COMPOSE["x-rasd"]["environment"] if name.startswith("AIRFLOW__")]
    section = ""
    for line in (ROOT / "docker" / "airflow.cfg").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line and not line.startswith("#"):
            options.append([section, line.split("=")[0].strip()])
    auth = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
    environment = {
        **os.environ, "AIRFLOW_HOME": str(tmp_path), "AIRFLOW__CORE__AUTH_MANAGER": auth,
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
    }  # fmt: skip
    found = subprocess.run(
        [sys.executable, "-c", _LOOK], env=environment, capture_output=True, text=True, check=False,
        input=json.dumps([commands, [[o.lower() for o in option] for option in options]]),
    )  # fmt: skip
    line = next((x for x in found.stdout.splitlines() if x.startswith("RESULT")), None)
    assert line, found.stderr[-3000:]
    assert json.loads(line.removeprefix("RESULT")) == []


def test_rasd_reads_every_setting_that_the_containers_get() -> None:
    read = (ROOT / "plugins" / "rasd" / "settings.py").read_text(encoding="utf-8")
    for name in COMPOSE["x-rasd"]["environment"]:
        assert not name.startswith("RASD_") or f'"{name}"' in read, name


def test_documented_commands_name_services_and_profiles_that_exist() -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    commands = re.findall(r"docker compose ([^`\n|#]+)", text)
    assert commands
    for command in commands:
        words = command.split()
        verb = next(w for w in words if not w.startswith("-") and words[max(0, words.index(w) - 1)] != "--profile")
        for name in re.findall(r"--profile (\w+)", command):
            assert name in {p for s in SERVICES.values() for p in s.get("profiles", [])}, command
        if verb in ("run", "exec", "logs", "restart"):
            after = re.sub(r"--entrypoint (\"[^\"]*\"|\S+)", "", command.split(verb, 1)[1]).split()
            operands = [w for w in after if not w.startswith("-")]
            assert operands[0] in SERVICES, command
