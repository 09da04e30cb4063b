"""The interview's prompts on a real terminal; the only file that uses questionary."""

import shutil
from collections.abc import Sequence
from textwrap import fill
from typing import Any

import questionary
from questionary import Choice as Line
from questionary import Question, Separator, Style

from digiwegweiser.dialog.prompter import Choice, ChoiceGroup

_STYLE = Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("answer", "fg:ansicyan"),
        ("instruction", "fg:ansibrightblack"),
    ]
)
_SELECT_HINT = "(Pfeiltasten, dann Eingabe)"
#: The list is longer than most terminals are high.
_MANY_HINT = "(↑↓ blättern, Leertaste markiert, Eingabe fertig)"


class TerminalPrompter:
    """Asks with questionary."""

    def text(self, message: str, hint: str, completions: Sequence[str]) -> str:
        """A line; with completions offered while typing."""
        asked = f"{message} ({hint})" if hint else message
        if not completions:
            return str(questionary.text(asked, qmark="?", style=_STYLE).unsafe_ask())
        question = questionary.autocomplete(
            asked,
            choices=list(completions),
            match_middle=True,
            ignore_case=True,
            qmark="?",
            style=_STYLE,
        )
        return str(question.unsafe_ask())

    def select(self, message: str, choices: Sequence[Choice]) -> str:
        """One line of a list."""
        lines = [Line(title=choice.label, value=choice.value) for choice in choices]
        return str(
            _ask_list(questionary.select(message, choices=lines, instruction=_SELECT_HINT, qmark="?", style=_STYLE))
        )

    def many(self, message: str, groups: Sequence[ChoiceGroup], chosen: Sequence[str]) -> list[str]:
        """Any lines of a grouped list; said again in words, because questionary closes the list in English."""
        lines: list[Line | Separator] = []
        for group in groups:
            lines.append(Separator(f"  {group.label}"))
            lines += [Line(title=c.label, value=c.value, checked=c.value in chosen) for c in group.choices]
        question = questionary.checkbox(
            message, choices=lines, instruction=_MANY_HINT, qmark="?", style=_STYLE, erase_when_done=True
        )
        for letter in ("a", "i"):
            # Questionary marks or turns over the whole list with these: whoever types a word would mark everything.
            question.application.key_bindings.add(letter, eager=True)(lambda _: None)  # type: ignore[union-attr]
        marked = list(_ask_list(question))
        labels = [choice.label for group in groups for choice in group.choices if choice.value in marked]
        self.tell(f"? {message} {'; '.join(labels) or 'nichts markiert'}")
        return marked

    def tell(self, text: str) -> None:
        """A message above the next question, no word broken at the edge."""
        width = shutil.get_terminal_size().columns
        lines = [fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")]
        questionary.print("\n".join(lines))


def _ask_list(question: Question) -> Any:
    """The answer from a list; Ctrl-D ends it as it ends a line, which questionary leaves out."""
    keys: Any = question.application.key_bindings
    keys.add("c-d")(lambda event: event.app.exit(exception=EOFError()))
    return question.unsafe_ask()
