"""The points table from its file."""

from typing import Any

from digiwegweiser.catalog.fields import Choice, Context, Field, ListOf, Number, Record, Text
from digiwegweiser.catalog.yaml_reader import Node
from digiwegweiser.core.fault import Fault, FaultCode
from digiwegweiser.core.weights import LINES

LINE = Record(
    "Zeile der Punktetabelle",
    {
        "line": Field(Choice(LINES), "Regel und Fall", required=True),
        "value": Field(Number(-100, 1_000_000), "Punkte, Prozent, Kilometer, Tage oder Euro", required=True),
        "reason": Field(Text(400), "warum so viel", required=True),
    },
)


def read_scoring(node: Node, file: str) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The plain lines and all faults; every line must be there exactly once."""
    context = Context(file)
    lines = ListOf(LINE, shortest=len(LINES)).read(node, "", context) or []
    seen = [line.get("line") for line in lines]
    for name in LINES:
        if seen.count(name) != 1:
            code = FaultCode.MISSING_KEY if name not in seen else FaultCode.DUPLICATE_KEY
            context.faults.append(Fault(code, file, entry=name, key=name))
    return lines, context.faults
