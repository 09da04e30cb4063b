"""A plain entry and where each of its values stands."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from digiwegweiser.catalog.yaml_reader import Node
from digiwegweiser.core.fault import Fault, FaultCode, Severity

Plain = Mapping[str, Any]
#: The way to a value in an entry: keys, and places in lists from 0.
Path = tuple[str | int, ...]


class Located(NamedTuple):
    """A plain entry, its file and line, and the tree that it was read from, if that is at hand."""

    entry: Plain
    file: str
    line: int
    node: Node | None = None

    def fault(
        self, code: FaultCode, path: Path, value: str | None = None, instead: Iterable[str] = (),
        severity: Severity = Severity.ERROR,
    ) -> Fault:  # fmt: skip
        """A fault at a value, with the line of the nearest key above it that is there."""
        key = ".".join(part for part in path if isinstance(part, str))
        return Fault(code, self.file, self._line(path), self.entry.get("id"), key, value, tuple(instead), severity)

    def _line(self, path: Path) -> int:
        here, line = self.node, self.line
        for part in path:
            match here.value if here is not None else None:
                case dict() as inner if isinstance(part, str):
                    here = inner.get(part)
                case list() as items if isinstance(part, int) and part < len(items):
                    here = items[part]
                case _:
                    here = None
            if here is None:
                break
            line = here.line
        return line
