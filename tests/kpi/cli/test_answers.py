"""The answers of the command line: JSON with the keys of the design, and the same as text."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.cli import answers
from kpi.cli.file_answers import problem_lines
from kpi.cli.show_answers import comparison_answer, show_answer, show_text
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.errors import Problem
from kpi.domain.figures import Figures
from kpi.domain.vocabulary import EQUAL, NO_COMPARISON, SAME, Kind, Verdict
from kpi.store import Published, Store, open_store
from kpi.views.claims import claims_of, disputed_keys
from kpi.views.standings import standing, standings
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each


def test_show_has_exactly_the_keys_of_the_design(store: Store) -> None:
    rows = standings(store, "self_sufficiency_rate", ["aarhus"])
    answer = show_answer(store, "self_sufficiency_rate", rows)
    assert answer == {
        "indicator_id": "self_sufficiency_rate",
        "unit": "percent",
        "as_of": answer["as_of"],
        "version": "000001",
        "rows": [
            {
                "area_id": "aarhus",
                "group_id": "non_western",
                "period": "2022",
                "value": 70.0,
                "display": "70,0\u00a0%",
                "status": "final",
                "measured": "over",
                "numerator": None,
                "denominator": None,
                "low": None,
                "high": None,
                "previous": None,
                "break": None,
                "comparisons": [
                    {"with": "denmark", "kind": "area", "value": 77.2, "gap": -7.2,
                     "verdict": "dårligere", "uncertainty": "not_calculated"},
                    {"with": "koebenhavn", "kind": "area", "value": 81.8, "gap": -11.8,
                     "verdict": "dårligere", "uncertainty": "not_calculated"},
                ],
                "rank": None,
                "source_id": "handleplan_2024_genoptryk",
                "note": "Året er aflæst som figurens sidste punkt",
                "doubted": False,
                "age_months": answer["rows"][0]["age_months"],
                "not_begun": [],
            }
        ],
    }  # fmt: skip
    day = date.fromisoformat(answer["as_of"])
    # Since the last day of 2022.
    assert answer["rows"][0]["age_months"] == 12 * (day.year - 2023) + day.month - 1 + (
        day.day == monthrange(day.year, day.month)[1]
    )


def test_show_contains_the_period_before(store: Store) -> None:
    rows = standings(store, "school_absence", ["gellerup"])
    (row,) = show_answer(store, "school_absence", rows)["rows"]
    assert row["previous"] == {
        "period": "2024H1",
        "change": -3.3,
        "relative_change": pytest.approx(-25.3846, abs=1e-4),
    }


def test_show_contains_the_day_that_was_asked_for(built_home: Path) -> None:
    opened = open_store(built_home, as_of=date(2024, 6, 30))
    rows = standings(opened, "self_sufficiency_rate")
    assert show_answer(opened, "self_sufficiency_rate", rows)["as_of"] == "2024-06-30"
    opened.close()


@pytest.mark.parametrize(
    ("indicator_id", "area", "text"),
    [
        (
            "self_sufficiency_rate",
            "aarhus",
            """Selvforsørgelsesgrad (procent)
Aarhus, Ikke-vestlig baggrund, 2022: 70,0 %
  knap 4 år gammelt
  i forhold til hele landet: −7,2 procentpoint (dårligere; usikkerhed ikke beregnet)
  i forhold til København: −11,8 procentpoint (dårligere; usikkerhed ikke beregnet)""",
        ),
        (
            "school_absence",
            "gellerup",
            """Elevfravær (procent)
Gellerup, Hjemmeboende børn under 18 år i Opgang til Opgang, efterår 2024: 9,7 %
  22 måneder gammelt; papirets tal afviger
  siden foråret 2024: −3,3 procentpoint (ikke samme årstid)
  i forhold til Viby Syd: +0,7 procentpoint (højere; usikkerhed ikke beregnet)""",
        ),
        (
            # Of 68 and of 13: shares are compared, so the difference is no number of persons.
            "wage_hours_parents",
            "gellerup",
            """Forældre med løntimer på det ordinære arbejdsmarked (personer)
Gellerup, Ledige forældre med data i DREAM, opgjort 6. oktober 2024: 12 af 68 (18 %), \
sikkerhedsinterval 10-29 %
  godt 2 år gammelt
  i forhold til Viby Syd: +10 procentpoint (ingen sikker forskel)""",
        ),
        (
            "programme_families",
            "gellerup",
            """Familier i Opgang til Opgang (familier)
Gellerup, Familier i Opgang til Opgang, siden 2024, opgjort marts 2025: 75
  20 måneder gammelt
  i forhold til Viby Syd: +31 familier (kan ikke sammenlignes)""",
        ),
        (
            "temporary_benefit_share",
            "aarhus",
            """Andel på midlertidige ydelser inden for kontanthjælpsområdet (procent)
Aarhus, Ikke-vestlig baggrund, oplyst juni 2024: ca. 10 %
  ca. 2½ år gammelt
  i forhold til borgere med dansk baggrund: ca. +8 procentpoint (højere; usikkerhed ikke beregnet)
Aarhus, Dansk baggrund, oplyst juni 2024: 1,7 %
  ca. 2½ år gammelt""",
        ),
    ],
)
def test_show_as_text(store: Store, indicator_id: str, area: str, text: str) -> None:
    rows = standings(store, indicator_id, [area])
    assert show_text(_known_now(store), indicator_id, rows) == text


def _known_now(store: Store) -> Catalog:
    """The catalog on a day, with what the papers say wrong."""
    catalog = store.catalog()
    disputed = disputed_keys(claims_of(store, catalog))
    return replace(catalog, disputed=disputed, as_of=date(2026, 11, 26))


def test_show_contains_doubt_and_the_value_left_out(store: Store) -> None:
    places = standings(store, "school_absence", ["laesoe", "faxe"], ["lower_secondary"])
    of = {standing.observation.area_id: standing for standing in places}
    rows = show_answer(store, "school_absence", places)["rows"]
    assert {row["area_id"]: row["doubted"] for row in rows} == {"laesoe": True, "faxe": False}
    text = show_text(_known_now(store), "school_absence", [of["laesoe"]])
    assert "  15 måneder gammelt; usandsynligt tal, ikke bekræftet" in text.splitlines()
    lines = show_text(_known_now(store), "school_absence", [of["faxe"]]).splitlines()
    # All 98 have a figure, and the doubted one has no place.
    assert re.fullmatch(
        r"  (delt )?nr\. \d+ blandt kommunerne "
        r"\(98 har tal, ét usandsynligt tal er ikke regnet med i placeringen\)",
        lines[-1],
    )


@for_each(
    ("interval", "verdict", "kind", "codes"),
    [
        ((1.0, 3.0), "better", "proportion", ("bedre", "judged")),
        ((-1.0, 3.0), SAME, "proportion", ("kan ikke skelnes", "judged")),
        (None, "better", "proportion", ("bedre", "not_calculated")),
        # Chance was not judged: nothing is said of it.
        (None, EQUAL, "proportion", ("på niveau", "not_calculated")),
        (None, "higher", "amount", ("højere", None)),
        (None, NO_COMPARISON, "proportion", ("ingen sammenligning", None)),
    ],
)
def test_the_codes_of_a_comparison(
    interval: tuple[float, float] | None,
    verdict: Verdict,
    kind: Kind,
    codes: tuple[str, str | None],
) -> None:
    low, high = interval or (None, None)
    comparison = Comparison("area", "denmark", 70.0, 2.0, verdict, True, None, low, high)
    answer = comparison_answer(comparison, indicator(kind))
    assert (answer["verdict"], answer["uncertainty"]) == codes


def test_a_change_between_counts_with_denominators_is_in_percentage_points() -> None:
    persons = indicator("count", "persons", decimals=0)
    made, figures = (
        replace(made_catalog(persons), as_of=date(2026, 11, 26)),
        Figures([observation(10, "2021", of=(None, 50)), observation(12, "2022", of=(None, 48))]),
    )
    own = figures.newest("rate", "aarhus", "all")
    assert own is not None
    assert show_text(made, "rate", [standing(own, figures, made)]).splitlines()[1:] == [
        "Aarhus, Alle, 2022: 12 af 48 (25 %), sikkerhedsinterval 14-39 %",
        "  knap 4 år gammelt",
        "  siden 2021: +5 procentpoint, ingen sikker ændring",
    ]


def test_the_mean_of_a_set_is_named_without_the_area(store: Store) -> None:
    rows = standings(store, "employment_rate", ["aarhus"])
    text = show_text(store.catalog(), "employment_rate", rows)
    lines = text.splitlines()
    assert (
        "  i forhold til 6-byerne uden Aarhus: −1,6 procentpoint "
        "(dårligere; usikkerhed ikke beregnet)"
    ) in lines
    assert lines[-1] == "  nr. 5 blandt 6-byerne (6 har tal)"


@for_each(
    ("published", "text"),
    [
        (Published("000001", True, 2687, 0, 0),
         "Udgave 000001 er udgivet: 2.687 nye tal, 0 ændrede, 0 fjernede."),
        (Published("000001", False, 0, 0, 0),
         "Udgave 000001 svarer til data/. Der er intet at udgive."),
        (Published("000003", True, 0, 1, 0, ("000002",)),
         "Udgave 000003 er udgivet: 0 nye tal, 1 ændret, 0 fjernede. "
         "Udgave 000002 kunne ikke læses; filen er ikke ændret."),
    ],
)  # fmt: skip
def test_init_as_text(published: Published, text: str) -> None:
    assert answers.init_text(published) == text


def test_init_as_json() -> None:
    assert answers.init_answer(Published("000003", True, 1, 2, 3, ("000002",))) == {
        "version": "000003",
        "changed": True,
        "new": 1,
        "changed_rows": 2,
        "removed": 3,
        "set_aside": ["000002"],
    }


def test_batches_come_newest_first(store: Store) -> None:
    batches = answers.batches_answer(store.batches())["batches"]
    assert [batch["source_id"] for batch in batches] == [
        "uvm_absence", "oto_status_2025", "handleplan_2024_genoptryk", "status_2025",
        "handlingsnotat_2024", "handleplan_2024", "ras200",
    ]  # fmt: skip
    assert [batch["batch_id"] for batch in batches] == [7, 6, 5, 4, 3, 2, 1]
    newest_but_one = batches[1]
    assert newest_but_one == {
        "batch_id": 6,
        "source_id": "oto_status_2025",
        "origin": "data",
        "published_at": newest_but_one["published_at"],
        "known_from": "2025-03-11",
        "published_by": "init",
        "original_name": "observations/oto_status_2025.csv",
        "original_sha256": newest_but_one["original_sha256"],
        "note": "Indlæst fra data/",
        "new": 35,
        "changed": 0,
        "removed": 0,
        "reattributed": 0,
        "state": "published",
        "withdrawn_on": None,
        "withdrawn_by": None,
        "withdrawn_why": None,
    }
    assert len(newest_but_one["original_sha256"]) == 64


def test_batches_as_text(store: Store) -> None:
    lines = answers.batches_text(store.batches(), store.catalog()).splitlines()
    assert len(lines) == 7
    assert re.fullmatch(
        r"6  \d{1,2}\. [a-z]+ 20\d\d  udgivet  oto_status_2025  "
        r"35 nye tal, 0 ændrede, 0 fjernede  kendt 11\. marts 2025  init",
        lines[1],
    )
    # A source that states its year only gets no 31 December.
    assert not any("31. december" in line for line in lines)
    assert any("kendt 2025 (dag ikke oplyst)  init" in line for line in lines)


def test_a_break_in_a_series_is_unknown_before_its_day(built_home: Path) -> None:
    for day, known in ((date(2025, 6, 30), 0), (date(2025, 7, 1), 1)):
        opened = open_store(built_home, as_of=day)
        assert len(opened.catalog().indicators["temporary_benefit_share"].breaks) == known, day
        opened.close()


def test_a_problem_of_many_rows_is_on_one_line_with_how_many() -> None:
    """Of an unknown name in each of 300 rows nobody reads 200 lines."""
    unknown = [
        Problem("unknown_area", "t.csv", row, "område", f"Arhus{row % 2}", "Kendes ikke.", "Ret.")
        for row in range(2, 303)
    ]
    lone = Problem("not_a_number", "t.csv", 9, "værdi", "x", "Er ikke et tal.", "Skriv tallet.")
    assert problem_lines([*unknown[:20], lone, *unknown[20:]]) == [
        "FEJL unknown_area række 2, »område«: »Arhus0« Kendes ikke. Ret. "
        "Det samme gælder 150 rækker mere.",
        "FEJL unknown_area række 3, »område«: »Arhus1« Kendes ikke. Ret. "
        "Det samme gælder 149 rækker mere.",
        "FEJL not_a_number række 9, »værdi«: »x« Er ikke et tal. Skriv tallet.",
    ]
