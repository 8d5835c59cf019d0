"""The stack that `make test-compose` brings up, on a real engine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import stack as stacks
import standins

if TYPE_CHECKING:
    from collections.abc import Iterator

# Leaves the stack up and the images there, to look around in; its folder, given here, makes the next call use it.
KEEP = os.environ.get("RASD_TEST_COMPOSE_KEEP")


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stacks.Engine]:
    """A running engine; these tests take half an hour, so they have to be asked for."""
    if not os.environ.get("RASD_TEST_COMPOSE"):
        pytest.skip("boots containers: `make test-compose` runs it")
    engine = stacks.Engine(tmp_path_factory.mktemp("engine"))
    if engine.missing:
        pytest.skip(engine.missing)
    yield engine
    engine.stop()


@pytest.fixture(scope="session")
def base_images(engine: stacks.Engine) -> Iterator[dict[str, str]]:
    """The images that the compose file names, or their stand-ins."""
    text = (stacks.ROOT / ".env.example").read_text(encoding="utf-8")
    images = dict(line.split("=", 1) for line in text.splitlines() if "_IMAGE=" in line)
    base = images["RASD_BASE_IMAGE"]
    makers = {
        base: lambda: standins.python(base),
        images["POSTGRES_IMAGE"]: lambda: standins.postgres(images["POSTGRES_IMAGE"], base),
        images["BROKER_IMAGE"]: lambda: standins.broker(images["BROKER_IMAGE"]),
        images["OBJECTS_IMAGE"]: lambda: standins.objects(images["OBJECTS_IMAGE"], base),
    }
    before = standins.unnamed()
    for image, make in makers.items():
        if not standins.is_there(image):
            if reason := standins.missing_tool():
                pytest.skip(f"{image} cannot be pulled, and a stand-in needs {reason}")
            make()
    yield images
    if not KEEP:
        standins.remove_all()
        standins.remove(standins.unnamed() - before)


@pytest.fixture(scope="session")
def stack(base_images: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[stacks.Stack]:
    """The default stack, installed as the documentation says."""
    if KEEP and Path(KEEP).is_dir():
        yield stacks.Stack(Path(KEEP))
        return
    # A folder with a space, and one that the containers' user may pass through.
    folder = tmp_path_factory.mktemp("compose stack")
    for path in (folder, *folder.parents):
        if path.stat().st_uid == os.geteuid():
            path.chmod(path.stat().st_mode | 0o011)
    made = stacks.Stack(folder)
    if standins.is_one(base_images["RASD_BASE_IMAGE"]):
        standins.download(made.folder / "docker" / "wheels", base_images["RASD_BASE_IMAGE"])
    try:
        [commands] = stacks.documented("Install")
        made.script(commands.removeprefix("make env\n"))
        made.wait_until_healthy()
        yield made
    finally:
        if not KEEP:
            made.compose("--profile", "scale", "--profile", "objects", "down", "--volumes", check=False)
            subprocess.run(["docker", "rmi", "--force", "rasd-test:latest"], capture_output=True, check=False)
