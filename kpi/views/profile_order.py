"""A profile's rows in sections: by theme or in one list, all of them or some."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.selection import SHOWN, SORTINGS, Shown, Sorting
from kpi.domain.vocabulary import BETTER, WORSE
from kpi.views.profile import Profile, ProfileRow

# A section of as many rows is drawn when a person opens it.
MANY_ROWS = 30


@dataclass(frozen=True)
class Section:
    """Rows under a heading, those first of which one end is the best.

    `is_folded`: it is drawn when a person opens it. `id` is the theme's, empty of a list of all.
    """

    id: str
    title: str
    subtitle: str
    rows: tuple[ProfileRow, ...]
    is_folded: bool

    @property
    def blocks(self) -> tuple[tuple[bool, tuple[ProfileRow, ...]], ...]:
        """The rows that have a best end, and those that have none; without empty ones."""
        parts = ((wanted, tuple(row for row in self.rows if row.has_direction is wanted))
                 for wanted in (True, False))  # fmt: skip
        return tuple((wanted, rows) for wanted, rows in parts if rows)


def counts_of(profile: Profile, new: frozenset[tuple[str, str]]) -> Mapping[Shown, int]:
    """How many rows each choice shows; `new` are the (indicator, group) that are new."""
    return {shown: len(_shown(profile.rows, shown, new)) for shown in SHOWN}


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
        first = ordered[:MANY_ROWS]
        listed = Section("", SORTINGS[sorting], _counted(len(rows)), tuple(first), False)
        rest = tuple(ordered[MANY_ROWS:])
        more = Section("flere", f"De øvrige {_counted(len(rest))}", "", rest, True)
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
    return Section(theme_id, theme.name, f"{_counted(len(rows))}{note}", rows, is_folded)


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
    return row.place.share is None, -(row.place.share or 0.0)


def _ahead(row: ProfileRow) -> Any:
    return row.place.share is None, row.place.share or 0.0


_ORDERS: Mapping[Sorting, Callable[[ProfileRow], Any]] = {
    "tema": lambda _: 0,  # as the tables have them
    "bagud": _behind,
    "foran": _ahead,
    "aendring": lambda row: -row.moved,
    "aeldst": lambda row: row.until,
}
