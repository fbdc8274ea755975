"""A place in words: shared by equal values, and counted from an end where neither is better."""

from kpi.domain.ranking import rank
from kpi.domain.vocabulary import Direction
from kpi.store import Store
from kpi.views.row_words import place_words
from kpi.views.standings import rank_text, standings
from tests.kpi import made
from tests.tables import for_each

VALUES = {"aarhus": 3.6, "odense": 3.6, "randers": 2.1, "esbjerg": 5.0, "aalborg": 3.64}


@for_each(
    ("direction", "area", "words"),
    [
        ("lower_is_better", "randers", "nr. 1"),
        # 3,64 is shown as 3,6 and shares the place.
        ("lower_is_better", "aalborg", "delt nr. 2"),
        ("lower_is_better", "esbjerg", "nr. 5"),
        ("higher_is_better", "aarhus", "delt nr. 2"),
        ("neutral", "esbjerg", "højest"),
        ("neutral", "randers", "lavest"),
        ("neutral", "odense", "delt næsthøjest"),
    ],
)
def test_a_place_in_words(direction: Direction, area: str, words: str) -> None:
    indicator = made.indicator(direction=direction)
    ranked = rank(VALUES, area, indicator, "cities")
    assert ranked is not None
    catalog = made.catalog(indicator)
    assert rank_text(ranked, indicator, catalog) == f"{words} blandt Byerne (5 har tal)"
    if direction != "neutral":
        assert place_words(ranked) == f"{words} af 5"


def test_equal_figures_have_equal_places(shipped: Store) -> None:
    """København and Aalborg have the same unemployment."""
    both = standings(shipped, "unemployment_rate", ["koebenhavn", "aalborg"])
    catalog = shipped.catalog()
    indicator = catalog.indicators["unemployment_rate"]
    said = [rank_text(each.rank, indicator, catalog) for each in both if each.rank]
    assert said == ["delt nr. 3 blandt 6-byerne (6 har tal)"] * 2
