"""The only reader of YAML: plain nodes with their lines, none of YAML's surprises.

Scalars stay text (no `NO` → false, `01067` → 567, `12:30` → 750); the field that they fill decides what they mean.
Aliases, tags, duplicate keys and several documents are faults, so that nothing in a file can be executed or blow up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from digiwegweiser.catalog.files import MAX_BYTES
from digiwegweiser.core.fault import MOST_FAULTS, Fault, FaultCode, FaultyData

MAX_DEPTH = 20
#: Values and keys in one file, six times those of the shipped catalogue.
MAX_NODES = 300_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Value: TypeAlias = "str | list[Node] | dict[str, Node] | None"


@dataclass(slots=True)
class Node:
    """A value and the line (from 1) on which it stands; for values in a mapping, the line of the key."""

    value: Value
    line: int


def read_yaml(source: bytes, file: str) -> Node:
    """The tree of one YAML document. Raises FaultyData with everything that is wrong."""
    if len(source) > MAX_BYTES:
        raise FaultyData((Fault(FaultCode.FILE_TOO_LARGE, file, value=str(len(source)), instead=(str(MAX_BYTES),)),))
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise FaultyData((Fault(FaultCode.NOT_UTF8, file, line),)) from None
    builder = _Builder(file)
    try:
        node = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        builder.faults.append(_syntax_fault(error, file))
        node = Node(None, 1)
    if builder.faults:
        raise FaultyData(tuple(builder.faults))
    return node


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else None
    return Fault(FaultCode.SYNTAX, file, line, value=getattr(error, "problem", None) or getattr(error, "reason", None))


class _Builder:
    """Builds nodes from parser events without ever constructing a Python object of the file's choosing."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.nodes = 0

    def document(self, events: Iterator[Any]) -> Node:
        """The first document; a second one is a fault."""
        node = Node(None, 1)
        count = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                count += 1
                node = self._node(next(events), events, 0) if count == 1 else self._second(event)
                if count > 1:
                    break
        return node

    def _second(self, event: Any) -> Node:
        self._fault(FaultCode.SEVERAL_DOCUMENTS, event)
        return Node(None, 1)

    def _fault(self, code: FaultCode, event: Any, **details: Any) -> None:
        self.faults.append(Fault(code, self.file, event.start_mark.line + 1, **details))
        if len(self.faults) >= MOST_FAULTS:
            raise FaultyData((*self.faults, Fault(FaultCode.TOO_MANY_FAULTS, self.file, value=str(MOST_FAULTS))))

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        line = event.start_mark.line + 1
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise FaultyData((*self.faults, Fault(FaultCode.TOO_MANY, self.file, line, value=str(MAX_NODES))))
        if isinstance(event, yaml.AliasEvent):
            self._fault(FaultCode.ALIAS, event, value=event.anchor)
            return Node(None, line)
        if event.anchor is not None:
            self._fault(FaultCode.ALIAS, event, value=event.anchor)
        if event.tag is not None and event.tag != "!":
            self._fault(FaultCode.TAG, event, value=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            is_null = not event.style and event.value in _NULLS
            return Node(None if is_null else event.value, line)
        if depth >= MAX_DEPTH:
            raise FaultyData((*self.faults, Fault(FaultCode.TOO_DEEP, self.file, line)))
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._sequence(events, depth), line)
        return Node(self._mapping(events, depth), line)

    def _sequence(self, events: Iterator[Any], depth: int) -> list[Node]:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key.value, str):
                self._fault(FaultCode.KEY_NOT_TEXT, event)
            elif key.value in found:
                self._fault(FaultCode.DUPLICATE_KEY, event, key=key.value)
            else:
                found[key.value] = Node(value.value, key.line)
        return found


def plain(node: Node) -> Any:
    """The tree as plain lists, dicts and text."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
