"""What the upload page says of a file: title, steps, what it came to, and why it is locked."""

from dataclasses import replace

import pytest

from kpi.domain.errors import Problem
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Recipe
from kpi.views import upload as view
from kpi.views import upload_counts as counts
from tests.kpi.views.upload_answers import (
    ERROR,
    FOREIGN,
    NONE,
    READ,
    REFUSED,
    UNREAD,
    WARNING,
    problem,
    several,
)
from tests.tables import for_each

RECIPE = Recipe("ras200", "RAS200", "ras200", "employment_rate", area="a", period="p")


@for_each(
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


UNDERSTOOD = Proposal(area="Sted", period="Tid", value="INDHOLD")
OF_MEASURES = Proposal(area="Sted", period="Tid", measures=("antal", "andel"))
ALL = view.Filled("Sted", "Tid", "INDHOLD", "school_absence", "ras200")


@for_each(
    ("proposal", "filled", "title"),
    [
        (UNDERSTOOD, None, "Vælg det nøgletal, som filen er om"),
        (UNDERSTOOD, replace(ALL, indicator=""), "Vælg det nøgletal, som filen er om"),
        (UNDERSTOOD, replace(ALL, source=""), "Vælg den kilde, som filens tal er fra"),
        (UNDERSTOOD, ALL, "Gem opskriften, så læses filen med den"),
        (UNDERSTOOD, replace(ALL, period=""), "Angiv, hvad filens kolonner indeholder"),
        (OF_MEASURES, None, "Filen har to mål: Vælg det, der menes"),
        (OF_MEASURES, replace(ALL, value=""), "Filen har to mål: Vælg det, der menes"),
        (OF_MEASURES, replace(ALL, indicator=""), "Vælg det nøgletal, som filen er om"),
        (OF_MEASURES, ALL, "Gem opskriften, så læses filen med den"),
        (Proposal(), None, "Angiv, hvad filens kolonner indeholder"),
        (Proposal(), ALL, "Gem opskriften, så læses filen med den"),
    ],
)
def test_the_title_of_a_file_without_a_recipe_is_what_is_still_to_be_said(
    proposal: Proposal, filled: view.Filled | None, title: str
) -> None:
    assert view.title(replace(FOREIGN, proposal=proposal), NONE, filled) == title


@for_each(
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


@for_each(
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
            replace(READ, decimal="comma", problems=(problem("ambiguous_number"),)),
            NONE,
            "vores skabelon (CSV, semikolon, UTF-8) · 15 rækker læst",
        ),
        (
            replace(READ, encoding="cp1252", delimiter="\t", rows_read=1),
            Choices(decimal="comma"),
            "vores skabelon (CSV, tabulator, Windows-1252) · 1 række læst · decimaltegn: komma",
        ),
        (
            Checked(
                "x", "statbank_xlsx", 1624, 9, (), columns=("A",), label="Excel fra Statistikbanken"
            ),
            Choices(recipe=replace(RECIPE, decimal="point")),
            "Excel fra Statistikbanken · 1.624 rækker læst · decimaltegn: punktum",
        ),
        (
            Checked(
                "x", "table_csv", 6, 6, (), columns=("A",), delimiter=";", lines_read=2, label="CSV"
            ),
            NONE,
            "CSV (semikolon) · 2 rækker, 6 tal læst",
        ),
        (UNREAD, NONE, ""),
    ],
)
def test_file_line(checked: Checked, choices: Choices, line: str) -> None:
    assert view.file_line(checked, choices) == line


@for_each(
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
                counts.nothing_new(result),
                view.why_locked(result, True, "n", "b"),
            ]
        )
        moved = result.new + result.changed
        all_known = not moved and result.unchanged == result.rows_read + result.added > 0
        if not moved:
            assert ("Alle" in said or "Filens ene" in said) == all_known, result
            assert ("udgivet i forvejen" in counts.nothing_new(result)) == (result.unchanged > 0), (
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
        counted = dict(counts.row_counts(result))
        assert sum(n for kind, n in counted.items() if kind != "all") == counted["all"], result
        assert counted["all"] == result.rows_read + result.added
        line = counts.changes_line(result)
        assert line.startswith(f"{moved} af {result.rows_read + result.added} ")
        assert ("ikke regnet med" in line) == (result.faulty > 0), result


def test_a_file_that_was_not_compared_says_nothing_of_changes() -> None:
    unread = replace(FOREIGN, problems=(problem("missing_column"), problem("not_a_number")))
    assert not view.is_compared(unread, Choices(recipe=RECIPE))
    assert "udgivet" not in counts.nothing_new(unread)


@for_each(
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
    assert counts.nothing_new(checked) == said
    assert view.why_locked(checked, True, "n", "b") == f"Der er intet at udgive: {said}"


def test_row_counts_add_up() -> None:
    counted = counts.row_counts(replace(READ, faulty=1))
    assert counted == (("changed", 2), ("new", 3), ("unchanged", 9), ("error", 1), ("all", 15))
    fewer = counts.row_counts(replace(READ, unchanged=4))
    assert fewer[-2:] == (("unused", 6), ("all", 15))
    # A recipe may add rows that the file leaves out.
    filled = counts.row_counts(replace(READ, unchanged=40, added=30))
    assert filled[-1] == ("all", 45)
    assert "unused" not in dict(filled)


@for_each(
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
    assert counts.changes_line(checked) == line
