"""Fetch what the newsroom takes from the npm registry again: `make vendor`. Needs npm; whoever runs Rasd does not.

`npm.json` names each package with its version, its integrity and the files taken from it; the licence comes along.
The outline of the world is drawn once from TopoJSON into an SVG file: nothing has to be projected in the browser.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from install import HERE, ROOT

from rasd.newsroom import maps

_ANTARCTICA = "010"


def fetch(name: str, version: str, integrity: str, folder: Path) -> Path:
    """Download one package and return its tarball, which must have the integrity that was noted."""
    result = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{name}@{version}"],
        check=True, text=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    tarball = folder / result.stdout.strip().splitlines()[-1]
    digest = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if digest != integrity:
        sys.exit(f"{name}@{version} is not what npm.json says: {digest}")
    return tarball


def world(topology: dict[str, Any]) -> str:
    """Draw the countries of a TopoJSON file (Topology Specification 1.0.0) as one SVG symbol, without Antarctica."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        steps = itertools.accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        arcs.append([(x * scale[0] + shift[0], y * scale[1] + shift[1]) for x, y in steps])
    path = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") == _ANTARCTICA:
            continue
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        for ring in (ring for polygon in polygons for ring in polygon):
            # A negative index (~n) is arc n backwards; neighbours share their end points.
            places = unwrapped([p for n in ring for p in (arcs[n] if n >= 0 else arcs[~n][::-1])[1:]])
            path.append(outline([maps.project(y, x) for x, y in places]))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="world" '
        f'viewBox="0 0 {maps.WIDTH:g} {maps.HEIGHT:g}"><path d="{"".join(path)}"/></symbol></svg>\n'
    )


def unwrapped(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Let longitudes run on over 180 degrees where a ring crosses the date line."""
    turn, found = 0, places[:1]
    for (before, _), (x, y) in itertools.pairwise(places):
        turn += -360 if x - before > 180 else 360 if before - x > 180 else 0
        found.append((x + turn, y))
    return found


def outline(points: list[tuple[float, float]]) -> str:
    """Return a closed path through the points, in steps of a tenth: half as long as absolute coordinates."""
    tenths = [p for p, _ in itertools.groupby((round(x * 10), round(y * 10)) for x, y in points)]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in itertools.pairwise(tenths)]
    if len(tenths) < 3:
        return ""
    x, y = tenths[0]
    return f"M{x / 10:g} {y / 10:g}l" + " ".join(f"{dx / 10:g} {dy / 10:g}" for dx, dy in steps) + "z"


def main() -> None:
    """Fetch every package of `npm.json` and write its files."""
    packages = json.loads((HERE / "npm.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for name, package in packages.items():
            tarball = fetch(name, package["version"], package["integrity"], Path(folder))
            with tarfile.open(tarball) as archive:

                def content(path: str, archive: tarfile.TarFile = archive) -> bytes:
                    member = archive.extractfile(f"package/{path}")
                    assert member is not None
                    return member.read()

                for path, target in package["files"].items():
                    (ROOT / target).parent.mkdir(parents=True, exist_ok=True)
                    (ROOT / target).write_bytes(content(path))
                for path, target in package.get("world", {}).items():
                    (ROOT / target).write_text(world(json.loads(content(path))), encoding="utf-8")
            print(f"{name} {package['version']} ({package['licence']})")


if __name__ == "__main__":
    main()
