"""Tables as they really come: every dialect gives the same rows, every damage is one fault with its line."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from digiwegweiser.batch import csv_blocks
from digiwegweiser.batch.chunk import Source
from digiwegweiser.batch.inputs import InForm
from digiwegweiser.batch.problems import BatchProblem, Problem, RowCode
from digiwegweiser.batch.records import FILLED, LONGEST_CELL, First, first_record, is_blank
from digiwegweiser.batch.sources import open_source

TABLE = 'PLZ;Ort;Mitarbeiter;Bedarf\n59555;Müller;8;"a\nb"\n1067;Köln;3,5;x\n'
ROWS = [("59555", "Müller", "8", "a\nb"), ("1067", "Köln", "3,5", "x")]


class Reader:
    """Opens tables from bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, content: bytes | str, **options: Any) -> Source:
        path = self.folder / "tabelle"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return open_source(str(path), io.BytesIO(), self.folder, **options)

    def rows(self, content: bytes | str, **options: Any) -> list[tuple[Any, ...]]:
        return [row for chunk in self.open(content, **options).chunks() for row in chunk.frame.rows()]

    def lines(self, content: bytes | str) -> list[int]:
        return [line for chunk in self.open(content).chunks() for line in chunk.lines]

    def faults(self, content: bytes | str) -> list[tuple[int, RowCode]]:
        return [(fault.line, fault.code) for chunk in self.open(content).chunks() for fault in chunk.faults]

    def refusal(self, content: bytes | str, **options: Any) -> Problem:
        with pytest.raises(BatchProblem) as refused:
            list(self.open(content, **options).chunks())
        return refused.value.problem


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


# --- letters, separators, line ends ----------------------------------------------------------------------------------

LETTERS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("letters", LETTERS)
def test_letters_of_any_coding_are_the_same_table(read, letters):
    assert read.rows(TABLE.encode(letters)) == ROWS


@pytest.mark.parametrize("letters", LETTERS)
def test_a_packed_table_is_the_same_table(read, letters):
    source = read.open(gzip.compress(TABLE.encode(letters)))
    assert source.about.is_gzip
    assert [row for chunk in source.chunks() for row in chunk.frame.rows()] == ROWS


def test_single_windows_letters_in_utf8_are_letters_and_nothing_else_changes(read):
    mixed = TABLE.encode() + "1;Grün;2;y\n".encode("cp1252")
    assert read.rows(mixed) == [*ROWS, ("1", "Grün", "2", "y")]


def test_windows_letters_far_behind_a_plain_beginning_are_read(read):
    plain = "PLZ;Ort\n" + "59555;Lippstadt\n" * 40_000
    assert read.rows(plain.encode() + "1;Köln\n".encode("cp1252"))[-1] == ("1", "Köln")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_each_separator_is_found_although_cells_hold_the_others(read, separator):
    cells = [["PLZ", "Ort", "Bedarf"], ["59555", "a; b, c | d\te", "x"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in cells)
    source = read.open(text)
    assert source.about.separator == separator
    assert read.rows(text) == [tuple(cells[1])]


def test_decimal_commas_do_not_make_a_comma_the_separator(read):
    assert read.open("PLZ;MA\n1;2,5\n3;4,5\n").about.separator == ";"


def test_the_line_that_excel_writes_for_itself_tells_the_separator(read):
    assert read.rows("sep=|\nPLZ|Ort\n1|x;y\n") == [("1", "x;y")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(read, end):
    text = "PLZ;Ort\n1;x\n2;y\n".replace("\n", end)
    assert read.rows(text) == [("1", "x"), ("2", "y")]
    assert read.lines(text) == [2, 3]


def test_nul_bytes_vanish_and_the_letters_around_them_stay(read):
    assert read.rows("PL\0Z;Ort\n595\x0055;\0x\n") == [("59555", "x")]


def test_the_last_line_needs_no_end(read):
    assert read.rows("PLZ;Ort\n1;x") == [("1", "x")]


# --- rows ------------------------------------------------------------------------------------------------------------


def test_lines_are_those_of_an_editor_also_behind_line_breaks_in_cells(read):
    assert read.lines(TABLE + "\n;;;\n80331;z\n") == [2, 4, 7]


def test_blank_lines_are_no_rows(read):
    assert read.rows("\n\nPLZ;Ort\n\n1;x\n ; \n;\n2;y\n\n") == [("1", "x"), ("2", "y")]


def test_a_blank_character_is_the_same_for_both_ways_of_reading():
    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    together = pl.Series(letters).str.contains(FILLED)
    assert together.to_list() == [not is_blank([letter]) for letter in letters]


def test_missing_cells_at_the_end_are_empty(read):
    assert read.rows("PLZ;Ort;MA\n1\n1;x\n") == [("1", "", ""), ("1", "x", "")]


def test_empty_cells_too_many_are_dropped_and_filled_ones_are_a_fault(read):
    text = "PLZ;Ort\n1;x;; \n2;y;;z\n3;v\n"
    assert read.rows(text) == [("1", "x"), ("3", "v")]
    assert read.faults(text) == [(3, RowCode.TOO_MANY_CELLS)]


@pytest.mark.parametrize("tail", ["3;c\n4;d\n", '3;"c"\n4;"d"\n', '3;"c\n'])
def test_an_open_quotation_mark_costs_its_own_row_and_no_other(read, tail):
    text = f'PLZ;Ort\n1;a\n2;"b\n{tail}'
    rows, faults = read.rows(text), read.faults(text)
    assert faults[0] == (3, RowCode.OPEN_QUOTE)
    assert len(rows) + len(faults) == text.count("\n") - 1
    assert rows[0] == ("1", "a")


def test_thousands_of_open_quotation_marks_do_not_blow_up(read):
    text = "PLZ;Ort\n" + '1;"x\n2;y\n' * 3000
    assert len(read.rows(text)) + len(read.faults(text)) == 6000


def test_quotation_marks_within_a_cell_are_letters(read):
    assert read.rows('PLZ;Firma\n1;Holz "Max" GmbH\n2;"Holz ""Max"" GmbH"\n') == [
        ("1", 'Holz "Max" GmbH'),
        ("2", 'Holz "Max" GmbH'),
    ]


def test_a_cell_of_more_than_a_million_letters_is_a_fault(read):
    text = f"PLZ;Ort\n1;{'x' * 1_100_000}\n2;y\n"
    assert read.faults(text) == [(2, RowCode.BROKEN_LINE)]
    assert read.rows(text) == [("2", "y")]


def test_a_text_without_any_line_end_is_refused_before_it_fills_the_memory(read):
    assert read.refusal("PLZ;Ort\n" + "1" * (1 << 24)) is Problem.LINE_TOO_LONG


def test_chunks_have_the_size_asked_for_and_lose_nothing(read):
    source = read.open("PLZ;Ort\n" + "".join(f"{i};x\n" for i in range(25)))
    chunks = list(source.chunks(10))
    assert [chunk.frame.height for chunk in chunks] == [10, 10, 5]
    assert [line for chunk in chunks for line in chunk.lines] == list(range(2, 27))


def test_five_thousand_columns_come_through(read):
    names = [f"Spalte {i}" for i in range(4999)] + ["PLZ"]
    source = read.open("\n".join([";".join(names), ";".join("9" * 5000), ";".join("8" * 5000)]))
    assert source.about.names == tuple(names)
    assert [chunk.frame.shape for chunk in source.chunks()] == [(2, 5000)]


def test_names_of_200_letters_emoji_and_right_to_left_text_come_through(read):
    names = ["Ä" * 200, "🪚🔨 Müller & Töchter 👩‍🔧", "\u202bמסגרייה בע״מ\u202c", "نجارة"]
    assert read.rows("PLZ;Firma\n" + "".join(f"1;{name}\n" for name in names)) == [("1", name) for name in names]


CELL = st.one_of(
    st.text(st.sampled_from('ab;,"\n \t\u2028ü🪚'), max_size=6), st.text(st.characters(codec="utf-8"), max_size=4)
)


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 40),
)
@example([["\x1f", "", ""], ["a", "", ""]], csv.QUOTE_MINIMAL, "\n", 40)
@example([["", "\x1c ", "\x85"], ["", "", "\x1b"]], csv.QUOTE_ALL, "\r\n", 40)
def test_what_the_standard_library_writes_is_read_back_whatever_the_blocks(tmp_path_factory, rows, quoting, end, size):
    """Also where a record begins in one block and ends in the next, plain lines and others mixed."""
    rows = [[cell.replace("\0", "").replace("\r", "") for cell in row] for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", quoting=quoting, lineterminator=end).writerows([["PLZ", "Ort", "Bedarf"], *rows])
    read = Reader(tmp_path_factory.mktemp("any"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "BLOCK", size)
        source = read.open(text.getvalue())
        chunks = list(source.chunks(5))
    found = [row for chunk in chunks for row in chunk.frame.rows()]
    assert found == [tuple(row) for row in rows if "".join(row).strip()]
    assert [chunk.faults for chunk in chunks if chunk.faults] == []
    starts, line = [], 2
    for row in rows:
        starts += [line] if "".join(row).strip() else []
        line += 1 + sum(cell.count("\n") for cell in row)
    assert [line for chunk in chunks for line in chunk.lines] == starts


def read_in_blocks(text: str, separator: str, width: int, size: int, longest: int) -> tuple[list[Any], list[Any]]:
    """All rows with their lines, and all faults; lines of more than so many bytes are read singly."""
    rows, faults = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "BLOCK", size)
        patch.setattr(csv_blocks, "LONGEST_CELL", longest)
        reader = csv_blocks.CsvBlocks(separator, tuple(f"Spalte {place}" for place in range(width)), 0)
        for block in csv_blocks.text_blocks(io.StringIO(text, newline="")):
            found = reader.read(*block)
            rows += found.table.rows()
            faults += found.faults
    return rows, faults


@given(
    st.lists(st.sampled_from([*'ab"";;|\n\r \x1fü\x85\0\ufeff', '"a"', ';"";', '""', "\r\n"])).map("".join),
    st.sampled_from(";|"),
    st.integers(1, 3),
    st.sampled_from([1, 7, 1 << 22]),
)
@example('1;"a\n2;b"\n3;c\n"4"";x";d\n"5"x;e\n6;x"f"\n"7" ;g\n "8";h\n9;""\n"""";"";""\n', ";", 2, 1 << 22)
@example('1;"a;b"\r\n2;"c"\r\n"";" "\r\n;\x1f\r\n"3;d\r\n4;"e"', ";", 2, 1 << 22)
@example('"\n\n \n""\n"a"\n', ";", 1, 1 << 22)
@example('1;""x\n2";";x\n"";3"";\n', ";", 2, 1 << 22)
@example("\ufeff;a\n\ufeffb;\n", ";", 2, 1 << 22)
@example("\ufeff\n\ufeff", ";", 1, 1 << 22)
def test_lines_that_are_read_together_are_what_they_are_when_read_singly(text, separator, width, size):
    """Wherever quotation marks, separators, ends, blank characters and marks of UTF-8 stand."""
    together = read_in_blocks(text, separator, width, size, LONGEST_CELL)
    assert together == read_in_blocks(text, separator, width, size, 0)


def test_only_what_is_not_plain_is_read_singly_which_takes_long(monkeypatch):
    singly: list[str] = []

    def noted(lines: list[str], separator: str) -> First:
        singly.append(lines[0])
        return first_record(lines, separator)

    monkeypatch.setattr(csv_blocks, "first_record", noted)
    plain = ['1;"a;b"', '"2";""', '"3""x""";b', ";", '"";" "', "6; "]
    odd = ['7;"b', "8", '9;""x', '"10;c"', '11;x"y"', '12";"', "13;b;c"]
    lines = [f"{line}\r\n" for one in odd for line in (*plain, one)]
    read_in_blocks("".join(lines), ";", 2, 1 << 22, LONGEST_CELL)
    assert {line.rstrip() for line in singly} == set(odd)


@pytest.mark.parametrize("size", [5, 64, 1 << 22])
def test_damage_is_the_same_whatever_the_blocks(read, monkeypatch, size):
    monkeypatch.setattr(csv_blocks, "BLOCK", size)
    text = 'Titel\n\nPLZ;Ort\n1;a\n2;"b\n3;c\n4;d;e\n5;"f\ng"\n6\n;\n7;"h"i\n8;"j'
    assert read.rows(text) == [("1", "a"), ("3", "c"), ("5", "f\ng"), ("6", ""), ("7", "hi")]
    assert read.lines(text) == [4, 6, 8, 10, 12]
    assert read.faults(text) == [(5, RowCode.OPEN_QUOTE), (7, RowCode.TOO_MANY_CELLS), (13, RowCode.OPEN_QUOTE)]


# --- headers ---------------------------------------------------------------------------------------------------------


def test_repeated_and_missing_headers_get_names_of_their_own(read):
    assert read.open("PLZ;Bedarf;Bedarf; ;Bedarf\n1;2;3;4;5\n").about.names == (
        "PLZ", "Bedarf", "Bedarf (2)", "Spalte 4", "Bedarf (3)",
    )  # fmt: skip


def test_titles_above_the_header_are_left_out_and_counted(read):
    text = "Mitgliederliste\nStand;22.11.2026\n\nPLZ;Ort;MA\n1;x;2\n"
    assert read.rows(text) == [("1", "x", "2")]
    assert read.open(text).about.rows_above == 2


def test_a_table_without_header_keeps_its_first_row_when_columns_are_numbered(read):
    text, chosen = "59555;Lippstadt;8\n1067;Dresden;9\n", [("plz", "1"), ("ma", "3")]
    source = read.open(text, chosen=chosen)
    assert (source.about.has_header, source.about.names) == (False, ("Spalte 1", "Spalte 2", "Spalte 3"))
    assert len(read.rows(text, chosen=chosen)) == 2


def test_numbers_for_columns_below_a_header_leave_the_header_out(read):
    assert read.rows("Postl;Wo\n59555;Lippstadt\n", chosen=[("plz", "1")]) == [("59555", "Lippstadt")]


def test_a_row_of_data_with_one_known_word_is_no_header(read):
    text = "59555;Handwerk;8\n1067;Handel;9\n"
    assert len(read.rows(text, chosen=[("plz", "1")])) == 2


def test_a_header_told_by_name_is_found_below_a_title(read):
    assert read.rows("Liste\nPostl;Was\n1;x\n", chosen=[("plz", "Postl")]) == [("1", "x")]


# --- what is no table ------------------------------------------------------------------------------------------------

REFUSED = {
    "nothing": (b"", Problem.EMPTY),
    "blank": (b" \n\r\n\t\n", Problem.EMPTY),
    "only a mark": (b"\xef\xbb\xbf", Problem.EMPTY),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\0\x08\x06" * 9, Problem.UNKNOWN_FORM),
    "pdf": (b"%PDF-1.7\nlauter Text", Problem.UNKNOWN_FORM),
    "another archive": (b"PK\x03\x04" + b"x" * 50, Problem.DAMAGED),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...", Problem.OLD_BOOK),
    "half a parquet": (b"PAR1 und dann nichts", Problem.DAMAGED),
    "half a gzip": (gzip.compress(TABLE.encode() * 99)[:-20], Problem.DAMAGED),
    "one json list": (b'[{"plz": "59555"}]', Problem.JSON_ARRAY),
}


@pytest.mark.parametrize(("content", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused_by_its_kind(read, content, problem):
    assert read.refusal(content) is problem


def test_a_header_alone_is_a_table_without_rows(read):
    assert read.rows("PLZ;Ort\n") == []


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=120).map(lambda tail: b"PLZ;Ort;Bedarf\n1;a;b\n" + tail)))
@example(b'PLZ;Ort\n"')
@example(b'PLZ;Ort\n"\r"\r')
@example("PLZ;Ort\n1;x\x85y\u2028z\n".encode())
@example(b"\xff\xfeP")
@example(b'{"a":"\\ud800"}\n{"\\udfff":1e999}')
@example(b'{"a":' + b"[" * 5000)
def test_any_bytes_give_rows_and_faults_or_a_refusal(tmp_path_factory, content):
    read = Reader(tmp_path_factory.mktemp("any"))
    try:
        source = read.open(content)
        chunks = list(source.chunks(7))
    except BatchProblem:
        return
    for chunk in chunks:
        assert chunk.frame.height == len(chunk.lines)
        assert chunk.frame.columns == list(source.about.names)
    lines = [line for chunk in chunks for line in chunk.lines]
    faulty = [fault.line for chunk in chunks for fault in chunk.faults]
    assert lines == sorted(set(lines))
    assert not set(lines) & set(faulty)


# --- JSONL, Parquet, Excel -------------------------------------------------------------------------------------------


def test_jsonl_takes_all_keys_of_all_lines_and_lists_of_needs(read):
    lines = [{"place": "59555", "needs": ["a", "b"]}, {"place": 1067, "x": {"y": None}}, {"ordered": True}]
    text = "\n\n".join(json.dumps(line) for line in lines)
    assert read.open(text).about.names == ("place", "needs", "x", "ordered")
    assert read.rows(text) == [
        ("59555", "a; b", None, None), ("1067", None, '{"y": null}', None), (None, None, None, "true"),
    ]  # fmt: skip
    assert read.lines(text) == [1, 3, 5]


@pytest.mark.parametrize(
    ("number", "text"), [("8", "8"), ("8.0", "8.0"), ("7.125", "7.1250"), ("1e6", "1000000"), ("0.5", "0.5")]
)
def test_a_json_number_is_never_taken_for_thousands(read, number, text):
    assert read.rows(f'{{"employees": {number}}}') == [(text,)]


def test_a_line_that_is_no_object_is_a_fault_and_the_others_are_rows(read):
    text = '{"place": "1"}\nquatsch\n[1]\n7\n{"place": "2"}\n'
    assert read.rows(text) == [("1",), ("2",)]
    assert read.faults(text) == [(2, RowCode.NO_JSON), (3, RowCode.NO_OBJECT), (4, RowCode.NO_OBJECT)]


def test_parquet_keeps_types_order_and_rows(read, tmp_path):
    table = pl.DataFrame({"plz": [1067, None, 3], "needs": [["a"], None, []], "ma": [7.125, 8, None]})
    table.write_parquet(tmp_path / "p", row_group_size=1)
    content = (tmp_path / "p").read_bytes()
    source = read.open(content)
    assert pl.concat([chunk.frame for chunk in source.chunks(2)]).equals(table)
    assert read.lines(content) == [1, 2, 3]
    assert read.rows(gzip.compress(content)) == table.rows()


def workbook(**sheets: list[list[Any]]) -> bytes:
    """An Excel file; texts that begin with = are formulas that show an error."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(y, x, cell, None, "#N/A")
                else:
                    sheet.write(y, x, cell)
    book.close()
    return out.getvalue()


def test_an_excel_sheet_is_read_with_its_row_numbers(read):
    content = workbook(Eins=[["Liste"], [], ["PLZ", "MA"], [1067, 7.5], [], ["59555", 8]], Zwei=[["Ort"], ["x"]])
    assert read.rows(content) == [("1067", "7.5"), ("59555", "8")]
    assert read.lines(content) == [4, 6]
    about = read.open(content).about
    assert (about.form, about.sheet, about.other_sheets) == (InForm.XLSX, "Eins", ("Zwei",))


@pytest.mark.parametrize("sheet", ["Zwei", "zwei", "2"])
def test_a_sheet_is_chosen_by_name_or_number(read, sheet):
    assert read.rows(workbook(Eins=[["PLZ"], [1]], Zwei=[["Ort"], ["x"]]), sheet=sheet) == [("x",)]


@pytest.mark.parametrize("sheet", ["Drei", "3", "0"])
def test_an_unknown_sheet_is_refused(read, sheet):
    assert read.refusal(workbook(Eins=[["PLZ"], [1]], Zwei=[["Ort"], ["x"]]), sheet=sheet) is Problem.UNKNOWN_SHEET


def test_a_sheet_of_a_text_or_without_cells_is_refused(read):
    assert read.refusal(TABLE, sheet="1") is Problem.SHEET_OF_NO_BOOK
    assert read.refusal(workbook(Leer=[])) is Problem.EMPTY


def test_error_cells_of_excel_are_seen_and_not_taken_for_empty(read):
    """The reader itself gives nothing for them; also where the table begins in another corner."""
    rows = [["PLZ", "Ort"], ["=NA()", "x"], [1067, "=1/0"]]
    assert read.rows(workbook(A=rows)) == [("#N/A", "x"), ("1067", "#N/A")]
    shifted = [[], [], *([None, None, *row] for row in rows)]
    assert read.rows(workbook(A=shifted)) == [("#N/A", "x"), ("1067", "#N/A")]
    assert fastexcel.read_excel(workbook(A=rows)).load_sheet(0, dtypes="string").to_polars()["PLZ"][0] is None


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20), st.floats(0.5, 1.5))
@pytest.mark.parametrize("packed", [workbook(A=[["PLZ", "Ort"], [1067, "=x"]]), gzip.compress(TABLE.encode() * 9)])
def test_damaged_workbooks_and_packed_texts_are_tables_or_refused(tmp_path_factory, packed, changes, share):
    content = bytearray(packed)
    for where, byte in changes:
        content[int(where * (len(content) - 1))] = byte
    read = Reader(tmp_path_factory.mktemp("any"))
    try:
        rows = read.rows(bytes(content[: int(len(content) * share)]))
    except BatchProblem:
        return
    assert all(len(row) == len(rows[0]) for row in rows)


def test_a_damaged_parquet_file_is_refused_also_where_its_reader_panics(read, monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(_: object) -> None:
        raise PanicException

    monkeypatch.setattr(pl, "scan_parquet", panic)
    assert read.refusal(b"PAR1...") is Problem.DAMAGED
    monkeypatch.setattr(pl, "scan_parquet", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        read.open(b"PAR1...")


def test_standard_input_is_a_table_of_any_form(tmp_path):
    for content in (TABLE.encode(), gzip.compress(TABLE.encode()), workbook(A=[["PLZ"], [1]])):
        source = open_source("-", io.BytesIO(content), tmp_path)
        assert sum(chunk.frame.height for chunk in source.chunks()) > 0
        assert source.progress() == 1.0


@pytest.mark.parametrize("many", [5, 30_000])
def test_about_how_many_rows_there_are_is_known_from_the_beginning(read, many):
    firms = [f"{59000 + n % 999};Ort {n * 7919 % 10007};{n % 30}" for n in range(many)]
    text = "\n".join(["PLZ;Ort;Mitarbeiter", *firms])
    table = pl.DataFrame({"PLZ": range(many)})
    parquet, lines = io.BytesIO(), table.write_ndjson()
    table.write_parquet(parquet)
    for content in (text, text.replace("\n", "\r"), text.encode("utf-16"), lines, parquet.getvalue()):
        assert read.open(content).about.rows == pytest.approx(many, rel=0.02, abs=1)
    # What is packed is known roughly.
    assert many / 3 <= read.open(gzip.compress(text.encode())).about.rows <= many * 3
