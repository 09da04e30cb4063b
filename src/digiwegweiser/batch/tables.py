"""What the rules say of each class of values: filled by calling the rules themselves, once for each class and tier."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from digiwegweiser.batch.slate import NO, VERDICTS, YES, Slate
from digiwegweiser.batch.texts import Texts
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Place, StatedNeed
from digiwegweiser.core.matching import may_be_elsewhere
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.preference import is_local
from digiwegweiser.core.rules import Rule
from digiwegweiser.core.service import service, strength
from digiwegweiser.core.vocabulary import Service

#: The layers of a table, besides one for each rule that speaks in a reason: the number of its phrase.
VERDICT, POINTS, ELSEWHERE, LOCAL = "verdict", "points", "elsewhere", "local"
_TYPES = {VERDICT: np.int8, POINTS: np.int16, ELSEWHERE: np.bool_, LOCAL: np.bool_}


class Phrases:
    """Numbers phrases as they come; 0 is silence."""

    def __init__(self) -> None:
        self.texts: list[str | None] = [None]
        self._known: dict[str | None, int] = {None: 0}

    def number(self, text: str | None) -> int:
        """The number of a phrase."""
        found = self._known.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found


class Growing:
    """A table to which rows are added."""

    def __init__(self, width: int, dtype: Any) -> None:
        self._data = np.zeros((16, width), dtype=dtype)
        self._used = 0

    @property
    def rows(self) -> npt.NDArray[Any]:
        """The rows so far; they may be written to."""
        return self._data[: self._used]

    def add(self, rows: Any) -> int:
        """The number of the first of some new rows."""
        first, self._used = self._used, self._used + len(rows)
        if self._used > len(self._data):
            more = np.zeros((self._used, self._data.shape[1]), dtype=self._data.dtype)
            self._data = np.concatenate([self._data, more])
        self._data[first : self._used] = rows
        return first


class Table:
    """Rules that read the same attributes, tabulated over the values that were looked up; a column for each tier."""

    def __init__(self, rules: Sequence[Rule], slate: Slate, texts: Texts, phrases: Phrases) -> None:
        self._rules, self._slate, self._phrases = rules, slate, phrases
        self._parts = {rule.name: texts.parts[rule.name] for rule in rules if rule.name in texts.parts}
        types: Mapping[str, Any] = _TYPES | dict.fromkeys(self._parts, np.int16)
        self._layers = {name: Growing(len(slate), dtype) for name, dtype in types.items()}

    def __getitem__(self, layer: str) -> npt.NDArray[Any]:
        return self._layers[layer].rows

    def __contains__(self, layer: str) -> bool:
        return layer in self._layers

    def row(self, value: Any) -> int:
        """A row for a class of values, of which `value` is one."""
        return self._add(self._judge(value, range(len(self._slate))))

    def _add(self, judged: Mapping[str, Any]) -> int:
        rows = {layer.add([judged[name]]) for name, layer in self._layers.items()}
        return rows.pop()

    def _judge(self, value: Any, columns: Iterable[int]) -> dict[str, list[Any]]:
        """What the rules say together of one value, for some columns."""
        tried = [self._slate.candidates[column] for column in columns]
        told: dict[str, list[Any]] = {VERDICT: [YES] * len(tried), POINTS: [0] * len(tried)}
        told |= {ELSEWHERE: [False] * len(tried), LOCAL: [False] * len(tried)}
        for rule in self._rules:
            found = [rule.judge(value, on) for on in tried]
            told[POINTS] = [points + one.points for points, one in zip(told[POINTS], found, strict=True)]
            if rule.is_hard:
                told[VERDICT] = list(map(min, told[VERDICT], [VERDICTS[one.verdict] for one in found]))
            if rule.name in self._parts:
                told[rule.name] = [self._say(one, on.offer) for one, on in zip(found, tried, strict=True)]
            if rule.name == "area":
                told[ELSEWHERE] = [may_be_elsewhere(one.verdict, on.tier) for one, on in zip(found, tried, strict=True)]
            if rule.name == "nearness":
                told[LOCAL] = [is_local(one) for one in found]
        return told

    def _say(self, found: Finding, offer: Offer) -> int:
        return self._phrases.number(self._parts[found.rule](found, offer))


class PlaceTable(Table):
    """Places by the coarsest key that decides, as if their distance to any site were not known."""

    def __init__(self, rules: Sequence[Rule], slate: Slate, texts: Texts, phrases: Phrases) -> None:
        super().__init__(rules, slate, texts, phrases)
        self._known: dict[Hashable, int] = {}
        areas = [(on.tier.area, on.offer.area) for on in slate.candidates]
        self._split = {key[:5] for both in areas for area in both for key in area.gemeinden}
        """Kreise of which some offers take only a part."""
        self._names_kreise = slate.flags(
            any(area.kreise or area.gemeinden or area.focus for area in both) for both in areas
        )

    def row(self, value: Place | None) -> int:
        """The row for all places of an area that no rule tells apart but by distance."""
        key = value if value is None else self._area_key(value)
        if key not in self._known:
            self._known[key] = super().row(None) if value is None else self._refined(value._replace(lat=None, lon=None))
        return self._known[key]

    def _area_key(self, place: Place) -> Hashable:
        """All that areas read: the Gemeinde only where it decides, and whether it is known."""
        gemeinde = place.gemeinde if place.kreis in self._split else None
        return place.land, place.kreis, gemeinde, place.gemeinde is None

    def _refined(self, place: Place) -> int:
        """A row like that of the Land, in which what depends on the Kreis is judged for the place itself.

        What the Land excludes no Kreis of it brings back: the more is known of a place, the more is decided.
        """
        if (place.land,) not in self._known:
            self._known[place.land,] = super().row(Place("", place.land))
        land = self._known[place.land,]
        columns = np.flatnonzero(self._names_kreise & (self[VERDICT][land] != NO))
        judged = self._judge(place, columns.tolist())
        row = self._add({name: layer.rows[land] for name, layer in self._layers.items()})
        for name, layer in self._layers.items():
            layer.rows[row, columns] = judged[name]
        return row


class NeedTable:
    """How each need by itself is served; a row for each need, a column for each tier."""

    def __init__(self, rule: Rule, slate: Slate) -> None:
        self._rule, self._slate = rule, slate
        self.codes: list[str] = []
        self._known: dict[str, int] = {}
        self._verdict, self._strength = Growing(len(slate), np.int8), Growing(len(slate), np.int32)
        self._service = Growing(len(slate), np.uint8)
        untold = [rule.judge((), on) for on in slate.candidates]
        self.untold_verdict = np.array([VERDICTS[found.verdict] for found in untold], dtype=np.int8)
        self.untold_points = np.array([found.points for found in untold], dtype=np.int16)

    @property
    def verdict(self) -> npt.NDArray[np.int8]:
        """Of the need alone; several needs together have the best of their verdicts."""
        return self._verdict.rows

    @property
    def strength(self) -> npt.NDArray[np.int32]:
        """Percent."""
        return self._strength.rows

    @property
    def service(self) -> npt.NDArray[np.uint8]:
        """Numbers of SERVICES."""
        return self._service.rows

    def row(self, code: str) -> int:
        """The row for a need."""
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = len(self.codes)
            self.codes.append(code)
            alone = (StatedNeed(code, code),)
            tried, means = self._slate.candidates, self._slate.weights.means
            self._verdict.add([[VERDICTS[self._rule.judge(alone, on).verdict] for on in tried]])
            self._strength.add([[strength(code, on) for on in tried]])
            self._service.add([[SERVICES.index(service(code, on.offer, on.tier, means)) for on in tried]])
        return found


#: Numbered so that 0 is no service.
SERVICES = (Service.NONE, *(how for how in Service if how is not Service.NONE))
