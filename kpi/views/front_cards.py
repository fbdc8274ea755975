"""The front page's two cards: what is worse and what is better than its benchmark, a row each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures
from kpi.domain.judgement import lacks_uncertainty
from kpi.domain.measure import shown_counts
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.selection import Selection
from kpi.domain.targets import target_summary, targets_of
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import EQUAL, SAME, VERDICT_NAMES
from kpi.domain.wording import (
    Badge,
    capital,
    caution_badges,
    counts_in_words,
    in_text,
    listing,
)
from kpi.exhibits.parts import whose
from kpi.views.placed import Placed, best_first, worst_first
from kpi.views.row_words import dated_with_age, gap_to_benchmark, place_words

# Rows of a card; the others stand on the area's page, but one alone is not left out.
_MOST_ROWS, _SPARE_ROWS = 4, 1
_NO_TARGETS = "Der er ikke sat mål for nogen af nøgletallene her."


@dataclass(frozen=True)
class FrontRow:
    """A figure in a line: `9,0 under landet (82,2)` is its gap, `nr. 97 af 98` its rank.

    `key` is its indicator, area and group.
    `badges` are what a reader must know of it; `target` is empty where none is set. A comparison of
    two areas has both values in `gap`, and an empty `value`.
    """

    key: tuple[str, str, str]
    name: str
    dated: str
    value: str
    gap: str
    rank: str
    badges: tuple[Badge, ...]
    selection: Selection
    target: str = ""


@dataclass(frozen=True)
class FrontCard:
    """What is worse, or better: how many figures, and the first rows of them."""

    title: str
    subtitle: str
    rows: tuple[FrontRow, ...]


@dataclass(frozen=True)
class FrontCards:
    """Both cards, None where nothing belongs into one, and the line of remarks under them."""

    worse: FrontCard | None
    better: FrontCard | None
    note: str

    @property
    def shorter(self) -> Literal["worse", "better"] | None:
        """The card that ends first, under which there is room for the remarks."""
        if not self.worse or not self.better or len(self.worse.rows) == len(self.better.rows):
            return None
        return "better" if len(self.worse.rows) > len(self.better.rows) else "worse"


def front_cards(
    area: Area,
    judged: Sequence[Placed],
    programmes: Sequence[tuple[Observation, Sequence[Comparison]]],
    catalog: Catalog,
    doubted: int,
) -> FrontCards:
    """The cards of an area's judged figures, and of its programme areas that do not differ.

    `programmes` as `without_sure_difference` gives them; `doubted` figures are not among the
    judged, as they cannot be believed.
    """
    worse, better = worst_first(judged), best_first(judged)
    level = [each for each in judged if each.comparison.verdict in (SAME, EQUAL)]
    worse_rows = [_row(each, catalog) for each in worse]
    better_rows = [_row(each, catalog) for each in better]
    level_rows = [_row(each, catalog) for each in level]
    level_rows += [_programme_row(row, others, catalog) for row, others in programmes]
    return FrontCards(
        _card(f"{_counted(len(worse))} er dårligere", worse_rows, "værste") if worse else None,
        _card(
            f"{_counted(len(better))} er bedre"
            if better
            else f"{capital(VERDICT_NAMES[SAME])} på {in_text(_counted(len(level_rows)))}",
            [*better_rows, *level_rows],
            "bedste",
            then_level=0 < len(better) < _MOST_ROWS and bool(level_rows),
        )
        if better_rows or level_rows
        else None,
        _note(judged, catalog, doubted),
    )


def _counted(count: int) -> str:
    (word,) = counts_in_words(count, common=False)
    return f"{capital(word)} nøgletal"


def _card(title: str, rows: Sequence[FrontRow], first: str, then_level: bool = False) -> FrontCard:
    """A card of rows in the order of their rank; `then_level`: the last ones do not differ."""
    has_places = sum(bool(row.rank) for row in rows) > 1
    # Both in full would not be on one line.
    by = "først, derefter uden sikker forskel" if then_level else "placering først"
    order = f"{capital(first)} {by} · " if has_places or then_level else ""
    most = len(rows) if len(rows) <= _MOST_ROWS + _SPARE_ROWS else _MOST_ROWS
    more = f" · vist: de første {fmt.count_word(most)}" if most < len(rows) else ""
    return FrontCard(
        title,
        f"{order}{'f' if order else 'F'}orskel i procentpoint eller nøgletallets enhed{more}",
        tuple(rows[:most]),
    )


def _row(each: Placed, catalog: Catalog) -> FrontRow:
    row, indicator = each.row, catalog.indicators[each.row.indicator_id]
    is_set = targets_of(catalog.targets, row.indicator_id, row.area_id, row.group_id)
    summary = (
        target_summary(catalog.targets, indicator, row, [row.area_id], catalog, catalog.day)
        if is_set
        else ""
    )
    level = Badge("same", capital(VERDICT_NAMES[SAME]))
    return FrontRow(
        row[:3],
        ", ".join([indicator.short_name, *whose(indicator, row.group_id, catalog)]),
        dated_with_age(row, indicator, catalog),
        fmt.display(row, indicator),
        gap_to_benchmark(each.comparison, indicator),
        _rank(each, catalog),
        (
            *((level,) if each.comparison.verdict == SAME else ()),
            *caution_badges(row, catalog),
        ),
        _page_of(row, catalog),
        summary,
    )


def _rank(each: Placed, catalog: Catalog) -> str:
    """`nr. 97 af 98`, `delt nr. 8 af 98`; that only a few municipalities have a figure."""
    if each.rank is None:
        if not each.of or catalog.areas[each.row.area_id].level != "municipality":
            return ""
        (few,) = counts_in_words(each.of)
        return f"kun {few} {'kommune' if each.of == 1 else 'kommuner'} har tal"
    return place_words(each.rank)


def without_sure_difference(
    area_ids: Sequence[str], figures: Figures, catalog: Catalog
) -> tuple[tuple[Observation, tuple[Comparison, ...]], ...]:
    """Important figures of the first programme area that differ from no other one's for sure.

    Each with its comparisons with the others, all counted. What differs is neither better nor
    worse: the areas' families are others.
    """
    programme_ids = [
        area_id for area_id in area_ids if catalog.areas[area_id].level == "programme_area"
    ]
    level = []
    for key in figures:
        indicator = catalog.indicators[key[0]]
        own = figures.newest(*key)
        if (
            own is None
            or key[1] not in programme_ids[:1]
            or not indicator.headline
            or indicator.direction == "neutral"
            or not catalog.is_in_use(key[0], key[2])
        ):
            continue
        beside = tuple(
            each
            for each in comparisons(own, figures, catalog)
            if each.kind == "area" and each.other and each.is_judged
            and catalog.areas[each.with_id].level == "programme_area"
        )  # fmt: skip
        if beside and all(each.verdict == SAME for each in beside):
            level.append((own, beside))
    return tuple(level)


def _programme_row(own: Observation, others: Sequence[Comparison], catalog: Catalog) -> FrontRow:
    """`Gellerup og Viby Syd: forældre ...`, `21 af 68 mod 3 af 13`."""
    indicator = catalog.indicators[own.indicator_id]
    rows = [own, *(each.other for each in others if each.other)]
    names = [catalog.areas[row.area_id].name for row in rows]
    counts = [
        fmt.n_of_n(*counted)
        if (counted := shown_counts(row, indicator))
        else fmt.bare(row, indicator)
        for row in rows
    ]
    return FrontRow(
        own[:3],
        f"{listing(names)}: {in_text(indicator.short_name)}",
        dated_with_age(own, indicator, catalog),
        "",
        " mod ".join(counts),
        "",
        (Badge("same", capital(VERDICT_NAMES[SAME])), *caution_badges(own, catalog)),
        _page_of(own, catalog),
    )


def _page_of(row: Observation, catalog: Catalog) -> Selection:
    """Where the figure is drawn first: its theme for the usual group, Sammenlign for another."""
    theme_id = catalog.theme_of(row.indicator_id, row.group_id)
    usual = catalog.under(catalog.indicators[row.indicator_id], theme_id)
    if usual is not None and row.group_id != usual.default_group:
        return Selection("sammenlign", noegletal=row.indicator_id, grupper=(row.group_id,))
    return Selection("tema", tema=theme_id, noegletal=row.indicator_id)


def _note(judged: Sequence[Placed], catalog: Catalog, doubted: int) -> str:
    """What holds for all rows, said once: uncertainty, targets, and what is not counted."""
    compared = [(each.comparison, catalog.indicators[each.row.indicator_id]) for each in judged]
    parts = uncertainty_note(compared), _targets(judged, catalog), _doubts(judged, doubted)
    return " ".join(filter(None, parts))


def uncertainty_note(
    judged: Sequence[tuple[Comparison, Indicator]], figures: str = "kommunetallene"
) -> str:
    """Of how many comparisons the uncertainty is not known, and why; empty where it always is.

    `figures` is what the page calls them.
    """
    lacking = sum(lacks_uncertainty(*each) for each in judged)
    if not lacking:
        return ""
    if lacking == len(judged):
        return f"Kilderne oplyser ikke antallene bag {figures}, så usikkerheden er ikke beregnet."
    word, of = counts_in_words(lacking, len(judged), common=False)
    return (
        f"Usikkerheden er ikke beregnet for {word} af {of} nøgletal, fordi kilden ikke oplyser "
        "antallene bag."
    )


def _targets(judged: Sequence[Placed], catalog: Catalog) -> str:
    with_target = sum(
        bool(targets_of(catalog.targets, row.indicator_id, row.area_id, row.group_id))
        for row in (each.row for each in judged)
    )
    if not judged or with_target == len(judged):
        return ""
    if not with_target:
        return _NO_TARGETS
    word, of = counts_in_words(with_target, len(judged), common=False)
    return f"Der er sat mål for {word} af {of} nøgletal."


def _doubts(judged: Sequence[Placed], doubted: int) -> str:
    parts = []
    if doubted:
        (word,) = counts_in_words(doubted, common=False)
        values = "usandsynligt tal" if doubted == 1 else "usandsynlige tal"
        parts.append(f"{capital(word)} {values} er ikke regnet med.")
    if any(each.rank and each.rank.left_out for each in judged):
        parts.append("Usandsynlige tal har ingen placering, men indgår i medianen.")
    return " ".join(parts)
