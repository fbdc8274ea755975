"""Tables with two levels of labels in one column: an area over its groups, a year over its areas.

`Aarhus` over `Dansk` and `Ikke-vestlig`, then `Odense` over the same: each becomes a column of its
own, only where every label of the first level has the same labels beneath it, in the same order.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.table.dictionary import Rows
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.turning.name_columns import AREA, GROUP, INDICATOR, KnownNames
from kpi.ingest.turning.wide import MEASURE, PERIOD
from kpi.ingest.words.heads import head_name, is_measure_name
from kpi.ingest.words.labels import is_total, names_indicator, names_origin
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.units import unit_kind
from kpi.ingest.words.written_periods import is_period_name

# A larger table is none that a person made.
_MOST_ROWS = 100_000
_MOST_LABELS = 1_000
_FEWEST_WITHIN = 2
_MOST_NAMED = 4
_WORDS = {
    AREA: "områder", GROUP: "grupper", PERIOD: "perioder", INDICATOR: "nøgletal", MEASURE: "mål",
}  # fmt: skip
_MEASURES = frozenset(("antal", "andel", "procent", "pct.", "pct", "gennemsnit", "median"))
# What a row of the first level is of that has figures itself.
_WHOLE = "I alt"

Record = tuple[int | None, tuple[str, ...]]


@dataclass(frozen=True)
class NestedRows:
    """How a column of two levels is parted: labels of the first are `outer`, by their text.

    `kinds` are the names of the two columns that are made, the first level's and the second's.
    """

    place: int
    kinds: tuple[str, str]
    outer: frozenset[str]
    within: tuple[str, ...]
    figures: tuple[int, ...]
    has_wholes: bool

    def columns(self, names: Sequence[str]) -> tuple[str, ...]:
        """The table's columns with two in the place of the one."""
        return (*names[: self.place], *self.kinds, *names[self.place + 1 :])

    def rows(self, rows: Iterable[Record]) -> Iterator[Record]:
        """The rows with both labels; those of the first level that have no figures are left out.

        What is of all periods together is no figure of any of them, and is left out too.
        """
        above = ""
        for line, cells in rows:
            label = cells[self.place]
            is_outer = label in self.outer
            above = label if is_outer else above
            if is_outer and (PERIOD in self.kinds[1:] or not _has_any(cells, self.figures)):
                continue
            labels = (above, _WHOLE if is_outer else label)
            yield line, (*cells[: self.place], *labels, *cells[self.place + 1 :])

    def applied(self, table: RawTable) -> RawTable:
        """The table with both columns, and a problem that says how it was read."""
        column = table.columns[self.place]
        shown = [f"»{label.strip()}«" for label in self.within]

        def moved(old: int) -> int:
            """The new place of a column."""
            return old + (old > self.place)

        return replace(
            table,
            columns=self.columns(table.columns),
            rows=list(self.rows(table.rows)),
            other_names={moved(at): names for at, names in table.other_names.items()},
            codes={moved(at): codes for at, codes in table.codes.items() if at != self.place},
            measure_column=self._measures(table.measure_column),
            problems=(*table.problems, self._problem(column, shown)),
        )

    def _measures(self, before: int | None) -> int | None:
        if MEASURE in self.kinds:
            return self.place + self.kinds.index(MEASURE)
        return None if before is None else before + (before > self.place)

    def _problem(self, column: str, shown: Sequence[str]) -> Problem:
        outer, within = (_WORDS[kind] for kind in self.kinds)
        whole = ""
        if self.has_wholes and PERIOD in self.kinds[1:]:
            whole = f" Tallene i rækkerne med {outer} er for alle perioder under ét og læses ikke."
        elif self.has_wholes:
            whole = f" Tallene i rækkerne med {outer} læses som »{_WHOLE}«."
        return Problem(
            "read_by_content", "", None, column, None,
            f"»{column}« har både {outer} og {within}. {first_listed(shown, _MOST_NAMED)} læses "
            f"som {within} under hver sin række med {outer}.{whole}",
            "Kontrollér, at det er sådan, tabellen skal læses.",
        )  # fmt: skip


def nested_rows(
    table: RawTable, rows: Sequence[Record], known: KnownNames, spared: Collection[str] = ()
) -> NestedRows | None:
    """How the first column of a table is parted in two levels; None where it has one.

    Where a recipe says how the table is read, it must name (`spared`) the columns that are made.
    """
    if not 0 < len(rows) <= _MOST_ROWS or len(table.columns) < 2:
        return None
    place = 0
    made = {name for name in table.made_columns if name}
    figures = tuple(
        at
        for at, name in enumerate(table.columns)
        if at != place and (name not in made or at == len(table.columns) - 1)
    )
    labels = dict.fromkeys(cells[place] for _, cells in rows)
    if len(labels) > _MOST_LABELS or "" in labels:
        return None
    kinds = {label: _kinds_of(label, known) for label in labels}
    pair = _pair(list(kinds.values()))
    # What comes first is over what comes next.
    if (
        pair is None
        or not next(iter(kinds.values()))
        or not _are_free(table.columns, place, pair, spared)
    ):
        return None
    headings = {cells[place] for _, cells in rows if not _has_any(cells, figures)}
    outer = frozenset(
        label for label, named in kinds.items() if _is_outer(label, named, pair, headings)
    ) | _of_all(rows, place, kinds)
    within = _labels_within(rows, place, outer)
    if within is None:
        # A heading that nobody knows may have figures itself, as the others have.
        outer |= _unknown_over(rows, place, kinds, outer)
        within = _labels_within(rows, place, outer)
    if within is None or not _are_known(within, kinds, pair[1], outer):
        return None
    return NestedRows(place, pair, outer, within, figures, not outer <= headings)


def levels_in(
    table: RawTable, rows: Rows, known: KnownNames, spared: Collection[str] = ()
) -> NestedRows | None:
    """`nested_rows` of a table whose rows are in columns; of most the first one's labels decide."""
    labels = rows.columns[0].texts
    if len(rows) > _MOST_ROWS or len(labels) > _MOST_LABELS:
        return None
    if _pair([_kinds_of(label, known) for label in labels.to_pylist()]) is None:
        return None
    return nested_rows(table, rows.first(len(rows)), known, spared)


def _kinds_of(label: str, known: KnownNames) -> tuple[str, ...]:
    name = head_name(label)
    fits = {
        AREA: known.area(name) is not None,
        PERIOD: is_period_name(name),
        GROUP: known.guessed_group(name) is not None,
        INDICATOR: known.indicator(name) is not None,
        MEASURE: folded(name) in _MEASURES or bool(unit_kind(name)),
    }
    return tuple(kind for kind, is_one in fits.items() if is_one)


def _pair(kinds: Sequence[tuple[str, ...]]) -> tuple[str, str] | None:
    """The two kinds of the labels, the first level's first; None where there are others.

    What is under areas and known as nothing is taken for groups, that somebody may make.
    """
    named = list(dict.fromkeys(kind for several in kinds for kind in several))
    is_clear = all(len(several) < 2 for several in kinds)
    if is_clear and named == [AREA] and kinds[0] and () in kinds:
        return AREA, GROUP
    if not is_clear or len(named) != 2:
        return None
    return named[0], named[1]


def _is_outer(
    label: str, kinds: tuple[str, ...], pair: tuple[str, str], headings: Collection[str]
) -> bool:
    """Whether a label is of the first level: by its kind, or as a heading that nobody knows."""
    return pair[0] in kinds or (not kinds and not is_total(label) and label in headings)


def _of_all(
    rows: Sequence[Record], place: int, kinds: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """The label of a pivot's last row, the sum of all: on the first level, with none beneath it."""
    label = rows[-1][1][place]
    is_once = sum(cells[place] == label for _, cells in rows) == 1
    return frozenset([label] if is_once and not kinds[label] and is_total(label) else [])


def _labels_within(
    rows: Sequence[Record], place: int, outer: Collection[str]
) -> tuple[str, ...] | None:
    """The labels beneath each one of the first level; None where they are not the same for all.

    A wide table has several rows a line. A label of the first level alone, without any beneath it,
    may stand among the others.
    """
    blocks: dict[str, dict[str, list[int | None]]] = {}
    last = ""
    for line, cells in rows:
        label = cells[place]
        if label in outer:
            if label != last and label in blocks:
                return None
            last = label
            blocks.setdefault(label, {})
            continue
        lines = blocks[last].setdefault(label.strip(), [])
        if not lines or lines[-1] != line:
            lines.append(line)
    filled = [block for block in blocks.values() if block]
    # Areas and then groups may be of nobody knows whom; over one area's groups there is no other.
    if (
        not filled
        or (len(filled) == 1 and len(blocks) > 1)
        or any(list(block) != list(filled[0]) for block in filled)
    ):
        return None
    are_once = all(len(lines) == 1 for block in filled for lines in block.values())
    return tuple(filled[0]) if are_once else None


def _unknown_over(
    rows: Sequence[Record],
    place: int,
    kinds: Mapping[str, tuple[str, ...]],
    outer: Collection[str],
) -> frozenset[str]:
    """Labels known as nothing, each on one line, over what is first beneath the others."""
    lines = [(line, cells[place]) for line, cells in rows]
    labels = [
        label for at, (line, label) in enumerate(lines) if at == 0 or line != lines[at - 1][0]
    ]
    pairs = list(pairwise(labels))
    first = next((label for over, label in pairs if over in outer and label not in outer), None)
    count = Counter(labels)
    return frozenset(
        over for over, label in pairs
        if label == first and not kinds[over] and not is_total(over) and count[over] == 1
    )  # fmt: skip


def _are_known(
    within: Sequence[str],
    kinds: Mapping[str, tuple[str, ...]],
    kind: str,
    outer: Collection[str],
) -> bool:
    """Whether labels of the second level are known but for some, and more than a total.

    Where none is, they must be beneath two known labels of the first level, at least.
    """
    known = {label.strip() for label, several in kinds.items() if kind in several}
    named = [label for label in within if label in known]
    if not known:
        over = sum(bool(kinds[label]) for label in outer)
        return min(over, len(within)) >= _FEWEST_WITHIN and not any(map(is_total, within))
    return bool(named) and len(within) >= _FEWEST_WITHIN and 2 * len(named) >= len(within)


def _are_free(
    columns: Sequence[str], place: int, pair: tuple[str, str], spared: Collection[str]
) -> bool:
    """Whether no other column says what the two that are made say."""
    others = [name for at, name in enumerate(columns) if at != place]
    taken = {
        AREA: any(is_usual("area", name) for name in others),
        PERIOD: any(is_usual("period", name) for name in others),
        GROUP: any(map(names_origin, others)),
        INDICATOR: any(map(names_indicator, others)),
        MEASURE: any(map(is_measure_name, others[:-1])),
    }
    return not any(taken[kind] for kind in pair) and (not spared or set(pair) <= set(spared))


def _has_any(cells: Sequence[str], places: Iterable[int]) -> bool:
    return any(cells[place].strip() for place in places)
