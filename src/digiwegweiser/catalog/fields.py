"""Field types: how the text of a node becomes a plain typed value, or a fault."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from digiwegweiser.catalog.yaml_reader import Node
from digiwegweiser.core.fault import MOST_FAULTS, Fault, FaultCode, FaultyData

#: Kinds of characters that steer, hide or stand for nothing; the soft hyphen only breaks words.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SOFT_HYPHEN = "\u00ad"
#: Characters of a value, key or id that a fault carries on.
LONGEST_SHOWN = 500
#: Longer words are no slip of the pen, and comparing them takes time.
_LONGEST_SLIP = 80


def close_to(text: str, words: Iterable[str], count: int = 3) -> list[str]:
    """The words that somebody may have meant."""
    return get_close_matches(text, list(words), count, 0.6) if len(text) <= _LONGEST_SLIP else []


@dataclass
class Context:
    """Where a value stands, and the faults found so far."""

    file: str
    entry: str | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: FaultCode, node: Node, key: str, instead: Sequence[str] = ()) -> None:
        """Notes a fault at a node. Raises FaultyData where there are too many to go on."""
        shown = node.value[:LONGEST_SHOWN] if isinstance(node.value, str) else None
        self.faults.append(Fault(code, self.file, node.line, self.entry, key[:LONGEST_SHOWN], shown, tuple(instead)))
        if len(self.faults) >= MOST_FAULTS:
            raise FaultyData((*self.faults, Fault(FaultCode.TOO_MANY_FAULTS, self.file, value=str(MOST_FAULTS))))


class FieldType:
    """Reads one node into a plain value (JSON's types only); None after a fault."""

    what = "Wert"
    """German name of what is expected, for messages and the documentation."""

    def read(self, node: Node, key: str, context: Context) -> Any:
        """The plain value; notes a fault and returns None where the node does not fit."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the plain value."""
        raise NotImplementedError


class _Scalar(FieldType):
    def read(self, node: Node, key: str, context: Context) -> Any:
        if isinstance(node.value, list | dict):
            context.fault(FaultCode.WRONG_SHAPE, node, key, [self.what])
            return None
        text = (node.value or "").strip()
        if not text:
            context.fault(FaultCode.EMPTY, node, key, [self.what])
            return None
        return self.parse(text, node, key, context)

    def parse(self, text: str, node: Node, key: str, context: Context) -> Any:
        """The value of a text that is not empty."""
        raise NotImplementedError


class Text(_Scalar):
    """One paragraph of text without control characters; line breaks become spaces."""

    what = "Text"

    def __init__(self, longest: int = 4000) -> None:
        self.longest = longest

    def parse(self, text: str, node: Node, key: str, context: Context) -> str | None:
        """The text in one line."""
        line = " ".join(text.split())
        if len(line) > self.longest:
            context.fault(FaultCode.TOO_LONG, node, key, [str(self.longest)])
            return None
        if not line.isprintable() and any(unicodedata.category(c) in _UNSEEN and c != _SOFT_HYPHEN for c in line):
            context.fault(FaultCode.CONTROL_CHARACTER, node, key)
            return None
        return line

    def schema(self) -> dict[str, Any]:
        """A string with its longest length, in which something stands."""
        return {"type": "string", "maxLength": self.longest, "pattern": r"\S"}


class Pattern(Text):
    """Text of a fixed form."""

    def __init__(self, pattern: str, what: str) -> None:
        super().__init__(500)
        self.pattern = re.compile(pattern)
        self.what = what

    def parse(self, text: str, node: Node, key: str, context: Context) -> str | None:
        """The text, if it has the form."""
        line = super().parse(text, node, key, context)
        if line is not None and not self.pattern.fullmatch(line):
            context.fault(FaultCode.BAD_FORM, node, key, [self.what])
            return None
        return line

    def schema(self) -> dict[str, Any]:
        """A string with its pattern."""
        return {
            "type": "string", "title": self.what, "maxLength": self.longest, "pattern": f"^(?:{self.pattern.pattern})$",
        }  # fmt: skip


class Choice(_Scalar):
    """One word of a closed list."""

    def __init__(self, words: type[StrEnum] | Sequence[str]) -> None:
        self.words = tuple(str(word) for word in words)
        self.what = " | ".join(self.words)

    def parse(self, text: str, node: Node, key: str, context: Context) -> str | None:
        """The word, if it is in the list."""
        if text in self.words:
            return text
        context.fault(FaultCode.NOT_IN_LIST, node, key, close_to(text, self.words) or self.words)
        return None

    def schema(self) -> dict[str, Any]:
        """The list."""
        return {"enum": list(self.words)}


class Number(_Scalar):
    """A number between two inclusive bounds; whole if `whole`."""

    def __init__(self, lowest: int, highest: int, whole: bool = True) -> None:
        self.lowest, self.highest, self.whole = lowest, highest, whole
        self.what = f"{'ganze ' if whole else ''}Zahl von {lowest} bis {highest}"

    def parse(self, text: str, node: Node, key: str, context: Context) -> int | float | None:
        """The number; only digits, a sign and a decimal point are read."""
        if not re.fullmatch(r"-?[0-9]{1,15}" if self.whole else r"-?[0-9]{1,15}(\.[0-9]{1,6})?", text):
            context.fault(FaultCode.NOT_A_NUMBER, node, key, [self.what])
            return None
        number = float(text) if "." in text else int(text)
        if not self.lowest <= number <= self.highest:
            context.fault(FaultCode.OUT_OF_RANGE, node, key, [self.what])
            return None
        return number

    def schema(self) -> dict[str, Any]:
        """A number with its bounds."""
        return {"type": "integer" if self.whole else "number", "minimum": self.lowest, "maximum": self.highest}


class Day(_Scalar):
    """A calendar day; kept as ISO text."""

    what = "Datum JJJJ-MM-TT"

    def parse(self, text: str, node: Node, key: str, context: Context) -> str | None:
        """The ISO text of an existing day."""
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text):
                return text
        except ValueError:
            pass
        context.fault(FaultCode.NOT_A_DATE, node, key, [self.what])
        return None

    def schema(self) -> dict[str, Any]:
        """A date."""
        return {"type": "string", "format": "date", "title": self.what, "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


class Flag(_Scalar):
    """True or false, nothing else."""

    what = "true | false"

    def parse(self, text: str, node: Node, key: str, context: Context) -> bool | None:
        """The flag."""
        if text in ("true", "false"):
            return text == "true"
        context.fault(FaultCode.NOT_A_BOOLEAN, node, key, [self.what])
        return None

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


class ListOf(FieldType):
    """A list of values of one type, without repetitions."""

    def __init__(self, item: FieldType, shortest: int = 0) -> None:
        self.item, self.shortest = item, shortest
        self.what = f"Liste: {item.what}"

    def read(self, node: Node, key: str, context: Context) -> list[Any] | None:
        """The plain items that fit."""
        if not isinstance(node.value, list):
            context.fault(FaultCode.WRONG_SHAPE, node, key, [self.what])
            return None
        if len(node.value) < self.shortest:
            context.fault(FaultCode.EMPTY, node, key, [self.what])
        found: list[Any] = []
        seen: set[str] = set()
        for item in node.value:
            value = self.item.read(item, key, context)
            if value is not None and repr(value) in seen:
                context.fault(FaultCode.REPEATED, item, key)
            elif value is not None:
                seen.add(repr(value))
                found.append(value)
        return found

    def schema(self) -> dict[str, Any]:
        """An array of the item's schema."""
        return {"type": "array", "items": self.item.schema(), "minItems": self.shortest, "uniqueItems": True}


@dataclass(frozen=True)
class Field:
    """One key of a record: its type, whether it must be there, and what it says (for the documentation)."""

    type: FieldType
    says: str
    required: bool = False


class Record(FieldType):
    """A mapping with a closed set of keys."""

    def __init__(self, what: str, fields: Mapping[str, Field], check: Callable[..., None] | None = None) -> None:
        self.what = what
        self.fields = fields
        self.check = check

    def read(self, node: Node, key: str, context: Context) -> dict[str, Any] | None:
        """The plain mapping; unknown and missing keys are faults."""
        if not isinstance(node.value, dict):
            context.fault(FaultCode.WRONG_SHAPE, node, key, [self.what])
            return None
        prefix = f"{key}." if key else ""
        found: dict[str, Any] = {}
        for name, item in node.value.items():
            known = self.fields.get(name)
            if known is None:
                close = close_to(name, self.fields, 2)
                context.fault(FaultCode.UNKNOWN_KEY, item, prefix + name, close or list(self.fields))
            else:
                value = known.type.read(item, prefix + name, context)
                if value is not None:
                    found[name] = value
        for name, known in self.fields.items():
            if known.required and name not in node.value:
                context.fault(FaultCode.MISSING_KEY, Node(None, node.line), prefix + name, [known.type.what])
        if self.check is not None:
            self.check(found, node, prefix, context)
        return found

    def schema(self) -> dict[str, Any]:
        """An object with its properties."""
        return {
            "type": "object",
            "properties": {n: {**f.type.schema(), "description": f.says} for n, f in self.fields.items()},
            "required": [name for name, f in self.fields.items() if f.required],
            "additionalProperties": False,
        }
