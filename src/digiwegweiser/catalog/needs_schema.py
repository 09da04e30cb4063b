"""What may stand in data/needs.yaml."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from digiwegweiser.catalog.fields import Choice, Context, Field, FieldType, Flag, ListOf, Pattern, Record, Text
from digiwegweiser.catalog.yaml_reader import Node
from digiwegweiser.core.fault import Fault, FaultCode
from digiwegweiser.core.needs import Calm, Leftover, Negation

_WORD_FIELD = re.compile(r"<(\w+)>")
_WORD = r"(?:\*?[\w'-]+\*?|<\w+>)"
_TERM = rf"{_WORD}(?:\|{_WORD})*"
WORD = Pattern(r"\*?[\w'-]+\*?", "ein Wort wie zeiterfass* oder *papier")
LINE = Pattern(rf"{_TERM}(?: !?{_TERM})*", "eine Wortzeile wie: papier*|zettel* auftrag* !muster*")
_CODE = Pattern(r"[a-z][a-z_]*", "kleine Buchstaben und _")
_GROUP = Record(
    "Gruppe",
    {
        "code": Field(_CODE, "Kürzel", required=True),
        "label": Field(Text(60), "Überschrift in der Befragung", required=True),
    },
)
_NEGATION = Record("Verneinung", {name: Field(ListOf(WORD), "Wörter") for name in Negation._fields})

_CALM = Record("Entwarnung", {name: Field(ListOf(LINE), "Wortzeilen") for name in Calm._fields})

_LEFTOVER = Record("Rest", {name: Field(ListOf(WORD), "Wörter") for name in Leftover._fields})


class _WordFields(FieldType):
    """Word lists by freely chosen names."""

    what = "Wortfelder"

    def read(self, node: Node, key: str, context: Context) -> dict[str, list[str]] | None:
        """The plain lists."""
        if not isinstance(node.value, dict):
            context.fault(FaultCode.WRONG_SHAPE, node, key, [self.what])
            return None
        words = ListOf(WORD, shortest=1)
        return {name: words.read(item, f"{key}.{name}", context) or [] for name, item in node.value.items()}

    def schema(self) -> dict[str, Any]:
        """An object of word lists."""
        return {"type": "object", "additionalProperties": ListOf(WORD).schema()}


def read_needs_file(node: Node, file: str) -> tuple[dict[str, Any], list[Fault]]:
    """The plain form of the file and all faults."""
    context = Context(file)
    top = node.value if isinstance(node.value, dict) else {}
    groups = [group.get("code", "") for group in ListOf(_GROUP).read(top.get("groups", node), "", Context(file)) or []]
    plain = _file_record(groups).read(node, "", context) or {}
    word_fields = plain.get("word_fields", {})
    quiet = [line for lines in (plain.get("calm") or {}).values() for line in lines]
    _check_word_fields(quiet, word_fields, top.get("calm", node), "calm", context)
    needs = top.get("needs")
    items = needs.value if needs is not None and isinstance(needs.value, list) else []
    for need, item in zip(plain.get("needs", ()), items, strict=False):
        lines = [line for key in ("words", "weak", "how", "emergency") for line in need.get(key, ())]
        _check_word_fields(lines, word_fields, item, f"needs.{need.get('code')}", context)
    _check_unique(plain.get("needs", ()), items, context)
    return plain, context.faults


def _file_record(groups: list[str]) -> Record:
    need = Record(
        "Bedarf",
        {
            "code": Field(_CODE, "Kürzel", required=True),
            "group": Field(Choice(groups), "Gruppe in der Befragung", required=True),
            "label": Field(Text(40), "Name in einfachen Worten", required=True),
            "question": Field(Text(120), "der Bedarf, wie ein Inhaber ihn sagt", required=True),
            "means": Field(
                ListOf(_CODE), "Bedarfe, deren Angebote als Mittel auch hier helfen: Beratung, Geld für Technik"
            ),
            "is_aside": Field(Flag(), "sagt nur, womit, nicht was (Geld)"),
            "words": Field(ListOf(LINE, shortest=1), "Zeilen, von denen eine genügt", required=True),
            "weak": Field(ListOf(LINE), "Zeilen, die nur mit einem zweiten Zeichen zählen"),
            "how": Field(ListOf(LINE), "Zeilen, die sagen, womit; daneben zählen auch schwache Zeilen anderer Bedarfe"),
            "emergency": Field(ListOf(LINE), "Zeilen, die einen Notfall melden"),
        },
    )
    return Record(
        "Bedarfe",
        {
            "groups": Field(ListOf(_GROUP, shortest=1), "Gruppen der Befragung", required=True),
            "negation": Field(_NEGATION, "wie Inhaber etwas verneinen", required=True),
            "calm": Field(_CALM, "woran man erkennt, dass kein Angriff im Gange ist"),
            "leftover": Field(_LEFTOVER, "woran man einen nicht verstandenen Wunsch in einer Liste erkennt"),
            "word_fields": Field(_WordFields(), "Wortfelder für die Wortzeilen"),
            "needs": Field(ListOf(need, shortest=1), "die Bedarfe", required=True),
        },
    )


def _check_word_fields(lines: Iterable[str], known: Mapping[str, Any], node: Node, key: str, context: Context) -> None:
    for name in sorted({name for line in lines for name in _WORD_FIELD.findall(line)} - known.keys()):
        context.fault(FaultCode.NOT_IN_LIST, Node(f"<{name}>", node.line), key, list(known))


def _check_unique(needs: Iterable[Mapping[str, Any]], nodes: list[Node], context: Context) -> None:
    """A code or label stands for exactly one need."""
    seen: set[str] = set()
    for need, node in zip(needs, nodes, strict=False):
        for key in ("code", "label"):
            name = str(need.get(key)).casefold()
            if name in seen:
                context.fault(FaultCode.DUPLICATE_ID, Node(name, node.line), key)
            seen.add(name)
