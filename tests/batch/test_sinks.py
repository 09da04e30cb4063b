"""Tables out: every form gives back what went in, and no file is ever half."""

import errno
import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import fastexcel
import numpy as np
import polars as pl
import pytest

from digiwegweiser.batch import aside
from digiwegweiser.batch.aside import written_aside
from digiwegweiser.batch.problems import BatchProblem, Problem
from digiwegweiser.batch.sinks import SHEET_ROWS, Encoder, OutForm, Style, open_sink, style_of

FRAME = pl.DataFrame({"Nr": [1, 2], "Name": ['Müller; "Holz", Söhne', "a\nb"], "Punkte": [96, None]})
MORE = pl.DataFrame({"Nr": [3], "Name": ["🪚"], "Punkte": [5]})


def written(style: Style, *frames: pl.DataFrame) -> bytes:
    """The bytes of a file after these tables."""
    stream = io.BytesIO()
    sink, encoder = open_sink(stream, style), Encoder(style)
    for number, frame in enumerate(frames):
        sink.write(encoder.encoded(frame, number == 0))
    sink.close()
    return stream.getvalue()


# --- forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_gzip", [False, True])
@pytest.mark.parametrize(("form", "separator"), [(OutForm.CSV, ","), (OutForm.TSV, "\t")])
def test_csv_gives_back_what_went_in(form, separator, is_gzip):
    found = written(Style(form, is_gzip), FRAME, MORE)
    text = gzip.decompress(found) if is_gzip else found
    assert text.startswith(separator.join(FRAME.columns).encode() + b"\n")
    assert pl.read_csv(text, separator=separator).equals(pl.concat([FRAME, MORE]))


def test_for_excel_csv_is_marked_and_parted_by_semicolons_once():
    found = written(Style(for_excel=True), FRAME, MORE)
    assert found.startswith(b"\xef\xbb\xbfNr;Name;Punkte\r\n")
    assert found.count(b"\xef\xbb\xbf") == 1
    assert pl.read_csv(found, separator=";")["Nr"].to_list() == [1, 2, 3]


def test_jsonl_has_an_object_a_line():
    nested = FRAME.with_columns(results=pl.lit([{"id": "x"}], dtype=pl.List(pl.Struct({"id": pl.String}))))
    lines = written(Style(OutForm.JSONL), nested, nested).decode().splitlines()
    assert [json.loads(line)["Name"] for line in lines] == ['Müller; "Holz", Söhne', "a\nb"] * 2
    assert json.loads(lines[0])["results"] == [{"id": "x"}]


def test_parquet_puts_chunks_together_with_their_types():
    found = pl.read_parquet(written(Style(OutForm.PARQUET), FRAME, MORE))
    assert found.equals(pl.concat([FRAME, MORE]))


def test_an_excel_file_holds_texts_numbers_and_gaps():
    found = fastexcel.read_excel(written(Style(OutForm.XLSX), FRAME, MORE)).load_sheet(0).to_polars()
    assert found["Name"].to_list() == ['Müller; "Holz", Söhne', "a\nb", "🪚"]
    assert found["Punkte"].to_list() == [96, None, 5]


@pytest.mark.parametrize("form", [OutForm.CSV, OutForm.TSV, OutForm.XLSX, OutForm.PARQUET])
def test_a_table_without_rows_still_has_its_header(form):
    found = written(Style(form), FRAME.clear())
    match form:
        case OutForm.XLSX:
            assert fastexcel.read_excel(found).load_sheet(0).to_polars().columns == FRAME.columns
        case OutForm.PARQUET:
            assert pl.read_parquet(found).schema == FRAME.schema
        case _:
            assert found.decode() == ("," if form is OutForm.CSV else "\t").join(FRAME.columns) + "\n"


def test_lists_and_other_types_become_text_in_csv():
    frame = pl.DataFrame({"a": [["x", "y"]], "b": [{"c": 1}], "d": [True], "e": [1.5], "f": [b"\xff"]})
    assert pl.read_csv(written(Style(), frame), infer_schema=False).rows() == [
        ("x\ny", '{"x":{"c":1}}', "true", "1.5", "/w=="),
    ]  # fmt: skip


def test_no_text_is_a_formula_in_an_excel_file_and_none_is_changed():
    texts = ["=1+1", "+cmd|x", "@SUM(A1)", "-5", "https://example.org", "007"]
    content = written(Style(OutForm.XLSX), pl.DataFrame({"=a": texts}))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    assert fastexcel.read_excel(content).load_sheet(0, dtypes="string").to_polars()["=a"].to_list() == texts


def test_formulas_are_harmless_in_csv_also_as_headers():
    found = written(Style(), pl.DataFrame({"=cmd": ["=1+1", "-5"], "Tel": ["+49 231", "@x"]})).decode()
    assert found.splitlines() == ["'=cmd,Tel", "'=1+1,+49 231", "-5,'@x"]


def test_a_cell_longer_than_excel_takes_is_cut_visibly():
    found = written(Style(OutForm.XLSX), pl.DataFrame({"a": ["x" * 40_000]}))
    [cell] = fastexcel.read_excel(found).load_sheet(0).to_polars()["a"]
    assert len(cell) == 32_767
    assert cell.endswith(" …")


@pytest.mark.parametrize(
    ("frame", "problem"),
    [
        (pl.DataFrame({"a": pl.Series([0], dtype=pl.Int8).new_from_index(0, SHEET_ROWS)}), Problem.TOO_LONG_FOR_SHEET),
        (pl.DataFrame({str(i): [0] for i in range(16_385)}), Problem.TOO_WIDE_FOR_SHEET),
    ],
    ids=["rows", "columns"],
)
def test_what_does_not_fit_on_an_excel_sheet_is_refused(frame, problem):
    with pytest.raises(BatchProblem) as refused:
        written(Style(OutForm.XLSX), frame)
    assert refused.value.problem is problem


ENDINGS = {
    "a.csv": Style(OutForm.CSV), "a.CSV": Style(OutForm.CSV), "a.b.csv.gz": Style(OutForm.CSV, is_gzip=True),
    "a.tsv": Style(OutForm.TSV), "a.xlsx": Style(OutForm.XLSX), "a.jsonl": Style(OutForm.JSONL),
    "a.jsonl.gz": Style(OutForm.JSONL, is_gzip=True), "a.parquet": Style(OutForm.PARQUET),
}  # fmt: skip


@pytest.mark.parametrize(("name", "style"), ENDINGS.items())
def test_the_ending_tells_the_form(name, style):
    assert style_of(Path(name), for_excel=False) == style


@pytest.mark.parametrize("name", ["a", "a.doc", "a.gz", "a.xlsx.gz", "csv", ".csv"])
def test_an_ending_that_tells_nothing_is_refused(name):
    with pytest.raises(BatchProblem) as refused:
        style_of(Path(name), for_excel=False)
    assert refused.value.problem is Problem.FORM_OF_ENDING


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[True, False], ids=["without a name", "under another name"])
def _both_ways(request, monkeypatch):
    """Files that have no name before they are whole, and what is done where the system knows no such."""
    if not request.param:
        monkeypatch.setattr(aside.os, "O_TMPFILE", 0o123456700, raising=False)


@pytest.mark.usefixtures("_both_ways")
def test_a_file_appears_when_it_is_whole_and_alone(tmp_path):
    target = tmp_path / "a.csv"
    with written_aside(may_replace=False) as open_aside:
        open_aside(target).write(b"ganz")
        assert not target.exists()
    assert target.read_bytes() == b"ganz"
    assert list(tmp_path.iterdir()) == [target]


def test_a_system_that_takes_no_advice_has_the_file_all_the_same(tmp_path, monkeypatch):
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(os, "posix_fadvise", refuse, raising=False)
    with written_aside(may_replace=False) as open_aside:
        open_aside(tmp_path / "a.csv").write(b"ganz")
    assert (tmp_path / "a.csv").read_bytes() == b"ganz"


@pytest.mark.usefixtures("_both_ways")
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), ValueError])
def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path, error):
    target = tmp_path / "a.csv"
    target.write_bytes(b"alt")

    def fail() -> None:
        with written_aside(may_replace=True) as open_aside:
            open_aside(target).write(b"halb")
            raise error

    with pytest.raises(error if isinstance(error, type) else type(error)):
        fail()
    assert target.read_bytes() == b"alt"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("_both_ways")
def test_two_files_appear_together_or_not_at_all(tmp_path):
    def write_both(second: Path) -> None:
        with written_aside(may_replace=False) as open_aside:
            open_aside(tmp_path / "a.csv").write(b"a")
            open_aside(second).write(b"b")

    with pytest.raises(FileNotFoundError):
        write_both(tmp_path / "nicht da" / "b.csv")
    assert list(tmp_path.iterdir()) == []
    write_both(tmp_path / "b.csv")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"a", "b.csv": b"b"}


@pytest.mark.usefixtures("_both_ways")
def test_nothing_is_replaced_without_being_asked_to(tmp_path):
    target = tmp_path / "a.csv"
    target.write_bytes(b"alt")
    with pytest.raises(BatchProblem) as refused, written_aside(may_replace=False) as open_aside:
        open_aside(target)
    assert refused.value.problem is Problem.EXISTS
    with written_aside(may_replace=True) as open_aside:
        open_aside(target).write(b"neu")
    assert target.read_bytes() == b"neu"


def test_a_file_that_came_in_the_meantime_is_not_replaced_either(tmp_path):
    target = tmp_path / "a.csv"

    def write_both() -> None:
        with written_aside(may_replace=False) as open_aside:
            open_aside(target).write(b"neu")
            target.write_bytes(b"von jemand anderem")

    with pytest.raises(BatchProblem):
        write_both()
    assert target.read_bytes() == b"von jemand anderem"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "echt.csv", tmp_path / "verweis.csv"
    real.write_bytes(b"alt")
    link.symlink_to(real)
    with written_aside(may_replace=True) as open_aside:
        open_aside(link).write(b"neu")
    assert link.is_symlink()
    assert real.read_bytes() == b"neu"


def test_a_new_file_has_the_rights_that_files_have_here(tmp_path):
    (tmp_path / "b.csv").touch()
    with written_aside(may_replace=False) as open_aside:
        open_aside(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "b.csv").stat().st_mode


@pytest.mark.parametrize("form", OutForm)
def test_a_full_disk_is_an_error_of_the_system(form):
    class Full(io.BytesIO):
        def write(self, data, /):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sink = open_sink(Full(), Style(form))

    def fill() -> None:
        sink.write(Encoder(Style(form)).encoded(FRAME, is_first=True))
        sink.close()

    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        fill()


@pytest.mark.parametrize("form", OutForm)
def test_what_is_held_stays_and_what_is_not_leaves_nothing_behind(form):
    encoder = Encoder(Style(form))
    held = [encoder.encoded(frame, is_first=True) for frame in (FRAME, MORE, FRAME.clear(), MORE, FRAME)]
    told = [bytes(block) for block in held]
    held.clear()
    again = [bytes(encoder.encoded(frame, is_first=True)) for frame in (FRAME, MORE, FRAME.clear(), MORE, FRAME)]
    alone = [bytes(Encoder(Style(form)).encoded(frame, is_first=True)) for frame in (FRAME, MORE, FRAME.clear())]
    assert told == again == [*alone, alone[1], alone[0]]


def test_memory_is_used_again_as_soon_as_nobody_holds_it():
    encoder = Encoder(Style())
    wide = pl.DataFrame({"Name": ["x" * 1000] * 1000})
    places = {np.frombuffer(encoder.encoded(wide, is_first=False), dtype=np.uint8).ctypes.data for _ in range(9)}
    assert len(places) == 1
