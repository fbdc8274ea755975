"""A file of twice the size takes about twice as long: no reader goes through it again and again.

The sizes are such that a reader that does would take many times as long.
"""

import io
import json
import os
import re
import time
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from kpi.domain.errors import KpiError
from kpi.ingest.checked import Checked
from kpi.store import init
from tests.kpi.data_folder import write_tiny
from tests.kpi.ingest.checked import Desk

_IS_SOAK = "SPOR_SOAK" in os.environ
MOST_TIMES = 2.6
HEADER = "nøgletal;område;periode;værdi;note\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with one published figure, whose reading is warm."""
    folder = tmp_path_factory.mktemp("doubling")
    init(folder / "home", write_tiny(folder / "data", "rate,aarhus,all,2022,50.0,,,final"))
    desk = Desk.of(folder / "home")
    desk.check(HEADER + "rate;Bydel 7;2022;x;\n")
    return desk


def px(before_data: str = "", title: str = '"t"') -> str:
    return (
        f'CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE={title};\nSTUB="område";\nHEADING="tid";\n'
        'VALUES("område")="Aarhus","Odense";\nVALUES("tid")="2020","2021";\n'
        f"{before_data}DATA=\n1 2\n3 4;\n"
    )


def px_cube(size: int) -> str:
    labels = ",".join(f'"Sted {place}"' for place in range(size))
    figures = "\n".join(f"{place} {place}" for place in range(size))
    return px().replace('"Aarhus","Odense"', labels).replace("1 2\n3 4", figures)


def jsonstat(size: int) -> str:
    codes = [f"c{place}" for place in range(size)]
    return json.dumps({
        "version": "2.0", "class": "dataset", "id": ["sted", "tid"], "size": [size, 2],
        "dimension": {
            "sted": {"category": {"index": {code: at for at, code in enumerate(codes)}}},
            "tid": {"category": {"index": ["2020", "2021"]}},
        },
        "value": {str(at): at for at in range(2 * size)},
        "status": {str(at): "x" for at in range(2 * size)},
    })  # fmt: skip


def rows(row: str, size: int, header: str = HEADER) -> str:
    return header + "".join(row.format(number) + "\n" for number in range(size))


KINDS: dict[str, tuple[int, Callable[[int], str]]] = {
    "a title in many lines": (60_000, lambda n: px(title="\n".join(['"aaaa aaaa"'] * n))),
    "blank lines in a PX file": (60_000, lambda n: px("\n" * n)),
    "notes in a PX file": (20_000, lambda n: px("".join(f'NOTE("v{i}")="x";\n' for i in range(n)))),
    "a PX cube": (10_000, px_cube),
    "a JSON-stat cube": (10_000, jsonstat),
    "rows of jobindsats": (
        20_000,
        lambda n: json.dumps([{"Periode": "2020M01", "By": f"S {i}", "A": i} for i in range(n)]),
    ),
    "many columns": (450, lambda n: ";".join(f"k{i}" for i in range(n)) + "\n" + ";1" * (n - 1)),
    "periods as columns": (
        1_500,
        lambda n: "område;" + ";".join(f"{1000 + i % 9}" for i in range(n)) + "\nA" + ";1" * n,
    ),
    "a head of two lines": (
        2_000,
        lambda n: (
            "område;" + ";".join(f"{2000 + i // 2 % 20}" for i in range(n)) + "\n;"
            + ";".join(("Antal", "Pct.")[i % 2] for i in range(n))
            + ("\nAarhus;" + ";".join(["1"] * n)) * 5
        ),
    ),
    "a head of many words": (4_000, lambda n: f"område;{'2020 pct. ' * n}\n" + "Aarhus;1\n" * 3),
    "one key in many rows": (20_000, lambda n: rows("rate;Aarhus;2022;{};", n)),
    "one row many times": (20_000, lambda n: rows("rate;Aarhus;2022;5;", n)),
    "unknown areas": (20_000, lambda n: rows("rate;Bydel {};2022;5;", n)),
    "unknown indicators": (20_000, lambda n: rows("nøgle {};Aarhus;2022;5;", n)),
    "unknown periods": (20_000, lambda n: rows("rate;Aarhus;p{};5;", n)),
    "what is no number": (20_000, lambda n: rows("rate;Aarhus;2022;5x{};", n)),
    "figures out of range": (40_000, lambda n: rows("rate;Aarhus;2022;-{};", n)),
    "quoted cells": (10_000, lambda n: rows('rate;"Bydel ""{}""";2022;5;', n)),
    "rows that are too short": (40_000, lambda n: rows("a;b", n)),
    "long texts in place of names": (
        20,
        lambda n: rows("rate;{}" + "Bydel 7 " * 3_000 + ";2022;5;", n),
    ),
    "lines above the head": (20_000, lambda n: "\n" * n + HEADER + "rate;Aarhus;2022;5;\n"),
}  # fmt: skip


# Of each reader one; the others take minutes.
_EVERY_DAY = {"a PX cube", "blank lines in a PX file", "periods as columns", "unknown indicators",
              "one key in many rows", "rows that are too short"}  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in KINDS if _IS_SOAK or kind in _EVERY_DAY])
def test_twice_the_file_takes_about_twice_the_time(desk: Desk, kind: str) -> None:
    size, made = KINDS[kind]
    once, twice = _seconds(desk, made(size)), _seconds(desk, made(2 * size))
    # A reading's own fixed cost varies by some tenths of a second on a busy machine.
    assert twice < MOST_TIMES * once + 0.3
    assert twice < 8


def test_no_error_is_made_of_a_text_that_is_not_understood(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is searched for personal numbers as it is made, which takes as long as all else."""
    made: list[str] = []
    monkeypatch.setattr(KpiError, "__init__", lambda _, *words: made.extend(words))
    unknown = (
        "rate;Bydel {};2022;5;", "nøgle {};Aarhus;2022;5;", "rate;Aarhus;p{};5;",
        "rate;Aarhus;{} a.;5;", "rate;Aarhus;2022;5x{};", "rate;Aarhus;2022U7{};5;",
    )  # fmt: skip
    rows = [row.format(place) for row in unknown for place in range(3)]
    checked = desk.check(HEADER + "\n".join(rows) + "\n")
    assert len(checked.problems) >= len(unknown)
    assert made == []


def _seconds(desk: Desk, content: str) -> float:
    began = time.process_time()
    checked = desk.check(content)
    taken = time.process_time() - began
    assert isinstance(checked, Checked)
    assert len(checked.problems) < 10_000
    return taken


def test_a_table_of_too_many_columns_is_refused(desk: Desk) -> None:
    (error,) = desk.check(";".join(f"k{i}" for i in range(1_001)) + "\n" + ";1" * 1_000).problems
    assert error.code == "too_large"
    assert "1.001 kolonner" in error.message


def _workbook_with(rows_added: bytes) -> bytes:
    made, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        workbook.add_worksheet().write_row(0, 0, HEADER.strip().split(";"))
    with ZipFile(made) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                content = re.sub(b"</sheetData>", rows_added + b"</sheetData>", content)
            target.writestr(part.filename, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "row",
    [b"<row/>", b'<row><c t="str"><v> </v></c></row>', b'<x:row xmlns:x="a"></x:row>'],
    ids=["empty", "blank cells", "another prefix"],
)
def test_a_sheet_of_more_rows_than_sheets_have_is_refused_at_once(desk: Desk, row: bytes) -> None:
    began = time.perf_counter()
    (error,) = desk.check(_workbook_with(row * 1_100_000), name="a.xlsx").problems
    assert error.code == "too_large"
    assert "et ark med mere end 1.048.576 rækker" in error.message
    assert time.perf_counter() - began < 20


def test_a_cell_beyond_the_last_row_is_refused(desk: Desk) -> None:
    far = b'<row r="5000000"><c r="A5000000" t="str"><v>x</v></c></row>'
    (error,) = desk.check(_workbook_with(far), name="a.xlsx").problems
    assert (error.code, "1.048.576" in error.message) == ("too_large", True)
