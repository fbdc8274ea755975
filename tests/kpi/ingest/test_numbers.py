"""What a cell of a number column means, by its shape."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE
from kpi.ingest.words.numbers import Form, decided_mark, fault, shown_decimals, understand
from tests.kpi.ingest.checked import Desk, codes, read
from tests.tables import for_each

DIGITS = str.maketrans("0123456789", "9999999999")
HARD, THIN, NARROW = "\u00a0", "\u2009", "\u202f"
# As the cells of a column say: how one is read when the column's mark is "comma" or "point".
NO, AMBIGUOUS = "not_a_number", "ambiguous_number"


def form_of(cell: str) -> Form:
    """A cell understood as the ingest does it: by its shape, and whether its first digit is 0."""
    first = next((digit for digit in cell if digit in "0123456789"), "")
    return understand(cell.translate(DIGITS), first == "0")


def as_read(cell: str, mark: str | None) -> float | str:
    """The number that a cell is in a column with this mark, or why it is none."""
    form = form_of(cell)
    code = fault(form, mark)
    if code is not None or form.meaning != "number":
        return code or form.meaning
    digits = cell[form.start : form.start + form.length].replace("−", "-")
    decimal = "." if form.mark == "fixed" or mark == "point" else ","
    plain = "".join(digit for digit in digits if digit.isdigit() or digit in f"-{decimal}")
    return float(plain.replace(",", "."))


# A cell as it is read undecided, with commas and with points as decimal marks.
READ_CELLS: list[tuple[str, float | str, float | str, float | str]] = [
    ("12", 12, 12, 12),
    ("007", 7, 7, 7),
    ("0", 0, 0, 0),
    (" 12\t", 12, 12, 12),
    ("-5", -5, -5, -5),
    ("−5", -5, -5, -5),
    ("−0,5", AMBIGUOUS, -0.5, NO),
    # one mark and three digits: both readings are right in some country
    ("1.234", AMBIGUOUS, 1234, 1.234),
    ("1,234", AMBIGUOUS, 1.234, 1234),
    ("-123.456", AMBIGUOUS, -123456, -123.456),
    # no thousands begin with a zero, and none stand after four digits
    ("0,167", AMBIGUOUS, 0.167, NO),
    ("0.167", AMBIGUOUS, NO, 0.167),
    ("1234,567", AMBIGUOUS, 1234.567, NO),
    ("1234.567", AMBIGUOUS, NO, 1234.567),
    ("16,7", AMBIGUOUS, 16.7, NO),
    ("18500.00", AMBIGUOUS, NO, 18500),  # never 1850000
    ("0,1234", AMBIGUOUS, 0.1234, NO),
    ("1.234.567", AMBIGUOUS, 1234567, NO),
    ("1'234'567", 1234567, 1234567, 1234567),
    ("450’000", 450000, 450000, 450000),
    ("1'234,5", AMBIGUOUS, 1234.5, NO),
    ("45'00", NO, NO, NO),
    ("'450", NO, NO, NO),
    ("0'450", NO, NO, NO),
    ("1.234.567,89", AMBIGUOUS, 1234567.89, NO),
    ("1.234,5", AMBIGUOUS, 1234.5, NO),
    ("1,234.5", AMBIGUOUS, NO, 1234.5),
    ("1,234,567.8", AMBIGUOUS, NO, 1234567.8),
    ("1 234", 1234, 1234, 1234),
    (f"1{HARD}234{THIN}567", 1234567, 1234567, 1234567),
    (f"12{NARROW}345,5", AMBIGUOUS, 12345.5, NO),
    ("12 345.5", AMBIGUOUS, NO, 12345.5),
    ("0 123", NO, NO, NO),
    ("0.123.456", NO, NO, NO),
    ("1 23", NO, NO, NO),
    ("1.2.3", NO, NO, NO),
    ("1,23,456", NO, NO, NO),
    ("1.234,567.8", NO, NO, NO),
    ("1234.567,8", NO, NO, NO),
    (",5", NO, NO, NO),
    ("5,", NO, NO, NO),
    ("5.", NO, NO, NO),
    ("1e5", NO, NO, NO),
    ("1,5E+3", NO, NO, NO),
    ("--5", NO, NO, NO),
    ("5-", NO, NO, NO),
    ("+5", NO, NO, NO),
    ("(5)", NO, NO, NO),
    ("x", NO, NO, NO),
    ("abc", NO, NO, NO),
    ("12 personer", NO, NO, NO),
    ("kr. 12", NO, NO, NO),
    ("5/6", NO, NO, NO),
    ("=1+1", NO, NO, NO),
    ("#REF!", NO, NO, NO),
    ("٣", NO, NO, NO),  # a digit, but of no Danish file
    ("nan", "missing", "missing", "missing"),
    ("<NA>", "missing", "missing", "missing"),
    ("NULL", "missing", "missing", "missing"),
    ("inf", NO, NO, NO),
    ("999999999999999", 999999999999999, 999999999999999, 999999999999999),
    ("1234567890123456", NO, NO, NO),  # a float would change its last digit
    ("9" * 400, NO, NO, NO),
    ("12 %", 12, 12, 12),
    ("12%", 12, 12, 12),
    ("12 pct.", 12, 12, 12),
    ("12 pct", 12, 12, 12),
    ("12 Procent", 12, 12, 12),
    (f"16,7{HARD}%", AMBIGUOUS, 16.7, NO),
    ("% 12", NO, NO, NO),
    ("ca. 20", 20, 20, 20),
    ("Ca 20", 20, 20, 20),
    ("cirka 20 %", 20, 20, 20),
    ("knap 10", 10, 10, 10),
    ("mere end 30", 30, 30, 30),
    ("over 1.234", AMBIGUOUS, 1234, 1.234),
    ("ca. 0,167", AMBIGUOUS, 0.167, NO),
    ("knap hver tiende", NO, NO, NO),
    ("oversigt", NO, NO, NO),
    ("2-3", NO, NO, NO),
    (f"{TYPED}54.5", 54.5, 54.5, 54.5),
    (f"{TYPED}1.234", 1.234, 1.234, 1.234),  # the file itself says that it is a decimal
    (f"{TYPED}-18500", -18500, -18500, -18500),
    (f"{TYPED}{'9' * 400}", NO, NO, NO),
    (f"{TYPED}1e5", NO, NO, NO),
    (f"{UNREADABLE}#DIV/0!", NO, NO, NO),
    (f"{UNREADABLE}12", NO, NO, NO),
    (f"{UNREADABLE}true", NO, NO, NO),
    ("", "empty", "empty", "empty"),
    (f" {HARD} ", "empty", "empty", "empty"),
    ("..", "missing", "missing", "missing"),
    ("...", "missing", "missing", "missing"),
    ("–", "missing", "missing", "missing"),
    (":", "missing", "missing", "missing"),
    ("Mangler", "missing", "missing", "missing"),
    ("-", "dash", "dash", "dash"),
    ("−", "dash", "dash", "dash"),
    ("<5", "suppressed", "suppressed", "suppressed"),
    ("< 5", "suppressed", "suppressed", "suppressed"),
    ("Under 5", "suppressed", "suppressed", "suppressed"),
    ("skjult", "suppressed", "suppressed", "suppressed"),
    (HIDDEN, "suppressed", "suppressed", "suppressed"),
]


def test_cells() -> None:
    misses = {
        cell: read
        for cell, *expected in READ_CELLS
        if (read := [as_read(cell, mark) for mark in (None, "comma", "point")]) != expected
    }
    assert misses == {}


@for_each(
    ("cell", "approximate", "percent"),
    [
        ("12", False, False),
        ("ca. 12", True, False),
        ("12 %", False, True),
        ("knap 9 %", True, True),
    ],
)
def test_words_around_a_number(cell: str, approximate: bool, percent: bool) -> None:
    form = form_of(cell)
    assert (form.approximate, form.percent) == (approximate, percent)


@for_each(
    ("cell", "mark", "decimals"),
    [
        ("12", None, 0),
        ("12,50", "comma", 2),
        ("1.234", "comma", 0),
        ("1.234", "point", 3),
        ("1.234,5", "comma", 1),
        ("1 234,56", "comma", 2),
        (f"{TYPED}54.25", None, 2),
    ],
)
def test_decimals(cell: str, mark: str | None, decimals: int) -> None:
    assert shown_decimals(form_of(cell), mark) == decimals


@for_each(
    ("column", "given", "mark"),
    [
        (["12", "13"], None, None),
        (["1.234", "5"], None, None),
        (["1.234", "5,6"], None, "comma"),
        (["1.234", "5.6"], None, "point"),
        (["1.234", "1.234.567"], None, "comma"),
        (["1.234", "0.167"], None, "point"),
        (["5,6", "5.6"], None, None),  # they contradict each other
        (["5,6", "5.6"], "point", "point"),
        (["5,6"], "point", "point"),  # what is said goes before the cells
        ([f"{TYPED}5.6", "1,234"], None, None),  # a typed number says nothing of the texts
        (["..", "", "ca. 5,6", "1.234"], None, "comma"),
    ],
)
def test_the_mark_of_a_column(column: list[str], given: str | None, mark: str | None) -> None:
    assert decided_mark([form_of(cell).mark for cell in column], given) == mark


def danish(number: float, decimals: int, space: str) -> str:
    text = f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return text.replace(".", space)


def english(number: float, decimals: int, space: str) -> str:
    return f"{number:,.{decimals}f}".replace(",", space)


@given(
    st.floats(-9e9, 9e9).map(lambda number: round(number, 4)),
    st.integers(0, 6),
    st.sampled_from([".", "", " ", HARD, THIN, NARROW]),
    st.sampled_from(["-", "−"]),
    st.booleans(),
)
def test_what_is_written_is_read_back(
    number: float, decimals: int, space: str, minus: str, is_danish: bool
) -> None:
    write, sibling = (danish, "0,5") if is_danish else (english, "0.5")
    thousands = space.replace(".", "." if is_danish else ",")
    cell = write(number, decimals, thousands).replace("-", minus)
    mark = decided_mark([form_of(cell).mark, form_of(sibling).mark], None)
    assert mark == ("comma" if is_danish else "point")
    assert as_read(cell, mark) == pytest.approx(float(f"{number:.{decimals}f}"), abs=1e-12)


# Cells of every kind; a column of them is read by the SQL and by `as_read` above.
CELLS = (
    "12", "-5", "−5,5", "0,167", "0.167", "1.234", "1,234", "1.234,5", "1,234.5", "1 234,5",
    "1.234.567", "ca. 0,5", "ca. 1.234", "..", "<5", "-", "x", "1e5", "12,50", "007", "", "12,5 %",
    f"{HARD}7,25 ", "1234567890123456",
)  # fmt: skip


def column_of(seed: int) -> list[str]:
    chance = random.Random(seed)
    chosen = chance.sample(CELLS, chance.randint(1, 8))
    return [chance.choice(chosen) for _ in range(chance.randint(1, 30))]


def read_slowly(column: list[str], given: str | None) -> list[float | str]:
    mark = decided_mark([form_of(cell).mark for cell in column], given)
    return [as_read(cell, mark) for cell in column]


@pytest.mark.parametrize("seed", range(6))
def test_the_sql_reads_as_a_plain_reader_does(tiny: Desk, seed: int) -> None:
    column, given = column_of(seed), [None, "comma", "point"][seed % 3]
    rows = "".join(
        f"hours;aarhus;2001M01D{day:02};{cell}\n" for day, cell in enumerate(column, start=1)
    )
    checked = tiny.check(f"indicator;area;period;value\n{rows}", decimal=given)
    known = {
        int(period[-2:]): value if value is not None else status
        for _, _, period, value, status in read(checked)
    }
    faults = {
        (problem.row or 0) - 1: problem.code
        for problem in checked.problems
        if problem.code in {"not_a_number", "ambiguous_number", "ignored_row"}
    }
    expected = {
        # a dash is no number, and a percentage is no number of hours
        day: NO if reading == "dash" or ("%" in cell and reading not in {AMBIGUOUS}) else reading
        for day, (cell, reading) in enumerate(
            zip(column, read_slowly(column, given), strict=True), start=1
        )
    }
    expected = {
        day: "ignored_row" if reading == "empty" else reading for day, reading in expected.items()
    }
    assert known | faults == expected


def test_a_contradicting_column_is_reported_at_each_cell(tiny: Desk) -> None:
    rows = "hours;aarhus;2020;5,6\nhours;aarhus;2021;5.6\nhours;aarhus;2022;7\n"
    checked = tiny.check(f"indicator;area;period;value\n{rows}")
    assert [
        (problem.code, problem.row) for problem in checked.problems if problem.severity == "error"
    ] == [
        ("ambiguous_number", 2),
        ("ambiguous_number", 3),
    ]
    assert [observation[3] for observation in read(checked)] == [7.0]
    # No decimal mark that could be chosen would read both.
    assert not any("--decimal" in problem.hint for problem in checked.problems)


@pytest.mark.parametrize(
    ("cell", "decimal", "value", "code"),
    [
        ("18500.00", "comma", None, "not_a_number"),
        ("18500.00", "point", 18500.0, None),
        ("18500.00", None, 18500.0, None),
        ("1.234", None, None, "ambiguous_number"),
        ("1.234", "comma", 1234.0, None),
        ("1.234", "point", 1.234, None),
    ],
)
def test_a_given_decimal_mark(
    tiny: Desk, cell: str, decimal: str | None, value: float | None, code: str | None
) -> None:
    checked = tiny.check(
        f"indicator;area;period;value\nhours;aarhus;2020;{cell}\n", decimal=decimal
    )
    assert [observation[3] for observation in read(checked)] == ([] if value is None else [value])
    assert codes(checked) == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("cell", "scale", "value"),
    [
        ("0,571", 100, 57.1),
        ("0,29", 100, 29.0),
        ("1", 100, 100.0),
        ("0,0001", 100, 0.01),
        ("57,1", 1, 57.1),
        ("12", 0.1, 1.2),
        ("7", 0.25, 1.75),
        ("0,1", 3, 0.3),  # 0.30000000000000004 in binary
        ("1,005", 1000, 1005.0),
    ],
)
def test_scale_is_exact(tiny: Desk, cell: str, scale: float, value: float) -> None:
    content = f"nøgletal;område;periode;værdi\nhours;aarhus;2022;{cell}\nhours;odense;2022;0,5\n"
    assert ("aarhus", "all", "2022", value, "final") in read(tiny.check(content, scale=scale))


def test_scale_leaves_numerator_and_denominator(tiny: Desk) -> None:
    head = "nøgletal;område;periode;værdi;tæller;nævner"
    checked = tiny.check(f"{head}\nrate;aarhus;2023;0,56;56;100\n", scale=100)
    assert checked.publishable
    assert read(checked) == [("aarhus", "all", "2023", 56.0, "final")]


def test_scale_is_not_for_a_cell_that_says_percent(tiny: Desk) -> None:
    rows = "rate;aarhus;2022;0,51\nrate;odense;2022;41 %\n"
    checked = tiny.check(f"nøgletal;område;periode;værdi\n{rows}", scale=100)
    assert set(codes(checked)) - {"other_source"} == {"scale"}  # the series is the paper's
    assert read(checked) == [("aarhus", "all", "2022", 51.0, "final")]


@pytest.mark.parametrize(
    ("cell", "scale", "value"),
    [
        ("74.30000000000001", None, 74.3),
        ("72.99999999999999", None, 73.0),
        ("254541.99999999997", None, 254542.0),
        ("0.7430000000000001", 100, 74.3),
        ("74.28571428571429", None, 74.28571428571429),  # 520 / 7
        ("75.123456789", None, 75.123456789),
    ],
)
def test_what_arithmetic_leaves_far_behind_the_mark(
    tiny: Desk, cell: str, scale: float | None, value: float
) -> None:
    content = f"indicator;area;period;value\nhours;aarhus;2020;{cell}\n"
    assert [row[3] for row in read(tiny.check(content, decimal="point", scale=scale))] == [value]
