"""A figure that cannot be believed decides nothing: not its own verdict, nor those of others."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.plan import Target
from kpi.domain.progress import progress_text
from kpi.domain.selection import Selection
from kpi.domain.targets import compared_with_targets
from kpi.domain.vocabulary import NO_COMPARISON
from kpi.exhibits import Exhibit, distance_exhibit
from kpi.exhibits.funnel import can_be_funnel, funnel_exhibit
from kpi.exhibits.reading import reading_of
from tests.kpi.made import catalog, indicator, observation

RATE, LINK = indicator(), Selection("sammenlign")
COUNTS = {"aarhus": (31, 100), "odense": (480, 1000), "esbjerg": (470, 1000), "randers": (900, 900)}
ROWS = [observation(100 * n / of, area=area, of=(n, of)) for area, (n, of) in COUNTS.items()]
COUNTRY = observation(47.0, area="denmark", of=(4700, 10000))


def _doubting(*area_ids: str) -> Catalog:
    keys = {("rate", area_id, "all", period) for area_id in area_ids for period in ("2022", "2025")}
    return replace(catalog(), implausible=frozenset(keys))


def _funnel(rows: Sequence[Observation], known: Catalog) -> Exhibit:
    exhibit = funnel_exhibit(RATE, rows, ["aarhus", "randers"], known, LINK)
    assert exhibit is not None
    return exhibit


def test_the_funnels_common_share_and_verdicts_are_as_without_it() -> None:
    doubted, without = _funnel(ROWS, _doubting("randers")), _funnel(ROWS[:3], catalog())
    assert doubted.title == without.title
    assert doubted.subtitle == without.subtitle
    by_area = {row[0]: row for row in doubted.table.rows}
    assert by_area.pop("Randers")[-1] == "ikke vurderet"
    assert [*by_area.values()] == [*without.table.rows]
    # Believed, it would draw all to itself.
    assert _funnel(ROWS, catalog()).title != doubted.title
    filled = {dot.name: dot.is_filled for dot in doubted.marks.dots if dot.is_chosen}  # type: ignore[union-attr]
    assert filled == {"Aarhus": True, "Randers": False}


def test_two_believed_areas_are_no_funnel() -> None:
    assert can_be_funnel(ROWS[:3], ["aarhus"], RATE, catalog())
    assert not can_be_funnel(ROWS[:3], ["aarhus"], RATE, _doubting("esbjerg"))


def test_its_difference_is_not_among_those_that_are_sure() -> None:
    rows, areas = [*ROWS, COUNTRY], ["aarhus", "odense", "randers"]
    for known, remark in (
        (catalog(), "To af tre forskelle til hele landet er statistisk sikre."),
        (_doubting("randers"), "Én af to forskelle til hele landet er statistisk sikker."),
    ):
        exhibit = distance_exhibit(RATE, rows, areas, known, LINK)
        assert exhibit is not None
        assert remark in exhibit.remarks


def test_nothing_is_read_from_its_difference() -> None:
    own = ROWS[-1]
    believed = reading_of([own, COUNTRY], RATE, catalog())
    doubted = reading_of([own, COUNTRY], RATE, _doubting("randers"))
    assert "forskellen er statistisk sikker" in believed
    assert believed.startswith(doubted)
    assert "forskel" not in doubted


def test_it_neither_reaches_nor_misses_a_target() -> None:
    target = Target("t", "rate", "aarhus", "all", "2025", 80, "decided", "", "paper")
    rows = [observation(60.0, "2022"), observation(95.0, "2025")]
    known = replace(catalog(), targets=(target,))
    assert progress_text(rows, target, RATE, known) == "Måltallet er nået i 2025."
    doubting = replace(_doubting("aarhus"), targets=(target,))
    assert progress_text(rows, target, RATE, doubting) == ""
    (comparison,) = compared_with_targets(rows[-1], RATE, doubting)
    assert (comparison.verdict, comparison.is_judged) == (NO_COMPARISON, False)
    assert comparison.gap_points == 15
