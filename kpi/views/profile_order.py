"""A profile's rows in sections: by theme or in one list, all of them or some."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.selection import SHOWN, SORTINGS, Shown, Sorting
from kpi.domain.vocabulary import BETTER, WORSE
from kpi.views.profile import Profile, ProfileRow

# A section of as many rows is drawn when a person opens it.
MANY_ROWS = 30
_FEWEST_ORDERED = 6


@dataclass(frozen=True)
class Block:
    """Rows under one head, which names the ends of their strips; empty where none has one."""

    left: str
    right: str
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True)
class Section:
    """Rows under a heading, in blocks.

    `is_folded`: it is drawn when a person opens it. `id` is the theme's, empty of a list of all.
    """

    id: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    is_folded: bool

    @property
    def rows(self) -> tuple[ProfileRow, ...]:
        """All rows of the section."""
        return tuple(row for block in self.blocks for row in block.rows)


def offered_orders(profile: Profile, wanted: Collection[str]) -> Mapping[Sorting, str]:
    """The orders that say something of the rows, and those that are asked for.

    Few rows are seen at once: they need no other order than the themes'.
    """
    rows = profile.rows
    placed = sum(row.place.share is not None for row in rows) > 1
    means: Mapping[Sorting, bool] = {
        "tema": True,
        "bagud": placed,
        "foran": placed,
        "aendring": sum(row.moved > 0 for row in rows) > 1,
        "aeldst": len({row.until for row in rows}) > 1,
    }
    is_long = len(rows) >= _FEWEST_ORDERED
    return {
        sorting: name
        for sorting, name in SORTINGS.items()
        if sorting in ("tema", *wanted) or (is_long and means[sorting])
    }


def offered_parts(
    profile: Profile, new: frozenset[tuple[str, str]], wanted: Collection[str]
) -> Mapping[Shown, str]:
    """The choices that show some of the rows, and those asked for, with their counts."""
    counts = {shown: len(_shown(profile.rows, shown, new)) for shown in SHOWN}
    is_long = len(profile.rows) >= _FEWEST_ORDERED
    return {
        shown: f"{name} · {fmt.number(counts[shown], 0)}"
        for shown, name in SHOWN.items()
        if shown in ("alle", *wanted) or (is_long and counts[shown])
    }


def sections(
    profile: Profile,
    sorting: Sorting,
    shown: Shown,
    new: frozenset[tuple[str, str]],
    catalog: Catalog,
) -> tuple[Section, ...]:
    """The rows to show, in order."""
    rows = _shown(profile.rows, shown, new)
    if not rows:
        return ()
    if sorting != "tema":
        ordered = sorted(rows, key=_ORDERS[sorting])
        first, rest = ordered[:MANY_ROWS], ordered[MANY_ROWS:]
        # These orders say nothing of good or bad, so rows of all kinds stand in one block.
        in_blocks = _one_block if sorting in ("aendring", "aeldst") else _blocks
        listed = Section("", SORTINGS[sorting], _counted(len(rows)), in_blocks(first), False)
        more = Section("flere", f"De øvrige {_counted(len(rest))}", "", in_blocks(rest), True)
        return (listed, more) if rest else (listed,)
    by_theme = {
        theme_id: tuple(row for row in rows if row.theme_id == theme_id)
        for theme_id in catalog.themes
    }
    themes = {theme_id: rows for theme_id, rows in by_theme.items() if rows}
    return tuple(
        _section(theme_id, rows, len(themes), catalog) for theme_id, rows in themes.items()
    )


def _section(theme_id: str, rows: tuple[ProfileRow, ...], themes: int, catalog: Catalog) -> Section:
    theme = catalog.themes[theme_id]
    # What a municipality is like, and no track of the plan: nobody comes for it first.
    is_background = (
        themes > 1
        and theme.plan_track is None
        and all(catalog.indicators[row.key[0]].direction == "neutral" for row in rows)
    )
    note = ", der ikke vurderes" if is_background else ""
    is_folded = len(rows) >= MANY_ROWS or is_background
    subtitle = f"{_counted(len(rows))}{note}"
    return Section(theme_id, theme.name, subtitle, _blocks(rows), is_folded)


def _blocks(rows: Sequence[ProfileRow]) -> tuple[Block, ...]:
    """Rows whose strip has a best end, rows whose strip has none, and rows without a strip."""
    with_strip = [row for row in rows if row.place.strip]
    blocks = (
        Block("Dårligst", "Bedst", tuple(row for row in with_strip if row.has_direction)),
        Block("Lavest", "Højest", tuple(row for row in with_strip if not row.has_direction)),
        Block("", "", tuple(row for row in rows if not row.place.strip)),
    )
    return tuple(block for block in blocks if block.rows)


def _one_block(rows: Sequence[ProfileRow]) -> tuple[Block, ...]:
    """All rows in their order."""
    kinds = {row.has_direction for row in rows if row.place.strip}
    if len(kinds) == 1:
        (block,) = (each for each in _blocks(rows) if each.left)
        return (Block(block.left, block.right, tuple(rows)),)
    ends = ("Dårligst, lavest", "Bedst, højest") if kinds else ("", "")
    return (Block(*ends, tuple(rows)),)


def _counted(count: int) -> str:
    return fmt.counted(count, "nøgletal", "nøgletal")


def _shown(
    rows: Sequence[ProfileRow], shown: Shown, new: frozenset[tuple[str, str]]
) -> tuple[ProfileRow, ...]:
    match shown:
        case "alle":
            return tuple(rows)
        case "daarligere":
            return tuple(row for row in rows if row.outcome == WORSE)
        case "bedre":
            return tuple(row for row in rows if row.outcome == BETTER)
        case "nye":
            return tuple(row for row in rows if row.key in new)


def _behind(row: ProfileRow) -> Any:
    # Without a place a row is beside those of its own verdict.
    return row.outcome == BETTER, row.place.share is None, -(row.place.share or 0.0)


def _ahead(row: ProfileRow) -> Any:
    return row.outcome == WORSE, row.place.share is None, row.place.share or 0.0


_ORDERS: Mapping[Sorting, Callable[[ProfileRow], Any]] = {
    "tema": lambda _: 0,  # as the tables have them
    "bagud": _behind,
    "foran": _ahead,
    "aendring": lambda row: -row.moved,
    "aeldst": lambda row: row.until,
}
