"""What an indstilling says of its figures: drawn ones, a programme's table, and sentences."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kpi.charts.marks import DotMarks, LineMarks, NumberMarks, OutcomeMarks
from kpi.domain.wording import capital, sentences
from kpi.exhibits.comments import is_comment
from kpi.exhibits.line_sentences import OTHER_SEASON
from kpi.exhibits.titles import SAME_SEASON
from kpi.export.deck_gathered import TRACKS, is_small
from kpi.export.outcome_table import outcome_table
from kpi.export.paper import Item, Paper
from kpi.export.sources import sources_line
from kpi.export.word_content import (
    Block,
    Caption,
    Grid,
    Heading,
    Picture,
    Reference,
    keyed,
    text,
)

PICTURE_CM = 16.0
# What the blocks of an exhibit are called by, before its key.
FIGURE = "Figur "
# Of so few figures each is drawn that has more to show than two numbers; of more only those that
# a sentence cannot say.
_FEW = 8
# Of more outcomes than these a table is read sooner, and no chart is a page by itself.
_MOST_DRAWN_OUTCOMES = 5
_MONEY = "dkk_per_year"
# Shares of a row that leave all but the longest names on one line.
_NAME, _AREA, _VERDICT = 4.9, 2.3, 2.9


def drawn_items(paper: Paper) -> tuple[Item, ...]:
    """The items that are shown as a picture, in order; the others are said in sentences."""
    items = said_items(paper)
    few = len(items) <= _FEW
    # In the order in which they stand, by theme: so they are numbered.
    themes = list(dict.fromkeys(item.theme for item in items))
    drawn = [item for item in items if _is_drawn(item, few)]
    return tuple(sorted(drawn, key=lambda item: themes.index(item.theme)))


def said_items(paper: Paper) -> tuple[Item, ...]:
    """What a person chose; of a choice that names no figures the headline ones, a programme's
    outcomes, and money.

    A programme's single figures are in the one that shows its areas beside each other, also where
    a person chose them, unless they gave them titles of their own.
    """
    choice = paper.choice
    outcomes = paper.programme.outcomes if paper.programme else None
    within = {row.indicator_id for row in outcomes.exhibit.observations} if outcomes else set()
    if choice.picked and outcomes:
        return _with_shared(paper, outcomes, within)
    named = choice.theme_ids or choice.indicator_ids or choice.picked
    if named or choice.order or choice.left_out or choice.titles:
        return paper.items
    headline = [
        item
        for item in paper.items
        if (item.indicator.headline and item.indicator.indicator_id not in within) or is_money(item)
    ]
    if outcomes:
        headline.append(outcomes)
    return tuple(headline) or paper.items


def _with_shared(paper: Paper, outcomes: Item, within: Collection[str]) -> tuple[Item, ...]:
    """The chosen figures, the shared one in the place of the first that it shows."""
    said: list[Item] = []
    for item in paper.items:
        is_shown = item.indicator.indicator_id in within
        if not is_shown or item.exhibit.key in paper.choice.titles:
            said.append(item)
        elif outcomes not in said:
            said.append(outcomes)
    return tuple(said)


def figure_blocks(
    paper: Paper, pngs: Mapping[str, bytes], tables: int, drawn_first: bool
) -> Iterator[Block]:
    """The figures' readings by theme, in order; `tables` is how many tables stand before them.

    With `drawn_first` a theme's sentences follow its pictures.
    """
    numbers = {key: number for number, key in enumerate(pngs, start=1)}
    items = [item for item in paper.items if not is_money(item)]
    themes = list(dict.fromkeys(item.theme for item in items))
    brief = _brief_tracks(items, numbers)
    for theme in themes:
        own = [item for item in items if item.theme == theme]
        if drawn_first:
            own.sort(key=lambda item: _way(item, numbers) != "drawn")
        if own[0] in brief:
            if own[0] == brief[0]:
                yield Heading(TRACKS, 2, key=f"Tema {TRACKS}")
                yield from keyed(f"Samlet {TRACKS}", _gathered(brief))
            continue
        yield Heading(theme.name, 2, key=f"Tema {theme.theme_id}")
        runs = 0
        for way, members in groupby(own, lambda item: _way(item, numbers)):
            if way == "said":
                runs += 1
                part = f"Samlet {theme.theme_id}" + (f" {runs}" if runs > 1 else "")
                yield from keyed(part, _gathered(list(members)))
                continue
            for item in members:
                key = item.exhibit.key
                if way == "drawn":
                    blocks = _drawn(item, numbers[key], pngs[key])
                else:
                    tables += 1
                    blocks = _tabled(paper, item, tables)
                yield from keyed(f"{FIGURE}{key}", blocks)


def _way(item: Item, numbers: Mapping[str, int]) -> str:
    """How the item is shown."""
    if item.exhibit.key in numbers:
        return "drawn"
    return "tabled" if isinstance(item.exhibit.marks, OutcomeMarks) else "said"


def _brief_tracks(items: Sequence[Item], numbers: Mapping[str, int]) -> list[Item]:
    """The items of the tracks of which none is more than a sentence, where there are several."""
    tracks = [item.theme for item in items if item.theme.plan_track is not None]
    brief = [
        theme
        for theme in dict.fromkeys(tracks)
        if all(_way(item, numbers) == "said" for item in items if item.theme == theme)
    ]
    return [item for item in items if item.theme in brief] if len(brief) > 1 else []


def _drawn(item: Item, number: int, png: bytes) -> Iterator[Block]:
    """A finding that refers to its figure, the figure, and its source with what else to know."""
    exhibit, deviations = item.exhibit, _deviations(item)
    yield text(
        f"{item.title.rstrip('.')}, jf. ",
        Reference("Figur", number),
        ". ",
        sentences(reading_of(item), *deviations),
    )
    yield Caption("Figur", number, exhibit.subtitle or item.title)
    yield Picture(png, PICTURE_CM, exhibit.alt)
    rest = [
        caveat for caveat in item.caveats if caveat not in deviations and not is_comment(caveat)
    ]
    yield text(sentences(exhibit.source, *rest, *item.roundings), kind="source")


def reading_of(item: Item) -> str:
    """How the figure is read; not what the title before it has just said."""
    is_said = item.reading == OTHER_SEASON and SAME_SEASON in item.title
    return "" if is_said else item.reading


def _tabled(paper: Paper, item: Item, number: int) -> Iterator[Block]:
    """A programme's outcomes: what they find, a row for each, and what else to know."""
    assert paper.programme is not None
    deviations = _deviations(item)
    first, _, rest = item.reading.partition(". ")
    yield text(
        f"{first.rstrip('.')}, jf. ",
        Reference("Tabel", number),
        ". ",
        sentences(rest, *deviations),
    )
    table = outcome_table(paper.programme, [])
    yield Caption("Tabel", number, "Antal og andel af gruppen i hvert område")
    rows: list[tuple[str, ...]] = []
    group = ""
    for own, *cells in table.rows:
        if own != group:
            rows.append((own, *[""] * (len(cells) - 1)))
        group = own
        rows.append(tuple(cells))
    judged = [_VERDICT] if table.judged else []
    widths = (_NAME, *[_AREA] * len(table.areas), *judged)
    yield Grid(table.columns[1:], tuple(rows), widths, item.exhibit.alt)
    others = [
        caveat for caveat in item.caveats if caveat not in deviations and not is_comment(caveat)
    ]
    said = (capital(table.judged), item.exhibit.source, *others, *item.roundings)
    yield text(sentences(*said), kind="source")


def _gathered(items: Sequence[Item]) -> Iterator[Block]:
    """Figures of one or two numbers as points; caveats that several share stand once below."""
    counts = Counter(
        remark for item in items for remark in dict.fromkeys(item.remarks) if not is_comment(remark)
    )
    shared = [remark for remark, count in counts.items() if count > 1]
    for item in items:
        own = [remark for remark in item.remarks if remark not in shared and not is_comment(remark)]
        claims = (line.text for line in item.claims)
        point = text(sentences(item.title, *own, *claims), kind="bullet")
        yield replace(point, key=f"{FIGURE}{item.exhibit.key} 1")
    if items:
        yield text(
            sentences(*shared, sources_line(item.exhibit.source for item in items)), kind="source"
        )


def money_blocks(paper: Paper) -> Iterator[Block]:
    """What is said of money, under a heading of its own."""
    yield from _gathered([item for item in paper.items if is_money(item)])


def _deviations(item: Item) -> list[str]:
    return [line.text for line in item.claims if not line.is_rounding]


def is_money(item: Item) -> bool:
    """Whether the figure is of what something costs: a sum of money, not what people have of it."""
    return item.indicator.unit == _MONEY and item.indicator.is_quantity


def _is_drawn(item: Item, few: bool) -> bool:
    marks = item.exhibit.marks
    if isinstance(marks, OutcomeMarks):
        return len(marks.rows) <= _MOST_DRAWN_OUTCOMES
    if isinstance(marks, NumberMarks) or is_money(item) or is_small(item):
        return False
    if isinstance(marks, DotMarks | LineMarks) and not few:
        return len(item.exhibit.table.rows) > 2
    return True
