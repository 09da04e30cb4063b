"""Commands and options. The only place that reads the clock, the arguments and the streams, and that prints errors."""

import gc
import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from digiwegweiser.cli.advice import beraten, finden, zeigen
from digiwegweiser.cli.catalog import catalog_app
from digiwegweiser.cli.options import FIRM_OPTIONS
from digiwegweiser.cli.output import drop_output, refusal, tell
from digiwegweiser.cli.register import stapel
from digiwegweiser.exits import Exit, Stop
from digiwegweiser.german_help import GermanCommand, GermanGroup, usage_text

app = typer.Typer(
    cls=GermanGroup,
    name="digiwegweiser",
    epilog='Beispiel: digiwegweiser finden --ort 59555 --gewerk Tischlerei --bedarf "Zeiterfassung ohne Zettel"',
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _command in (finden, beraten, zeigen, stapel):
    app.command(cls=GermanCommand)(_command)
app.add_typer(catalog_app, name="katalog")


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"digiwegweiser {version('digiwegweiser')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Die Version zeigen.")
    ] = False,
) -> None:
    """Findet Beratung, Förderung und Anlaufstellen zur Digitalisierung, die zu Ihrem Betrieb passen.

    Ohne Befehl beginnt das Gespräch.
    """
    if context.invoked_subcommand is None:
        beraten(**dict.fromkeys(FIRM_OPTIONS))


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    # A run is short, and its many small objects live to its end: looking for cycles would take a third of it.
    gc.freeze()
    gc.set_threshold(1_000_000)
    code = run(sys.argv[1:])
    if "polars" in sys.modules:
        # Threads and processes of others want to end in order.
        sys.exit(code)
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    # Taking the small objects down one by one would take another twentieth.
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code; every error is a message on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    message = ""
    try:
        code = app(arguments, standalone_mode=False) or Exit.DONE
        sys.stdout.flush()
    except Stop as stop:
        code, message = stop.code, str(stop)
    except typer.TyperException as error:
        code, message = Exit.WRONG_CALL, f"{usage_text(error)}\nHilfe: digiwegweiser --help"
    except (typer.Abort, KeyboardInterrupt):
        code = Exit.STOPPED
    except (BrokenPipeError, SystemExit):
        # The reader has gone, as with `| head`; nothing is left to say. Typer ends the process when it meets that.
        drop_output()
        return Exit.DONE
    except OSError as error:
        drop_output()
        code, message = Exit.UNREADABLE, refusal(error)
    if code == Exit.STOPPED:
        # Typer makes Ctrl-C this code, without a word.
        message = message or "Abgebrochen."
    if message:
        tell(message)
    return code
