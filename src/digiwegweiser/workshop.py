"""Use cases of those who keep the catalogue; each loads only what it needs."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digiwegweiser.app import Adviser
    from digiwegweiser.core.due import Due
    from digiwegweiser.render.page import Block


class DueList:
    """What falls due within some days of a day."""

    def __init__(self, adviser: "Adviser", as_of: date, days: int) -> None:
        from digiwegweiser.core.due import due_by, later

        self.as_of, self.last = as_of, later(as_of, days)
        self.dues: tuple[Due, ...] = due_by(adviser.catalog.offers, self.last)

    def page(self) -> "Iterator[Block]":
        """For people."""
        from digiwegweiser.render.due import due_page

        return due_page(self.dues, self.as_of, self.last)

    def json(self) -> str:
        """For programs."""
        from digiwegweiser.render.due import due_json

        return due_json(self.dues, self.as_of, self.last)

    def calendar(self) -> str:
        """For calendars."""
        from digiwegweiser.render.calendar import due_calendar

        return due_calendar(self.dues, self.as_of)
