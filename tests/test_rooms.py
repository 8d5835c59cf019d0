"""The rooms of the house, as docs/architecture.md has them: each imports only rooms below it, and no two each other."""

from __future__ import annotations

import ast
import graphlib
import re
from functools import cache
from pathlib import Path

import rasd

HOUSE = Path(rasd.__file__).resolve().parent
ARCHITECTURE = HOUSE.parents[1] / "docs" / "architecture.md"


@cache
def imports() -> dict[str, set[str]]:
    """Return what each module of Rasd imports, wherever in it; `if TYPE_CHECKING` counts too."""
    found: dict[str, set[str]] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(("rasd", *path.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")
        found[name] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found[name].update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found[name].update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    return found


@cache
def own_imports() -> dict[str, set[str]]:
    """Return what each module of Rasd imports of Rasd."""
    found = imports()
    return {name: {other for other in others if other in found and other != name} for name, others in found.items()}


def rooms() -> list[str]:
    """Return the rooms in the order of the table, the highest first."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", text[text.index("## The rooms") :], re.MULTILINE)


def test_the_table_names_every_room() -> None:
    assert sorted(rooms()) == sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))


def test_a_room_imports_only_rooms_below_it() -> None:
    order = {room: n for n, room in enumerate(rooms())}
    upward = [
        f"{module} imports {other}"
        for module, others in own_imports().items()
        for other in sorted(others)
        if (here := order.get(module.split(".")[1] if "." in module else "")) is not None
        and (there := order.get(other.split(".")[1] if "." in other else "")) is not None
        and there < here
    ]
    assert not upward


def test_what_stands_below_all_rooms_imports_none() -> None:
    below = ("errors", "settings", "resources", "references", "memo")
    assert all(f"`rasd.{name}`" in ARCHITECTURE.read_text(encoding="utf-8") for name in below)
    allowed = {"rasd", *(f"rasd.{name}" for name in below)}
    upward = {name: own_imports()[f"rasd.{name}"] - allowed for name in below}
    assert not any(upward.values()), upward


def test_no_two_modules_import_each_other() -> None:
    # A package's face hands on what lies in it.
    plain = {name: {o for o in others if not name.startswith(f"{o}.")} for name, others in own_imports().items()}
    graphlib.TopologicalSorter(plain).prepare()


def test_the_library_knows_nothing_of_airflow() -> None:
    assert not [name for name, others in imports().items() if any(other.split(".")[0] == "airflow" for other in others)]


def test_the_steps_of_reading_are_modules() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    steps = text[text.index("| step | modules |") : text.index("`dags/` wires")]
    assert not [name for name in re.findall(r"`(\w+)`", steps) if not (HOUSE / "reading" / f"{name}.py").exists()]
