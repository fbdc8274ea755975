"""All ways to show a comparison of a figure, each read back to what it says.

A new place is a function of a `World` that yields a `Said` a figure, and a line in `WAYS`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kpi.charts.marks import BENCHMARK, FOCUS, DotMarks, LineMarks, RankMarks
from kpi.cli.show_answers import show_answer, show_text
from kpi.domain.judgement import NO_BASIS, NOT_JUDGED
from kpi.domain.model import Observation
from kpi.domain.targets import target_name
from kpi.domain.vocabulary import (
    BETTER,
    EQUAL,
    NO_COMPARISON,
    SAME,
    VERDICT_NAMES,
    WORSE,
)
from kpi.domain.wording import (
    NO_UNCERTAINTY,
    NOT_COMPARED,
    UNKNOWN,
    VERDICT_KINDS,
    Badge,
    in_text,
)
from kpi.exhibits.parts import benchmark_name
from kpi.views.cards import Card
from kpi.views.heat_map import heat_map
from kpi.views.overview import overview
from kpi.views.plan import plan_view
from kpi.views.rows import AreaRow
from kpi.views.standings import standings
from kpi.views.theme import theme_view
from tests.kpi.said import VERDICT_CODES, Said, World, badge_said, gap_said, plain


def _card(world: World, card: Card) -> Iterator[Said]:
    own = world.row(card.indicator.indicator_id)
    if own is None:
        return
    said = badge_said(own[:3], card.badges)
    first = card.sentence.split("** og ")[0]
    gap, name = gap_said(first) if first.startswith("**") else (None, None)
    if said.name and name:
        assert said.name == name, card
    yield said._replace(gap=gap)


_FRONT_GAP = re.compile(
    r"(?P<gap>(?:ca\. )?[\d.,]+) (?P<side>over|under) (?P<name>\w+) \([\d.,−]+\)"
    r"|på niveau med (?P<level>\w+) \([\d.,−]+\)"
)
_FRONT_NAMES = {"landet": "hele landet", "medianen": None, "gennemsnittet": None}


def front_rows(world: World) -> Iterator[Said]:
    """The lines of the front page's cards: which card they stand in, their gap and badge."""
    cards = overview(world.store, world.catalog, [], world.home_id).cards
    for card, verdict in ((cards.worse, WORSE), (cards.better, BETTER)):
        for row in card.rows if card else ():
            is_chance = any(badge.kind == "same" for badge in row.badges)
            if not row.value:
                yield Said(row.key, may_choose=True, is_chance=is_chance)
                continue
            match = _FRONT_GAP.fullmatch(plain(row.gap))
            assert match is not None, row
            if match["level"]:
                yield Said(row.key, name=_FRONT_NAMES[match["level"]], gap=VERDICT_NAMES[EQUAL])
                continue
            said = SAME if is_chance else verdict
            sign = "+" if match["side"] == "over" else "−"
            rough, _, size = match["gap"].rpartition(" ")
            gap = f"{rough} {sign}{size}".strip()
            yield Said(row.key, said, _FRONT_NAMES[match["name"]], gap=gap)


def heat_cells(world: World) -> Iterator[Said]:
    """The cells of the front page's heat map."""
    catalog = world.catalog
    heat = heat_map(world.store, catalog, world.home_id)
    if heat is None:
        return
    keys = {}
    for indicator_id, _, group_id in world.figures:
        indicator = catalog.indicators[indicator_id]
        name = indicator.short_name
        if group_id != indicator.default_group:
            name += f", {in_text(catalog.groups[group_id].name)}"
        keys[name] = indicator_id, group_id
    for area_name, cells in heat.rows:
        for (name, _), cell in zip(heat.columns, cells, strict=True):
            indicator_id, group_id = keys[name]
            if cell.verdict is not None and area_name == catalog.areas[world.home_id].name:
                key = (indicator_id, world.area_id(area_name), group_id)
                yield Said(key, cell.verdict, None, cell.is_sure, plain(cell.gap))


def theme_cards(world: World) -> Iterator[Said]:
    """The cards of every theme's page; what is said once under them is said of each verdict."""
    for theme_id in world.catalog.themes:
        view = theme_view(world.store, world.catalog, theme_id, world.home_id)
        for card in (*view.cards, *view.later):
            yield from _card(world, _with_uncertainty(card) if view.lacks_uncertainty else card)


def _with_uncertainty(card: Card) -> Card:
    """The card as it would be alone: a verdict says that its uncertainty is not computed."""
    unsure = Badge(UNKNOWN, NO_UNCERTAINTY)
    assert unsure not in card.badges
    is_judged = any(badge.kind in VERDICT_KINDS for badge in card.badges)
    return replace(card, badges=(*card.badges, unsure)) if is_judged else card


def _row(world: World, row: AreaRow) -> Iterator[Said]:
    key = row.indicator.indicator_id, world.area_id(row.area_name), row.group_id
    said = badge_said(key, row.badges)
    if not row.against or said.verdict in (None, NO_COMPARISON):
        yield said
        return
    name, _, gap = row.against[0]
    assert said.name == plain(name), row
    yield said._replace(gap=plain(gap))


def opened_rows(world: World) -> Iterator[Said]:
    """The side panels of an area's page."""
    for opened in world.opened:
        yield from _row(world, opened.row)


_PROFILE_GAP = re.compile(
    r"(?P<gap>(?:ca\. )?[\d.,]+) (?P<side>over|under|højere end|lavere end) (?:blandt )?"
    r"(?P<name>.+) \(.*\)"
    r"|med (?:blandt )?(?P<level>.+) \(.*\)"
)


def profile_rows(world: World) -> Iterator[Said]:
    """The lines of an area's profile: badge, gap, and with whom."""
    for row in world.area.profile.rows:
        key = row.key[0], world.home_id, row.key[1]
        if row.verdict is None:
            yield Said(key)
            continue
        if row.verdict.text == NOT_COMPARED:
            yield Said(key, NO_COMPARISON)
            continue
        match = _PROFILE_GAP.fullmatch(plain(row.gap))
        assert match is not None, row
        name = match["level"] or match["name"]
        gap = VERDICT_NAMES[EQUAL]
        if not match["level"]:
            rough, _, size = match["gap"].rpartition(" ")
            sign = "+" if match["side"] in ("over", "højere end") else "−"
            gap = f"{rough} {sign}{size}".strip()
        name = _FRONT_NAMES.get(name, name)
        if any(badge.kind == "doubted" for badge in row.cautions):
            assert row.verdict.text == NOT_JUDGED, row
            yield Said(key, name=name, gap=gap)
            continue
        verdict = VERDICT_CODES[row.verdict.text.lower()]
        yield Said(key, verdict, name, row.verdict.is_sure, gap)


def indicator_rows(world: World) -> Iterator[Said]:
    """The side panels of every indicator's page."""
    for view in world.views:
        for row in view.rows:
            yield from _row(world, row)


def bases(world: World) -> Iterator[Said]:
    """What "Om tallet" says that every figure is compared with."""
    for indicator, view in zip(world.catalog.indicators.values(), world.views, strict=True):
        for row, (group_id, name) in zip(view.rows, view.bases, strict=True):
            key = indicator.indicator_id, world.area_id(row.area_name), group_id
            assert name in view.about.benchmark or name == NO_BASIS
            yield Said(key, NO_COMPARISON) if name == NO_BASIS else Said(key, name=name)


def plan_rows(world: World) -> Iterator[Said]:
    """The figures beside the action plan's initiatives."""
    catalog = world.catalog
    view = plan_view(world.store, catalog, None, catalog.day, world.home_id)
    for row in (row for section in view.sections for row in section.rows):
        title = row.initiative.title
        named = tuple(
            area_id for area_id in world.focus if title.endswith(f" {catalog.areas[area_id].name}")
        )
        for figure in row.figures:
            own = world.row(figure.selection.noegletal, named)
            if own is not None:
                yield badge_said(own[:3], figure.badges)


_LINE = re.compile(
    r"  i forhold til (?P<name>.+): (?P<gap>(?:ca\. )?\S+)(?: [^(]+)? \((?P<words>[^()]+)\)"
)


def command_line(world: World) -> Iterator[Said]:
    """`kpi show` as text: the first line under a figure that has a verdict."""
    for own in _newest(world):
        rows = standings(world.store, own.indicator_id, [own.area_id], [own.group_id])
        indicator = world.catalog.indicators[own.indicator_id]
        target_names = [
            in_text(target_name(target, indicator, world.catalog))
            for target in world.catalog.targets
        ]
        for line in show_text(world.catalog, own.indicator_id, rows).splitlines():
            match = _LINE.fullmatch(line)
            if (
                not match
                or match["words"] == VERDICT_NAMES[NO_COMPARISON]
                or match["name"] in target_names
            ):
                continue
            words, _, unsure = match["words"].partition("; ")
            said = Said(own[:3], name=match["name"], gap=match["gap"])
            if words != in_text(NOT_JUDGED):
                said = said._replace(verdict=VERDICT_CODES[words], is_sure=not unsure)
            yield said
            break


def command_line_json(world: World) -> Iterator[Said]:
    """`kpi show --json`: the codes that other programs read."""
    for own in _newest(world):
        rows = standings(world.store, own.indicator_id, [own.area_id], [own.group_id])
        (row,) = show_answer(world.store, own.indicator_id, rows)["rows"]
        for comparison in row["comparisons"]:
            if comparison["kind"] != "target" and comparison["verdict"] != "ingen sammenligning":
                verdict = VERDICT_CODES.get(comparison["verdict"], SAME)  # "kan ikke skelnes"
                gap = f"{comparison['gap']:+.10f}".replace("-", "−")
                sure = comparison["uncertainty"] != "not_calculated"
                yield Said(own[:3], verdict, is_sure=sure, gap=gap, value=comparison["value"])
                break


def _newest(world: World) -> Iterator[Observation]:
    """The area's own newest figures."""
    for key in world.figures:
        own = world.figures.newest(*key)
        if own is not None and own.area_id == world.home_id:
            yield own


_TITLE = re.compile(r"(?:^|: )(?P<area>[^:]+?) ligger (?P<phrase>.+)")


def exhibits(world: World) -> Iterator[Said]:
    """The titles of all charts that say how far an area lies from its benchmark."""
    for exhibit in world.exhibits:
        match = _TITLE.search(exhibit.title)
        if match:
            assert exhibit.title in exhibit.alt
            gap, name = gap_said(match["phrase"])
            row = exhibit.observations[0]
            if match["area"] == world.catalog.areas[world.home_id].name:
                key = row.indicator_id, world.home_id, row.group_id
                is_chance = f"({VERDICT_NAMES[SAME]})" in exhibit.title
                yield Said(key, None, name, gap=gap, may_choose=True, is_chance=is_chance)


def benchmarks(world: World) -> Iterator[Said]:
    """The benchmark that charts draw beside the area's newest figure: its name and its value."""
    for exhibit in world.exhibits:
        own = exhibit.observations[0]
        key = own.indicator_id, world.home_id, own.group_id
        newest = world.figures.newest(*key)
        if newest is None or newest.period not in {row.period for row in exhibit.observations}:
            continue
        marks = exhibit.marks
        if isinstance(marks, LineMarks):
            for line in marks.lines:
                value = next((p.value for p in line.points if p.period == newest.period), None)
                if line.role == BENCHMARK and marks.lines[0].role == FOCUS and value is not None:
                    name = benchmark_name(line.name)
                    yield Said(key, None, name, may_choose=True, value=value)
        elif isinstance(marks, DotMarks | RankMarks):
            # A ranking of municipalities may be about the one that a programme area lies in.
            focus = [dot.name for dot in marks.dots if dot.role == FOCUS]
            if focus and world.catalog.areas[world.home_id].name not in focus[0]:
                continue
            for dot in marks.dots:
                if dot.role == BENCHMARK:
                    name = benchmark_name(dot.name)
                    yield Said(key, None, name, may_choose=True, value=dot.value)


WAYS: dict[str, Callable[[World], Iterator[Said]]] = {
    way.__name__: way
    for way in (front_rows, heat_cells, theme_cards, profile_rows, opened_rows, indicator_rows,
                bases, plan_rows, command_line, command_line_json, exhibits, benchmarks)
}  # fmt: skip
