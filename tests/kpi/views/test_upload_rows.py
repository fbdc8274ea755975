"""Tables of the page for uploads: changes, problems, questions and the queue."""

import csv
import io
from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checked import Change, Checked
from kpi.views import upload as view
from kpi.views.upload_changes import before_after, change_rows
from kpi.views.upload_problems import (
    chosen,
    kinds,
    page_hint,
    problem_rows,
    problems_csv,
    sheets_named,
)
from kpi.views.upload_queue import NOT_READ, finding, published, queue_line
from tests.kpi.views.upload_answers import (
    ERROR,
    FOREIGN,
    NONE,
    READ,
    REFUSED,
    UNREAD,
    WARNING,
    plain,
    problem,
)
from tests.tables import for_each


def change(
    old: float | None,
    new: float | None,
    indicator: str = "school_absence",
    statuses: tuple[str | None, str] = ("final", "final"),
    group: str = "programme_children",
) -> Change:
    return Change(9, indicator, "viby_syd", group, "2024H2", old, new, *statuses)


@pytest.mark.parametrize(
    ("change", "before", "after", "difference"),
    [
        (change(23, 23.1), "23 %", "23,1 %", "+0,1 procentpoint"),
        (change(8, 7.7, "company_placement_share"), "8 %", "7,7 %", "−0,3 procentpoint"),
        (change(None, 9.7, statuses=(None, "final")), "–", "9,7 %", ""),
        (change(None, None, statuses=(None, "suppressed")), "–", "skjult", ""),
        (change(None, 5, statuses=("suppressed", "final")), "skjult", "5 %", "skjult → endelig"),
        (change(9, None, statuses=("final", "missing")), "9 %", "ikke oplyst",
         "endelig → ikke oplyst"),
        (change(9, 9), "9 %", "9 %", "tæller, nævner eller note"),
        (change(9, 9, statuses=("preliminary", "final")), "9 % (foreløbig)", "9 %",
         "foreløbig → endelig"),
        (change(200, 250, "programme_capacity", ("approximate", "approximate")), "ca. 200",
         "ca. 250", "+50"),
        (change(400000, 410000, "nsk_budget"), "400.000 kr. om året", "410.000 kr. om året",
         "+10.000 kr. om året"),
        (change(None, None, "programme_staff", (None, "suppressed")), "–", "skjult", ""),
    ],
)  # fmt: skip
def test_change_rows(
    change: Change, before: str, after: str, difference: str, catalog: Catalog
) -> None:
    (row,) = change_rows([change], catalog)
    assert (plain(row.before), plain(row.after), plain(row.difference)) == (
        before,
        after,
        difference,
    )
    assert row.is_new == (change.old_status is None)


@pytest.mark.parametrize(
    ("group", "name"),
    [("lower_secondary", "Udskoling"), ("programme_children", "Hjemmeboende børn")],
)
def test_a_change_names_period_area_and_group(catalog: Catalog, group: str, name: str) -> None:
    (row,) = change_rows([change(9, 10, group=group)], catalog)
    assert (row.row, row.indicator, row.area, row.period) == (
        "9", "Elevfravær", "Viby Syd", "efterår 2024",
    )  # fmt: skip
    assert row.group == catalog.groups[group].name
    assert row.group.startswith(name)


def test_a_change_names_its_source_and_the_one_it_had(catalog: Catalog) -> None:
    known = replace(change(9, 10), old_source="own_upload", new_source="own_upload")
    other = replace(known, old_source="oto_status_2025")
    new = replace(change(None, 10, statuses=(None, "final")), new_source="own_upload")
    titles = {
        source_id: catalog.sources[source_id].title
        for source_id in ("own_upload", "oto_status_2025")
    }
    both = f"{titles['own_upload']} (før: {titles['oto_status_2025']})"
    assert [row.source for row in change_rows([known, other, new], catalog)] == ["", both, ""]
    # Where the file itself has several, each row says its own.
    elsewhere = replace(new, new_source="oto_status_2025")
    assert [row.source for row in change_rows([known, other, elsewhere], catalog)] == [
        titles["own_upload"], both, titles["oto_status_2025"],
    ]  # fmt: skip


def test_the_largest_change_of_three_indicators_is_drawn(catalog: Catalog) -> None:
    drawn = before_after(
        [
            change(10, 11), change(10, 15), change(10, None), change(None, 3, statuses=(None, "x")),
            change(100, 90, "programme_families"), change(4, 5, "programme_staff"),
            change(4, 5, "nsk_cases"),
        ],
        catalog,
    )  # fmt: skip
    assert [plain(exhibit.table.rows[1][1]) for exhibit in drawn] == ["15 %", "90", "5"]
    assert plain(drawn[0].alt) == (
        "Punktdiagram. Elevfravær, Viby Syd, efterår 2024: før 10 %, efter 15 %, "
        "forskel +5 procentpoint."
    )


def test_problem_rows_shorten_what_was_found() -> None:
    (row,) = problem_rows([problem("unknown_area", value="å" * 200)])
    assert row.found == "å" * 60 + "…"
    assert row.row == "–"
    assert len(problem_rows([ERROR] * 300)) == 100


def test_problems_are_chosen_by_severity_and_kind() -> None:
    problems = [ERROR, WARNING, problem("unknown_area", row=2)]
    assert chosen(problems, "", "") == problems
    assert chosen(problems, "warning", "") == [WARNING]
    assert [problem.row for problem in chosen(problems, "error", "unknown_area")] == [16, 2]
    assert kinds(problems) == {
        "unknown_area": "Ukendt område (2)",
        "big_change": "Stor ændring (1)",
    }


@for_each(
    ("hint", "said"),
    [
        ("Vælg decimaltegn: --decimal comma eller --decimal point.",
         "Vælg filens decimaltegn ovenfor."),
        ("Vælg arket med --sheet NAVN: »A« eller »B«.", "Vælg arket ovenfor: »A« eller »B«."),
        ("Filen er ikke i skabelonens form. Vælg en opskrift: --recipe a eller --recipe b",
         "Filen er ikke i skabelonens form. Vælg en opskrift ovenfor."),
        ("Angiv det med --indicator ID. Vælg en opskrift: --recipe a eller --recipe b.",
         "Vælg en opskrift ovenfor, eller vælg nøgletallet nedenfor."),
        ("Angiv det med --indicator ID. Vælg eller lav en opskrift, der angiver, hvad hver "
         "kolonne indeholder.", "Vælg det nedenfor."),
        ("Angiv det med --indicator ID. Vælg en opskrift: --recipe a eller --recipe b. Er "
         "nøgletallet nyt, så opret det først: python -m kpi add indicator FIL.",
         "Vælg en opskrift ovenfor, eller vælg nøgletallet nedenfor. Er nøgletallet nyt, så opret "
         "det nedenfor."),
        ("Vælg eller lav en opskrift, der angiver, hvad hver kolonne indeholder. Er hele filen om "
         "én periode, så angiv den med --period PERIODE.",
         "Vælg kolonnen nedenfor. Er hele filen om én periode, så vælg den nedenfor under »Flere "
         "valg«."),
        ("Vælg en opskrift: --recipe a. Er hele filen om ét område, så angiv det med --area "
         "OMRÅDE.",
         "Vælg en opskrift ovenfor. Er hele filen om ét område, så vælg det nedenfor under »Flere "
         "valg«."),
        ("Mente du »Tilst«? Er området nyt, så opret det: python -m kpi add area FIL.",
         "Mente du »Tilst«? Er området nyt, så opret det ovenfor."),
        ("Er gruppen ny, så opret den: python -m kpi add group FIL.",
         "Er gruppen ny, så opret den ovenfor."),
        ("Intet af de kendte navne ligner. Eller fjern rækken.",
         "Intet af de kendte navne ligner; de står i skabelonens lister. Eller fjern rækken."),
        ("Mente du »Aarhus«?", "Mente du »Aarhus«?"),
        ("Vælg, hvad tallene skal ganges med: --scale 1 giver 57, --scale 0.01 giver 0.57.",
         "Svar ovenfor, om tallene er, som de står (57), eller skal ganges (0.57)."),
        ("Fjern procenttegnet, eller undlad at gange: scale = 1 i opskriften, eller --scale 1.",
         "Fjern procenttegnet, eller vælg ovenfor, at tallene er, som de står."),
        ("Ja, gang med 1.000: --scale 1000. Er tallene et antal, som de er: --scale 1.",
         "Svar ovenfor: Skal tallene ganges med 1.000, eller er de et antal, som de er?"),
        ("Vælg et andet nøgletal. Er de promille, så gang dem: --scale 0.1.",
         "Vælg et andet nøgletal. Er de promille, så svar ovenfor, at de skal ganges med 0,1."),
        ("Kontrollér nøgletallet. Er tallene kroner, som de står i filen: --scale 1.",
         "Kontrollér nøgletallet. Svar ovenfor, at tallene er kroner, som de står i filen."),
    ],
)  # fmt: skip
def test_the_page_names_boxes_not_options(hint: str, said: str) -> None:
    assert page_hint(hint) == said


def test_the_sheets_to_choose_between() -> None:
    hint = "Vælg arket med --sheet NAVN: »Ark 1« eller »Ark 2«."
    several = Problem("not_a_table", "", None, None, None, "To ark.", hint)
    assert sheets_named([several]) == ("Ark 1", "Ark 2")
    assert sheets_named([ERROR]) == ()


@for_each("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_spreadsheet_runs_a_problem(evil: str) -> None:
    content = problems_csv([problem("unknown_area", row=3, value=evil)])
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert row["I filen står"] == "'" + evil
    assert (row["Række"], row["Type"], row["Kode"]) == ("3", "Fejl", "unknown_area")


ASKED = problem("scale", row=5)


@for_each(
    ("problems", "title", "why"),
    [
        ((ASKED,), "Ét spørgsmål skal besvares, før filen kan udgives",
         "Før du kan udgive: Svar på spørgsmålet ovenfor."),
        ((ASKED, problem("several_measures"), WARNING),
         "To spørgsmål skal besvares, før filen kan udgives",
         "Før du kan udgive: Svar på spørgsmålene ovenfor."),
        ((ASKED, ERROR),
         "Tre nye og to ændrede tal er klar; to fejl skal rettes, før filen kan udgives",
         "Før du kan udgive: Ret fejlene i række 5 og 16."),
    ],
)  # fmt: skip
def test_a_question_is_answered_and_not_mended(
    problems: tuple[Problem, ...], title: str, why: str
) -> None:
    checked = replace(READ, problems=problems)
    assert view.title(checked, NONE) == title
    assert view.why_locked(checked, True, "n", "b") == why


def test_a_question_is_called_one_everywhere() -> None:
    checked = replace(READ, problems=(ASKED, WARNING))
    third = view.steps(checked, NONE)[2]
    assert (third.text, third.state) == ("3 Problemer: 1 spørgsmål, 1 advarsel", view.WARNING)
    rows = problem_rows([ASKED, ERROR, WARNING])
    assert [row.is_question for row in rows] == [True, False, False]
    assert [row.is_error for row in rows] == [True, True, False]
    also_wrong = view.steps(replace(READ, problems=(ASKED, ERROR)), NONE)[2]
    assert (also_wrong.text, also_wrong.state) == ("3 Problemer: 2 fejl", view.ERROR)


@for_each(
    ("checked", "text"),
    [
        (READ, "klar"), (replace(READ, problems=(WARNING,)), "1 advarsel"),
        (replace(READ, problems=(WARNING,) * 1200), "1.200 advarsler"),
        (replace(READ, problems=(ERROR, WARNING)), "1 fejl"),
        (replace(READ, problems=(ASKED, WARNING)), "1 spørgsmål"),
        (replace(READ, new=0, changed=0), "ændrer ingen tal"),
        (replace(READ, new=0, changed=0, unchanged=0, observations=0), "ingen tal at udgive"),
        (REFUSED, "afvist: CPR-numre"), (UNREAD, "kan ikke læses"),
        (FOREIGN, "mangler en opskrift"),
    ],
)  # fmt: skip
def test_the_queue_says_what_a_file_came_to(checked: Checked, text: str) -> None:
    assert finding(checked, NONE).text == text


def test_the_queue_counts_its_files() -> None:
    assert queue_line([NOT_READ]) == "1 fil"
    every = [finding(READ, NONE), finding(READ, NONE), finding(REFUSED, NONE), published(9)]
    assert queue_line([*every, NOT_READ]) == "5 filer: 1 udgivet, 2 klar og 1 afvist"
