"""Typer's groups and commands with German help pages, and typer's errors in German."""

import re
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_GERMAN = {
    r"^Usage:": "Aufruf:",
    r"^Options:": "Optionen:",
    r"^Commands:": "Befehle:",
    r"^Arguments:": "Angaben:",
    r"\[OPTIONS\]": "[OPTIONEN]",
    r"COMMAND \[ARGS\]\.\.\.": "BEFEHL …",
    r"Show this message and exit\.": "Diese Hilfe zeigen.",
}


def translate(page: str) -> str:
    """A help page with typer's own words in German."""
    for pattern, word in _GERMAN.items():
        page = re.sub(pattern, word, page, flags=re.MULTILINE)
    return page


class GermanCommand(TyperCommand):
    """A command with a German help page."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return translate(super().get_help(ctx))


class GermanGroup(TyperGroup):
    """A group with a German help page."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return translate(super().get_help(ctx))


def usage_text(error: typer.TyperException) -> str:
    """A wrong call in German, with the nearest right word."""
    # By name, because typer does not export these classes.
    kind, message = type(error).__name__, error.message
    context: Any = getattr(error, "ctx", None)
    match kind:
        case "NoSuchOption":
            near = getattr(error, "possibilities", None)
            hint = f" Meinten Sie {' oder '.join(near)}?" if near else ""
            return f"Die Option {getattr(error, 'option_name', '')} gibt es nicht.{hint}"
        case "BadOptionUsage" if "does not take a value" in message:
            return f"Nach {getattr(error, 'option_name', '')} steht keine Angabe."
        case "BadOptionUsage":
            return f"Nach {getattr(error, 'option_name', '')} fehlt eine Angabe."
        case _ if context is not None and (named := re.match(r"No such command (['\"])(.*?)\1(?:\.$|\. Did)", message)):
            return _unknown_command(named[2], list(getattr(context.command, "commands", {})))
        case _ if context is not None and message.startswith("Missing command"):
            return f"Es fehlt der Befehl. Es gibt: {', '.join(context.command.commands)}."
        case _ if extra := re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", message):
            return f"Zu viel angegeben: {extra[1]}. Texte mit Leerzeichen gehören in Anführungszeichen."
        case _:
            return "So geht der Aufruf nicht."


def _unknown_command(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    hint = f"Meinten Sie „{near[0]}“?" if near else f"Es gibt: {', '.join(known)}."
    return f"Den Befehl „{name}“ gibt es nicht. {hint}"
