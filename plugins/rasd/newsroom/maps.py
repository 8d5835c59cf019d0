"""Where a place lies on the world map: the projection that the outline and the points on it share."""

from __future__ import annotations

WIDTH, HEIGHT = 1000.0, 440.0  # without Antarctica
_EQUATOR = 255.0
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
