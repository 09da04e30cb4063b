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
        # A kilometre more, for what is lost by rounding.
        self._least = cos((slate.weights["nearness.site_reachable_km"] + 1) / EARTH_RADIUS_KM)

    @property
    def points(self) -> npt.NDArray[np.int16]:
        """A column for each tier."""
        return self._points.rows

    def add(self, places: Sequence[Place | None], possible: npt.NDArray[np.bool_]) -> None:
        """Adds rows; what is not possible in a place (a row for each) is not judged: its points do not matter."""
        near = self._may_be_near(places) & possible
        points = np.zeros(near.shape, dtype=np.int16)
        points[near] = [
            site_points(nearest_km(places[row], self._slate.candidates[column].offer), self._slate.weights)
            for row, column in zip(*(part.tolist() for part in near.nonzero()), strict=True)
        ]
        self._points.add(points)

    def _may_be_near(self, places: Sequence[Place | None]) -> npt.NDArray[np.bool_]:
        """Where an offer has a site that may be within reach; a site beyond is as good as none."""
        told = [(nan, nan) if place is None else (place.lat, place.lon) for place in places]
        spots = _on_globe(*np.array(told, dtype=np.float64).T)
        closeness = np.add.reduce([np.multiply.outer(*both) for both in zip(spots, self._spots, strict=True)])
        rows, sites = (closeness >= self._least).nonzero()
        near = np.zeros((len(places), len(self._slate)), dtype=np.bool_)
        near[rows, self._column[sites]] = True
        return near


def _on_globe(lat: Floats, lon: Floats) -> tuple[Floats, Floats, Floats]:
    """Where spots are as seen from the middle of the earth; the angle between two is their distance."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
