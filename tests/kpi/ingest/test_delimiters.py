"""What parts the fields of a CSV: every sign, with the others in quoted and unquoted fields."""

import csv
import io
import itertools
from collections.abc import Sequence
from typing import Literal

from kpi.domain.errors import Problem
from kpi.ingest.readers.delimited import read_head, records
from kpi.ingest.readers.delimiters import delimiters_of, figure_columns, without_quoted
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

Quoting = Literal[0, 1, 2, 3]
SIGNS = (";", ",", "\t", "|")
HEAD = ("Område", "Periode", "Selvforsørgelse", "Note")


def _written(rows: Sequence[Sequence[str]], sign: str, quoting: Quoting) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=sign, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _read(text: str) -> tuple[str, list[tuple[str, ...]]]:
    problems: list[Problem] = []
    head = read_head(text)
    read = [head.columns, *(cells for _, cells in records(text, head, problems))]
    assert problems == []
    return head.delimiter, read


@for_each("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@for_each("other", [*SIGNS, '"', "\n"])
@for_each("sign", SIGNS)
def test_signs_within_fields_part_nothing(sign: str, other: str, quoting: Quoting) -> None:
    """One to four of another sign in the values, in the notes, in the head, and in all of them."""
    for many, (in_value, in_note, in_head) in itertools.product(
        range(1, 5), itertools.product((False, True), repeat=3)
    ):
        value = f"74{other}3" if in_value else "74.3"
        note = f"{other} ".join("abcde"[: many + 1]) if in_note else "ingen"
        head = (*HEAD[:-1], f"Note{other} kort" if in_head else "Note")
        rows = [head, *((area, "2024", value, note) for area in ("Aarhus", "Odense", "Randers"))]
        assert _read(_written(rows, sign, quoting)) == (sign, rows)


@for_each("title", ["", "Selvforsørgelse\n", "Andel, pct.\n", "a, b, c, d, e\n"])
@for_each("head", ["Område;År;Andel", "Område;År;Andel, pct."])
@for_each("value", ["74,3", "1.074,3", '"74,3"'])
def test_commas_of_decimals_part_nothing(title: str, head: str, value: str) -> None:
    text = f"{title}{head}\nAarhus;2024;{value}\nOdense;2024;{value}\nRanders;2024;{value}\n"
    assert _read(text)[0] == ";"
    assert _read(text)[1][0] == tuple(head.split(";"))


@for_each(
    ("start", "signs"),
    [
        ('"a;b","c;d"\n"1;2","3;4"\n', [","]), ('"a,b";"c"\n', [";"]), ('"a"\t"b|c;d,e"', ["\t"]),
        ('"a""; b",c\n', [","]), ('"a\n;b",c\n', [","]),
        # What is no whole field keeps its signs: an inch mark, a quote within a word.
        ('5" skærm;7\n', [";"]), ('a"b;c"d,e\n', [";", ","]), ('"a;b\n', [";"]),
        ("~a~^~b~\n~1~^~2~\n", ["~"]), ("abc\n", []),
    ],
)  # fmt: skip
def test_what_may_part_the_fields(start: str, signs: list[str]) -> None:
    assert list(delimiters_of(start)) == signs


def test_only_whole_fields_are_left_out() -> None:
    assert without_quoted('"a;b";c;"d""e"\n"f"') == '"";c;""\n""'


def test_columns_of_figures() -> None:
    rows = [("Aarhus", "2024", "74,3", ""), ("Odense", "..", "73,1", "se 1"), ("Randers", "2", "7")]
    assert figure_columns(rows, 4) == 2
    assert figure_columns([], 3) == 0


def test_a_semicolon_for_a_decimal_mark_is_an_error_at_its_cell(real: Desk) -> None:
    text = 'nøgletal,område,periode,værdi\nElevfravær,Viby Syd,2025H1,"7;3"\n'
    checked = real.check(text)
    assert [(each.code, each.row, each.column) for each in checked.problems] == [
        ("not_a_number", 2, "værdi")
    ]
