"""Whole conversations in a real pseudo-terminal, and the parts of a session that need none."""

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pexpect
import pytest
from cli.console import TODAY, an_entry, call, own_catalogue
from dialog.test_interview import Script, adviser

from digiwegweiser.app import as_text
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import build_guide
from digiwegweiser.exits import Exit
from digiwegweiser.intake.firm import Answers
from digiwegweiser.render.commands import Setting, finden_command, profile_command
from digiwegweiser.render.page import Screen
from digiwegweiser.session import Interrupted, Session

ANSI = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r")
DAY = date.fromisoformat(TODAY)
DOWN, ENTER, CTRL_C, CTRL_D, SPACE = "\x1b[B", "\r", "\x03", "\x04", " "


#: Everything that an offer could wait for, so that only the basic questions are left.
DECIDED = (
    "--budget", "5000", "--bestellt", "nein", "--umsatz", "2 Mio", "--bilanzsumme", "1 Mio", "--gruendung", "2015",
)  # fmt: skip


class Talk:
    """One conversation in a pseudo-terminal of 80 × 24."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        env = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.process = pexpect.spawn(
            sys.executable, ["-m", "digiwegweiser", *arguments], env=env, encoding="utf-8", dimensions=(24, 80),
            timeout=15, cwd=str(folder),
        )  # fmt: skip
        self.process.delaybeforesend = 0.02
        self.seen = ""

    def wait(self, words: str) -> "Talk":
        self.process.expect_exact(words)
        self.seen += self.process.before + self.process.after
        return self

    def say(self, *keys: str) -> "Talk":
        for key in keys:
            self.process.send(key)
        return self

    def answer(self, words: str, text: str = "") -> "Talk":
        return self.wait(words).say(text + ENTER)

    def end(self) -> tuple[int, str]:
        self.process.expect(pexpect.EOF)
        self.process.close()
        self.seen += self.process.before
        return self.process.exitstatus, ANSI.sub("", self.seen)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Callable[..., Talk]]:
    started: list[Talk] = []

    def start(*arguments: str) -> Talk:
        started.append(Talk(tmp_path, *arguments))
        return started[-1]

    yield start
    for each in started:
        each.process.close(force=True)


@pytest.mark.slow
class TestInATerminal:
    def test_from_the_first_question_to_the_end_with_details_and_saving(self, talk, tmp_path):
        t = talk("beraten", "--stichtag", TODAY)
        t.answer("Wo ist Ihr Betrieb?", "59555").answer("Was macht Ihr Betrieb?", "Schreinerei")
        t.answer("Wie viele arbeiten im Betrieb?", "acht")
        t.wait("Wobei brauchen Sie Hilfe?").say(SPACE, ENTER)
        t.answer("Und in eigenen Worten?", "Fördermittel").wait("Noch eine Frage, sie entscheidet über")
        t.answer("schon etwas bestellt").wait("Mehr muss ich nicht wissen")
        t.wait("Stimmt alles?").wait("De-minimis").say(DOWN * 5, ENTER)
        t.answer("Was darf das Vorhaben kosten?", "15.000").answer("Stimmt alles?")
        t.wait("Ihr Wegweiser").wait("Wie weiter?").say(ENTER)
        t.wait("von 100 Punkten").wait("Quellen").wait("Wie weiter?")
        t.say("\x1b[A" * 2, ENTER).answer("In welche Datei?").wait("Gespeichert in mein-betrieb.yaml")
        t.wait("Wie weiter?").say("\x1b[A", ENTER)
        code, seen = t.end()
        assert code == Exit.DONE
        assert "Traceback" not in seen
        found = call("finden", "--profil", str(tmp_path / "mein-betrieb.yaml"), "--format", "json").json["firm"]
        assert (found["trade"]["code"], found["employees"], found["budget_eur"], found["ordered"]) == (
            "A-27", 8, 15_000, False,
        )  # fmt: skip
        assert [need["code"] for need in found["needs"]] == ["processes_erp", "financing"]

    @pytest.mark.parametrize(
        ("keys", "told"),
        [
            (["a", "i", "a"], "nichts markiert"),
            (["a", "i", "a", SPACE], "Aufträge, Zeiten und Rechnungen ohne Zettel"),
        ],
        ids=["letters", "space"],
    )
    def test_a_word_typed_into_the_list_marks_nothing_and_the_space_bar_does(self, talk, keys, told):
        t = talk("beraten", "--ort", "Soest", "--gewerk", "Friseur", "--beschaeftigte", "8", *DECIDED)
        t.wait("Wobei brauchen Sie Hilfe?").say(*keys, ENTER).wait("Und in eigenen Worten?").say(CTRL_C)
        _, seen = t.end()
        assert f"? Wobei brauchen Sie Hilfe? {told}\n" in seen

    def test_wrong_words_are_explained_and_asked_again(self, talk):
        t = talk("beraten", "--bedarf", "it_security", *DECIDED)
        t.answer("Wo ist Ihr Betrieb?", "Hintertupfing").wait("„Hintertupfing“ kenne ich nicht")
        t.answer("Wo ist Ihr Betrieb?", "Lipstadt").answer("Was macht Ihr Betrieb?", "Xyzabc")
        t.wait("„Xyzabc“ kenne ich nicht").answer("Was macht Ihr Betrieb?", "Friseur")
        t.answer("Wie viele arbeiten", "einige").wait("eine Zahl ab 0").answer("Wie viele arbeiten", "8")
        t.wait("Stimmt alles?").say(CTRL_C)
        code, seen = t.end()
        assert code == Exit.STOPPED
        assert "(--ort)" not in seen

    @pytest.mark.parametrize(
        ("key", "at"),
        [(CTRL_C, "a line"), (CTRL_D, "a line"), (CTRL_D, "a list"), (CTRL_C, "the last list")],
        ids=lambda value: value.strip("\x03\x04") or repr(value),
    )
    def test_stopping_anywhere_is_130_and_hands_back_the_answers_as_a_command(self, talk, key, at):
        t = talk("beraten", *DECIDED, "--beschaeftigte", "8")
        t.answer("Wo ist Ihr Betrieb?", "Soest")
        if at == "a line":
            t.wait("Was macht Ihr Betrieb?").say(key)
        elif at == "a list":
            t.answer("Was macht Ihr Betrieb?", "Friseur").wait("Wobei brauchen Sie Hilfe?").say(key)
        else:
            t.answer("Was macht Ihr Betrieb?", "Friseur").wait("Wobei brauchen Sie Hilfe?").say(ENTER)
            t.answer("Und in eigenen Worten?").wait("Stimmt alles?").say(key)
        code, seen = t.end()
        assert code == Exit.STOPPED
        assert "Abgebrochen. Ohne Fragen weiter mit:\n  digiwegweiser finden --ort Soest" in seen
        assert ("--gewerk Friseur" in seen) == (at != "a line")
        assert "--budget 5000 --bestellt nein" in seen.replace("\n", " ")
        assert "Traceback" not in seen

    def test_the_command_it_hands_back_has_the_own_entries_and_the_day(self, talk, tmp_path):
        own = own_catalogue(tmp_path / "eigene.yaml", an_entry())
        t = talk("beraten", "--ort", "Soest", "--katalog", own, "--stichtag", TODAY)
        t.wait("Was macht Ihr Betrieb?").say(CTRL_C)
        code, seen = t.end()
        assert code == Exit.STOPPED
        words = shlex.split(seen.split("weiter mit:")[1])
        assert words == ["digiwegweiser", "finden", "--ort", "Soest", "--katalog", own, "--stichtag", TODAY]
        assert call(*words[1:], "--format", "json").code == Exit.DONE

    def test_going_back_what_is_typed_replaces_the_old_answer_and_an_empty_line_keeps_it(self, talk):
        t = talk("beraten", "--bedarf", "it_security", *DECIDED)
        t.answer("Wo ist Ihr Betrieb?", "Soest").answer("Was macht Ihr Betrieb?", "zurück")
        t.wait("Wo ist Ihr Betrieb?").wait("„Soest“ behalten").say(ENTER).answer("Was macht Ihr Betrieb?", "Friseur")
        t.answer("Wie viele arbeiten im Betrieb?", "8").wait("Stimmt alles?").wait("Beschäftigte: 8")
        t.say(DOWN * 3, ENTER).wait("Wie viele arbeiten im Betrieb?").wait("„8“ behalten").say("8" + ENTER)
        t.wait("Stimmt alles?").say(CTRL_C)
        code, seen = t.end()
        assert code == Exit.STOPPED
        assert "--ort Soest" in seen
        assert re.search(r"--beschaeftigte 8\s", seen)

    def test_near_a_limit_the_heads_are_counted_and_the_result_is_the_answer(self, talk):
        t = talk("beraten", "--stichtag", TODAY, *DECIDED)
        t.answer("Wo ist Ihr Betrieb?", "Kiel").answer("Was macht Ihr Betrieb?", "Tischlerei")
        t.answer("Wie viele arbeiten im Betrieb?", "49")
        t.wait("Wobei brauchen Sie Hilfe?").say(ENTER).answer("Und in eigenen Worten?", "IT-Sicherheit")
        t.wait("Grenze (bis 49)").wait("Genau nachrechnen?").wait("zurück").say(DOWN, ENTER)
        t.wait("Inhaber/in").wait("zurück").say(DOWN, ENTER).answer("in Vollzeit?", "45")
        t.answer("Wochenstunden", "20, 20, 30").answer("volle Woche?").answer("Auszubildende haben", "4")
        t.wait("sind es 47,75").wait("Empfehlung").wait("Stimmt alles?").wait("Beschäftigte: 47,75").say(CTRL_C)
        code, seen = t.end()
        assert code == Exit.STOPPED
        assert "--beschaeftigte 47,75" in seen

    def test_what_matters_is_asked_with_its_reason_and_back_and_the_end_is_said(self, talk):
        t = talk("beraten", "--stichtag", TODAY, "--gewerk", "Tischlerei", "--beschaeftigte", "8", "--ort", "59555")
        t.wait("Wobei brauchen Sie Hilfe?").say(ENTER).answer("Und in eigenen Worten?", "Fördermittel")
        t.wait("Noch eine Frage, sie entscheidet über").wait("schon etwas bestellt").wait("zurück").say("\x1b[A", ENTER)
        t.wait("Wobei brauchen Sie Hilfe?").say(ENTER).answer("Und in eigenen Worten?", "Fördermittel")
        t.wait("Noch eine Frage, sie entscheidet über").answer("schon etwas bestellt")
        t.wait("Mehr muss ich nicht wissen").wait("Stimmt alles?").say(CTRL_C)
        code, seen = t.end()
        assert code == Exit.STOPPED
        assert "Was darf das Vorhaben kosten?" not in seen
        assert "--bestellt nein" in seen

    def test_no_english_word_of_the_prompts_is_shown(self, talk):
        t = talk("beraten", "--ort", "Soest", "--gewerk", "Friseur", "--beschaeftigte", "8", "--stichtag", TODAY)
        t.wait("Wobei brauchen Sie Hilfe?").say(SPACE, DOWN, SPACE, ENTER)
        t.answer("Und in eigenen Worten?", "Fördermittel").wait("Stimmt alles?").say(ENTER)
        t.wait("Wie weiter?").say("\x1b[A", ENTER)
        code, seen = t.end()
        assert code == Exit.DONE
        assert not re.search(r"\b(done|selections?|use arrow|select|invert|Cancelled)\b", seen)


def session(script: Script, stream: StringIO | None = None, **answers: str) -> Session:
    screen = Screen(stream or StringIO(), 80, False)
    return Session(adviser(), script, screen, Answers(**answers), Setting(DAY))


KNOWN = {
    "place": "59555", "trade": "Tischlerei", "employees": "8", "needs": ("it_security",), "budget_eur": "15000",
    "ordered": "nein", "turnover_eur": "1000000",
}  # fmt: skip


def without_hints(page: str) -> list[str]:
    """The page without what names options of the command line or lines of the menu, and without empty lines."""
    hints = ("--", "unten unter", "„Was nicht passt“")
    return [line for line in page.splitlines() if line and not any(hint in line for hint in hints)]


class TestSession:
    def test_the_guide_is_that_of_finden(self):
        stream = StringIO()
        session(Script("Ja", "Ende"), stream, **KNOWN).run(None)
        same = call(
            "finden", "--ort", "59555", "--gewerk", "Tischlerei", "--beschaeftigte", "8", "--bedarf", "it_security",
            "--budget", "15000", "--bestellt", "nein", "--umsatz", "1000000", "--stichtag", TODAY,
        )  # fmt: skip
        page, summary = stream.getvalue().split("\nKurz gefasst\n")
        above, same_summary, below = re.split(r"\nKurz gefasst\n((?:.+\n)+)", same.out)
        assert without_hints(page) == without_hints(above + below)
        assert [line.split(".")[0].strip() for line in summary.splitlines()[:8]] == [str(rank) for rank in range(1, 9)]
        assert summary == same_summary

    def test_details_of_every_shown_number_can_be_seen(self):
        stream, script = StringIO(), Script("Ja", "Einzelheiten: 3.", "Einzelheiten: 1.", "Ende")
        session(script, stream, **KNOWN).run(None)
        third = script.choices[1][2].label.removeprefix("Einzelheiten: 3. ")
        details = stream.getvalue().split("Ohne Gewähr")[1]
        assert " ".join(third.split()) in " ".join(details.split())
        assert details.count("von 100 Punkten") == 2

    def test_changed_answers_give_a_new_guide(self):
        stream, script = StringIO(), Script("Ja", "Angaben ändern", "ändern: Ort", "Dresden", "Ja", "Ende")
        session(script, stream, **KNOWN).run(None)
        assert stream.getvalue().count("Ihr Wegweiser") == 2
        assert "Dresden" in stream.getvalue()

    def test_the_summary_names_unknown_answers_and_needs_in_words(self):
        script = Script("Ja", "Ende")
        session(script, **KNOWN).run(None)
        labels = [choice.label for choice in script.choices[0]]
        assert "ändern: Ort: 59555 Lippstadt, Kreis Soest, Nordrhein-Westfalen" in labels
        assert "ändern: Bilanzsumme: weiß ich nicht" in labels
        (needs,) = [label for label in labels if "Bedarf" in label]
        assert "it_security" not in needs

    def test_speichern_keeps_the_answers_and_they_read_back(self, tmp_path):
        path, script = tmp_path / "betrieb.yaml", Script("Ja", "Ende")
        session(script, **KNOWN).run(path)
        assert f"Gespeichert in {path}" in script.told[-1]
        saved = call("finden", "--profil", str(path), "--stichtag", TODAY, "--format", "json").json["firm"]
        assert (saved["place"]["plz"], saved["employees"], saved["ordered"]) == ("59555", 8, False)
        assert [need["code"] for need in saved["needs"]] == ["it_security"]

    def test_a_file_that_cannot_be_written_is_told_and_the_talk_goes_on(self, tmp_path):
        script = Script("Ja", "Antworten speichern", str(tmp_path / "kein" / "ordner.yaml"), "Ende")
        session(script, **KNOWN).run(None)
        assert "kann nicht geschrieben werden (nicht gefunden)." in script.told[-1]

    @pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
    @pytest.mark.parametrize("said", [[], ["Ja"], ["Ja", "Antworten speichern"]], ids=len)
    def test_stopping_carries_the_answers(self, stop, said):
        with pytest.raises(Interrupted) as stopped:
            session(Script(*said, stop), **KNOWN).run(None)
        assert dict(stopped.value.answers.items()) == KNOWN


class TestSummary:
    """Below the guide stands a line for each offer shown: whom to call is still to be seen at the menu."""

    def lines(self, width: int = 80, shown: int = 8, **answers: Any) -> list[str]:
        guide = adviser().guide(adviser().read(Answers(**{**KNOWN, **answers}), DAY), DAY)
        return as_text(adviser().summary(guide, range(1, shown + 1), width), width).splitlines()

    @pytest.mark.parametrize("width", [60, 80, 120])
    def test_one_line_for_each_that_fits_the_terminal(self, width):
        head, *lines, lock = self.lines(width)
        assert head == "Kurz gefasst"
        assert [line[:3] for line in lines] == [f" {rank}." for rank in range(1, 9)]
        assert lock.startswith(" Noch nichts bestellen (Nr. ")
        assert max(map(len, lines)) <= width

    def test_with_the_number_in_full_and_the_name(self):
        found = "\n".join(self.lines())
        assert "Handwerkskammer Dortmund  +49 231 5493-0" in found

    def test_for_as_many_as_are_shown(self):
        assert len(self.lines(shown=1)) == 2
        assert len(self.lines(shown=18)) == 20

    def test_what_an_order_would_lose_is_told_in_one_line_of_what_is_shown(self):
        lock = self.lines(shown=18)[-1]
        first = lock.split("Nr. ")[1].split(",")[0].split(" ")[0]
        assert lock.endswith("): erst der Antrag.")
        assert "Noch nichts" not in self.lines(shown=int(first) - 1)[-1]
        assert "Noch nichts" not in "".join(self.lines(shown=18, ordered="ja"))

    def test_of_a_chamber_that_is_not_known_no_number_is_guessed(self):
        (line,) = [line for line in self.lines(place="NRW", needs=("processes_erp",)) if "Handwerkskammer" in line]
        assert line.endswith("Ihre Handwerkskammer (eine von 7)  Nummern in den Schritten")

    def test_in_an_emergency_it_begins_with_whom_to_call(self):
        lines = self.lines(needs=("wir wurden gehackt",))
        calls = [line for line in lines[1:] if line.startswith(" ! ")]
        assert lines[1 : len(calls) + 2] == [*calls, next(line for line in lines if line.startswith(" 1."))]
        assert calls
        assert all(re.search(r"[0-9]{4}", line) for line in calls)
        assert not [line for line in self.lines() if "!" in line]

    def test_it_follows_every_page(self):
        stream = StringIO()
        session(Script("Ja", "Mehr Angebote", "Was nicht passt", "Ende"), stream, **KNOWN).run(None)
        assert stream.getvalue().count("\nKurz gefasst\n") == 3

    def test_below_the_details_stands_the_one_offer(self):
        stream = StringIO()
        session(Script("Ja", "Einzelheiten: 3.", "Ende"), stream, **KNOWN).run(None)
        last = stream.getvalue().split("\nKurz gefasst\n")[-1]
        assert [line[:3] for line in last.splitlines()] == [" 3."]

    def test_without_offers_there_is_none(self):
        nothing = build_guide(Firm(), (), DAY, adviser().catalog.weights)
        assert list(adviser().summary(nothing, range(1, 9), 80)) == []


def test_the_command_to_go_on_with_has_the_own_entries_and_the_day_as_they_were_given():
    given = Answers(place="Soest")
    setting = Setting(DAY, is_day_given=True, own_files=(Path("mein katalog.yaml"), Path("b.yaml")))
    assert finden_command(given.items(), setting) == (
        "digiwegweiser finden --ort Soest --katalog 'mein katalog.yaml' --katalog b.yaml --stichtag 2026-11-22"
    )
    assert finden_command(given.items(), Setting(DAY)) == "digiwegweiser finden --ort Soest"
    assert profile_command(Path("mein betrieb.yaml"), Setting(DAY, is_day_given=True)) == (
        "digiwegweiser finden --profil 'mein betrieb.yaml' --stichtag 2026-11-22"
    )


def test_the_command_to_go_on_with_is_quoted_for_a_shell_and_gives_the_same_firm():
    given = Answers(place="Neustadt am Rübenberge", trade="Kfz; rm", needs=("Webseite", "it_security"), ordered="ja")
    words = shlex.split(finden_command(given.items(), Setting(DAY)))
    assert words == [
        "digiwegweiser", "finden", "--ort", "Neustadt am Rübenberge", "--gewerk", "Kfz; rm", "--bedarf", "Webseite",
        "--bedarf", "it_security", "--bestellt", "ja",
    ]  # fmt: skip
