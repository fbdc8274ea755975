"""An area's figures summed up in a sentence: how many are better, worse, not certain."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison
from kpi.domain.judgement import summary
from kpi.domain.verdicts import summary_of
from kpi.domain.vocabulary import BETTER, EQUAL, HIGHER, LOWER, SAME, WORSE, Verdict
from kpi.store import Store
from kpi.views.area import area_view
from kpi.views.beside import with_municipal
from kpi.views.overview import overview
from kpi.views.theme import theme_view
from tests.kpi.domain.made_comparisons import AARHUS, MADE, said
from tests.tables import for_each

JUDGED = (-9.0, -1.0)


def country(verdict: Verdict) -> Comparison:
    return said(verdict, interval=JUDGED)


def middle(verdict: Verdict) -> Comparison:
    return said(verdict, "area_set", MEDIAN, areas=97)


def peers(verdict: Verdict) -> Comparison:
    return said(verdict, "area_set", "cities", areas=3)


@for_each(
    ("benchmarks", "text"),
    [
        ([], ""),
        # one figure
        ([country(BETTER)], "Aarhus ligger bedre end hele landet på den ene opgørelse"),
        ([country(WORSE)], "Aarhus ligger dårligere end hele landet på den ene opgørelse"),
        ([country(HIGHER)], "Aarhus ligger højere end hele landet på den ene opgørelse"),
        ([country(SAME)], "Aarhus: ingen sikker forskel fra hele landet på den ene opgørelse"),
        ([said(EQUAL)], "Aarhus ligger på niveau med hele landet på den ene opgørelse"),
        ([middle(BETTER)],
         "Aarhus ligger bedre end medianen af de 97 andre kommuner på den ene opgørelse"),
        ([peers(WORSE)], "Aarhus ligger dårligere end Byerne uden Aarhus på den ene opgørelse"),
        # all of them
        ([country(BETTER)] * 2, "Aarhus ligger bedre end hele landet på begge opgørelser"),
        ([country(WORSE)] * 3, "Aarhus ligger dårligere end hele landet på alle tre opgørelser"),
        ([middle(WORSE)] * 2,
         "Aarhus ligger dårligere end medianen af de andre kommuner på begge opgørelser"),
        ([peers(BETTER)] * 2, "Aarhus ligger bedre end Byerne uden Aarhus på begge opgørelser"),
        # some
        ([country(BETTER), country(SAME)],
         "Aarhus ligger bedre end hele landet på én af to opgørelser"),
        ([country(WORSE), country(HIGHER), country(SAME)],
         "Aarhus ligger dårligere end hele landet på én af tre opgørelser"),
        # København's two worse ones are not left out under its better one.
        ([country(BETTER), country(WORSE), country(WORSE)],
         "Aarhus ligger bedre end hele landet på én af tre opgørelser og dårligere på to"),
        ([country(BETTER), middle(WORSE)],
         "Aarhus ligger bedre end sammenligningsgrundlaget på én af to opgørelser og dårligere på "
         "én"),
        ([country(BETTER), peers(BETTER)],
         "Aarhus ligger bedre end sammenligningsgrundlaget på begge opgørelser"),
        # none
        ([country(SAME)] * 2, "Aarhus: ingen sikker forskel fra hele landet på begge opgørelser"),
        ([country(SAME), said(EQUAL)],
         "Aarhus: ingen sikker forskel fra hele landet på begge opgørelser"),
        # Sure is said only where chance was judged.
        ([said(EQUAL)] * 2, "Aarhus ligger på niveau med hele landet på begge opgørelser"),
        ([country(HIGHER), country(LOWER)],
         "Aarhus sammenlignet med hele landet på begge opgørelser"),
        # numbers of one sentence are spelled in one way
        ([country(BETTER)] * 4 + [country(SAME)] * 9,
         "Aarhus ligger bedre end hele landet på 4 af 13 opgørelser"),
        ([country(BETTER)] * 2 + [country(WORSE)] * 13,
         "Aarhus ligger bedre end hele landet på 2 af 15 opgørelser og dårligere på 13"),
        ([country(WORSE)] * 13, "Aarhus ligger dårligere end hele landet på alle 13 opgørelser"),
    ],
)  # fmt: skip
def test_a_summary(benchmarks: list[Comparison], text: str) -> None:
    assert summary(AARHUS, benchmarks, MADE) == text


@for_each(
    ("benchmarks", "shown", "doubted", "text"),
    [
        # A page with more figures says which are counted.
        ([country(BETTER)], 2, 0,
         "Aarhus ligger bedre end hele landet på den ene opgørelse med landstal"),
        ([country(WORSE)] * 2, 6, 0,
         "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal"),
        ([country(BETTER), country(WORSE)], 6, 0,
         "Aarhus ligger bedre end hele landet på én af to opgørelser med landstal og dårligere på "
         "én"),
        ([middle(WORSE)] * 2, 3, 0,
         "Aarhus ligger dårligere end medianen af de andre kommuner på begge opgørelser med "
         "sammenligningsgrundlag"),
        ([country(BETTER), middle(BETTER)], 6, 0,
         "Aarhus ligger bedre end sammenligningsgrundlaget på begge opgørelser"),
        # A doubted one is not counted, and named.
        ([middle(BETTER), middle(BETTER)], 3, 1,
         "Aarhus ligger bedre end medianen af de andre kommuner på begge opgørelser; ét "
         "usandsynligt tal er ikke regnet med"),
        ([country(BETTER)], 3, 2,
         "Aarhus ligger bedre end hele landet på den ene opgørelse; to usandsynlige tal er ikke "
             "regnet med"),
    ],
)  # fmt: skip
def test_a_summary_says_what_it_counts(
    benchmarks: list[Comparison], shown: int, doubted: int, text: str
) -> None:
    assert summary(AARHUS, benchmarks, MADE, shown, doubted) == text


def test_a_doubted_figure_of_laesoe_is_left_out_of_its_finding(
    store: Store, catalog: Catalog
) -> None:
    view = area_view(store, catalog, "laesoe")
    (doubted,) = (
        row for row in view.profile.rows if any(badge.kind == "doubted" for badge in row.cautions)
    )
    # It is judged nowhere, and has no place.
    assert doubted.verdict is not None
    assert (doubted.verdict.kind, doubted.verdict.text) == ("unknown", "Ikke vurderet")
    assert doubted.outcome is None
    assert doubted.place.share is None
    assert doubted.name.casefold() not in view.title.casefold()


def test_the_page_of_aarhus_says_where_it_stands(store: Store, catalog: Catalog) -> None:
    """In words of places, not in those of the front page."""
    title = area_view(store, catalog, "aarhus").title
    assert title == "Aarhus ligger efter på beskæftigelse, men blandt de bedste på fravær"
    assert title != overview(store, catalog, (), "aarhus").title


@pytest.mark.some_cases
@pytest.mark.parametrize("place", range(98))
def test_every_municipality_is_summed_up(store: Store, catalog: Catalog, place: int) -> None:
    """None of the 98 goes without: neither on its own page nor on a front page of its own."""
    municipalities = [area for area in catalog.areas.values() if area.level == "municipality"]
    assert len(municipalities) == 98
    area = municipalities[place]
    assert area_view(store, catalog, area.area_id).title != area.name
    assert overview(store, catalog, (), area.area_id).title.startswith(f"{area.name} ligger ")


def test_a_theme_counts_only_its_own(store: Store, catalog: Catalog) -> None:
    """Its headline is the summary of its own figures' benchmarks."""
    for area_id in ("aarhus", "koebenhavn", "faxe"):
        area = catalog.areas[area_id]
        for theme_id, theme in catalog.themes.items():
            ids = [indicator.indicator_id for indicator in catalog.indicators_of(theme_id)]
            rows = store.series(ids)
            figures = with_municipal(store, catalog, rows, [area_id])
            # Every group of the theme counts, as on the area's own page.
            own = [
                row for key in sorted(figures.keys())
                if key[1] == area_id and catalog.is_in_use(key[0], key[2])
                and catalog.theme_of(key[0], key[2]) == theme_id and (row := figures.newest(*key))
            ]  # fmt: skip
            view = theme_view(store, catalog, theme_id, area_id)
            shown = [card for card in (*view.cards, *view.later) if card.value != "–"]
            expected = summary_of(area, own, figures, catalog, len(shown))
            title = view.title
            if (area_id, theme_id) == ("aarhus", "opgang_til_opgang"):  # its areas come first
                assert title.startswith("Gellerup: sikker forskel fra Viby Syd på ")
                continue
            assert title == (expected or theme.name)
