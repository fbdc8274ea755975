"""CSV of all kinds: its head, its records, and the fast way compared with the slow one."""

import csv
import io
import math

import duckdb
import pyarrow as arrow
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi.domain.errors import Problem
from kpi.domain.letters import writable
from kpi.ingest import delimited_loading, loading
from kpi.ingest.readers.delimited import MOST_BROKEN, Head, is_plain, lines_of, read_head, records
from kpi.ingest.table.byte_scan import Signs
from kpi.ingest.table.dictionary import Rows, spelled_rows
from kpi.ingest.table.raw import RawTable, RefusedError, Upload
from tests.kpi.ingest.checked import Desk, read
from tests.tables import for_each

TEMPLATE = "indicator;område;Periode;værdi"
STATBANK = "OMRÅDE;KØN;TID;INDHOLD"
BELOW = "1;3;2;4\n5;6;7;8\n"


@for_each(
    ("text", "table_format", "delimiter", "line", "title"),
    [
        (f"{TEMPLATE}\nrate;751;2022;5\n", "table_csv", ";", 1, ""),
        (TEMPLATE.replace(";", ",") + "\nrate,751,2022,5\n", "table_csv", ",", 1, ""),
        (TEMPLATE.replace(";", "\t") + "\nrate\t751\t2022\t5\n", "table_csv", "\t", 1, ""),
        (TEMPLATE.replace(";", "|") + "\nrate|751|2022|5\n", "table_csv", "|", 1, ""),
        # signs that no text has, where every line has as many
        (TEMPLATE.replace(";", "^") + "\nrate^751^2022^5,5\n", "table_csv", "^", 1, ""),
        (TEMPLATE.replace(";", "~") + "\nrate~751~2022~5,5\n", "table_csv", "~", 1, ""),
        (f"{TEMPLATE}\n~;^;~~;^^\n", "table_csv", ";", 1, ""),
        ("OMRÅDE~;TID;INDHOLD~\na~;2020;~1\n", "table_csv", ";", 1, ""),
        # the template goes before what there is more of
        (f"{TEMPLATE}\na,b;c,d;e,f;1,2\n", "table_csv", ";", 1, ""),
        # title lines and blank ones above it
        (f"Indberetning\n\n{TEMPLATE}\nrate;751;2022;5\n", "table_csv", ";", 3, "Indberetning"),
        (f"Udtræk; 1. maj\n{STATBANK}\n{BELOW}", "statbank_csv", ";", 2, "Udtræk  1. maj"),
        (f"{STATBANK}\r\n1;2;3;4\r\n", "statbank_csv", ";", 1, ""),
        ('"OMRÅDE";"K;Ø\nN";"TID";"INDHOLD"\n1;2;3;4\n', "statbank_csv", ";", 1, ""),
        (f'"En lang\ntitel"\n{STATBANK}\n{BELOW}', "statbank_csv", ";", 3, "En lang\ntitel"),
        ("region,time,CONTENTS\nx,2020,1\n", "statbank_csv", ",", 1, ""),
        ("[A].[B].[Kommune];[Tid].[Skoleår].[Skoleår];Fravær\nx;y;1\n", "uvm_csv", ";", 1, ""),
        ("kommune,klassetrin,skoleår,fravaer_pct\nx,y,z,1\n", "uvm_csv", ",", 1, ""),
        ("Område;Periode;Antal\nx;2020;1\n", "jobindsats_csv", ";", 1, ""),
        ("Område;2019;2020\nx;1;2\n", "jobindsats_csv", ";", 1, ""),
        ("kommune;antal\nAarhus;5\n", "table_csv", ";", 1, ""),
    ],
)  # fmt: skip
def test_heads(text: str, table_format: str, delimiter: str, line: int, title: str) -> None:
    head = read_head(text)
    assert (head.format, head.delimiter, head.line) == (table_format, delimiter, line)
    assert head.title == title


def test_names_of_columns() -> None:
    head = read_head(" Kommune ;;Antal\nx;y;z\n")
    assert head.columns == ("Kommune", "kolonne 2", "Antal")


@for_each("text", ["", "\n\n", "kommune\nAarhus\nOdense\n", "hej", "12345\n67890\n"])
def test_no_table(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_head(text)
    assert refused.value.problem.code == "not_a_table"


HEAD = Head("table_csv", ";", ("a", "b"), 1, "")


@for_each(
    ("text", "expected", "problems"),
    [
        ("a;b\n1;2\n3;4\n", [(2, ("1", "2")), (3, ("3", "4"))], []),
        ("a;b\r\n1;2\r\n3;4", [(2, ("1", "2")), (3, ("3", "4"))], []),
        ("a;b\r1;2\r3;4\r", [(2, ("1", "2")), (3, ("3", "4"))], []),
        ("a;b\n\n1;2\n \n;\n3;4\n\n", [(3, ("1", "2")), (6, ("3", "4"))], []),
        # a record is known by the line on which it begins
        ('a;b\n"1\nx";2\n3;4\n', [(2, ("1\nx", "2")), (4, ("3", "4"))], []),
        ('a;b\n"1\r\n\r\nx";2\r\n3;4\n', [(2, ("1\r\n\r\nx", "2")), (5, ("3", "4"))], []),
        ('a;b\n"1;""x""";2\n', [(2, ('1;"x"', "2"))], []),
        ("a;b\n1;2;3\n4\n5;6\n", [(4, ("5", "6"))], [("not_a_table", 2), ("not_a_table", 3)]),
        ('a;b\n1;2\n"3;4\n5;6\n', [(2, ("1", "2"))], [("not_a_table", 3)]),
        ('a;b\n1;2\n"3"x;4\n5;6\n', [(2, ("1", "2"))], [("not_a_table", 3)]),
        ("a;b\n1;" + "x" * 32_767 + "\n", [(2, ("1", "x" * 32_767))], []),
        ("a;b\n1;" + "x" * 32_768 + "\n", [], [("too_large", 2)]),
    ],
)
def test_records(
    text: str, expected: list[tuple[int, tuple[str, ...]]], problems: list[tuple[str, int]]
) -> None:
    reported: list[Problem] = []
    assert list(records(text, HEAD, reported)) == expected
    assert [(problem.code, problem.row) for problem in reported] == problems
    assert all(
        problem.severity == "error" and problem.message and problem.hint for problem in reported
    )


@for_each(
    ("content", "plain", "lines"),
    [
        (b"a;b\n1;2\n", True, 2),
        (b"a;b\n1;2", True, 2),
        (b"a;b\r\n1;2\r\n", True, 2),
        (b"a;b\r1;2\r", False, 1),
        (b"a;b\r\n1;2\n", False, 2),
        (b'a;b\n"1";2\n', False, 2),
    ],
)
def test_plain(content: bytes, plain: bool, lines: int) -> None:
    assert is_plain(content, Signs.of(content)) == plain
    assert lines_of(content, Signs.of(content)) == lines


def loaded(content: bytes) -> tuple[RawTable, list[tuple[object, ...]]]:
    """A file as `load` leaves it: the table, and all rows of `raw` that hold anything."""
    with duckdb.connect(config={"threads": 1}) as connection:
        table = loading.load(connection, Upload("x.csv", content))
        numbered = connection.table("raw").order("record").fetchall()
        spelled = [
            dict(connection.table(f"spelled_c{place}").fetchall())
            for place in range(len(table.columns))
        ]
    rows = [
        (line, *(texts[number] for texts, number in zip(spelled, numbers, strict=True)))
        for _, line, *numbers in numbered
    ]
    return table, [row for row in rows if any(cell.strip() for cell in row[1:])]


@pytest.mark.parametrize(
    ("content", "fast"),
    [
        (b"kommune;antal\nAarhus;5\n", True),
        (b"\xef\xbb\xbfkommune;antal\r\nAarhus;5\r\n", True),
        ("kommune;område\nKøge;5\n".encode(), True),
        ("kommune;område\nKøge;5\n".encode("cp1252"), True),
        ("kommune;område\nKøge;5\n".encode("utf-16"), False),
        (b'kommune;antal\n"Aarhus";5\n', False),
    ],
)
def test_which_way(monkeypatch: pytest.MonkeyPatch, content: bytes, fast: bool) -> None:
    plainly: list[bool] = []
    plain_rows = delimited_loading._plain_rows

    def watched(content: bytes, lines_count: int, head: Head) -> Rows | None:
        rows = plain_rows(content, lines_count, head)
        plainly.append(rows is not None)
        return rows

    monkeypatch.setattr(delimited_loading, "_plain_rows", watched)
    table, rows = loaded(content)
    assert plainly == ([True] if fast else [])
    assert len(rows) == 1
    assert rows[0][0] == 2
    assert rows[0][2] == "5"
    assert table.columns[0] == "kommune"


CELL = st.text(alphabet="ab1 ,.'\t\u00a0øé\u2028\x0b\\#", max_size=4)
NEWLINE = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """CSV of three columns, some of it broken: blank lines, short records, quotes, line ends."""
    newline = draw(NEWLINE)
    quoted = draw(st.booleans())
    lines = ["kommune;køn;antal"]
    for _ in range(draw(st.integers(0, 6))):
        cells = draw(st.lists(CELL, min_size=1, max_size=4))
        if quoted and cells:
            cells[0] = f'"{cells[0]}{draw(st.sampled_from(["", newline, ";", chr(34) * 2]))}"'
        lines.append(";".join(cells))
    text = newline.join(lines) + draw(st.sampled_from(["", newline, newline * 2]))
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return (bom + text).encode()


def read_plainly(content: bytes) -> list[tuple[object, ...]]:
    """What Python's csv makes of it: records of three cells, by the line on which they begin.

    Their texts are without signs that no paper can contain.
    """
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    rows: list[tuple[object, ...]] = []
    line = 1
    for cells in reader:
        ends_empty = not any(cell.strip() for cell in cells[3:])
        if line > 1 and len(cells) >= 3 and ends_empty and any(cell.strip() for cell in cells):
            rows.append((line, *map(writable, cells[:3])))
        line = reader.line_num + 1
    return rows


def mostly_broken(content: bytes) -> bool:
    """Whether half of the records or more have another number of cells than the head."""
    records = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))[
        1:
    ]
    return sum(len(cells) not in (0, 3) for cells in records) * 2 >= len(records)


@settings(max_examples=30)
@given(files())
@example(b"kommune;k\xc3\xb8n;antal\n;;1\n;;;\n;;1;1")
@example(b"kommune;k\xc3\xb8n;antal\n1\n\n;;\\")
def test_both_ways_read_what_python_reads(content: bytes) -> None:
    rows: list[tuple[object, ...]] = []
    below = math.inf
    try:
        table, rows = loaded(content)
        columns, code = table.columns, ""
        # Text alone under a blank line is reported, and is no row.
        reported = [
            problem.row
            for problem in table.problems
            if problem.code == "ignored_row" and problem.row
        ]
        below = min(reported, default=below)
    except RefusedError as refused:
        columns, code = (), refused.problem.code
    assert code in {"", "empty_file", "not_a_table"}
    # Where most records are broken, another line or none may look like the head.
    if columns == ("kommune", "køn", "antal") or (code and not mostly_broken(content)):
        assert rows == [row for row in read_plainly(content) if float(str(row[0])) < below]


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5), NEWLINE)
@settings(max_examples=20)
def test_whole_files_are_read_whole(cells: list[list[str]], newline: str) -> None:
    rows = [("Aarhus", *row[1:]) for row in cells]
    text = newline.join([";".join(row) for row in [("kommune", "køn", "antal"), *rows]])
    expected = [(line, *map(writable, row)) for line, row in enumerate(rows, start=2)]
    assert loaded(text.encode())[1] == expected


def test_a_text_that_many_rows_share_is_kept_once() -> None:
    """A small file may contain millions of rows: their texts would fill the memory."""
    before = arrow.default_memory_pool().max_memory()
    rows = spelled_rows(((line, ("x" * 32_000, str(line))) for line in range(20_000)), 2)
    assert rows.first(1) == [(0, ("x" * 32_000, "0"))]
    assert len(rows) == 20_000
    assert arrow.default_memory_pool().max_memory() - before < 50_000_000  # 640 MB one by one


def test_broken_rows_without_end_are_reported_as_one() -> None:
    text = "a;b\n1;2\n" + "x\n" * (MOST_BROKEN + 500)
    problems: list[Problem] = []
    assert len(list(records(text, read_head(text), problems))) == 1
    assert len(problems) == MOST_BROKEN + 1
    assert problems[-1].message.startswith("Yderligere 500 rækker har et andet antal felter")


@for_each("blank", ["", ";;\n", "\n"])
def test_a_title_that_is_padded_to_the_tables_width_is_no_head(blank: str) -> None:
    """A spreadsheet saves every row as wide as the table."""
    head = read_head(
        f"Andel i Aarhus;;\n{blank}Kommune;År;Andel\nAarhus;2021;71,5\nOdense;2021;1\n"
    )
    assert head.columns == ("Kommune", "År", "Andel")
    assert head.title == "Andel i Aarhus"


def test_rows_of_one_cell_each_are_no_table() -> None:
    with pytest.raises(RefusedError, match="ingen tabel"):
        read_head("a;;\n;b;\n;;c\n")


def test_a_title_with_a_comma_divides_no_decimals() -> None:
    head = read_head("Aarhus Kommune, i pct.\nÅr;Andel\n2023;71,1\n2024;72,2\n")
    assert (head.delimiter, head.columns) == (";", ("År", "Andel"))
    # a comma divides a table whose texts have a semicolon here and there
    assert read_head("År,Note\n2023,a;b\n2024,c\n2025,d\n").delimiter == ","


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("Kommune 2023 2024\nAarhus 74,2 74,3\nHøje-Taastrup 71,5 72,0\n", True),
        ("Kommune   År    Andel\nAarhus    2022  74.2\nHele landet  2022  77\n", True),
        ("Tabel 1\nKommune 2023 2024\nAarhus 74,2 ..\nOdense 71,5 72,0\n", True),
        ("Kommune,2021,2022\nAarhus,74.2,74.3\nHele landet,71.5,72\n", False),
        ("Kommune, 2021, 2022\nAarhus, 74.2, 74.3\nHele landet, 71.5, 72\n", False),
        ("Kommune;2021;2022\nAarhus;74,2;74,3\nHele landet;71,5;72\n", False),
    ],
)  # fmt: skip
def test_fields_parted_by_blanks_are_refused_in_words(
    real: Desk, text: str, is_refused: bool
) -> None:
    checked = real.check(text, indicator_id="employment_rate")
    assert any("delt ved mellemrum" in p.message for p in checked.problems) == is_refused
    assert checked.publishable != is_refused


@pytest.mark.parametrize("mark", ["Side 2 af 3", "Page 2", "- 2 -"])
def test_pages_of_a_print_are_one_table(tiny: Desk, mark: str) -> None:
    head = "nøgletal;område;periode;værdi\n"
    rows = ("rate;Aarhus;2024;51,5\n", "rate;Odense;2024;41,5\n")
    checked = tiny.check(f"{head}{rows[0]}\n{mark}\n\n{head}{rows[1]}")
    assert [row[3] for row in read(checked)] == [51.5, 41.5]
    assert {problem.row for problem in checked.problems if problem.code == "ignored_row"} == {4, 6}


@pytest.mark.parametrize("content", [b"a;b\n1;2\n3;4\n", b'a;b\n"1";2\n3;4\n\nNote: nye tal\n'])
def test_a_text_that_was_begun_before_is_the_same_and_is_let_go_of(content: bytes) -> None:
    """Its rows are large: nothing may keep them once they are in the connection."""
    upload = Upload("x.csv", content)
    begun = loading.Begun(upload)
    with duckdb.connect(config={"threads": 1}) as connection:
        table = loading.load(connection, upload, begun=begun)
        rows = connection.table("raw").order("record").fetchall()
    with duckdb.connect(config={"threads": 1}) as connection:
        assert loading.load(connection, upload) == table
        assert connection.table("raw").order("record").fetchall() == rows
    with pytest.raises(IndexError):
        begun.take_text()
