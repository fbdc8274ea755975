"""An area's profile: places and verdicts as other pages have them, and what each row says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median
from typing import cast

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Break, Observation
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import BETTER, EQUAL, SAME, WORSE, Direction
from kpi.store import Store
from kpi.views.area import area_view
from kpi.views.overview import overview
from kpi.views.profile import Profile, ProfileRow, profile
from kpi.views.profile_legend import legend
from kpi.views.profile_order import offered_orders, offered_parts, sections
from tests.kpi import made
from tests.tables import for_each

NOTHING_NEW: frozenset[tuple[str, str]] = frozenset()
OTHERS = {f"kommune_{place}": float(place) for place in range(40, 80)}


class _Past:
    """A store that knows what one area's figures were before."""

    def __init__(self, rows: Sequence[Observation]) -> None:
        self.rows = rows

    def past(self, area_id: str, since: date) -> list[Observation]:
        return [row for row in self.rows if row.area_id == area_id and row.period.end > since]


def row_of(
    own: Observation,
    others: dict[str, float],
    catalog: Catalog,
    before: Sequence[Observation] = (),
) -> ProfileRow:
    """The profile's row of a municipality's figure among others."""
    key = own.indicator_id, own.group_id, own.period.text
    mine = {} if own.value is None or own.is_bound else {own.area_id: own.value}
    known = {key: {**others, **mine}}
    figures = Figures([own], known)
    rows = [(own, comparisons(own, figures, catalog))]
    store = cast(Store, _Past([*before, own]))
    view = profile(store, rows, catalog.areas[own.area_id], figures, known, catalog)
    return view.rows[0]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("area_id", ["aarhus", "faxe"])
def test_places_are_those_of_all_municipalities_counted_anew(shipped: Store, area_id: str) -> None:
    """And neither the median nor a mean is made of the area's own value."""
    catalog = shipped.catalog()
    rows = [row for row in area_view(shipped, catalog, area_id).profile.rows if row.place.strip]
    assert len(rows) > 10
    for row in rows:
        (newest,) = shipped.newest([row.key[0]], [area_id], ())[-1:]
        if newest.group_id != row.key[1] or newest.denominator:
            continue
        every = {
            each.area_id: each.value
            for each in shipped.everywhere(*row.key, newest.period.text)
            if catalog.areas[each.area_id].level == "municipality" and each.value is not None
        }
        others = [value for each, value in every.items() if each != area_id]
        strip = row.place.strip
        assert strip is not None
        assert strip.own == every[area_id]
        if strip.half:
            assert strip.tick == pytest.approx(median(others)), row.key
            assert strip.half[0] <= median(others) <= strip.half[1]
        believed = {
            each: value
            for each, value in every.items()
            if each not in catalog.doubted_areas(newest)
        }
        assert sorted(strip.ends) == [min(believed.values()), max(believed.values())]


@pytest.mark.parametrize("area_id", ["aarhus", "faxe", "laesoe"])
def test_the_front_page_counts_and_places_the_same(shipped: Store, area_id: str) -> None:
    catalog = shipped.catalog()
    view = area_view(shipped, catalog, area_id).profile
    cards = overview(shipped, catalog, (), area_id).cards
    rows = {row.key: row for row in view.rows}
    for card, outcome in ((cards.worse, WORSE), (cards.better, BETTER)):
        for front in card.rows if card else ():
            if front.key[1] != area_id or not front.rank.startswith(("nr.", "delt")):
                continue
            row = rows[front.key[0], front.key[2]]
            # The badge "På niveau" of a row says the first words.
            level = row.outcome == EQUAL
            gap = front.gap.removeprefix("på niveau ") if level else front.gap
            assert (row.place.rank, row.gap) == (front.rank, gap)
            # What does not differ stands last in the card of what is better.
            assert row.outcome in (outcome, EQUAL, SAME)
    counted = offered_parts(view, NOTHING_NEW, ("daarligere", "bedre"))
    assert counted["daarligere"].endswith(f"· {sum(row.outcome == WORSE for row in view.rows)}")
    assert counted["bedre"].endswith(f"· {sum(row.outcome == BETTER for row in view.rows)}")


@pytest.mark.parametrize("area_id", ["roedovre", "gellerup", "aarhus"])
def test_badge_and_gap_read_as_a_sentence(shipped: Store, area_id: str) -> None:
    """`Ingen sikker forskel` is followed by the whole gap, `På niveau` by the rest of it."""
    for row in area_view(shipped, shipped.catalog(), area_id).profile.rows:
        if row.gap and row.verdict is not None:
            assert row.gap.startswith("med ") is (row.verdict.text == "På niveau"), row.key


@for_each(
    ("direction", "value", "rank", "note"),
    [
        ("higher_is_better", 79.0, "delt nr. 1 af 41", ""),
        ("higher_is_better", 39.0, "nr. 41 af 41", ""),
        ("lower_is_better", 39.0, "nr. 1 af 41", ""),
        ("lower_is_better", 79.04, "delt nr. 40 af 41", ""),  # as it is shown
        ("neutral", 80.0, "højest", "af 41"),
        ("neutral", 78.5, "næsthøjest", "af 41"),
        ("neutral", 39.0, "lavest", "af 41"),
        ("neutral", 40.5, "næstlavest", "af 41"),
        ("neutral", 43.0, "delt 4. lavest", "af 41"),
    ],
)
def test_a_place_in_words(direction: Direction, value: float, rank: str, note: str) -> None:
    catalog = made.catalog(made.indicator(direction=direction))
    row = row_of(made.observation(value), OTHERS, catalog)
    assert (row.place.rank, row.place.rank_note) == (rank, note)
    assert row.has_direction is (direction != "neutral")
    assert row.place.strip is not None
    left, right = row.place.strip.ends
    assert (left > right) is (direction == "lower_is_better")
    assert rank in row.place.alt


def test_few_areas_are_counted_and_not_called_many() -> None:
    row = row_of(made.observation(50.0), {"odense": 40.0}, made.catalog())
    assert row.place.rank == "2 kommuner"
    assert row.place.strip is not None
    assert (row.place.strip.others, row.place.strip.half) == ((40.0,), None)
    alone = row_of(made.observation(50.0), {}, made.catalog())
    assert (alone.place.strip, alone.place.instead) == (None, "Kun Aarhus har tallet")


def test_a_value_that_is_not_believed_presses_nothing_together() -> None:
    catalog = replace(made.catalog(), implausible=frozenset({("rate", "aarhus", "all", "2022")}))
    row = row_of(made.observation(4000.0), OTHERS, catalog)
    strip = row.place.strip
    assert strip is not None
    assert (strip.own, sorted(strip.ends)) == (None, [40.0, 79.0])
    assert (row.place.share, row.outcome) == (None, None)
    assert [badge.kind for badge in row.cautions] == ["doubted"]
    assert row.verdict is not None
    assert (row.verdict.kind, row.verdict.text) == ("unknown", "Ikke vurderet")


# --- what a row says of its value -----------------------------------------------------------------

ZERO = made.observation(0.0)
ROUGH = made.observation(50.0, status="approximate", decimals=0)
HIDDEN = made.observation(None, status="suppressed")._replace(as_published="<5")
MISSING = made.observation(None, status="missing")
AT_LEAST = made.observation(30.0, status="at_least", decimals=0)._replace(low=30.0)


@for_each(
    ("own", "value", "dot", "rank", "note"),
    [
        (ZERO, "0,0 %", (0.0, False), "nr. 41 af 41", ""),
        (ROUGH, "ca. 50 %", (50.0, True), "delt nr. 30 af 41", ""),
        (HIDDEN, "<5", (None, False), "", "ingen placering"),
        (MISSING, "ikke oplyst", (None, False), "", "ingen placering"),
        (AT_LEAST, "mindst 30 %", (None, False), "", "ingen placering"),
    ],
)
def test_hidden_missing_zero_rough_and_at_least_are_told_apart(
    own: Observation, value: str, dot: tuple[float | None, bool], rank: str, note: str
) -> None:
    row = row_of(own, OTHERS, made.catalog())
    strip = row.place.strip
    assert strip is not None  # the others are there
    assert (plain(row.value), (strip.own, strip.is_open)) == (value, dot)
    assert (row.place.rank, row.place.rank_note) == (rank, note)
    assert plain(row.place.alt).startswith(f"Aarhus {value}")


def test_counts_of_few_people_are_shown() -> None:
    row = row_of(made.observation(31.0, of=(21, 68)), OTHERS, made.catalog())
    assert plain(row.value) == "21 af 68 (31 %)"


# --- what was before ------------------------------------------------------------------------------


@for_each(
    ("periods", "since", "change"),
    [
        # Five years before; of more, none older.
        (["2010", "2016", "2017", "2021", "2022"], "siden 2017", "+2,0"),
        # Of the years between the oldest.
        (["2016", "2019", "2021", "2022"], "siden 2019", "+2,0"),
        (["2016", "2022"], "", "–"),
        # The same part of another year.
        (["2019K2", "2020K1", "2021K4", "2022K1"], "siden 1. kvartal 2020", "+2,0"),
        (["2019K2", "2021K4", "2022K1"], "", "–"),
        (["2016/2017", "2017/2018", "2022/2023"], "siden 2017/2018", "+1,0"),
    ],
)
def test_a_change_is_from_the_oldest_of_five_years(
    periods: list[str], since: str, change: str
) -> None:
    *before, own = (made.observation(50.0 + place, period) for place, period in enumerate(periods))
    past = row_of(own, OTHERS, made.catalog(), before).past
    assert (past.since, past.change) == (since, change)


def test_a_change_across_a_break_is_none_and_says_so() -> None:
    broken = replace(made.indicator(), breaks=(Break(date(2021, 7, 1), "Ny opgørelse"),))
    before = [made.observation(40.0, "2019"), made.observation(42.0, "2020")]
    past = row_of(made.observation(50.0), OTHERS, made.catalog(broken), before).past
    assert (past.change, past.points) == ("–", None)
    assert past.since == "brud i serien 1. juli 2021"
    # The line is parted there.
    assert [len(stretch) for stretch in past.stretches] == [2, 1]


def test_a_small_change_of_few_people_is_no_sure_one() -> None:
    before = [made.observation(30.0, "2019", of=(20, 68))]
    past = row_of(made.observation(31.0, of=(21, 68)), OTHERS, made.catalog(), before).past
    assert past.since == "siden 2019, ingen sikker ændring"


@for_each(
    ("periods", "stretches", "instead"),
    [
        ([], [], "ét tal"),
        (["2021"], [], "to tal"),
        (["2019", "2020", "2021"], [4], ""),
        (["2016", "2017", "2020", "2021"], [2, 3], ""),  # a missing year is a gap
        (["2014", "2018"], [1, 1, 1], ""),  # single years are dots
        (["2021K1", "2021K2", "2021K3"], [], "ét tal"),  # of another kind of period
    ],
)
def test_a_small_line_has_its_gaps(periods: list[str], stretches: list[int], instead: str) -> None:
    before = [made.observation(40.0, period) for period in periods]
    past = row_of(made.observation(50.0), OTHERS, made.catalog(), before).past
    assert [len(stretch) for stretch in past.stretches] == stretches
    assert past.instead == instead


def test_a_hidden_year_is_a_gap_and_no_zero() -> None:
    before = [
        made.observation(40.0, "2018"),
        made.observation(41.0, "2019"),
        made.observation(None, "2020", status="suppressed"),
        made.observation(42.0, "2021"),
    ]
    past = row_of(made.observation(50.0), OTHERS, made.catalog(), before).past
    values = [[value for _, value in stretch] for stretch in past.stretches]
    assert values == [[40.0, 41.0], [42.0, 50.0]]


# --- order ----------------------------------------------------------------------------------------


@pytest.fixture
def aarhus(shipped: Store) -> tuple[Profile, Catalog]:
    catalog = shipped.catalog()
    return area_view(shipped, catalog, "aarhus").profile, catalog


def test_every_order_has_every_row_once(aarhus: tuple[Profile, Catalog]) -> None:
    view, catalog = aarhus
    for sorting in offered_orders(view, ()):
        parts = sections(view, sorting, "alle", NOTHING_NEW, catalog)
        ids = [row.id for part in parts for row in part.rows]
        assert sorted(ids) == sorted(row.id for row in view.rows), sorting
        assert (len(parts) > 2) is (sorting == "tema")


def test_rows_behind_and_ahead_are_each_others_reverse(aarhus: tuple[Profile, Catalog]) -> None:
    view, catalog = aarhus
    shares = {
        sorting: [
            row.place.share
            for part in sections(view, sorting, "alle", NOTHING_NEW, catalog)
            for row in part.rows
            if row.place.share is not None
        ]
        for sorting in offered_orders(view, ())
    }
    assert shares["bagud"] == sorted(shares["bagud"], reverse=True)
    assert shares["foran"] == shares["bagud"][::-1]
    oldest = sections(view, "aeldst", "alle", NOTHING_NEW, catalog)
    days = [row.until for part in oldest for row in part.rows]
    assert days == sorted(days)


def test_what_is_shown_is_what_is_counted(aarhus: tuple[Profile, Catalog]) -> None:
    view, catalog = aarhus
    new = frozenset(row.key for row in view.rows[:7])
    for shown, name in offered_parts(view, new, ()).items():
        parts = sections(view, "bagud", shown, new, catalog)
        assert name.endswith(f"· {sum(len(part.rows) for part in parts)}")


def test_many_rows_of_a_theme_are_folded_and_so_is_the_background(
    aarhus: tuple[Profile, Catalog],
) -> None:
    view, catalog = aarhus
    parts = sections(view, "tema", "alle", NOTHING_NEW, catalog)
    assert [part.id for part in parts if part.is_folded] == [
        "opgang_til_opgang", "background",
    ]  # fmt: skip
    many = replace(view, rows=tuple(replace(row, theme_id="employment") for row in view.rows))
    (whole,) = sections(many, "tema", "alle", NOTHING_NEW, catalog)
    assert whole.is_folded
    first, rest = sections(many, "aeldst", "alle", NOTHING_NEW, catalog)
    assert (first.is_folded, rest.is_folded, len(first.rows)) == (False, True, 30)


def test_a_legend_names_the_marks_that_are_drawn(shipped: Store) -> None:
    catalog = shipped.catalog()
    marks = {
        area_id: [mark for mark, _ in legend(area_view(shipped, catalog, area_id).profile)]
        for area_id in ("aarhus", "faxe", "gellerup", "region_midtjylland", "tilst")
    }
    assert marks["aarhus"] == ["own", "tick", "range", "half", "set", "similar", "other"]
    assert marks["faxe"] == ["own", "tick", "range", "half", "similar"]  # it is in no set
    assert marks["gellerup"] == ["own", "other"]
    assert marks["region_midtjylland"] == ["own", "other", "tick"]
    assert marks["tilst"] == []


def test_few_rows_need_no_order(shipped: Store) -> None:
    view = area_view(shipped, shipped.catalog(), "gellerup").profile
    assert list(offered_orders(view, ())) == ["tema"]
    # But a link may ask for one.
    assert list(offered_orders(view, ("bagud", ""))) == ["tema", "bagud"]
    assert list(offered_parts(view, NOTHING_NEW, ("bedre",))) == ["alle", "bedre"]
