"""Distances on the globe."""

from math import asin, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    north = radians(lat2 - lat1) / 2
    east = radians(lon2 - lon1) / 2
    chord = sin(north) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def box_around(lat: float, km: float) -> tuple[float, float]:
    """Degrees of latitude and of longitude beyond which everything is farther away; not for the poles."""
    north = degrees(km / EARTH_RADIUS_KM)
    return north, north / cos(radians(abs(lat) + north))
