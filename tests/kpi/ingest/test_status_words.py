"""Status words as people write them: read as ours, or reported; no forecast is a figure."""

import pytest

from kpi.ingest.words.statuses import status_of
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

_SAID = {
    "final": ("endelig", "Endelige tal", "a", "revideret", "rettet", "r", "(r)", "brud"),
    "preliminary": (
        "foreløbig", "foreløbigt tal", "Foreløbige tal", "(foreløbig)", "forel.", "p", "(p)", "*",
        "ikke endelig", "ej endeligt", "prov.",
    ),
    "approximate": ("cirka", "estimat", "estimeret", "skøn", "skønnet tal", "anslået", "e", "(e)"),
    "suppressed": ("skjult", "fortroligt", "c"),
    "missing": ("mangler", "ikke oplyst", "..", ":", "m"),
    "not_applicable": ("ikke relevant", "."),
}  # fmt: skip


@for_each(("text", "status"), [(text, status) for status, texts in _SAID.items() for text in texts])
def test_words(text: str, status: str) -> None:
    assert status_of(text) == status
    assert status_of(text.upper()) == status


@for_each("text", ["f", "(f)", "prognose", "Budget", "måltal", "gul", "OK", "tal", ""])
def test_what_is_no_status(text: str) -> None:
    assert status_of(text) is None


@pytest.mark.parametrize("text", ["f", "(F)", "prognose", "budget"])
def test_a_forecast_is_reported_as_one(real: Desk, text: str) -> None:
    head = "nøgletal;område;gruppe;periode;værdi;status\n"
    checked = real.check(f"{head}Beskæftigelse;Aarhus;Alle;2023;74,1;{text}\n")
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert problem.code == "unknown_status"
    assert "Slet rækken" in problem.hint


def test_a_revised_figure_is_reported(real: Desk) -> None:
    head = "nøgletal;område;gruppe;periode;værdi;status\n"
    checked = real.check(f"{head}Beskæftigelse;Aarhus;Alle;2023;74,1;revideret\n")
    assert "unmapped_status" in [problem.code for problem in checked.problems]


@pytest.mark.parametrize("value", ["~74,1", "≈74,1", "anslået 74,1", "skønnet 74,1"])
def test_values_that_are_estimated(real: Desk, value: str) -> None:
    head = "nøgletal;område;gruppe;periode;værdi\n"
    checked = real.check(f"{head}Beskæftigelse;Aarhus;Alle;2023;{value}\n")
    assert [(change.new, change.new_status) for change in checked.changes] == [
        (74.1, "approximate")
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [("74,1 (f)", "fremskrivning"), ("74,1 revideret", "»endelig«"), ("74,1 skøn", "»cirka«"),
     ("74,1 (foreløbigt tal)", "»foreløbig«")],
)  # fmt: skip
def test_words_behind_values(real: Desk, value: str, words: str) -> None:
    head = "nøgletal;område;gruppe;periode;værdi\n"
    checked = real.check(f"{head}Beskæftigelse;Aarhus;Alle;2023;{value}\n")
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert words in problem.message + problem.hint
