"""Who may read and who may write, with the auth manager and the roles that the containers use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from serving import System, serving, status

from rest import call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "only-for-this-test"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, inbox: Path) -> Iterator[System]:
    administrator = (
        "users", "create", "--username", "Admin", "--firstname", "-", "--lastname", "-", "--email", "a@example.org",
        "--role", "Admin", "--password", PASSWORD,
    )  # fmt: skip
    manager = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
    home = tmp_path_factory.mktemp("newsroom fab") / "home"
    with serving(home, inbox, ("sync-perm",), administrator, AIRFLOW__CORE__AUTH_MANAGER=manager) as started:
        token = started.token("Admin", PASSWORD)
        for role in ("Public", "Viewer", "User", "Op"):
            person = {
                "username": role, "first_name": "-", "last_name": "-", "email": f"{role}@example.org",
                "password": PASSWORD, "roles": [{"name": role}],
            }  # fmt: skip
            call(started.port, "/auth/fab/v1/users", person, token)
        yield started


@pytest.mark.parametrize(
    ("role", "may"),
    [("Public", ""), ("Viewer", "read"), ("User", "read, write"), ("Op", "read, write"), ("Admin", "read, write")],
)
def test_who_sees_the_dag_reads_and_who_may_run_it_writes(system: System, role: str, may: str) -> None:
    token = system.token(role, PASSWORD)
    for room in ("", "articles", "search", "entities", "watches", "health"):
        assert status(system, f"/newsroom/{room}", token) == (200 if may else 403), room
    if may:
        assert ('method="post"' in system.get("/newsroom/watches", token)) == ("write" in may)
