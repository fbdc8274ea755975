"""The exhibits of many areas in one period: in order, and by distance."""

from dataclasses import replace

import pytest

from kpi.charts.marks import BENCHMARK, DotMarks, RankMarks
from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import Direction
from kpi.exhibits import Exhibit, distance_exhibit, ranking_exhibit
from kpi.exhibits.benchmarks import median_of_others
from kpi.exhibits.tile_map import tile_map_exhibit
from kpi.store import Store
from tests.kpi.charts.drawn import labels, validated
from tests.kpi.exhibits.faults import faults_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

LINK = Selection("sammenlign")
ROWS = [
    observation(70.0, area="aarhus"),
    observation(80.0, area="odense"),
    observation(70.0, area="randers"),
    observation(60.0, area="esbjerg", status="approximate"),
    observation(None, area="faxe", status="suppressed"),
    observation(None, area="lolland", status="missing"),
    observation(75.0, area="denmark"),
    observation(99.0, area="gellerup"),  # of another level
]


def ranked(direction: Direction, *marked: str) -> Exhibit:
    own_indicator = indicator(direction=direction)
    exhibit = ranking_exhibit(own_indicator, ROWS, marked, made_catalog(own_indicator), LINK)
    assert exhibit is not None
    return exhibit


@for_each(
    ("direction", "order", "title"),
    [
        ("higher_is_better", ["Odense", "Randers", "Aarhus", "Esbjerg"],
         "Job: Aarhus er nr. 2 (delt) af de 4 kommuner, der har tal"),
        ("lower_is_better", ["Esbjerg", "Randers", "Aarhus", "Odense"],
         "Job: Aarhus er nr. 2 (delt) af de 4 kommuner, der har tal"),
        ("neutral", ["Odense", "Randers", "Aarhus", "Esbjerg"],
         "Job: Aarhus er delt næsthøjest af de 4 kommuner, der har tal"),
    ],
)  # fmt: skip
def test_best_first_and_only_areas_with_a_value(
    direction: Direction, order: list[str], title: str
) -> None:
    ranking = ranked(direction, "aarhus")
    assert [row[1] for row in ranking.table.rows] == order  # Aarhus last among equals, as in Danish
    assert [row[0] for row in ranking.table.rows] == ["1", "2", "2", "4"]
    assert ranking.title == title


def test_hidden_areas_are_not_drawn_as_zero() -> None:
    (bars,) = validated(ranked("higher_is_better", "aarhus").figure).data
    assert bars.x == (80.0, 70.0, 70.0, 60.0)


def test_approximate_bars_are_hollow() -> None:
    (bars,) = validated(ranked("higher_is_better", "aarhus").figure).data
    assert [colour == "#FFFFFF" for colour in bars.marker.color] == [False, False, False, True]


def test_the_country_is_a_line_and_no_bar() -> None:
    ranking = ranked("higher_is_better", "aarhus")
    assert "Hele landet 75,0" in labels(ranking.figure)
    assert [shape.x0 for shape in validated(ranking.figure).layout.shapes] == [75.0]


@for_each(
    ("marked", "name"),
    [(["aarhus"], "Aarhus"), (["faxe", "esbjerg"], "Esbjerg"), ([], "Odense"),
     (["denmark", "randers"], "Randers")],
)  # fmt: skip
def test_who_the_title_names(marked: list[str], name: str) -> None:
    assert ranked("higher_is_better", *marked).title.startswith(f"Job: {name} er nr. ")


@pytest.mark.parametrize("count", [1, 2])
def test_no_ranking_of_fewer_than_three(count: int) -> None:
    exhibit = ranking_exhibit(indicator(), ROWS[:count], ["aarhus"], made_catalog(), LINK)
    assert exhibit is None


def test_distance_to_the_country() -> None:
    areas = ["aarhus", "odense", "faxe"]
    exhibit = distance_exhibit(indicator(), ROWS, areas, made_catalog(), LINK)
    assert exhibit is not None
    assert exhibit.title == "Job: Aarhus ligger 5,0\u00a0procentpoint under hele landet"
    assert exhibit.table.rows == (
        ("Aarhus", "70,0\u00a0%", "−5,0\u00a0procentpoint"),
        ("Odense", "80,0\u00a0%", "+5,0\u00a0procentpoint"),
        ("Faxe", "skjult", "–"),  # listed, but not drawn
    )
    assert "Faxe" not in labels(exhibit.figure)


def test_distance_to_the_median_where_the_country_has_no_figure() -> None:
    exhibit = distance_exhibit(indicator(), ROWS[:4], ["aarhus"], made_catalog(), LINK)
    assert exhibit is not None
    # Odense 80, Randers 70 and Esbjerg 60: Aarhus itself is not among them.
    assert exhibit.title == "Job: Aarhus ligger på niveau med medianen af de 3 andre kommuner"
    assert exhibit.table.columns[-1] == "Forskel til medianen af de andre kommuner"


@for_each(
    ("rows", "areas"),
    [
        (ROWS, ["faxe"]),  # hidden
        (ROWS, []),
        (ROWS[:2], ["aarhus"]),  # no country, and too few for a median
    ],
)
def test_no_distance(rows: list[Observation], areas: list[str]) -> None:
    assert distance_exhibit(indicator(), rows, areas, made_catalog(), LINK) is None


@for_each(
    ("values", "middle"),
    [([1.0, 2.0, 9.0], (2.0, 3)), ([1.0, 2.0, 3.0, 9.0], (2.5, 4)), ([1.0, 2.0], None),
     ([1.0, 2.0, None], None)],
)  # fmt: skip
def test_a_median_never_contains_the_area_itself(
    values: list[float | None], middle: tuple[float, int] | None
) -> None:
    others = [observation(value, area="odense") for value in values]
    own = observation(1000.0, area="aarhus")
    assert median_of_others([own, *others], "aarhus", indicator()) == middle


def test_each_area_is_compared_with_the_median_without_itself() -> None:
    values = {"aarhus": 10.0, "odense": 20.0, "randers": 30.0, "esbjerg": 40.0, "faxe": 50.0}
    rows = [observation(value, area=area) for area, value in values.items()]
    exhibit = distance_exhibit(indicator(), rows, ["aarhus", "faxe"], made_catalog(), LINK)
    assert exhibit is not None
    assert [row[2] for row in exhibit.table.rows] == [
        "−25,0\u00a0procentpoint",  # 10 against the median of 20, 30, 40 and 50
        "+25,0\u00a0procentpoint",
    ]


def test_values_beside_each_other_have_equally_many_decimals() -> None:
    rows = [
        observation(13.0, area="aarhus", decimals=0),
        observation(9.7, area="odense", decimals=1),
        observation(10.0, area="randers", decimals=0, status="approximate"),
        observation(8.0, area="denmark", decimals=0),
    ]
    made = made_catalog()
    ranking = ranking_exhibit(indicator(), rows, ["aarhus"], made, LINK)
    distance = distance_exhibit(indicator(), rows, ["aarhus", "odense"], made, LINK)
    assert ranking is not None
    assert distance is not None
    shown = [row[2].replace("\u00a0", " ") for row in ranking.table.rows]
    assert shown == ["13,0 %", "ca. 10 %", "9,7 %"]
    assert [row[1] for row in distance.table.rows] == ["13,0\u00a0%", "9,7\u00a0%"]
    assert "8,0" in labels(distance.figure)
    assert [row.decimals for row in ranking.observations] == [0, 0, 1]  # raw


def test_a_cut_axis_is_named_and_bars_start_at_zero() -> None:
    ranking = ranked("higher_is_better", "aarhus")
    distance = distance_exhibit(indicator(), ROWS, ["aarhus", "odense"], made_catalog(), LINK)
    assert distance is not None
    start = distance.figure.layout.xaxis.range[0]
    assert f"X-aksen begynder ved {start:.0f}\u00a0%." in distance.remarks
    assert ranking.figure.layout.xaxis.range[0] == 0
    assert not any("aksen begynder" in remark for remark in ranking.remarks)


@pytest.mark.parametrize(
    ("indicator_id", "group", "period"),
    [
        ("employment_rate", "all", "2021"),
        ("school_absence", "lower_secondary", "2024/2025"),
    ],
)
def test_the_default_figures_are_faultless(
    store: Store, catalog: Catalog, indicator_id: str, group: str, period: str
) -> None:
    rows = store.everywhere(indicator_id, group, period)
    view = Selection("sammenlign", noegletal=indicator_id, omraader=("aarhus", "odense"))
    own_indicator = catalog.indicators[indicator_id]
    ranking = ranking_exhibit(own_indicator, rows, ["aarhus", "odense"], catalog, view)
    distance = distance_exhibit(own_indicator, rows, ["aarhus", "odense"], catalog, view)
    assert ranking is not None
    assert distance is not None
    assert faults_of(ranking, catalog) == []
    assert faults_of(distance, catalog) == []
    assert len(ranking.table.rows) == 98


def test_titles_of_the_figures_of_several_groups_are_told_apart(
    store: Store, catalog: Catalog
) -> None:
    own_indicator = catalog.indicators["school_absence"]
    view = Selection("sammenlign", noegletal=own_indicator.indicator_id, omraader=("aarhus",))
    seen = []
    for group in ("lower_secondary", "middle_school"):
        rows = store.everywhere(own_indicator.indicator_id, group, "2024/2025")
        for draw in (ranking_exhibit, distance_exhibit, tile_map_exhibit):
            exhibit = draw(own_indicator, rows, ["aarhus"], catalog, view)
            assert exhibit is not None
            seen.append(exhibit.title.partition(": ")[0])
    assert seen == ["Fravær, udskoling"] * 3 + ["Fravær, mellemtrin"] * 3


# --- the benchmark, chance and doubt -------------------------------------------------------------

CITIES = ("aarhus", "odense", "randers", "esbjerg", "lolland")


def counted(*parts: int, of: int = 100) -> list[Observation]:
    """A counted share of each city."""
    return [
        observation(100 * part / of, area=area, of=(part, of))
        for area, part in zip(CITIES, parts, strict=False)
    ]


def both(
    rows: list[Observation], marked: list[str], made: Catalog | None = None
) -> tuple[Exhibit, Exhibit]:
    """The areas in order, and by their difference."""
    made = made or made_catalog()
    ranking = ranking_exhibit(indicator(), rows, marked, made, LINK)
    distance = distance_exhibit(indicator(), rows, marked, made, LINK)
    assert ranking is not None
    assert distance is not None
    return ranking, distance


def doubting(area_id: str) -> Catalog:
    """The catalog in which an area's figure of 2022 cannot be believed."""
    return replace(made_catalog(), implausible=frozenset({("rate", area_id, "all", "2022")}))


def test_a_doubted_figure_is_in_the_median_of_every_diagram() -> None:
    rows = [observation(v, area=a) for a, v in zip(CITIES, (70, 60, 65, 80, 1), strict=True)]
    drawn = both(rows, ["aarhus"], doubting("lolland"))
    lines = [
        next(dot for dot in exhibit.marks.dots if dot.role == BENCHMARK)
        for exhibit in drawn
        if isinstance(exhibit.marks, DotMarks | RankMarks)
    ]
    assert [(dot.name, dot.value) for dot in lines] == [("Median af de 4 andre kommuner", 62.5)] * 2
    assert "Lolland har ingen placering, fordi tallet er usandsynligt og ikke bekræftet." in (
        drawn[0].remarks
    )
    counted_too = "Medianen er af alle de andre kommuners tal, også ét usandsynligt tal."
    assert counted_too in drawn[0].remarks
    # Of the doubted area itself the median has all the others, and of the country there is none.
    (own, _), (beside, _) = (
        both(rows, ["lolland"], doubting("lolland")),
        both([*rows, observation(70.0, area="denmark")], ["aarhus"], doubting("lolland")),
    )
    assert not any("Medianen" in each for each in (*own.remarks, *beside.remarks))


def test_chance_is_judged_against_a_median_too() -> None:
    ranking, distance = both(counted(50, 52, 48, 53, 90, of=40 + 60), list(CITIES))
    assert distance.title.endswith("(ingen sikker forskel)")
    sentence = (
        "Aarhus: 50 af 100 (50 %, sikkerhedsinterval 40-60 %). Der er ingen sikker forskel fra "
        "medianen af de andre kommuner (53 %)."
    )
    for exhibit in (ranking, distance):
        assert exhibit.remarks[0].replace("\u00a0", " ") == sentence
    assert distance.remarks[1] == (
        "Én af fem forskelle til medianen af de andre kommuner er statistisk sikker. Ved fem "
        "sammenligninger kan én se sikker ud ved et tilfælde."
    )
    assert ranking.remarks[1] == (
        "Placeringen er usikker: Der er ingen sikker forskel mellem Aarhus og tre af de fire andre "
        "kommuner."
    )


def test_a_sure_difference_to_a_median_carries_no_mark() -> None:
    _, distance = both(counted(90, 52, 48, 53), ["aarhus"])
    assert "ingen sikker" not in " ".join((distance.title, *distance.remarks))
    assert "Andelen er højere end medianen af de andre kommuner" in distance.remarks[0]


@for_each(
    ("row", "why"),
    [
        (observation(1.0), "tallet er usandsynligt og ikke bekræftet"),
        (observation(None, status="suppressed"), "tallet er skjult (diskretioneret)"),
        (observation(None, status="missing"), "tallet ikke er oplyst"),
        (observation(30.0, status="at_least")._replace(low=30.0),
         "kilden kun oplyser en grænse eller et interval"),
    ],
)  # fmt: skip
def test_the_title_is_of_the_chosen_area_also_without_a_place(row: Observation, why: str) -> None:
    rows = [row, *(row for row in ROWS if row.area_id != "aarhus")]
    exhibit = ranking_exhibit(indicator(), rows, ["aarhus"], doubting("aarhus"), LINK)
    assert exhibit is not None
    assert exhibit.title == f"Job: Aarhus har ingen placering, fordi {why}"


def test_a_doubted_difference_is_marked_as_such_and_not_featured() -> None:
    rows = [*ROWS[1:4], observation(1.0), observation(75.0, area="denmark")]
    _, distance = both(rows, ["aarhus", "odense"], doubting("aarhus"))
    assert distance.title.endswith(" under hele landet (usandsynligt tal, ikke bekræftet)")
    assert isinstance(distance.marks, DotMarks)
    shown = {dot.name: (dot.approximate, dot.gap_text) for dot in distance.marks.dots}
    assert shown["Aarhus"] == (True, "")
    assert shown["Odense"] == (False, "+5,0")


def test_areas_that_share_a_place_are_named_together() -> None:
    ranking = ranked("higher_is_better", "odense")
    assert "Først Odense med 80,0" in ranking.alt
    rows = [observation(70.0, area=area) for area in CITIES[:3]]
    alike = ranking_exhibit(indicator(), rows, ["randers"], made_catalog(), LINK)
    assert alike is not None
    assert "Først Odense, Randers og Aarhus med 70,0" in alike.alt
