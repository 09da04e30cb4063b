"""How near the sites of offers are: the part of the points of a place that its area does not decide."""

from collections.abc import Sequence
from math import cos, nan

import numpy as np
import numpy.typing as npt

from digiwegweiser.batch.slate import Slate
from digiwegweiser.batch.tables import Growing
from digiwegweiser.core.firm import Place
from digiwegweiser.core.geography import EARTH_RADIUS_KM
from digiwegweiser.core.preference import nearest_km, site_points

Floats = npt.NDArray[np.float64]


class SiteTable:
    """The points of the nearest site, which the table of places leaves out; a row for each place."""

    def __init__(self, slate: Slate) -> None:
        self._slate, self._points = slate, Growing(len(slate), np.int16)
        sites = [
            (column, site.lat, site.lon)
            for column, on in enumerate(slate.candidates)
            for site in on.offer.sites
            if site.lat is not None and site.lon is not None
        ]
        columns, lat, lon = np.array(sites or [(0, nan, nan)]).T
        self._column, self._spots = columns.astype(np.intp), _on_globe(lat, lon)
        # All beyond is as good as a kilometre too far.
        beyond = slate.weights["nearness.site_reachable_km"] + 1
        self._least = cos(beyond / EARTH_RADIUS_KM)
        self._points_at = np.array([site_points(km, slate.weights) for km in range(beyond + 1)], dtype=np.int16)
        self._is_border = np.diff(self._points_at, append=self._points_at[-1:]) != 0
        """Where one kilometre more makes a difference."""

    @property
    def points(self) -> npt.NDArray[np.int16]:
        """A column for each tier."""
        return self._points.rows

    def add(self, places: Sequence[Place | None], possible: npt.NDArray[np.bool_]) -> None:
        """Adds rows; what is not possible in a place (a row for each) is not judged: its points do not matter."""
        km = self._full_km(places)
        points = self._points_at[km]
        # Rounding makes it that many or one more: where that makes a difference only the rule knows.
        unsure = self._is_border[km] & possible
        points[unsure] = [
            site_points(nearest_km(places[row], self._slate.candidates[column].offer), self._slate.weights)
            for row, column in zip(*(part.tolist() for part in unsure.nonzero()), strict=True)
        ]
        self._points.add(points)

    def _full_km(self, places: Sequence[Place | None]) -> npt.NDArray[np.int16]:
        """Full kilometres to the nearest site of each offer; of the last number are all beyond, and what is unknown."""
        told = [(place.lat, place.lon) if place is not None and place.is_town else (nan, nan) for place in places]
        spots = _on_globe(*np.array(told, dtype=np.float64).T)
        closeness, *others = (np.multiply.outer(*both) for both in zip(spots, self._spots, strict=True))
        for other in others:
            closeness += other
        rows, sites = (closeness >= self._least).nonzero()
        found = EARTH_RADIUS_KM * np.arccos(np.minimum(closeness[rows, sites], 1))
        km = np.full((len(places), len(self._slate)), len(self._points_at) - 1, dtype=np.int16)
        np.minimum.at(km, (rows, self._column[sites]), found.astype(np.int16))
        return km


def _on_globe(lat: Floats, lon: Floats) -> tuple[Floats, Floats, Floats]:
    """Where spots are as seen from the middle of the earth; the angle between two is their distance."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
