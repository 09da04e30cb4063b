"""The interview's prompts on a real terminal; the only file that uses questionary."""

from collections.abc import Sequence

import questionary
from questionary import Choice as Line
from questionary import Separator, Style

from digiwegweiser.dialog.prompter import Choice, ChoiceGroup

_STYLE = Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("answer", "fg:ansicyan"),
        ("instruction", "fg:ansibrightblack"),
    ]
)
_SELECT_HINT = "(Pfeiltasten, dann Eingabetaste)"
_MANY_HINT = "(Leertaste markiert, Eingabetaste fertig)"
#: With fewer letters nearly every name would be offered.
MIN_LETTERS = 2


class TerminalPrompter:
    """Asks with questionary."""

    def text(self, message: str, hint: str, completions: Sequence[str]) -> str:
        """A line; with completions offered while typing."""
        instruction = f"({hint})" if hint else None
        if not completions:
            return str(questionary.text(message, instruction=instruction, qmark="?", style=_STYLE).unsafe_ask())
        question = questionary.autocomplete(
            f"{message} {instruction or ''}".rstrip(),
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
            questionary.select(message, choices=lines, instruction=_SELECT_HINT, qmark="?", style=_STYLE).unsafe_ask()
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
        marked = list(question.unsafe_ask())
        labels = [choice.label for group in groups for choice in group.choices if choice.value in marked]
        self.tell(f"? {message} {'; '.join(labels) or 'nichts markiert'}")
        return marked

    def tell(self, text: str) -> None:
        """A message above the next question."""
        questionary.print(text)
