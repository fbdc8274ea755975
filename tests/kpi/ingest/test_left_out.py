"""A file that ends in the middle of a line, and rows without a group among rows with one."""

import pytest

from kpi.ingest.checks.left_out import unended_line
from kpi.ingest.table.raw import RawTable
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

HEAD = "nøgletal;område;periode;værdi"
ROW = "rate;Aarhus;2024;12,5"


def table(delimiter: str = ";") -> RawTable:
    return RawTable("jobindsats_csv", ("a", "b"), (), delimiter=delimiter)


@for_each(
    ("content", "line"),
    [
        (f"{HEAD}\n{ROW}\n{ROW}\n", None),
        (f"{HEAD}\n{ROW}\n{ROW}", 3),
        (f"{HEAD}\r\n{ROW}\r\n{ROW}\r\n", None),
        (f"{HEAD}\r\n{ROW}\r\n{ROW}", 3),
        (f"{HEAD}\r{ROW}\r{ROW}", 3),
        (f"{HEAD}\r{ROW}\r{ROW}\r", None),
        # Blank lines, and what old programs write behind the end.
        (f"{HEAD}\n{ROW}\n\n\n", None),
        (f"{HEAD}\n{ROW}\n{ROW}\n\x1a", None),
        (f"{HEAD}\n{ROW}\n{ROW}\n   ", None),
        # One row alone says nothing of how lines end.
        (f"{HEAD}\n{ROW}", None),
    ],
)
@for_each("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
def test_a_last_line_without_its_end(content: str, line: int | None, encoding: str) -> None:
    problems = unended_line(content.encode(encoding), table())
    assert [problem.row for problem in problems] == ([] if line is None else [line])
    assert all(
        (problem.code, problem.severity) == ("unended_line", "warning") for problem in problems
    )


def test_only_a_text_with_delimiters_has_lines() -> None:
    assert unended_line(f"{HEAD}\n{ROW}\n{ROW}".encode(), table(delimiter="")) == []


GROUPED = "nøgletal;område;gruppe;periode;værdi\n"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        # All filled, none filled, one filled: what people write.
        (["rate;aarhus;all;2010;50", "rate;odense;all;2010;50"], []),
        (["rate;aarhus;;2010;50", "rate;odense;;2010;50"], []),
        (["rate;aarhus;;2010;50", "rate;odense;;2010;50", "rate;randers;all;2010;50"], []),
        (["rate;aarhus;;2010;50", "rate;aarhus;non_western;2010;40"], []),
        # One empty among filled ones.
        (["rate;aarhus;all;2010;50", "rate;odense;;2010;50", "rate;randers;all;2010;50"], [3]),
        # Of an indicator that is filled, in a column that is not.
        (
            ["rate;aarhus;all;2010;50", "rate;odense;all;2010;50", "rate;randers;;2010;50"]
            + [f"persons;aarhus;;20{year};100" for year in range(10, 15)],
            [4],
        ),
        # The one row of its indicator, in a column that is filled.
        (["rate;aarhus;all;2010;50", "rate;odense;all;2010;50", "persons;randers;;2010;50"], [4]),
    ],
)  # fmt: skip
def test_a_row_without_a_group(tiny: Desk, rows: list[str], lines: list[int]) -> None:
    checked = tiny.check(GROUPED + "\n".join(rows) + "\n")
    problems = [problem for problem in checked.problems if problem.code == "empty_group"]
    assert [problem.row for problem in problems] == lines
    assert all(
        "læses som" in problem.message and problem.severity == "warning" for problem in problems
    )


def test_a_file_that_ends_in_a_line_is_warned_of_and_can_be_published(tiny: Desk) -> None:
    checked = tiny.check((GROUPED + "rate;aarhus;;2010;50\nrate;odense;;2010;51").encode())
    assert [(problem.code, problem.row) for problem in checked.problems] == [("unended_line", 3)]
    assert checked.publishable


@pytest.mark.parametrize(
    ("rows", "is_reported"),
    [
        ("Kommune;Skoleår;Værdi\nAarhus;2025/2026;6,1\nOdense;2025/2026;6,4\n", True),
        ("område;periode;værdi\nAarhus;2025/2026;6,1\n", True),
        ("Kommune;Skoletrin;Skoleår;Værdi\nAarhus;Udskoling;2025/2026;6,1\n", False),
        # The programme's own areas have had its figures before.
        ("område;periode;værdi\nGellerup;2025H1;14,1\n", False),
    ],
)
def test_the_own_group_of_other_areas(real: Desk, rows: str, is_reported: bool) -> None:
    checked = real.check(rows, indicator_id="school_absence")
    messages = [problem.message for problem in checked.problems if problem.code == "empty_group"]
    assert len(messages) == is_reported
    assert all("kun udgivet tal for »Udskoling« og »Mellemtrin«" in message for message in messages)
