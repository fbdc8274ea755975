"""One indicator in depth: which exhibits, and what must not be held together."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit
from kpi.store import Store
from kpi.views.indicator import (
    IndicatorView,
    incomparable,
    indicator_view,
    indicator_views,
    later_exhibit,
)
from kpi.views.indicator_charts import counted_in
from kpi.views.indicator_history import history
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import observation


def view(store: Store, catalog: Catalog, indicator_id: str) -> IndicatorView:
    return indicator_view(store, catalog, catalog.indicators[indicator_id], "aarhus")


def exhibits(store: Store, catalog: Catalog, indicator_id: str) -> list[Exhibit]:
    """All that can be drawn of an indicator, first and later."""
    page = view(store, catalog, indicator_id)
    indicator = catalog.indicators[indicator_id]
    drawn = [
        page.exhibit,
        *(
            later_exhibit(store, catalog, indicator, later.group_id, "aarhus")
            for later in page.later
        ),
    ]
    return [exhibit for exhibit in drawn if exhibit is not None]


@pytest.mark.parametrize(
    ("indicator_id", "kinds"),
    [
        ("employment_rate", ["udvikling"]),
        ("self_sufficiency_rate", ["niveau"]),
        ("temporary_benefit_share", ["niveau"]),  # both groups in one
        ("school_absence", ["udvikling", "udvikling", "udvikling"]),  # programme and two stages
        ("language_mentor_places", []),
    ],
)
def test_one_period_makes_dots_and_more_make_lines(
    store: Store, catalog: Catalog, indicator_id: str, kinds: list[str]
) -> None:
    drawn = exhibits(store, catalog, indicator_id)
    assert [exhibit.key.partition("-")[0] for exhibit in drawn] == kinds


def test_the_later_ones_are_named_by_group_and_period(store: Store, catalog: Catalog) -> None:
    assert [later.name for later in view(store, catalog, "school_absence").later] == [
        "Mellemtrin (skoleår)",
        "Udskoling (skoleår)",
    ]


def test_a_group_that_is_all_hidden_or_unknown_draws_nothing(
    store: Store, catalog: Catalog
) -> None:
    indicator = catalog.indicators["school_absence"]
    assert later_exhibit(store, catalog, indicator, "non_western", "aarhus") is None


def test_different_ways_of_counting_are_distinguished(store: Store, catalog: Catalog) -> None:
    absence = view(store, catalog, "school_absence")
    assert absence.incomparable.startswith("Tallene opgøres forskelligt for ")
    assert "(halvår)" in absence.incomparable
    assert "(skoleår)" in absence.incomparable
    # No chart holds two groups or two kinds of period.
    kinds = [
        {(row.group_id, row.period.kind) for row in exhibit.observations}
        for exhibit in exhibits(store, catalog, "school_absence")
    ]
    assert [len(kind) for kind in kinds] == [1, 1, 1]


def test_groups_of_one_kind_of_period_are_no_different_counts() -> None:
    """Ten groups by year: the kind of period, said after each, would tell nothing."""
    made, groups = made_catalog(), ["all", "danish", "non_western"]
    figures = Figures(
        observation(50.0, str(year), group=group) for group in groups for year in (2021, 2022)
    )
    counted = counted_in(made.indicators["rate"], groups, ["aarhus"], figures, made)
    assert [chart.name for chart in counted] == ["Alle", "Dansk baggrund", "Ikke-vestlig baggrund"]
    assert incomparable(made.indicators["rate"], counted, ["aarhus"], figures, made) == (
        "Tallene gælder forskellige grupper: alle og dansk baggrund. De vises hver for sig og kan "
        "ikke sammenlignes."
    )


def test_groups_stand_side_by_side(store: Store, catalog: Catalog) -> None:
    (exhibit,) = exhibits(store, catalog, "temporary_benefit_share")
    assert [row[:2] for row in exhibit.table.rows] == [
        ("Ikke-vestlig baggrund", "ca.\u00a010\u00a0%"),
        ("Dansk baggrund", "1,7\u00a0%"),
    ]


def test_what_is_known_about_it(store: Store, catalog: Catalog) -> None:
    about = view(store, catalog, "employment_rate").about
    known = history(store, catalog, catalog.indicators["employment_rate"])
    assert (about.unit, about.direction, about.group) == ("procent", "Højere er bedre", "Alle")
    assert (known.figures, known.areas) == (1456, 104)
    assert [source.source_id for source in known.sources] == ["ras200"]
    assert [batch.source_id for batch in known.batches] == ["ras200"]


def test_what_is_known_of_an_indicator_without_figures(store: Store, catalog: Catalog) -> None:
    known = history(store, catalog, catalog.indicators["language_mentor_places"])
    assert (known.figures, known.areas, known.sources, known.batches) == (0, 0, (), ())


def test_several_indicators_are_seen_as_each_by_itself_and_read_at_once(
    store: Store, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = replace(catalog.indicators["employment_rate"], indicator_id="of_no_figure")
    indicators = [*catalog.indicators.values()][::4]
    indicators = [*indicators, empty, indicators[0]]
    catalog = replace(catalog, indicators={**catalog.indicators, empty.indicator_id: empty})
    alone = [indicator_view(store, catalog, indicator, "aarhus") for indicator in indicators]
    assert {view.exhibit is None for view in alone} == {True, False}
    asked: Counter[str] = Counter()
    for name in ("newest", "histories", "municipal", "implausible"):
        monkeypatch.setattr(Store, name, _counted(getattr(Store, name), name, asked))
    assert list(indicator_views(store, catalog, indicators, "aarhus")) == alone
    assert asked["histories"] == 1
    assert max(asked.values()) == 1


def _counted(
    question: Callable[..., object], name: str, asked: Counter[str]
) -> Callable[..., object]:
    """The question, which is counted whenever it is asked."""

    def ask(itself: Store, *arguments: object) -> object:
        asked[name] += 1
        return question(itself, *arguments)

    return ask


def test_a_group_and_the_one_it_is_compared_with_are_counted_alike(
    store: Store, catalog: Catalog
) -> None:
    indicator = catalog.indicators["school_absence"]
    groups = dict(catalog.groups)
    groups["lower_secondary"] = replace(
        groups["lower_secondary"], reference_group_id="middle_school"
    )
    related = replace(catalog, groups=groups)
    said = indicator_view(store, catalog, indicator, "aarhus").incomparable
    now = indicator_view(store, related, indicator, "aarhus").incomparable
    assert "udskoling" in said
    assert "udskoling" not in now
    assert "mellemtrin (skoleår)" in now
    # Out of use, a group is shown where somebody asks for it.
    groups["lower_secondary"] = replace(groups["lower_secondary"], retired="2024-01-01")
    view = indicator_view(store, replace(catalog, groups=groups), indicator, "aarhus")
    assert "lower_secondary" not in {row.group_id for row in view.rows}


def test_only_an_indicator_with_figures_of_similar_municipalities_leads_to_them(
    shipped: Store,
) -> None:
    catalog = shipped.catalog()
    assert view(shipped, catalog, "employment_rate").similar == (
        "kommuner som Aarhus",
        Selection("tema", tema="employment", noegletal="employment_rate", blandt="similar"),
    )
    assert view(shipped, catalog, "nsk_cases").similar is None


def test_the_mean_of_similar_municipalities_is_a_line_and_their_own_are_not(
    shipped: Store,
) -> None:
    catalog = shipped.catalog()
    shown = view(shipped, catalog, "school_absence_high")
    names = [name for name, _, _ in shown.rows[0].against]
    assert "kommuner som Aarhus" in names
    assert "Gladsaxe" not in names
    assert shown.exhibit is not None
    assert "gladsaxe" not in {row.area_id for row in shown.exhibit.observations}
