"""The exhibits of one period: areas, or groups, beside each other."""

from dataclasses import replace

import pytest

from kpi.charts.marks import DotMarks
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import PopulationGroup
from kpi.domain.period import parse_period
from kpi.domain.plan import Target
from kpi.domain.vocabulary import TARGET_STATES, Kind, TargetState
from kpi.exhibits import groups_exhibit, points_exhibit, trend_exhibit
from kpi.exhibits.caveats import NO_EFFECT
from kpi.exhibits.reading import NO_SPREAD
from kpi.store import Store
from tests.kpi.charts.drawn import labels, marks
from tests.kpi.exhibits.faults import faults_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

Y2022 = parse_period("2022")


def test_areas_against_the_country(store: Store, catalog: Catalog) -> None:
    exhibit = points_exhibit(
        catalog.indicators["self_sufficiency_rate"], "non_western",
        ["aarhus", "denmark", "koebenhavn", "odense"], Y2022,
        Figures(store.series(["self_sufficiency_rate"])), catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert exhibit.title == "Selvforsørgelse: Aarhus ligger 7,2\u00a0procentpoint under hele landet"
    assert "X-aksen begynder ved 65\u00a0%." in exhibit.remarks
    assert exhibit.table.rows == (
        ("Aarhus", "70,0\u00a0%"),
        ("Hele landet", "77,2\u00a0%"),
        ("København", "81,8\u00a0%"),  # Odense has no figure, and no row
    )
    assert {"−7,2", "+4,6"} <= set(labels(exhibit.figure))
    assert faults_of(exhibit, catalog) == []


def test_groups_beside_each_other(store: Store, catalog: Catalog) -> None:
    exhibit = groups_exhibit(
        catalog.indicators["temporary_benefit_share"], "aarhus", ["non_western", "danish"],
        parse_period("2024"), Figures(store.series(["temporary_benefit_share"])), catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert exhibit.table.rows == (
        ("Ikke-vestlig baggrund", "ca.\u00a010\u00a0%", "knap hver tiende"),
        ("Dansk baggrund", "1,7\u00a0%", "–"),  # nobody's words
    )
    assert marks(exhibit.figure) == [(10.0, True), (1.7, False)]
    assert "Åben markør og »ca.«: Kilden oplyser tallet omtrentligt." in exhibit.remarks
    assert faults_of(exhibit, catalog) == []


def test_shares_are_shown_with_their_counts(store: Store, catalog: Catalog) -> None:
    exhibit = points_exhibit(
        catalog.indicators["labour_market_link_share"], "programme_parents_with_data",
        ["gellerup", "viby_syd"], parse_period("2024M10D06"),
        Figures(store.series(["labour_market_link_share"])), catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert "21\u00a0af\u00a068 (31\u00a0%)" in exhibit.title  # not the 30 % of the paper
    assert [round(value, 1) for value, _ in marks(exhibit.figure)] == [30.9, 23.1]
    assert faults_of(exhibit, catalog) == []


def test_hidden_values_are_not_drawn(hidden_catalog: Catalog, hidden_figures: Figures) -> None:
    exhibit = points_exhibit(
        hidden_catalog.indicators["persons"], "all", ["gellerup", "viby_syd"], Y2022,
        hidden_figures, hidden_catalog,
    )  # fmt: skip
    assert exhibit is not None
    # One value is a number: a lone dot would have nothing to be seen beside.
    assert marks(exhibit.figure) == []
    assert labels(exhibit.figure)[0] == "7 af 10 (70 %)"
    assert faults_of(exhibit, hidden_catalog) == []


def test_a_value_of_zero_is_shown(hidden_catalog: Catalog, hidden_figures: Figures) -> None:
    exhibit = groups_exhibit(
        hidden_catalog.indicators["hours"], "aarhus", ["all", "danish"], Y2022, hidden_figures,
        hidden_catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert labels(exhibit.figure)[0] == "0 timer om ugen"
    assert faults_of(exhibit, hidden_catalog) == []


@pytest.mark.parametrize(
    ("group", "areas", "period"),
    [
        ("non_western", ["aarhus"], "2022"),  # hidden
        ("all", ["aarhus"], "2019"),
        ("all", ["gellerup"], "2022"),
    ],
)
def test_nothing_to_draw(
    group: str,
    areas: list[str],
    period: str,
    hidden_catalog: Catalog,
    hidden_figures: Figures,
) -> None:
    rate, when = hidden_catalog.indicators["rate"], parse_period(period)
    assert points_exhibit(rate, group, areas, when, hidden_figures, hidden_catalog) is None
    assert groups_exhibit(rate, areas[0], [group], when, hidden_figures, hidden_catalog) is None


# --- titles and single numbers -------------------------------------------------------------------


def groups_title(store: Store, catalog: Catalog, indicator_id: str, period: str, *ids: str) -> str:
    exhibit = groups_exhibit(
        catalog.indicators[indicator_id], "aarhus", ids, parse_period(period),
        Figures(store.series([indicator_id])), catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert faults_of(exhibit, catalog) == []
    return exhibit.title.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("indicator_id", "period", "groups", "title"),
    [
        ("temporary_benefit_share", "2024", ["non_western", "danish"],
         "Midlertidige ydelser i Aarhus: ca. 10 % blandt borgere med ikke-vestlig baggrund mod "
         "1,7 % blandt borgere med dansk baggrund"),
        ("women_outside_labour_market_share", "2024", ["non_western_women", "danish_women"],
         "Kvinder uden for arbejdsmarkedet i Aarhus: ca. 30 % med ikke-vestlig baggrund mod "
         "ca. 10 % med dansk baggrund"),
        ("activation_hours_required", "2024", ["job_ready", "activity_ready"],
         "Timekrav i Aarhus: 37 timer om ugen for jobparate ledige mod 25 for aktivitetsparate "
         "ledige (2024)"),
        ("nsk_advisor_hours", "2024", ["all"],
         "Timer til NSK-vejledere i Aarhus: 5 timer om ugen i 2024"),
        ("nsk_budget", "2024", ["all"],
         "Budget til NSK-vejledere i Aarhus: 400.000 kr. om året i 2024"),
        ("nsk_cases", "2025M03", ["all"], "NSK-sager i Aarhus: 60 i alt, opgjort marts 2025"),
        ("nsk_network_actors", "2024M12", ["all"],
         "Aktører på netværksmødet i Aarhus: mere end 30 i december 2024"),
        ("sanction_share", "2024", ["non_western"],
         "Sanktionsandel i Aarhus, borgere med ikke-vestlig baggrund: ca. 20,5 % (oplyst juni "
         "2024)"),
        ("childcare_wait_months", "2024M06", ["all"],
         "Ventetid på pasning i Aarhus: 2-3 måneder (oplyst juni 2024)"),
    ],
)  # fmt: skip
def test_a_title_of_groups_names_indicator_place_and_numbers(
    store: Store,
    catalog: Catalog,
    indicator_id: str,
    period: str,
    groups: list[str],
    title: str,
) -> None:
    assert groups_title(store, catalog, indicator_id, period, *groups) == title


@pytest.mark.parametrize(
    ("indicator_id", "period", "group", "title"),
    [
        ("programme_staff", "2025M03", "all",
         "Medarbejdere i teamet: 11 i både Gellerup og Viby Syd"),
        ("children_with_notification", "2024:2025M03", "programme_children",
         "Børn med underretning: 32 af 176 (18 %) i Gellerup mod 45 af 104 (43 %) i Viby Syd"),
        ("notifications_per_child", "2024:2025M03", "programme_children",
         "Underretninger pr. barn med underretning: 1,5 i Gellerup mod 2,0 i Viby Syd"),
    ],
)  # fmt: skip
def test_a_title_of_areas_names_indicator_places_and_numbers(
    store: Store, catalog: Catalog, indicator_id: str, period: str, group: str, title: str
) -> None:
    exhibit = points_exhibit(
        catalog.indicators[indicator_id], group, ["gellerup", "viby_syd"], parse_period(period),
        Figures(store.series([indicator_id])), catalog,
    )  # fmt: skip
    assert exhibit is not None
    assert exhibit.title.replace("\u00a0", " ") == title
    assert faults_of(exhibit, catalog) == []


TOWNS = ["odense", "koebenhavn", "aalborg", "esbjerg", "randers", "viborg", "vejle", "horsens"]


@for_each(
    ("kind", "counts", "values", "title"),
    [
        # Two are named, more are counted; equal ones, shares and means each in their way.
        ("count", False, (75, 44), "Job: 75 i Aarhus mod 44 i Odense"),
        ("count", False, (75, 44, 23), "Job: 75 i Aarhus mod 23-44 i de to andre kommuner"),
        ("count", False, (75, 90, 23, 44), "Job: 75 i Aarhus mod 23-90 i de tre andre kommuner"),
        ("count", False, (75, 44, 44), "Job: 75 i Aarhus mod 44 i de to andre kommuner"),
        ("count", False, (1, *range(2, 10)), "Job: 1 i Aarhus mod 2-9 i de otte andre kommuner"),
        ("proportion", True, (20, 30, 41),
         "Job: 20 af 100 (20 %) i Aarhus mod 30-41 % i de to andre kommuner"),
        ("proportion", False, (20.0, 30.5, 41.0),
         "Job: 20,0 % i Aarhus mod 30,5-41,0 % i de to andre kommuner"),
    ],
)  # fmt: skip
def test_a_title_of_several_areas_leaves_none_of_them_out(
    kind: Kind, counts: bool, values: tuple[float, ...], title: str
) -> None:
    made = made_catalog(indicator(kind, "percent" if kind == "proportion" else "persons",
                                  decimals=int(kind == "proportion")))  # fmt: skip
    areas = {name: replace(made.areas["odense"], area_id=name, name=name.capitalize())
             for name in TOWNS}  # fmt: skip
    made = replace(made, areas={**areas, **made.areas}, area_sets={})
    ids = ["aarhus", *TOWNS][: len(values)]
    rows = [
        observation(value, area=area, of=(value, 100) if counts else None)
        for area, value in zip(ids, values, strict=True)
    ]
    exhibit = points_exhibit(made.indicators["rate"], "all", ids, Y2022, Figures(rows), made)
    assert exhibit is not None
    assert exhibit.title.replace("\u00a0", " ").replace("\u2060", "") == title
    assert faults_of(exhibit, made) == []
    # A rough figure has no place in a range.
    rough = [rows[0], *(row._replace(status="approximate") for row in rows[1:])]
    exhibit = points_exhibit(made.indicators["rate"], "all", ids, Y2022, Figures(rough), made)
    assert exhibit is not None
    assert ("kommuner med tal" in exhibit.title) is (len(values) > 2)


def test_between_groups_and_programme_areas_nothing_is_better(
    store: Store, catalog: Catalog
) -> None:
    """Neither in a title nor in a remark, whatever the indicator and whoever stands beside whom."""
    figures = Figures(store.series(list(catalog.indicators)))
    said = []
    for indicator_id, area_id, group_id in figures:
        row = figures.newest(indicator_id, area_id, group_id)
        assert row is not None
        own_indicator = catalog.indicators[indicator_id]
        areas = ["gellerup", "viby_syd"] if area_id in ("gellerup", "viby_syd") else [area_id]
        exhibits = (
            points_exhibit(own_indicator, group_id, areas, row.period, figures, catalog),
            groups_exhibit(
                own_indicator, area_id, [group_id, *catalog.groups], row.period, figures, catalog
            ),
        )
        said += [text for each in exhibits if each for text in (each.title, *each.remarks)]
    assert len(said) > 100
    assert [text for text in said if "bedre" in text or "dårligere" in text] == []


@pytest.mark.parametrize("state", TARGET_STATES)
def test_only_a_decided_target_stands_beside_a_figure(
    hidden_catalog: Catalog, hidden_figures: Figures, state: TargetState
) -> None:
    made = replace(
        hidden_catalog,
        targets=(Target("t", "rate", "aarhus", "danish", "2030", 90.0, state, "", "paper", None),),
    )
    exhibit = groups_exhibit(
        made.indicators["rate"], "aarhus", ["danish"], Y2022, hidden_figures, made
    )
    assert exhibit is not None
    # Beside nothing but a proposal the figure is a number.
    assert isinstance(exhibit.marks, DotMarks) is (state == "decided")
    said = " ".join(exhibit.remarks)
    # A law writes its limit as it likes: 40 %, not 40,0 %.
    assert ("90" if state == "legal_threshold" else "90,0") in said
    assert ("måltallet" in said) is (state == "decided")


def test_the_reading_tests_the_pair_of_the_title() -> None:
    """Whoever stands between them, of areas and of groups."""
    made = made_catalog()
    rows = [
        observation(50.0, of=(50, 100)),
        observation(10.0, area="odense", of=(10, 100)),
        observation(52.0, area="denmark"),
        observation(52.0, group="danish", of=(52, 100)),
        observation(55.0, group="non_western", of=(55, 100)),
    ]
    areas = points_exhibit(
        made.indicators["rate"], "all", ["odense", "aarhus", "denmark"], Y2022, Figures(rows), made
    )
    assert areas is not None
    assert "Odense: 10 af 100" in areas.remarks[0].replace("\u00a0", " ")
    assert "end i hele landet" in areas.remarks[0]
    assert areas.remarks[1] == "Én af to forskelle til hele landet er statistisk sikker."
    groups = groups_exhibit(
        made.indicators["rate"], "aarhus", ["non_western", "all", "danish"], Y2022, Figures(rows),
        made,
    )  # fmt: skip
    assert groups is not None
    assert "ingen sikker forskel fra borgere med dansk baggrund" in groups.remarks[0]


@pytest.mark.parametrize("doubted", ["aarhus", "denmark"])
def test_a_doubted_value_is_marked_as_such(doubted: str) -> None:
    made = replace(made_catalog(), implausible=frozenset({("rate", doubted, "all", "2022")}))
    rows = [observation(1.0), observation(75.0, area="denmark")]
    exhibit = points_exhibit(
        made.indicators["rate"], "all", ["aarhus", "denmark"], Y2022, Figures(rows), made
    )
    assert exhibit is not None
    mark = "(usandsynligt tal, ikke bekræftet)"
    assert mark in exhibit.title
    # What cannot be believed is no measure: both values stand there, and no difference to it.
    assert exhibit.title.endswith(f"under hele landet {mark}") is (doubted == "aarhus")
    alone = groups_exhibit(made.indicators["rate"], doubted, ["all"], Y2022, Figures(rows), made)
    assert alone is not None
    assert "% (usandsynligt tal, ikke bekræftet) i 2022" in alone.title


def test_a_school_stage_is_where_pupils_are() -> None:
    made = made_catalog()
    made = replace(made, groups={
        **made.groups,
        "upper": PopulationGroup("upper", "Udskoling", "", None),
        "middle": PopulationGroup("middle", "Mellemtrin", "", None),
    })  # fmt: skip
    rows = [observation(6.9, group="upper"), observation(6.4, group="middle")]
    exhibit = groups_exhibit(
        made.indicators["rate"], "aarhus", ["upper", "middle"], Y2022, Figures(rows), made
    )
    assert exhibit is not None
    title = "Job i Aarhus: 6,9 % i udskolingen mod 6,4 % på mellemtrinnet"
    assert exhibit.title.replace("\u00a0", " ") == title


@for_each(
    ("areas", "is_said"),
    [(["gellerup", "tilst"], True), (["gellerup", "aarhus"], True), (["gellerup"], False),
     (["aarhus", "odense"], False)],
)  # fmt: skip
def test_between_programme_areas_no_difference_is_an_effect(
    areas: list[str], is_said: bool
) -> None:
    made = made_catalog()
    rows = [observation(50.0, year, area=area) for area in areas for year in ("2021", "2022")]
    drawn = (
        points_exhibit(made.indicators["rate"], "all", areas, Y2022, Figures(rows), made),
        trend_exhibit(made.indicators["rate"], "all", areas, Figures(rows), made),
    )
    assert [NO_EFFECT in exhibit.remarks for exhibit in drawn if exhibit] == [is_said, is_said]


def test_of_how_many_there_are_data_stands_behind_that_no_difference_is_an_effect() -> None:
    of_rate = replace(indicator(), source_note="Registret er fra oktober")
    rows = [
        observation(50.0, area=area, of=(50, 100))._replace(note=f"data på {part} af 100")
        for area, part in (("gellerup", 80), ("tilst", 25))
    ]
    areas = ["gellerup", "tilst"]
    exhibit = points_exhibit(of_rate, "all", areas, Y2022, Figures(rows), made_catalog(of_rate))
    assert exhibit is not None
    noted = "Gellerup: data på 80 af 100; Tilst: data på 25 af 100."
    assert [*exhibit.remarks].count(noted) == 1
    assert exhibit.remarks.index(noted) == exhibit.remarks.index(NO_EFFECT) + 1


def test_a_mean_without_its_spread_says_that_no_uncertainty_is_known() -> None:
    mean = indicator("mean", "notifications")
    exhibit = points_exhibit(
        mean, "all", ["aarhus", "odense"], Y2022,
        Figures([observation(2.0), observation(1.5, area="odense")]), made_catalog(mean),
    )  # fmt: skip
    assert exhibit is not None
    assert exhibit.remarks[0] == NO_SPREAD


@pytest.mark.parametrize(
    ("name", "kind", "unit", "under"),
    [
        ("Underretninger pr. barn", "mean", "notifications", "Underretninger pr. barn, 2022"),
        ("Andel i job", "proportion", "percent", "Andel i job, procent, 2022"),
    ],
)
def test_a_subtitle_names_its_unit_once(name: str, kind: Kind, unit: str, under: str) -> None:
    own_indicator = replace(indicator(kind, unit), name=name)
    exhibit = points_exhibit(
        own_indicator,
        "all",
        ["aarhus"],
        Y2022,
        Figures([observation(2.0)]),
        made_catalog(own_indicator),
    )
    assert exhibit is not None
    assert exhibit.subtitle == under
