"""What is told of a fetched file: in no place a number of it that may be hidden."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.cli.fetch_answers import queue_answer, queue_text
from kpi.cli.file_answers import check_answer, check_text
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import PROBLEM_CODES, ProblemCode
from kpi.fetch.queue import Waiting
from kpi.fetch.small_numbers import may_tell_hidden, shown_file, shown_waiting
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import Recipe, parse_recipe
from kpi.ingest.table.raw import Upload
from kpi.store import init, open_store
from kpi.store.uploads import changes_file, check_file, publish
from kpi.views.approval import error_lines
from kpi.views.upload_changes import before_after, change_rows
from kpi.views.upload_problems import problems_csv
from kpi.views.waiting_figures import evidence
from kpi.views.warning_kinds import warning_kinds
from tests.kpi.data_folder import append, write_tiny

# What these quote of a column of names is no figure.
_OF_NAMES = {
    "empty_file", "several_files", "too_large", "personal_data", "encoding", "missing_column",
    "duplicate_column", "unknown_indicator", "unknown_area", "unknown_group", "unknown_source",
    "unknown_period", "ignored_area", "left_out_label", "area_ended", "retired",
    "other_period_kind", "other_area_kind", "withdrawn_figure",
    "future_period", "unfinished_period", "early_period", "begun_period", "unended_line",
}  # fmt: skip
RECIPE = """title = "Sager"
source_id = "own_upload"
indicator_id = "cases"
area = "område"
period = "periode"
value = "værdi"
[constant]
group = "all"
"""
_HISTORY = {2020: (21, 33), 2021: (20, 32), 2022: (22, 32), 2023: (20, 33), 2024: (3, 12)}
# The source sends its history again, and a year whose number is below the limit.
_SENT = {**_HISTORY, 2025: (4, 37)}
_AREAS = ("gellerup", "viby_syd")
_TOLD = re.compile(r"(?<![\d,.])(?:3|4|12|15|37|41)(?![\d,.]*\d)")


def _rows(figures: dict[int, tuple[int, int]]) -> list[str]:
    return [
        f"{area};{year};{value}"
        for year, pair in figures.items()
        for area, value in (*zip(_AREAS, pair, strict=True), ("aarhus", sum(pair)))
    ]


def _file(figures: dict[int, tuple[int, int]]) -> Upload:
    return Upload("s.csv", "\n".join(["område;periode;værdi", *_rows(figures), ""]).encode())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    data = write_tiny(folder / "data", "rate,denmark,all,2022,77.2,,,final")
    append(data, "indicator.csv", "cases,work,Sager,Sager,count,persons,neutral,0,0,all,Antal,")
    init(folder / "home", data)
    choices = Choices(parse_recipe(RECIPE, "cases"))
    done = publish(_file(_HISTORY), choices, "Ida", "Første", folder / "home")
    assert done.batch_id is not None
    return folder / "home"


def _put_out(checked: Checked, recipe: Recipe, home: Path) -> str:
    """Everything that is put out of a waiting file, without its rows' numbers and periods."""
    store = open_store(home)
    catalog = store.catalog()
    waiting = Waiting(
        "0" * 64, "cases", "Sager", "S", "s.csv", "cases", None, "2026-11-27T08:10:00+00:00", "",
        1, 1, 0, checked.problems, id="abc",
    )  # fmt: skip
    (waiting,) = shown_waiting([waiting], home)
    shown = shown_file(checked, recipe, home)
    csv = changes_file(
        _file(_SENT), Choices(recipe), with_figures=not may_tell_hidden(recipe, home), home=home
    )
    texts = [
        json.dumps([problem.get(key) for problem in answer["problems"] for key in
                    ("value", "message", "hint")], ensure_ascii=False)
        for answer in (check_answer(shown), queue_answer([waiting])["waiting"][0])
    ]  # fmt: skip
    texts += [json.dumps([each["new"] for each in check_answer(shown)["diff"]["changes"]])]
    lines = check_text(shown).partition("\n")[2], queue_text([waiting])
    texts += [re.sub(r"(?m)række \d+", "", text) for text in lines]
    texts += [re.sub(r"(?m)^\d+", "", problems_csv(shown.problems).decode("utf-8-sig"))]
    texts += [";".join(line.split(";")[6:8]) for line in csv.decode("utf-8-sig").splitlines()]
    texts += [f"{row.after} {row.difference}" for row in change_rows(shown.changes, catalog)]
    texts += [re.sub(r"Række \d+", "", text) for kind in warning_kinds(shown)
              for text in (*kind.examples, kind.hint)]  # fmt: skip
    seen = evidence(shown, store, catalog, "aarhus")
    texts += [str(seen.moves), *error_lines(shown), str(shown.sample)]
    texts += [chart.alt for chart in before_after(shown.changes, catalog)]
    return "\n".join(texts)


def _evidence(code: ProblemCode, column: str) -> Problem:
    return Problem(
        code, "s.csv", 19, column, "12",
        "Tallet er gået fra 12 til 37,5 (+208,3\u00a0%) siden 2024, i alt <41 eller 15-37.",
        "Er 4 rigtigt? Ja, gang med 100: --scale 100. Vises aldrig som 0.",
    )  # fmt: skip


def test_no_number_that_is_or_may_be_hidden_is_put_out(home: Path) -> None:
    recipe = parse_recipe(RECIPE, "cases")
    checked = check_file(_file(_SENT), Choices(recipe), home)
    assert (checked.new, checked.hidden > 0, bool(checked.problems)) == (3, True, True)
    assert _TOLD.search(check_text(checked))  # its own problems quote them
    text = _put_out(checked, recipe, home)
    assert "skjult" in text
    counts = re.compile(r"\d+ (?:nye tal|ændre\w*|uændrede|skjult\w*|tal)\b")
    assert not _TOLD.search(counts.sub("", text)), text


def test_no_code_of_figures_tells_what_it_was_found_by(home: Path) -> None:
    recipe = parse_recipe(RECIPE, "cases")
    problems = tuple(_evidence(code, column) for column in ("værdi", "område")
                     for code in PROBLEM_CODES)  # fmt: skip
    shown = shown_file(Checked("s.csv", "table_csv", 1, 1, problems), recipe, home).problems
    assert [(each.code, each.row, each.column) for each in shown] == [
        (each.code, each.row, each.column) for each in problems
    ]
    for each in shown:
        if each.code in _OF_NAMES and each.column == "område":
            assert each in problems
            continue
        assert each.value == "skjult"
        assert each.message == (
            "Tallet er gået fra skjult til skjult (skjult) siden 2024, i alt skjult eller skjult."
        )
        hint = "Er skjult rigtigt? Ja, gang med 100: --scale 100. Vises aldrig som 0."
        assert each.hint == hint


def test_what_is_hidden_of_nobody_is_told(home: Path) -> None:
    """By source and indicator: what small numbers there may be."""
    recipe = parse_recipe(RECIPE, "cases")
    share = replace(recipe, indicator_id="rate")
    public = next(
        each.source_id
        for each in open_store(home).catalog().sources.values()
        if not each.shown_from
    )
    cases = (
        (recipe, True),
        (None, True),
        (replace(recipe, source_id=public), True),  # hidden today all the same
        (replace(recipe, indicator_id="nobody_knows"), True),
        (share, True),  # another indicator may say of how many
        (replace(share, source_id="nobody_knows"), True),
        (replace(share, source_id=public), False),
        (replace(share, source_id=public, numerator="tæller"), False),
    )
    for given, is_left_out in cases:
        assert may_tell_hidden(given, home) is is_left_out, given
    checked = check_file(_file(_SENT), Choices(recipe), home)
    assert shown_file(checked, replace(share, source_id=public), home) is checked


def test_names_and_the_period_of_a_key_are_no_figures(home: Path) -> None:
    """The source's title and the indicator's name are known, whatever digits they have."""
    message = (
        "12 nye tal får kilden »Egen indberetning«, men seriens tidligere tal er fra »Papir 2024«: "
        "Andel 16-64 år, Gellerup, Alle, 2025. Andel 16-64 år, Aarhus, Alle, 3. kvartal 2024: "
        "fra 12 til 2025, 37. I alt, Alle, 41 og Alle, 2.025 mod 16."
    )
    data = home.parent / "named"
    write_tiny(data, "rate,denmark,all,2022,77.2,,,final")
    append(data, "source.csv", "named,Papir 2024,Aarhus Kommune,2025-01-01,,5")
    append(data, "indicator.csv",
           "aged,work,Andel 16-64 år,Andel,proportion,percent,neutral,1,0,all,Andel,")  # fmt: skip
    init(home.parent / "named_home", data)
    problem = Problem("big_change", "s.csv", 2, "værdi", "12", message, "")
    checked = Checked("s.csv", "table_csv", 1, 1, (problem,))
    (shown,) = shown_file(checked, None, home.parent / "named_home").problems
    assert shown.message == (
        "skjult nye tal får kilden »Egen indberetning«, men seriens tidligere tal er fra »Papir "
        "2024«: Andel 16-64 år, Gellerup, Alle, 2025. Andel 16-64 år, Aarhus, Alle, 3. kvartal "
        "2024: fra skjult til skjult. I alt, Alle, skjult og Alle, skjult mod skjult."
    )
