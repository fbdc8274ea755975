"""Tables whose heads name two things each: `Aarhus, Dansk`, `Dansk, Antal`, as two lines do.

Each figure becomes a row under two columns: the area, the group, the indicator or the measure that
its head names.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.turning.name_columns import (
    AREA,
    GROUP,
    INDICATOR,
    KnownNames,
    has_figures,
    has_periods,
)
from kpi.ingest.turning.wide import MEASURE, VALUE, Turning, names_any, turned
from kpi.ingest.words.heads import head_name, is_measure_name
from kpi.ingest.words.labels import is_total, names_indicator, names_origin
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.units import unit_kind

_FEWEST = 2
_MOST_NAMED = 4
_BETWEEN = ", "
_MEASURES = frozenset(("antal", "andel", "procent", "pct.", "pct", "gennemsnit", "median"))
_WORDS = {AREA: "område", GROUP: "gruppe", INDICATOR: "nøgletal", MEASURE: "mål"}


@dataclass(frozen=True)
class PairedHeads:
    """How a table with two names in each head is turned, and the two columns that are made."""

    how: Turning
    kinds: tuple[str, str]

    def applied(self, table: RawTable) -> RawTable:
        """The table with a row for each figure, and a problem that says how its heads were read."""
        made = turned(table, self.how)
        if MEASURE not in self.kinds:
            made = replace(made, measure_column=None)
        heads = [f"»{table.columns[place]}«" for place in self.how.heads]
        first, second = (_WORDS[kind] for kind in self.kinds)
        problem = Problem(
            "read_by_content", "", None, None, None,
            f"Kolonnerne {first_listed(heads, _MOST_NAMED)} læses som {first} og {second}: hvert "
            "tal er en række.",
            "Kontrollér, at det er dem, der menes.",
        )  # fmt: skip
        return replace(made, problems=(*made.problems, problem))


def paired_heads(
    columns: Sequence[str],
    sample: Sequence[tuple[str, ...]],
    known: KnownNames,
    spared: Collection[str] = (),
) -> PairedHeads | None:
    """How to turn a table whose heads name two things each; None where they do not.

    All such heads must name the same two kinds of things, each pair once, beside a column of
    periods or one that is called as one of areas. Where a recipe says how the table is read, it
    must name (`spared`) the columns that are made, and none of the heads.
    """
    pairs = {
        place: (first, second)
        for place, column in enumerate(columns)
        if _BETWEEN in column and has_figures(place, sample)
        for first, _, second in [head_name(column).partition(_BETWEEN)]
    }
    kinds = (
        _kind_of([first for first, _ in pairs.values()], known),
        _kind_of([second for _, second in pairs.values()], known),
    )
    if len(pairs) < _FEWEST or len(set(pairs.values())) < len(pairs) or "" in kinds:
        return None
    if len(set(kinds)) < len(kinds):
        return None
    kept_places = tuple(place for place in range(len(columns)) if place not in pairs)
    kept = [columns[place] for place in kept_places]
    if any(_says(kind, name) for kind in kinds for name in kept):
        return None
    if spared and (not set(kinds) <= set(spared) or names_any(columns, pairs, spared)):
        return None
    is_keyed = any(has_periods(place, sample) for place in kept_places)
    if not (is_keyed or (AREA not in kinds and any(is_usual("area", name) for name in kept))):
        return None
    # What is first among the made columns is the measure, where there is one.
    is_swapped = kinds[1] == MEASURE
    heads = {
        place: (first, second) if is_swapped else (second, first)
        for place, (first, second) in pairs.items()
    }
    made = (kinds[1], kinds[0]) if is_swapped else kinds
    turn = Turning(
        kept_places, heads, (*map(head_name, kept), *made, VALUE), has_measures=True, statuses={}
    )
    return PairedHeads(turn, kinds)


def _kind_of(names: Sequence[str], known: KnownNames) -> str:
    """The one kind of thing that all of these name; empty where there is none, or several."""
    finds = {
        AREA: lambda name: known.area(name) is not None,
        GROUP: lambda name: known.guessed_group(name) is not None or is_total(name),
        INDICATOR: lambda name: known.indicator(name) is not None,
        MEASURE: lambda name: folded(name) in _MEASURES or bool(unit_kind(name)),
    }
    fitting = [kind for kind, fits in finds.items() if names and all(map(fits, names))]
    if fitting == [GROUP] and all(map(is_total, names)):
        return ""
    return fitting[0] if len(fitting) == 1 else ""


def _says(kind: str, name: str) -> bool:
    """Whether a column is called as one of these things already."""
    return {
        AREA: is_usual("area", name), GROUP: names_origin(name),
        INDICATOR: names_indicator(name), MEASURE: is_measure_name(name),
    }[kind]  # fmt: skip
