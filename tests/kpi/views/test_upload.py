"""What the upload page says: findings, steps, locks, rows of problems and of changes, recipes."""

import csv
import io
from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import Severity
from kpi.ingest.checking import Change, Checked, Choices
from kpi.ingest.mapping.recipe import Recipe
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

COLUMNS = ("nøgletal", "område", "periode", "værdi")
READ = Checked(
    "tal.csv", "table_csv", 15, 14, (), new=3, changed=2, unchanged=9, columns=COLUMNS,
    encoding="utf-8-sig", delimiter=";", compared=True,
)  # fmt: skip
NONE = Choices()
RECIPE = Recipe("ras200", "RAS200", "ras200", "employment_rate", area="a", period="p")


def problem(
    code: ProblemCode,
    severity: Severity = "error",
    row: int | None = None,
    value: str | None = None,
) -> Problem:
    return Problem(code, severity, "", row, "værdi", value, "Galt.", "Ret det.")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


ERROR, WARNING = problem("unknown_area", row=16), problem("big_change", "warning", 13)
REFUSED = Checked("x.csv", "", 0, 0, (problem("personal_data"),))
UNREAD = Checked("x.csv", "", 0, 0, (problem("not_a_table"),))


def several(part: str) -> Checked:
    """A file with several sheets or tables, as its reading words it."""
    hint = f"Vælg {part} med --sheet NAVN: »A« eller »B«."
    two = Problem("not_a_table", "error", "", None, None, None, "Filen har 2.", hint)
    return replace(UNREAD, problems=(two,))


FOREIGN = Checked("x.csv", "statbank_csv", 9, 0, (problem("missing_column"),), columns=("A", "B"))


@pytest.mark.parametrize(
    ("checked", "choices", "title"),
    [
        (None, NONE, "Vælg en fil, og se, hvad den ændrer"),
        (READ, NONE, "Tre nye og to ændrede tal er klar til udgivelse"),
        (
            replace(READ, problems=(ERROR,)),
            NONE,
            "Tre nye og to ændrede tal er klar; én fejl skal rettes, før filen kan udgives",
        ),
        (
            replace(READ, problems=(ERROR,) * 20),
            NONE,
            "Tre nye og to ændrede tal er klar; ét navn kendes ikke: Opret det, eller ret filen",
        ),
        (
            replace(READ, problems=(ERROR, ERROR, replace(ERROR, value="Ny by"))),
            NONE,
            "Tre nye og to ændrede tal er klar; to navne kendes ikke: Opret dem, eller ret filen",
        ),
        (
            replace(READ, problems=(replace(ERROR, code="not_a_number"),) * 20),
            NONE,
            "Tre nye og to ændrede tal er klar; 20 fejl skal rettes, før filen kan udgives",
        ),
        (replace(READ, new=1, changed=0), NONE, "Ét nyt tal er klar til udgivelse"),
        (replace(READ, new=1200, changed=0), NONE, "1.200 nye tal er klar til udgivelse"),
        (replace(READ, new=0, changed=0), NONE, "Filen ændrer ingen tal"),
        (
            replace(READ, new=0, changed=0, problems=(ERROR, replace(ERROR, value="Ny by"))),
            NONE,
            "To fejl skal rettes, før filen kan udgives",
        ),
        (REFUSED, NONE, "Filen er afvist: Den indeholder CPR-numre"),
        (UNREAD, NONE, "Filen kan ikke læses"),
        (several("arket"), NONE, "Filen har flere ark med tal: Vælg det, der menes"),
        (several("tabellen"), NONE, "Filen har flere tabeller: Vælg den, der menes"),
        (FOREIGN, NONE, "Angiv, hvad filens kolonner indeholder"),
        (FOREIGN, Choices(recipe=RECIPE), "Én fejl skal rettes, før filen kan udgives"),
    ],
)
def test_title(checked: Checked | None, choices: Choices, title: str) -> None:
    assert view.title(checked, choices) == title


@pytest.mark.parametrize(
    ("checked", "third", "states", "number"),
    [
        (None, "3 Problemer", "now waiting waiting waiting locked", 1),
        (READ, "3 Ingen problemer", "done done done now waiting", 4),
        (
            replace(READ, problems=(ERROR, WARNING, WARNING)),
            "3 Problemer: 1 fejl, 2 advarsler",
            "done done error now locked",
            4,
        ),
        (
            replace(READ, problems=(WARNING,)),
            "3 Problemer: 1 advarsel",
            "done done warning now waiting",
            4,
        ),
        (replace(READ, new=0, changed=0), "3 Ingen problemer", "done done done now locked", 4),
        (FOREIGN, "3 Mangler en opskrift", "done done warning waiting locked", 3),
        (REFUSED, "3 Problemer", "done error waiting waiting locked", 2),
    ],
)
def test_steps(checked: Checked | None, third: str, states: str, number: int) -> None:
    steps = view.steps(checked, NONE)
    assert steps[2].text == third
    assert " ".join(step.state for step in steps) == states
    assert view.step_number(steps) == number


def test_after_a_publication_every_step_is_done() -> None:
    steps = view.steps(READ, NONE, published=True)
    assert {step.state for step in steps} == {"done"}
    assert view.under_title(steps, 12) == "trin 5 af 5 · indlæsning nr. 12"


@pytest.mark.parametrize(
    ("checked", "choices", "line"),
    [
        (READ, NONE, "vores skabelon (CSV, semikolon, UTF-8) · 15 rækker læst"),
        (
            replace(READ, decimal="comma"),
            NONE,
            "vores skabelon (CSV, semikolon, UTF-8) · 15 rækker læst · "
            "decimaltegn: komma (afgjort af kolonnens tal)",
        ),
        (
            replace(READ, encoding="cp1252", delimiter="\t", rows_read=1),
            Choices(decimal="comma"),
            "vores skabelon (CSV, tabulator, Windows-1252) · 1 række læst · decimaltegn: komma",
        ),
        (
            Checked("x", "statbank_xlsx", 1624, 9, (), columns=("A",)),
            Choices(recipe=replace(RECIPE, decimal="point")),
            "Excel fra Statistikbanken · 1.624 rækker læst · decimaltegn: punktum",
        ),
        (
            Checked("x", "table_csv", 6, 6, (), columns=("A",), delimiter=";", lines_read=2),
            NONE,
            "CSV (semikolon) · 2 rækker, 6 tal læst",
        ),
        (UNREAD, NONE, ""),
    ],
)
def test_file_line(checked: Checked, choices: Choices, line: str) -> None:
    assert view.file_line(checked, choices) == line


@pytest.mark.parametrize(
    ("problems", "seen", "note", "by", "why"),
    [
        ((), False, "n", "b", ""),
        ((WARNING,), True, "n", "b", ""),
        (
            (WARNING,),
            False,
            "n",
            "b",
            "Før du kan udgive: Markér, at du har gennemgået advarslerne.",
        ),
        ((), False, " ", "", "Før du kan udgive: Skriv en note og skriv dit navn."),
        ((ERROR, WARNING), True, "n", "b", "Før du kan udgive: Ret fejlen i række 16."),
        (
            (ERROR, problem("not_a_number", row=3), problem("out_of_range", row=3)),
            True,
            "n",
            "b",
            "Før du kan udgive: Ret fejlene i række 3 og 16.",
        ),
        ((problem("not_a_number"),), True, "n", "b", "Før du kan udgive: Ret fejlen."),
        (
            tuple(problem("not_a_number", row=n) for n in range(9)),
            True,
            "n",
            "b",
            "Før du kan udgive: Ret de ni fejl.",
        ),
    ],
)
def test_why_locked(
    problems: tuple[Problem, ...], seen: bool, note: str, by: str, why: str
) -> None:
    assert view.why_locked(replace(READ, problems=problems), seen, note, by) == why


EVERY_OUTCOME = [
    replace(
        READ, rows_read=rows, observations=new + changed + unchanged, new=new, changed=changed,
        unchanged=unchanged, faulty=faulty, added=added,
        problems=(problem("not_a_number", row=3),) * faulty + (WARNING,) * warned,
    )
    for new in (0, 1, 4)
    for changed in (0, 1, 3)
    for unchanged in (0, 1, 40)
    for faulty in (0, 1, 9)
    for unused in (0, 1, 7)
    for added in (0, 2)
    for warned in (0, 1)
    for rows in [new + changed + unchanged + faulty + unused - added]
    if rows > 0
]  # fmt: skip


@pytest.mark.parametrize("checked", [EVERY_OUTCOME], ids=["every outcome"])
def test_no_sentence_contradicts_the_counts(checked: list[Checked]) -> None:
    for result in checked:
        said = " ".join(
            [
                view.title(result, NONE),
                view.nothing_new(result),
                view.why_locked(result, True, "n", "b"),
            ]
        )
        moved = result.new + result.changed
        all_known = not moved and result.unchanged == result.rows_read + result.added > 0
        if not moved:
            assert ("Alle" in said or "Filens ene" in said) == all_known, result
            assert ("udgivet i forvejen" in view.nothing_new(result)) == (result.unchanged > 0), (
                result
            )
        if "ændrer ingen tal" in said:
            assert not moved
            assert result.unchanged
            assert not result.faulty
        assert ("til udgivelse" in view.title(result, NONE)) == bool(
            result.publishable and moved
        ), result
        unlocked = view.why_locked(result, True, "n", "b") == ""
        assert unlocked == bool(result.publishable and moved), result
        counted = dict(view.row_counts(result))
        assert sum(n for kind, n in counted.items() if kind != "all") == counted["all"], result
        assert counted["all"] == result.rows_read + result.added
        line = view.changes_line(result)
        assert line.startswith(f"{moved} af {result.rows_read + result.added} ")
        assert ("ikke regnet med" in line) == (result.faulty > 0), result


def test_a_file_that_was_not_compared_says_nothing_of_changes() -> None:
    unread = replace(FOREIGN, problems=(problem("missing_column"), problem("not_a_number")))
    assert not view.is_compared(unread, Choices(recipe=RECIPE))
    assert "udgivet" not in view.nothing_new(unread)


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (replace(READ, new=0, changed=0, unchanged=15, observations=15),
         "Alle 15 tal i filen er udgivet i forvejen."),
        (replace(READ, new=0, changed=0, unchanged=1, observations=1, rows_read=1),
         "Filens ene tal er udgivet i forvejen."),
        (replace(READ, new=0, changed=0, unchanged=9, observations=9, faulty=1),
         "9 tal i filen er udgivet i forvejen. 1 række har fejl. 5 rækker bruges ikke."),
        (replace(READ, new=0, changed=0, unchanged=0, observations=0),
         "Ingen af filens rækker indeholder tal, der bruges."),
        (replace(READ, new=0, changed=0, unchanged=0, observations=0, faulty=15),
         "Ingen af filens tal kan bruges, før fejlene er rettet."),
    ],
)  # fmt: skip
def test_why_a_file_brings_nothing_new(checked: Checked, said: str) -> None:
    assert view.nothing_new(checked) == said
    assert view.why_locked(checked, True, "n", "b") == f"Der er intet at udgive: {said}"


def test_row_counts_add_up() -> None:
    counted = view.row_counts(replace(READ, faulty=1))
    assert counted == (("changed", 2), ("new", 3), ("unchanged", 9), ("error", 1), ("all", 15))
    fewer = view.row_counts(replace(READ, unchanged=4))
    assert fewer[-2:] == (("unused", 6), ("all", 15))
    # A recipe may add rows that the file leaves out.
    filled = view.row_counts(replace(READ, unchanged=40, added=30))
    assert filled[-1] == ("all", 45)
    assert "unused" not in dict(filled)


@pytest.mark.parametrize(
    ("checked", "line"),
    [
        (replace(READ, problems=(ERROR,), faulty=1),
         "5 af 15 rækker ændrer noget. Række 16 er ikke regnet med."),
        # An error of the whole file, or of a row that is counted all the same.
        (replace(READ, problems=(ERROR,)), "5 af 15 rækker ændrer noget."),
        (replace(READ, problems=(ERROR,), faulty=2),
         "5 af 15 rækker ændrer noget. 2 rækker med fejl er ikke regnet med."),
        (replace(READ, added=3),
         "5 af 18 rækker ændrer noget. 3 rækker står ikke i filen og er udfyldt af opskriften."),
    ],
)  # fmt: skip
def test_changes_line(checked: Checked, line: str) -> None:
    assert view.changes_line(checked) == line


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


@pytest.mark.parametrize(
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
        ("Vælg eller lav en opskrift, der angiver, hvad hver kolonne indeholder. Er hele filen om "
         "én periode, så skriv den under [constant].",
         "Vælg kolonnen nedenfor. Er hele filen om én periode, så vælg den nedenfor under »Flere "
         "valg«."),
        ("Vælg en opskrift: --recipe a. Er hele filen om ét område, så skriv det under [constant].",
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
        ("Kontrollér nøgletallet. Er tallene kroner, som de står i filen: --scale 1.",
         "Kontrollér nøgletallet. Svar ovenfor, at tallene er kroner, som de står i filen."),
    ],
)  # fmt: skip
def test_the_page_names_boxes_not_options(hint: str, said: str) -> None:
    assert page_hint(hint) == said


def test_the_sheets_to_choose_between() -> None:
    hint = "Vælg arket med --sheet NAVN: »Ark 1« eller »Ark 2«."
    several = Problem("not_a_table", "error", "", None, None, None, "To ark.", hint)
    assert sheets_named([several]) == ("Ark 1", "Ark 2")
    assert sheets_named([ERROR]) == ()


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_spreadsheet_runs_a_problem(evil: str) -> None:
    content = problems_csv([problem("unknown_area", row=3, value=evil)])
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert row["I filen står"] == "'" + evil
    assert (row["Række"], row["Type"], row["Kode"]) == ("3", "Fejl", "unknown_area")


ASKED = problem("scale", row=5)


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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
