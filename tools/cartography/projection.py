"""The Equal Earth projection: areas stay true to one another, and the world looks familiar.

Formulas by Bojan Šavrič, Tom Patterson and Bernhard Jenny, "The Equal Earth map projection"
(2018), doi:10.1080/13658816.2018.1504949.
"""

from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]

# The map's middle. Its edges, half a turn away, then run through the Bering Strait: they part
# neither Russia nor Fiji, and the Aleutians at most.
CENTRAL_MERIDIAN = 11.0
WESTERN_EDGE = CENTRAL_MERIDIAN - 180

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude: float, latitude: float) -> Point:
    """Degrees to radii of the globe: x to the east of the middle, y to the north of the equator.

    The longitude is not wrapped: what lies beyond the map's edge is drawn beyond it.
    """
    angle = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = angle * angle
    slope = A1 + 3 * A2 * square + square**3 * (7 * A3 + 9 * A4 * square)
    x = 2 * sqrt(3) / 3 * radians(longitude - CENTRAL_MERIDIAN) * cos(angle) / slope
    y = angle * (A1 + A2 * square + square**3 * (A3 + A4 * square))
    return x, y
