"""What the title of a development says: place, number, season, and whether it may be chance."""

from dataclasses import replace

import pytest

from kpi.charts.marks import FOCUS, LineMarks
from kpi.domain.figures import Figures
from kpi.domain.period import Period, parse_period
from kpi.exhibits import Exhibit, trend_exhibit
from kpi.exhibits.parts import inside
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation, rows_of
from tests.tables import for_each


def title_of(
    own: dict[str, float], country: dict[str, float] | None = None, school: bool = False
) -> str:
    """The title of Aarhus' development, with the country beside it."""
    made = made_catalog()
    if school:
        made = replace(made, school_figures=frozenset({"rate"}))
    figures = Figures([*rows_of("aarhus", own), *rows_of("denmark", country or {})])
    exhibit = trend_exhibit(indicator(), "all", ["aarhus", "denmark"], figures, made)
    assert exhibit is not None
    assert exhibit.title in exhibit.alt
    return exhibit.title.replace("\u00a0", " ")


@for_each(
    ("own", "country", "title"),
    [
        ({"2008": 70, "2009": 71}, {"2008": 75, "2009": 76},
         "Job: Aarhus ligger 5,0 procentpoint under hele landet; forskellen er den samme som i "
         "2008"),
        ({"2008": 70, "2009": 70}, {"2008": 75, "2009": 76},
         "Job: Aarhus ligger 6,0 procentpoint under hele landet; forskellen er blevet større siden "
         "2008"),
        ({"2008": 70, "2009": 71}, {"2008": 75, "2009": 75},
         "Job: Aarhus ligger 4,0 procentpoint under hele landet; forskellen er blevet mindre siden "
         "2008"),
        ({"2008": 76, "2009": 71}, {"2008": 75, "2009": 75},
         "Job: Aarhus ligger 4,0 procentpoint under hele landet; i 2008 lå Aarhus over"),
        # Exactly half a step, which binary numbers miss by a hair.
        ({"2008": 3.29, "2009": 1.85}, {"2008": 3.2, "2009": 1.9},
         "Job: Aarhus ligger 0,1 procentpoint under hele landet; i 2008 lå Aarhus over"),
        ({"2008": 75, "2009": 75}, {"2008": 75, "2009": 75},
         "Job: Aarhus ligger på niveau med hele landet, ligesom i 2008"),
        ({"2008": 70, "2009": 71}, None, "Job i Aarhus: stigning på 1,0 procentpoint siden 2008"),
        ({"2008": 71, "2009": 70}, None, "Job i Aarhus: fald på 1,0 procentpoint siden 2008"),
        ({"2008": 70, "2009": 70}, None, "Job i Aarhus: uændret siden 2008"),
        ({"2024M03D04": 70, "2024M10D06": 60}, None,
         "Job i Aarhus: fald på 10,0 procentpoint siden 4. marts 2024"),
        ({"2022/2023": 70, "2023/2024": 60}, None,
         "Job i Aarhus: fald på 10,0 procentpoint siden skoleåret 2022/2023"),
    ],
)  # fmt: skip
def test_a_title_names_indicator_place_and_number(
    own: dict[str, float], country: dict[str, float] | None, title: str
) -> None:
    assert title_of(own, country) == title


@pytest.mark.parametrize(
    ("country", "title"),
    [
        ({}, "Job i Aarhus: stigning på 1,0 procentpoint fra 2021 til 2022"),
        ({"2021": 75, "2022": 75, "2023": 75},
         "Job: Aarhus ligger 4,0 procentpoint under hele landet i 2022; forskellen er blevet "
         "mindre siden 2021"),
    ],
)  # fmt: skip
def test_a_title_says_until_when_where_the_newest_figure_is_hidden(
    country: dict[str, float], title: str
) -> None:
    own = [
        *rows_of("aarhus", {"2021": 70, "2022": 71}),
        observation(None, "2023", status="suppressed"),
    ]
    figures = Figures([*own, *rows_of("denmark", country)])
    exhibit = trend_exhibit(indicator(), "all", ["aarhus", "denmark"], figures, made_catalog())
    assert exhibit is not None
    assert exhibit.title.replace("\u00a0", " ") == title


@for_each(
    ("own", "title"),
    [
        ({"2024H1": 13, "2024H2": 9.7},
         "Job i Aarhus: fald på 3,3 procentpoint fra foråret til efteråret 2024, som ikke er samme "
         "årstid"),
        ({"2023H1": 13, "2024H2": 9.7},
         "Job i Aarhus: fald på 3,3 procentpoint fra foråret 2023 til efteråret 2024, som ikke er "
         "samme årstid"),
        ({"2024H1": 13, "2024H2": 13},
         "Job i Aarhus: uændret fra foråret til efteråret 2024, som ikke er samme årstid"),
        # The same season is there to look back to.
        ({"2023H1": 13, "2023H2": 9, "2024H1": 12},
         "Job i Aarhus: fald på 1,0 procentpoint siden foråret 2023"),
        ({"2023H1": 13, "2023H2": 9, "2024H1": 12, "2024H2": 10},
         "Job i Aarhus: stigning på 1,0 procentpoint siden efteråret 2023"),
    ],
)  # fmt: skip
def test_spring_and_autumn_make_no_fall(own: dict[str, float], title: str) -> None:
    assert title_of(own, school=True) == title


def test_a_gap_of_another_season_has_not_grown_or_shrunk() -> None:
    title = title_of({"2024H1": 13, "2024H2": 9}, {"2024H1": 10, "2024H2": 8}, school=True)
    assert title == "Job: Aarhus ligger 1,0 procentpoint over hele landet"


def test_half_years_of_other_figures_have_no_season() -> None:
    title = title_of({"2024H1": 13, "2024H2": 9})
    assert title == "Job i Aarhus: fald på 4,0 procentpoint siden 1. halvår 2024"


def test_what_may_be_chance_is_said_in_the_title() -> None:
    made = made_catalog()
    rows = [
        observation(50.0, "2022", of=(10, 20)),
        observation(60.0, "2023", of=(12, 20)),
    ]
    alone = trend_exhibit(indicator(), "all", ["aarhus"], Figures(rows), made)
    assert alone is not None
    assert alone.title.endswith("siden 2022, ingen sikker ændring")
    country = [observation(58.0, str(year), area="denmark") for year in (2022, 2023)]
    beside = trend_exhibit(
        indicator(), "all", ["aarhus", "denmark"], Figures([*rows, *country]), made
    )
    assert beside is not None
    assert "over hele landet (ingen sikker forskel)" in beside.title


# --- prices --------------------------------------------------------------------------------------

_REMARK = "Beløbene er i årets priser og ikke renset for prisstigninger."


@for_each(
    ("definition", "country", "ending"),
    [
        # The gap has doubled, and so have the prices.
        ("Indkomst", {"1987": 80_000, "2024": 160_000}, "20.000 kr. om året under hele landet"),
        ("Indkomst", {"1987": 80_000, "2024": 150_000}, "10.000 kr. om året under hele landet"),
        ("Indkomst", {"1987": 60_000, "2024": 150_000}, "hele landet; i 1987 lå Aarhus over"),
        ("Indkomst i faste priser", {"1987": 80_000, "2024": 160_000},
         "under hele landet; forskellen er blevet større siden 1987"),
        ("Indkomst i 2015-priser", {"1987": 80_000, "2024": 160_000},
         "under hele landet; forskellen er blevet større siden 1987"),
        ("Indkomst", {}, "stigning på 70.000 kr. om året siden 1987 (årets priser)"),
        ("Indkomst i faste priser", {}, "stigning på 70.000 kr. om året siden 1987"),
    ],
)  # fmt: skip
def test_amounts_in_each_years_prices_tell_no_growth_of_a_gap(
    definition: str, country: dict[str, float], ending: str
) -> None:
    money = replace(indicator("mean", "dkk_per_year", "neutral", 0), definition=definition)
    own = rows_of("aarhus", {"1987": 70_000, "2024": 140_000})
    figures = Figures([*own, *rows_of("denmark", country)])
    exhibit = trend_exhibit(money, "all", ["aarhus", "denmark"], figures, made_catalog(money))
    assert exhibit is not None
    assert exhibit.title.replace("\u00a0", " ").endswith(ending)
    assert (_REMARK in exhibit.remarks) == (definition == "Indkomst")


# --- the benchmark is behind ---------------------------------------------------------------------


@for_each(
    ("own", "country", "remark"),
    [
        ({"2023": 70, "2024": 71, "2025": 76}, {"2023": 75, "2024": 75},
         "I 2025 er der ingen tal for hele landet; i 2024 lå Aarhus 4,0 procentpoint under hele "
         "landet."),
        ({"2022/2023": 75, "2023/2024": 75}, {"2022/2023": 75},
         "I skoleåret 2023/2024 er der ingen tal for hele landet; i skoleåret 2022/2023 lå Aarhus "
         "på niveau med hele landet."),
        ({"2023": 70, "2024": 71}, {"2023": 75, "2024": 75}, ""),
        ({"2023": 70, "2024": 71}, {"2022": 75}, ""),
    ],
)  # fmt: skip
def test_a_difference_is_not_gone_with_the_first_figure_that_stands_alone(
    own: dict[str, float], country: dict[str, float], remark: str
) -> None:
    figures = Figures([*rows_of("aarhus", own), *rows_of("denmark", country)])
    exhibit = trend_exhibit(indicator(), "all", ["aarhus", "denmark"], figures, made_catalog())
    assert exhibit is not None
    said = [each.replace("\u00a0", " ") for each in exhibit.remarks if "er der ingen tal" in each]
    assert said == ([remark] if remark else [])


def test_a_hidden_figure_of_the_benchmark_is_there() -> None:
    rows = [
        *rows_of("aarhus", {"2023": 70, "2024": 71}),
        *rows_of("denmark", {"2022": 74, "2023": 75}),
        observation(None, "2024", area="denmark", status="suppressed"),
    ]
    exhibit = trend_exhibit(
        indicator(), "all", ["aarhus", "denmark"], Figures(rows), made_catalog()
    )
    assert exhibit is not None
    assert not any("er der ingen tal" in remark for remark in exhibit.remarks)


# --- chance and doubt ----------------------------------------------------------------------------


def counted_title(own: dict[str, int], of: int, median: dict[str, float]) -> Exhibit:
    """Aarhus' counted shares beside the others' median."""
    rows = [observation(100 * part / of, year, of=(part, of)) for year, part in own.items()]
    medians = {parse_period(year): value for year, value in median.items()}
    exhibit = trend_exhibit(indicator(), "all", ["aarhus"], Figures(rows), made_catalog(), medians)
    assert exhibit is not None
    return exhibit


@for_each(
    ("own", "of", "median", "ending"),
    [
        # Neither the difference nor its growth is significant.
        ({"2020": 20, "2021": 18}, 40, {"2020": 52.0, "2021": 50.0},
         "ligger 5,0 procentpoint under medianen af de andre kommuner (ingen sikker forskel)"),
        # The difference is sure, that it grew is not.
        ({"2020": 120, "2021": 118}, 400, {"2020": 50.0, "2021": 50.0},
         "ligger 20,5 procentpoint under medianen af de andre kommuner"),
        # Both are.
        ({"2020": 180, "2021": 100}, 400, {"2020": 52.0, "2021": 50.0},
         "under medianen af de andre kommuner; forskellen er blevet større siden 2020"),
        # It turned for sure, or only for the eye.
        ({"2020": 300, "2021": 100}, 400, {"2020": 50.0, "2021": 50.0},
         "under medianen af de andre kommuner; i 2020 lå Aarhus over"),
        ({"2020": 21, "2021": 8}, 40, {"2020": 50.0, "2021": 50.0},
         "under medianen af de andre kommuner"),
        ({"2020": 20, "2021": 20}, 40, {"2020": 70.0, "2021": 70.0},
         "under medianen af de andre kommuner"),
    ],
)  # fmt: skip
def test_a_gap_to_a_median_and_its_change_are_judged_by_chance(
    own: dict[str, int], of: int, median: dict[str, float], ending: str
) -> None:
    assert counted_title(own, of, median).title.replace("\u00a0", " ").endswith(ending)


def test_the_reading_tests_the_pair_of_the_title() -> None:
    """Whichever area stands first among the others."""
    rows = [
        *(observation(50.0, year, of=(50, 100)) for year in ("2020", "2021")),
        *(observation(10.0, year, area="odense", of=(10, 100)) for year in ("2020", "2021")),
        *(observation(52.0, year, area="denmark") for year in ("2020", "2021")),
    ]
    areas = ["aarhus", "odense", "denmark"]
    exhibit = trend_exhibit(indicator(), "all", areas, Figures(rows), made_catalog())
    assert exhibit is not None
    assert "under hele landet (ingen sikker forskel)" in exhibit.title
    assert "ingen sikker forskel fra hele landet (52" in exhibit.remarks[0]
    beside = counted_title({"2020": 18, "2021": 18}, 40, {"2020": 50.0, "2021": 50.0})
    assert "ingen sikker forskel fra medianen af de andre kommuner (50" in beside.remarks[0]


OWN = {
    "hidden": [observation(None, year, status="suppressed") for year in ("2021", "2022", "2023")],
    "missing": [observation(None, year, status="missing") for year in ("2021", "2022", "2023")],
    "hidden quarter": [
        *rows_of("aarhus", {"2021": 70, "2022": 71}),
        observation(None, "2023K4", status="suppressed"),
    ],
    "one value": [observation(70, "2021"), observation(None, "2022", status="suppressed")],
    "none": [],
}
OTHERS = {
    "none": [],
    "hidden": [observation(None, "2022", area="odense", status="suppressed")],
    "values": rows_of("odense", {"2021": 60, "2022": 62, "2023": 63}),
    "municipal part": rows_of("gellerup", {"2021": 60, "2022": 62}),
}
MEDIANS = {parse_period(str(year)): 77.0 for year in (2021, 2022, 2023)}


@for_each("medians", [None, MEDIANS])
@for_each("others", OTHERS)
@for_each("own", OWN)
def test_no_line_is_compared_with_itself_where_a_value_is_hidden(
    own: str, others: str, medians: dict[Period, float] | None
) -> None:
    country = rows_of("denmark", {"2021": 75, "2022": 75, "2023": 76})
    made, areas = made_catalog(), ["aarhus", "odense", "gellerup", "denmark"]
    figures = Figures([*OWN[own], *OTHERS[others], *country])
    exhibit = trend_exhibit(indicator(), "all", areas, figures, made, medians)
    assert exhibit is not None
    assert isinstance(exhibit.marks, LineMarks)
    strong = [line.name for line in exhibit.marks.lines if line.role == FOCUS]
    assert len(strong) == 1
    for sentence in (exhibit.title, exhibit.alt, *exhibit.remarks):
        assert "ele landet ligger" not in sentence or " hele landet" not in sentence
    # Whose title it is, is whose line is strong; else the first area's, which has none.
    is_named = inside(strong[0]) in exhibit.title or strong[0] in exhibit.title
    assert is_named or exhibit.title in (
        "Job i Aarhus: skjult i 2023",
        "Job i Aarhus: ikke oplyst i 2023",
        "Job i Aarhus: skjult i 4. kvartal 2023",
        "Job i Odense: skjult i 2022",
    )


@for_each(
    ("own", "others", "title"),
    [
        ("hidden", "none", "Job i Aarhus: skjult i 2023"),
        ("hidden", "hidden", "Job i Aarhus: skjult i 2023"),
        ("missing", "none", "Job i Aarhus: ikke oplyst i 2023"),
        ("hidden", "values",
         "Job: Odense ligger 13,0 procentpoint under hele landet; forskellen er blevet mindre "
         "siden 2021"),
        ("none", "none", "Job i hele landet: stigning på 1,0 procentpoint siden 2021"),
    ],
)  # fmt: skip
def test_a_title_of_a_hidden_area_says_so_or_names_the_next(
    own: str, others: str, title: str
) -> None:
    country = rows_of("denmark", {"2021": 75, "2022": 75, "2023": 76})
    figures = Figures([*OWN[own], *OTHERS[others], *country])
    areas = ["aarhus", "odense", "denmark"]
    exhibit = trend_exhibit(indicator(), "all", areas, figures, made_catalog())
    assert exhibit is not None
    assert exhibit.title.replace("\u00a0", " ") == title
    assert exhibit.title in exhibit.alt


@for_each(
    ("gaps", "said"),
    [
        # A step of half a point where single years move by one to three is nothing.
        ((-9.5, -6.6, -8.1, -10.2, -8.4, -9.0), "; i 2015 var forskellen 9,5"),
        # A slow drift all one way is a change, however small its steps.
        ((-6.0, -6.4, -6.8, -7.2, -7.6, -8.0), "; forskellen er blevet større siden 2015"),
        ((-9.0, -7.5, -6.1, -4.2, -2.0, -1.1), "; forskellen er blevet mindre siden 2015"),
        # Of so few nobody knows how far they swing.
        ((-4.0, -2.0, -3.5), "; forskellen er blevet mindre siden 2015"),
    ],
)
def test_a_gap_has_moved_where_it_moves_more_than_it_swings(
    gaps: tuple[float, ...], said: str
) -> None:
    own = {f"{2015 + place}": 70.0 + gap for place, gap in enumerate(gaps)}
    assert title_of(own, dict.fromkeys(own, 70.0)).endswith(said)
