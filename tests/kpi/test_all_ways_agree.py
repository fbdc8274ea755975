"""No two places say different things of one figure: verdict, against whom, gap, uncertainty."""

import os
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kpi.domain import format as fmt
from kpi.domain.judgement import lacks_uncertainty, leading
from kpi.domain.measure import compares_in_percent
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import EQUAL, NO_COMPARISON, SAME, VERDICT_NAMES
from kpi.domain.wording import other_name
from kpi.store import Store, init, open_store
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.said import Said, World
from tests.kpi.ways import WAYS
from tests.tables import for_each


def truth(world: World, said: Said) -> tuple[Said, float | None, bool]:
    """What is to be said of the same figure; its exact gap, and whether that is approximate."""
    own = world.figures.newest(*said.key)
    assert own is not None, said
    catalog = world.catalog
    judged = comparisons(own, world.figures, catalog)
    comparison = leading(judged)
    if comparison is None:
        return Said(said.key), None, False
    indicator, area = catalog.indicators[own.indicator_id], catalog.areas[own.area_id]
    if said.may_choose and not comparison.is_benchmark:
        chosen = (each for each in judged if other_name(each, catalog, area) == said.name)
        comparison = next(chosen, comparison)
    name = other_name(comparison, catalog, area).replace("\u00a0", " ")
    approximate = own.is_approximate or (
        comparison.other is not None and comparison.other.is_approximate
    )
    sure = not lacks_uncertainty(comparison, indicator)
    right = Said(
        said.key,
        comparison.verdict,
        name,
        sure,
        value=comparison.value,
        is_chance=comparison.verdict == SAME,
    )
    return right, comparison.gap_points, approximate


def disagreements(world: World, said: Said) -> list[str]:
    """How a place differs from what is to be said; none where it says nothing of it."""
    right, gap, approximate = truth(world, said)
    if right.verdict is None:
        return [f"{said}: no comparison"] if said.verdict not in (None, NO_COMPARISON) else []
    pairs = [
        ("verdict", said.verdict, right.verdict),
        ("name", said.name, _without_count(right.name, said.name)),
        ("is_sure", said.is_sure, right.is_sure),
        ("is_chance", said.is_chance, right.is_chance),
        ("value", _rounded(said.value), _rounded(right.value)),
    ]
    differences = [f"{said}: {what} {shown} is not {it}" for what, shown, it in pairs
             if shown is not None and shown != it]  # fmt: skip
    if said.gap is not None and gap is not None:
        decimals = world.catalog.indicators[said.key[0]].decimals
        agrees = same_gap(said.gap, gap, approximate, decimals)
        differences += [] if agrees else [f"{said}: gap {gap}"]
    return differences


def mixed_axes(world: World) -> list[str]:
    """The charts that have shares and bare counts on one axis."""
    mixed = []
    for exhibit in world.exhibits:
        indicator = world.catalog.indicators[exhibit.observations[0].indicator_id]
        valued = [row for row in exhibit.observations if row.value is not None]
        if len({compares_in_percent(row, indicator) for row in valued}) > 1:
            mixed.append(exhibit.title)
    return mixed


def _without_count(name: str | None, text: str | None) -> str | None:
    """A benchmark's name without how many areas it is of, where the place does not say that.

    In a series it differs by period.
    """
    if name is None or text is None or re.search(r"\d", text):
        return name
    return re.sub(r"\bde [\d.]+ andre\b", "de andre", name)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def same_gap(text: str, gap: float, approximate: bool, of: int = 1) -> bool:
    """Whether a shown gap is the exact one, rounded to the decimals it is shown with.

    `of` are the indicator's decimals.
    """
    if text == VERDICT_NAMES[EQUAL]:
        return fmt.rounds_to_zero(gap, 0 if approximate else of)
    number = text.removeprefix("ca. ")
    decimals = len(number.partition(",")[2] or number.partition(".")[2])
    is_rough = text.startswith("ca. ")
    if "." in number and decimals == 10:  # JSON
        return float(number.replace("−", "-")) == pytest.approx(gap, abs=1e-9)
    shown = fmt.number(gap, decimals, sign=True)
    return number.lstrip("+") == shown.lstrip("+") and is_rough is approximate


# From each kind of area: with programme areas, in a set, in none, within another, above all.
HOMES = ("aarhus", "koebenhavn", "laesoe", "faxe", "gellerup", "viby_syd", "region_midtjylland",
         "denmark", "tilst")  # fmt: skip


@cache
def _world(store: Store, home_id: str) -> World:
    """The default figures as seen from an area; their store stays open as long as the tests run."""
    return World(store, store.catalog(), home_id)


# `make test` asks each way of one place, and of other ways another.
@pytest.mark.parametrize(
    ("way", "home_id"),
    [
        pytest.param(way, home_id, marks=[] if number % len(HOMES) == place else pytest.mark.soak)
        for number, way in enumerate(WAYS)
        for place, home_id in enumerate(HOMES)
    ],
)
def test_every_place_says_the_same(store: Store, way: str, home_id: str) -> None:
    world = _world(store, home_id)
    assert [
        disagreement for said in WAYS[way](world) for disagreement in disagreements(world, said)
    ] == []


@pytest.mark.some_cases
@pytest.mark.parametrize("way", WAYS)
def test_every_place_says_something(store: Store, way: str) -> None:
    """An extractor that reads nothing back would agree with anything."""
    listed = list(WAYS[way](_world(store, "aarhus")))
    assert any(said.verdict or said.gap or said.name for said in listed)


@pytest.mark.soak
def test_every_figure_with_a_verdict_is_shown_in_several_places(store: Store) -> None:
    world = _world(store, "aarhus")
    judged = {
        key for key in world.figures
        if key[1] in world.focus and (own := world.figures.newest(*key))
        and leading(comparisons(own, world.figures, world.catalog))
    }  # fmt: skip
    ways_by_key: dict[tuple[str, str, str], set[str]] = {}
    for way, read in WAYS.items():
        for said in read(world):
            ways_by_key.setdefault(said.key, set()).add(way)
    home = {key for key in judged if key[1] == "aarhus"}
    assert len(home) > 5
    assert {key for key in home if len(ways_by_key.get(key, ())) < 4} == set()


@pytest.mark.some_cases
@pytest.mark.parametrize("place", range(98 + 5 + 1 + 3))
def test_every_area_s_own_page_says_the_same(store: Store, place: int) -> None:
    catalog = store.catalog()
    assert len(catalog.areas) == 98 + 5 + 1 + 3
    world = World(store, catalog, [*catalog.areas][place])
    said = [row for way in ("profile_rows", "opened_rows") for row in WAYS[way](world)]
    assert [disagreement for each in said for disagreement in disagreements(world, each)] == []


# --- of any figures -------------------------------------------------------------------------------

_AREAS = ("denmark", "aarhus", "odense", "randers", "faxe", "lolland", "gellerup", "viby_syd")
_SHARE = st.one_of(
    st.integers(0, 1000).map(lambda tenths: f"{tenths / 10},,"),
    st.integers(1, 400).flatmap(
        lambda of: st.integers(0, of).map(lambda part: f"{round(100 * part / of, 1)},{part},{of}")
    ),
)
_COUNT = st.integers(0, 90).map(lambda n: f"{n},,") | st.integers(0, 90).map(lambda n: f"{n},,90")
_STATUS = st.sampled_from(["final", "final", "approximate"])


def _rows(area_id: str) -> st.SearchStrategy[list[str]]:
    """Lines of one area: of either year, each group and indicator, or not."""
    keys = [
        *((f"rate,{area_id},{group},{year}", _SHARE) for group in ("all", "non_western", "danish")
          for year in ("2021", "2022")),
        (f"persons,{area_id},all,2022", _COUNT),
        (f"hours,{area_id},all,2022", st.integers(0, 40).map(lambda hours: f"{hours},,")),
    ]  # fmt: skip
    lines = [st.none() | st.builds(lambda value, status, key=key: f"{key},{value},{status}",
                                   value, _STATUS) for key, value in keys]  # fmt: skip
    return st.tuples(*lines).map(lambda drawn: [line for line in drawn if line])


FIGURES = st.tuples(*(_rows(area_id) for area_id in _AREAS)).map(
    lambda areas: [line for lines in areas for line in lines]
)


# Of one year in the areas of a set, mostly without the country: their mean is the benchmark.
OF_A_SET = st.fixed_dictionaries(
    dict.fromkeys(("aarhus", "odense", "randers"), _SHARE),
    optional=dict.fromkeys(("denmark", "faxe", "viby_syd"), _SHARE),
).map(
    lambda shares: [f"rate,{area_id},all,2021,{share},final" for area_id, share in shares.items()]
)


# Without shrinking: every try builds a store.
@pytest.mark.soak
@settings(
    max_examples=500 if "SPOR_SOAK" in os.environ else 1,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(FIGURES.filter(bool) | OF_A_SET)
def test_of_any_figures_every_place_says_the_same(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = write_tiny(Path(folder, "data"), "\n".join(lines))
        append(data, "area.csv", "faxe,Faxe,municipality,denmark,320,")
        append(data, "area.csv", "lolland,Lolland,municipality,denmark,360,")
        init(Path(folder, "spor"), data)
        store = open_store(Path(folder, "spor"))
        try:
            catalog = store.catalog()
            disagreeing = [
                f"{way}: {disagreement}"
                for world in (
                    World(store, catalog, area_id) for area_id in ("aarhus", "gellerup", "denmark")
                )
                for way, read in WAYS.items()
                for said in read(world)
                for disagreement in disagreements(world, said)
            ]
            disagreeing += mixed_axes(World(store, catalog, "aarhus"))
        finally:
            store.close()
    assert disagreeing == []


COUNTED = """
rate,aarhus,all,2021,45.0,45,100,final
rate,aarhus,all,2022,47.0,47,100,final
rate,odense,all,2021,50.0,50,100,final
rate,odense,all,2022,50.0,50,100,final
rate,randers,all,2021,52.0,52,100,final
rate,randers,all,2022,52.0,52,100,final
rate,faxe,all,2021,48.0,48,100,final
rate,faxe,all,2022,90.0,90,100,final
rate,lolland,all,2021,51.0,51,100,final
rate,lolland,all,2022,54.0,54,100,final
"""


@pytest.mark.parametrize("home_id", ["aarhus", "faxe"])
def test_of_counted_figures_without_a_country_every_place_says_the_same(
    tmp_path: Path, home_id: str
) -> None:
    """The median is the benchmark, and the counts say what chance can do: or that it cannot."""
    data = write_tiny(tmp_path / "data", COUNTED)
    append(data, "area.csv", "faxe,Faxe,municipality,denmark,320,")
    append(data, "area.csv", "lolland,Lolland,municipality,denmark,360,")
    init(tmp_path / "spor", data)
    store = open_store(tmp_path / "spor")
    try:
        world = World(store, store.catalog(), home_id)
        sayings = [(way, said) for way, read in WAYS.items() for said in read(world)]
        assert [
            disagreement for _, said in sayings for disagreement in disagreements(world, said)
        ] == []
    finally:
        store.close()
    chances = {said.is_chance for way, said in sayings if way == "exhibits"}
    assert chances == {home_id == "aarhus"}


ROUGH = """
rate,denmark,all,2022,15.0,,,final
rate,aarhus,all,2022,15.2,,,approximate
rate,odense,all,2022,15.5,,,approximate
rate,randers,all,2022,14.4,,,approximate
rate,aarhus,all,2021,15.4,,,final
"""
MIXED = """
persons,denmark,all,2022,5,,,final
persons,aarhus,all,2022,58,,90,final
persons,odense,all,2022,71,,,final
persons,randers,all,2022,60,,90,final
persons,viby_syd,all,2022,63,,,final
persons,aarhus,all,2021,40,,,final
persons,aarhus,all,2020,50,,80,final
"""


ONE_YEAR = """
rate,aarhus,all,2022,29.3,,,final
rate,odense,all,2022,34.6,,,approximate
rate,randers,all,2022,0.0,,,final
rate,faxe,all,2022,29.9,44,147,final
rate,lolland,all,2022,33.0,,,final
"""


# No country and no median of others: the mean of its set is what an area is judged by.
OF_ONE_SET = """
rate,aarhus,all,2021,8.9,,,final
rate,odense,all,2021,18.8,,,final
rate,randers,all,2021,4.6,,,final
"""
OF_ONE_SET_COUNTED = """
rate,aarhus,all,2021,45.0,45,100,final
rate,odense,all,2021,50.0,50,100,final
rate,randers,all,2021,52.0,52,100,final
"""


# The country has a figure of a later year only.
OTHER_YEAR = ONE_YEAR.replace(",2022,", ",2021,") + "rate,denmark,all,2022,45.7,118,258,final\n"


@pytest.mark.parametrize(
    "lines", [ROUGH, MIXED, ONE_YEAR, OTHER_YEAR, OF_ONE_SET, OF_ONE_SET_COUNTED]
)
def test_what_random_figures_rarely_hold_is_said_the_same(tmp_path: Path, lines: str) -> None:
    """Approximate values less than half a step apart are level; no axis has two measures.

    Of a single year without a country a chart compares an area with the median, too.
    """
    data = write_tiny(tmp_path / "data", lines)
    append(data, "area.csv", "faxe,Faxe,municipality,denmark,320,")
    append(data, "area.csv", "lolland,Lolland,municipality,denmark,360,")
    init(tmp_path / "spor", data)
    store = open_store(tmp_path / "spor")
    try:
        for home_id in ("aarhus", "odense", "randers", "denmark"):
            world = World(store, store.catalog(), home_id)
            sayings = [(way, said) for way, read in WAYS.items() for said in read(world)]
            assert [
                disagreement for _, said in sayings for disagreement in disagreements(world, said)
            ] == []
            assert not [said for _, said in sayings if said.gap in ("ca. −0", "ca. +0")]
            assert mixed_axes(world) == []
    finally:
        store.close()


@for_each(
    ("text", "gap", "approximate", "same"),
    [
        ("−7,2", -7.2, False, True), ("−7,2", -7.14, False, False), ("ca. −8", -8.3, True, True),
        ("−8", -8.3, True, False), ("ca. −8", -8.3, False, False),
        ("på niveau", 0.04, True, True), ("på niveau", 0.06, False, False),
        ("på niveau", 0.49, True, True), ("på niveau", 0.5, True, False),
        ("0,0", 0.04, False, True),
        ("−7.2000000000", -7.2, False, True), ("+7,2", -7.2, False, False),
    ],
)  # fmt: skip
def test_what_is_the_same_gap(text: str, gap: float, approximate: bool, same: bool) -> None:
    assert same_gap(text, gap, approximate) is same
