"""The tool as a user meets it: as a child process, and in this process where that is enough."""

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from digiwegweiser.cli import run

TODAY = "2026-11-22"
#: A joiner near Lippstadt, of whom all that is asked in turn is known.
JOINER = (
    "--ort", "59555", "--gewerk", "Tischlerei", "--beschaeftigte", "8", "--bedarf", "Zeiterfassung ohne Zettel",
    "--stichtag", TODAY,
)  # fmt: skip
FIND = ("finden", *JOINER)

ENGLISH = re.compile(
    r"\b(usage|options|commands?|arguments?|show this|exit|error|invalid|missing|required|no such|did you|got|found"
    r"|not|the|file|directory|unknown|default|expected|open|ended|paused|unverified)\b",
    re.IGNORECASE,
)
#: Words that are the same in German, or stand for themselves in examples.
ALSO_GERMAN = re.compile(r"\[OPTIONEN\]|--format", re.IGNORECASE)


class Result(NamedTuple):
    """How a run ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, parsed."""
        return json.loads(self.out)


class _Stream(io.TextIOWrapper):
    """A stream that says it is a terminal, so that nothing is taken out of it on the way."""

    def isatty(self) -> bool:
        return True


def call(*arguments: str) -> Result:
    """A run in this process; standard output as if piped, errors as on a terminal."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), _Stream(io.BytesIO(), "utf-8", newline="")
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return Result(int(code), *texts)


def child(*arguments: str, **environment: str) -> Result:
    """A run as a child process without a terminal."""
    found = subprocess.run(
        [sys.executable, "-m", "digiwegweiser", *arguments],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        timeout=30,
        check=False,
    )
    return Result(found.returncode, found.stdout.decode("utf-8"), found.stderr.decode("utf-8"))


def an_entry(**changes: Any) -> dict[str, Any]:
    """A nationwide free advice for everybody, with all that an entry must have; None leaves a key out."""
    known = {
        "id": "eigener-eintrag",
        "name": "Eigener Eintrag",
        "kind": "coaching",
        "summary": "Hilfe aus dem eigenen Haus",
        "operator": "Eigener Träger",
        "status": "active",
        "status_evidence": "Beleg",
        "confidence": "high",
        "checked_on": TODAY,
        "area": {"level": "bund"},
        "audience": {"sectors": ["any"]},
        "needs": {"core": ["processes_erp"]},
        "funding": {"form": "advice"},
        "cost": {"kind": "free"},
        "sources": [{"url": "https://example.org"}],
    }
    return {key: value for key, value in {**known, **changes}.items() if value is not None}


def own_catalogue(path: Path, *entries: dict[str, Any]) -> str:
    """Writes entries as a catalogue file; JSON is YAML. The file's name, for the command line."""
    path.write_text(json.dumps(entries or [an_entry()], ensure_ascii=False, indent=1), encoding="utf-8")
    return str(path)


def english_in(text: str) -> list[str]:
    """English words in what should be German."""
    return [found[0] for found in ENGLISH.finditer(ALSO_GERMAN.sub("", text))]
