"""Where a place lies on the world map: the projection that the outline and the points on it share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT = 1000.0, 440.0  # without Antarctica
_EQUATOR = 255.0
_SHAPE = 0.5  # height of the part shown, as a share of its width
_CLOSEST = 150.0
# Natural Earth, by T. Patterson, as the polynomial of B. Šavrič et al., "A Polynomial Equation for the Natural Earth
# Projection", Cartography and Geographic Information Science 38 (2011), 363-372.
_A = (0.8707, -0.131979, -0.013791, 0.003971, -0.001529)
_B = (1.007226, 0.015085, -0.044475, 0.028874, -0.005916)
_WIDEST = 0.8707 * 3.141592653589793


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the point of the map, `WIDTH` by `HEIGHT`, at which a place (degrees north and east) lies."""
    phi, lam = latitude * 0.017453292519943295, longitude * 0.017453292519943295
    square = phi * phi
    fourth = square * square
    x = lam * (_A[0] + square * _A[1] + fourth * (_A[2] + fourth * (square * _A[3] + fourth * _A[4])))
    y = phi * (_B[0] + square * (_B[1] + fourth * (_B[2] + square * _B[3] + fourth * _B[4])))
    scale = WIDTH / 2 / _WIDEST
    return WIDTH / 2 + x * scale, _EQUATOR - y * scale


def frame(places: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return the part of the map (x, y, width, height) that shows all places with room around them."""
    if not places:
        return 0.0, 0.0, WIDTH, HEIGHT
    points = [project(*place) for place in places]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width = min(WIDTH, max((right - left) * 1.35, (bottom - top) * 1.35 / _SHAPE, _CLOSEST))
    height = width * _SHAPE
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2, 0), max(HEIGHT - height, 0))
    return round(x, 1), round(y, 1), round(width, 1), round(height, 1)


def labelled(places: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Say of each place, the most important first, whether its name fits on the map without covering another one."""
    _, _, width, _ = frame([(p["latitude"], p["longitude"]) for p in places])
    taken: list[tuple[float, float]] = []
    found = []
    for place in places:
        x, y = project(place["latitude"], place["longitude"])
        fits = all(abs(x - a) > 0.16 * width or abs(y - b) > 0.06 * width for a, b in taken)
        taken += [(x, y)] if fits else []
        found.append(fits)
    return found
