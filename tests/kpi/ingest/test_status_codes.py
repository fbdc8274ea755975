"""Status codes of sources, beside the figures and in a column of their own, and odd cells."""

import json

import pytest

from kpi.ingest.words.number_hints import number_hint
from kpi.ingest.words.numbers import MISSING, NOT_A_NUMBER, NUMBER, SUPPRESSED, flag_of, understand
from kpi.ingest.words.status_codes import status_code
from kpi.ingest.words.statuses import status_of
from tests.kpi.ingest.checked import Desk, codes, read, reported
from tests.kpi.ingest.made_tables import RECIPE
from tests.tables import for_each


@for_each(
    ("text", "status"),
    [
        ("A", "final"), ("p", "preliminary"), ("P", "preliminary"), ("e", "approximate"),
        ("c", "suppressed"), ("M", "missing"), ("z", "not_applicable"), ("b", "final"),
        ("bp", "preliminary"), ("be", "approximate"), ("pc", "suppressed"), ("d, e", "approximate"),
        (":", "missing"), ("..", "missing"), (".", "not_applicable"), ("-", ""),
        ("x", "suppressed"),
        ("foreløbig", "preliminary"), ("F", None), ("bf", None), ("ukendt", None), ("bpeu", None),
        ("j", None),
    ],
)  # fmt: skip
def test_codes(text: str, status: str | None) -> None:
    assert status_of(text) == status


@for_each(("text", "is_noted"), [("b", True), ("bp", True), ("p", False)])
def test_what_no_status_says_is_noted(text: str, is_noted: bool) -> None:
    code = status_code(text)
    assert code is not None
    assert code.is_noted is is_noted


def test_a_column_of_codes_is_read_unasked(tiny: Desk) -> None:
    content = (
        "GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        "Aarhus,2018,50.5,\nAarhus,2019-Q1,51.5,p\nAarhus,2019-01,52.5,b\nAarhus,2019-S1,53.5,c\n"
        "Aarhus,2019-W01,54.5,e\nAarhus,2020,55.5,F\n"
    )
    recipe = RECIPE.format(area="GEO").replace("Periode", "TIME_PERIOD")
    checked = tiny.check(content, recipe.replace("INDHOLD", "OBS_VALUE"))
    assert read(checked) == [
        ("aarhus", "all", "2018", 50.5, "final"),
        ("aarhus", "all", "2019K1", 51.5, "preliminary"),
        ("aarhus", "all", "2019M01", 52.5, "final"),
        # a figure that the source calls confidential is not kept
        ("aarhus", "all", "2019H1", None, "suppressed"),
        ("aarhus", "all", "2019U01", 54.5, "approximate"),
    ]
    problems = reported(checked)
    assert ("unknown_status", "error", 7, "OBS_STATUS", "F") in problems
    assert ("unmapped_status", "warning", 4, "OBS_STATUS", "b") in problems
    assert "brud i serien" in next(
        problem.message for problem in checked.problems if problem.code == "unmapped_status"
    )


@pytest.mark.parametrize(
    "status",
    [{"1": "p", "2": "c"}, ["", "p", "c", ""], {"1": "P", "2": "C", "3": "A"}],
)
def test_the_status_of_json_stat(tiny: Desk, status: object) -> None:
    document = {
        "version": "2.0", "class": "dataset", "id": ["område", "tid"], "size": [2, 2],
        "dimension": {
            "område": {"category": {"index": ["Aarhus", "Odense"]}},
            "tid": {"category": {"index": ["2018", "2019"]}},
        },
        "value": [50.5, 51.5, None, 52.5], "status": status,
    }  # fmt: skip
    recipe = RECIPE.format(area="område").replace("Periode", "tid")
    rows = read(tiny.check(json.dumps(document), recipe))
    assert [(value, read_status) for *_, value, read_status in rows] == [
        (50.5, "final"), (51.5, "preliminary"), (None, "suppressed"), (52.5, "final"),
    ]  # fmt: skip


def test_a_person_who_hides_a_figure_and_writes_it_is_asked(tiny: Desk) -> None:
    head = "nøgletal;område;periode;værdi;status\n"
    assert codes(tiny.check(head + "rate;Aarhus;2019;50,5;skjult\n")) == ["unknown_status"]
    assert codes(tiny.check(head + "rate;Aarhus;2019;50,5;c\n"))[0] == "suppressed"


@for_each(
    ("text", "meaning", "flag"),
    [
        ("12,3 b", NUMBER, "b"), ("12,3p", NUMBER, "p"), ("1.234 e", NUMBER, "e"),
        ("12,3 bp", NUMBER, "bp"), ("12,3 % p", NUMBER, "p"), ("12,3 c", SUPPRESSED, "c"),
        (": c", SUPPRESSED, ""), (":c", SUPPRESSED, ""), (": u", MISSING, ""), (":z", MISSING, ""),
        ("NA", MISSING, ""), ("n/a", MISSING, ""), ("#N/A", MISSING, ""), (".", MISSING, ""),
        ("....", MISSING, ""), ("......", MISSING, ""), (".......", NOT_A_NUMBER, ""),
        # units and forecasts are no flags, nor is a letter before a number or beside a limit
        ("12 m", NOT_A_NUMBER, ""), ("12 t", NOT_A_NUMBER, ""), ("12,3 f", NOT_A_NUMBER, ""),
        ("12 kr", NOT_A_NUMBER, ""), ("p 12", NOT_A_NUMBER, ""), ("≥5 p", NOT_A_NUMBER, ""),
        (": f", NOT_A_NUMBER, ""), ("12,3*", NOT_A_NUMBER, ""), ("2-3", NOT_A_NUMBER, ""),
    ],
)  # fmt: skip
def test_cells(text: str, meaning: str, flag: str) -> None:
    shape = text.translate(str.maketrans("0123456789", "9999999999"))
    assert understand(shape).meaning == meaning
    assert flag_of(text) == flag


def test_flags_are_reported_once_each(tiny: Desk) -> None:
    rows = "".join(
        f"rate;Aarhus;{year};50,5{flag}\n" for year, flag in ((2017, " p"), (2018, "p"), (2019, ""))
    )
    checked = tiny.check("nøgletal;område;periode;værdi\n" + rows)
    assert reported(checked)[0] == ("cell_mark", "warning", 2, "værdi", "50,5 p")
    assert "2 rækker" in checked.problems[0].message
    assert [status for *_, status in read(checked)] == ["preliminary", "preliminary", "final"]


@for_each(
    ("text", "says"),
    [
        ("-", "dash"), ("12,3*", "»*« efter tallet"), ("12,3 (a)", "»(a)« efter tallet"),
        ("12,3 f", "fremskrivning"), ("12,3 kr", "»kr« efter tallet er en enhed"),
        ("2-3", "Skriv 2 i »lav«, 3 i »høj«"), ("2 til 3", "»interval« i status"),
        ("uoplyst", "skriv .. i feltet"), ("x", "»skjult«"), ("1.234*", "»*«"),
        ("u.o.", "skriv .. i feltet"), ("i/u", "»skjult«"), ("ti", "med cifre"),
    ],
)  # fmt: skip
def test_every_sign_has_a_remedy(text: str, says: str) -> None:
    hint = number_hint(text)
    assert hint is not None
    assert says in " ".join(hint)


@for_each("text", ["", "halvtreds procent", "12,3,4"])
def test_of_others_nothing_more_is_said(text: str) -> None:
    assert number_hint(text) is None
