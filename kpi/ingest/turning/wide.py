"""Tables with periods as columns, turned so that each figure is a row of its own."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpi.ingest.table.dictionary import refuse_wide
from kpi.ingest.table.raw import IN_HEAD, Beside, RawTable
from kpi.ingest.turning.column_texts import is_usual, names_code
from kpi.ingest.turning.split_periods import (
    PART_NAMES,
    YEAR,
    names_year,
    part_of_year,
    parts_in_rows,
)
from kpi.ingest.words.heads import head_name, is_variable, period_head
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.numbers import NUMBER, understand
from kpi.ingest.words.period_marks import Marked, footnote_problem, split_footnote, status_problem
from kpi.ingest.words.price_levels import without_price_levels
from kpi.ingest.words.status_codes import status_code
from kpi.ingest.words.statuses import bare_status, status_of, status_word
from kpi.ingest.words.telling_words import NUMBER as NUMBER_KIND
from kpi.ingest.words.telling_words import telling_words
from kpi.ingest.words.template import is_wide_template
from kpi.ingest.words.title_words import ELSEWHERE
from kpi.ingest.words.units import unit_in
from kpi.ingest.words.written_periods import is_period_name

# Names of the columns that are made of the heads, as a recipe writes them.
PERIOD, VALUE, MEASURE, STATUS = "Periode", "INDHOLD", "Måling", "Status"
_OWN_VALUE = "Værdi"
# What the column of the rows' names is called where its head is the corner's word for the heads.
ROWS = "Rækkenavne"
_PERIODS = frozenset(
    map(folded, ("periode", "period", "tid", "time", "time_period", "måned", "kvartal", "dato"))
)
_VALUES = frozenset(
    map(folded, ("indhold", "content", "contents", "value", "værdi", "obs_value", "fravær"))
)
# Figures that are names of areas and the like, or places in a list.
_CODES = re.compile(
    r"kode|code|nr\b|nummer|\bid\b|_id|\bplacering|\brang(?:ering|orden)?\b|\brank(?:ing)?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_STATUSES = frozenset(map(folded, ("status", "obs_status", "obs_flag")))
_FEWEST_PARTS = 2
_COMPACT_MONTH = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])", re.ASCII)
# Words of heads for other measures of the same, of which somebody must choose one.
_MEASURES = frozenset(("antal", "andel", "gennemsnit", "median", "sum"))
_DIGITS = str.maketrans("0123456789", "9999999999")
# What a column of figures may contain besides: blanks, and signs of missing values.
_FIGURE_CHARACTERS = set("0123456789.,-–<>%:x*'’ \u00a0\u2009\u202f")

Record = tuple[int | None, tuple[str, ...]]


@dataclass(frozen=True)
class Turning:
    """How a table is turned: the columns `kept`, and the period and label of each other column.

    `columns` are the names of the turned table. Labels are empty unless heads have both a period
    and a measure; then the column MEASURE comes before the period. `statuses` are what heads say
    of all their figures (`2024*`, `2024 (foreløbig)`); then STATUS is there too. `footnotes`
    are the marks of footnotes in heads (`2024 1)`), by the head.
    """

    kept: tuple[int, ...]
    heads: Mapping[int, tuple[str, str]]
    columns: tuple[str, ...]
    has_measures: bool
    statuses: Mapping[int, str]
    footnotes: Mapping[str, str] = field(default_factory=dict)

    def rows(self, rows: Iterable[Record]) -> Iterator[Record]:
        """A row for each figure; the line stays that of the file."""
        for line, cells in rows:
            kept_cells = tuple(cells[place] for place in self.kept)
            for place, (period, label) in self.heads.items():
                measure = (label,) if self.has_measures else ()
                status = (self._status(place, cells[place]),) if self.statuses else ()
                yield line, (*kept_cells, *measure, *status, period, cells[place])

    def _status(self, place: int, cell: str) -> str:
        """The status that the head gives a figure; a cell without one gets none."""
        is_figure = understand(cell.translate(_DIGITS), with_unit=True).meaning == NUMBER
        return self.statuses.get(place, "") if is_figure else ""


def turning(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], spared: Collection[str] = ()
) -> Turning | None:
    """How to turn a table with these columns and first rows; None where no periods are heads.

    Two heads that are periods make a table wide, or two that contain one (`Antal 2023`). A single
    one does where nothing else can be the period or the value; beside words it is a year. A table
    with a column of periods is long, with any heads, and one whose period heads are `spared` (named
    by a recipe) is left as it is.
    """
    heads = _period_heads(columns, sample, spared)
    beside = {place: head for place, head in heads.items() if _is_of_other_kind(head[1])}
    statuses = {place: label for place, (_, label) in heads.items() if label and _status(label)}
    heads |= {place: (heads[place][0], "") for place in statuses}
    pure = {place: head for place, head in heads.items() if not head[1]}
    heads = _surest(pure) or pure or heads
    if not heads and (parts := parts_of_year(columns, sample, spared)) is not None:
        return parts
    kept_places = tuple(place for place in range(len(columns)) if place not in heads)
    part_names = _parts_beside_years(heads, kept_places, columns, sample)
    kept_names = {place: _kept_name(columns[place]) for place in kept_places} | part_names
    others = [place for place in kept_places if place not in part_names]
    names = {folded(columns[place]) for place in others}
    if not heads or not kept_places or _has_periods(others, columns, sample):
        return None
    if names_any(columns, heads, spared):
        return None
    if len(heads) == 1 and (
        not (pure or _is_of_time(columns[next(iter(heads))]))
        or names & _VALUES
        or not _is_lone({**beside, **heads}, columns, sample)
    ):
        return None
    # A status column of the file itself overrides the statuses of heads.
    if names & _STATUSES:
        statuses = {}
    labels = dict.fromkeys(label for _, label in heads.values())
    own = is_wide_template(columns)
    has_measures = len(labels) > 1
    return Turning(
        kept_places,
        heads,
        (
            *kept_names.values(),
            *([MEASURE] if has_measures else []),
            *([STATUS] if statuses else []),
            YEAR if part_names else PERIOD,
            _OWN_VALUE if own else VALUE,
        ),
        has_measures,
        {place: _status(label) for place, label in statuses.items()},
        {head_name(columns[place]): noted.mark for place in heads
         if (noted := split_footnote(head_name(columns[place])))},
    )  # fmt: skip


def _parts_beside_years(
    heads: Mapping[int, tuple[str, str]],
    kept: Iterable[int],
    columns: Sequence[str],
    sample: Sequence[tuple[str, ...]],
) -> dict[int, str]:
    """The column with parts of the years that the heads are, and its name; empty where none is.

    `Måned;2024;2025` with `januar` in rows: they are joined to their years afterwards, as those of
    a table that has both in columns (kpi/ingest/turning/split_periods.py).
    """
    if not heads or not all(_YEAR.fullmatch(period) for period, _ in heads.values()):
        return {}
    parts = parts_in_rows(columns, sample, kept)
    return {parts[0]: PART_NAMES[parts[1]]} if parts else {}


def _has_periods(
    kept: Iterable[int], columns: Sequence[str], sample: Sequence[tuple[str, ...]]
) -> bool:
    """Whether a column beside the heads is of periods, by its name and not against its cells.

    In a table's corner (`Periode;2024;2025`) the name is of the heads, above names of areas.
    """
    of_periods = (place for place in kept if folded(columns[place]) in _PERIODS)
    return any(not _names_rows(place, sample) for place in of_periods)


def _names_rows(place: int, sample: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column has nothing but words that are no periods, nor parts of a year."""
    filled = {cells[place] for cells in sample if cells[place].strip()}
    return bool(filled) and not any(
        any(map(str.isdigit, text)) or part_of_year(text) or is_period_name(text) for text in filled
    )


def _kept_name(name: str) -> str:
    """What a column beside the heads is called, where the column made of these is PERIOD."""
    return ROWS if folded(name) == folded(PERIOD) else head_name(name)


def _surest(pure: Mapping[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """The heads that are a single period.

    Beside single years a pair (`2022-2023`) is no period of the same series, but a change.
    """
    return {
        place: head for place, head in pure.items()
        if is_period_name(head[0]) or _COMPACT_MONTH.fullmatch(head[0])
    }  # fmt: skip


def _period_heads(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], spared: Collection[str]
) -> dict[int, tuple[str, str]]:
    """The periods in heads, each with what else its head says."""
    heads = {
        place: head
        for place, name in enumerate(columns)
        if (head := period_head(name)) is not None
        and (not head[1] or _holds_figures(place, sample))
    }
    heads = heads or _compact_months(columns, sample)
    is_described = bool(spared) and folded(PERIOD) not in map(folded, spared)
    if is_described or any(is_usual("period", name) for name in columns):
        # A variable's year may be of its definition: `komkode_2007`, `befolkning_2020`.
        heads = {place: head for place, head in heads.items() if not is_variable(columns[place])}
    return heads


def _compact_months(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]]
) -> dict[int, tuple[str, str]]:
    """The heads `202601`, `202602` ...: a number alone may be anything, several months are not."""
    heads = {
        place: (name, "") for place, column in enumerate(columns)
        if _COMPACT_MONTH.fullmatch(name := head_name(column)) and _holds_figures(place, sample)
    }  # fmt: skip
    return heads if len({name for name, _ in heads.values()}) >= _FEWEST_PARTS else {}


def parts_of_year(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], spared: Collection[str] = ()
) -> Turning | None:
    """How to turn a table with months, quarters or half-years as columns and its years in rows.

    The parts get a column of that name, and are joined to their years
    (kpi/ingest/turning/split_periods.py).
    """
    years = [place for place, name in enumerate(columns) if names_year(name, place, sample, True)]
    heads = {
        place: (head_name(name), "")
        for place, name in enumerate(columns)
        if part_of_year(head_name(name)) and _holds_figures(place, sample)
    }
    kinds = {kind for head, _ in heads.values() if (kind := part_of_year(head))}
    if len(years) != 1 or len(heads) < _FEWEST_PARTS or len(kinds) != 1:
        return None
    kept_places = tuple(place for place in range(len(columns)) if place not in heads)
    names = {folded(columns[place]) for place in kept_places if place not in years}
    if names & (_PERIODS | _VALUES) or names_any(columns, heads, spared):
        return None
    made = (PART_NAMES[kinds.pop()], VALUE)
    return Turning(
        kept_places,
        heads,
        (*(YEAR if at in years else head_name(columns[at]) for at in kept_places), *made),
        False,
        {},
    )


def _status(label: str) -> str:
    """The status in a mark or words beside a period, as a status column would have it.

    Empty where there is none.
    """
    plain = label.strip("()[] ")
    plain = "*" if plain and set(plain) <= set("*†‡") else plain
    # An estimate of a whole column may be a forecast: that is asked (words_beside.py).
    if plain.casefold() == "a" or _is_of_other_kind(plain):
        return ""
    return plain if status_of(plain) in ("final", "preliminary", "approximate") else ""


def _status_mark(status: str) -> str:
    """A head's status where it is a sign or a letter, which may mean something else; else empty.

    A code that says more than a status is told of where it is read (checks/status_problems.py).
    """
    code = status_code(bare_status(status)) if status and status_word(status) is None else None
    return status if code is not None and not code.is_noted else ""


def turned(table: RawTable, how: Turning) -> RawTable:
    """The table with a row a figure, under its kept columns, PERIOD and VALUE.

    A template's figures are called `Værdi`, and VALUE is another name of theirs, so that a recipe
    reads both. Raises RefusedError where it keeps more columns than are read: each of its rows
    would repeat them.
    """
    refuse_wide(len(how.columns))
    labels = {
        label: table.columns[at] for at, (_, label) in reversed(list(how.heads.items())) if label
    }
    labels_beside = () if how.has_measures else tuple(
        Beside(IN_HEAD, label, column=head_name(head)) for label, head in labels.items()
    )  # fmt: skip
    place = {old: new for new, old in enumerate(how.kept)}
    before = -1 if table.measure_column is None else table.measure_column
    measures = len(how.kept) if how.has_measures else place.get(before)
    return replace(
        table,
        columns=how.columns,
        rows=list(how.rows(table.rows)),
        other_names={
            **{place[at]: names for at, names in table.other_names.items() if at in place},
            len(how.columns) - 1: (VALUE,),
        },
        codes={place[at]: codes for at, codes in table.codes.items() if at in place},
        measure_column=measures,
        measure=table.measure if how.has_measures else "".join(labels) or table.measure,
        is_wide=True,
        made_columns=how.columns[len(how.kept) :],
        beside=(*labels_beside, *table.beside),
        problems=(
            *table.problems,
            *map(footnote_problem, how.footnotes, how.footnotes.values()),
            *(
                status_problem(head_name(table.columns[at]), Marked(period, mark, how.statuses[at]))
                for at, (period, _) in how.heads.items()
                if (mark := _status_mark(how.statuses.get(at, "")))
            ),
        ),
        unit=table.unit or _unit_of_all(labels),
    )


def _unit_of_all(labels: Iterable[str]) -> str:
    """The unit in labels of measures; empty where they have several, or none."""
    units = {unit_in(label) for label in labels}
    return units.pop() if len(units) == 1 else ""


def names_any(columns: Sequence[str], heads: Iterable[int], names: Collection[str]) -> bool:
    """Whether one of the heads (places) is called by one of these names."""
    wanted = {folded(name) for name in names}
    return any(folded(columns[place]) in wanted for place in heads)


def _holds_figures(place: int, sample: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column has figures, where it has anything."""
    cells = [cells[place].strip() for cells in sample if cells[place].strip()]
    figures = sum(any(sign.isdigit() for sign in cell) for cell in cells)
    return not cells or figures > 0 or all(set(cell) <= _FIGURE_CHARACTERS for cell in cells)


def _is_lone(
    heads: Mapping[int, tuple[str, str]],
    columns: Sequence[str],
    sample: Sequence[tuple[str, ...]],
) -> bool:
    """Whether a single period among the heads is one: nothing else is a period or a figure.

    The figures under other `heads` that name them (`2023 mål`) are of another kind.

    A file without a head begins with `Aarhus;2024;56,3`: there the cells are periods as the head
    is.
    """
    filled = [
        {head_name(cells[place]) for cells in sample if cells[place].strip()}
        for place in range(len(columns))
    ]
    if not sample or any(texts and all(map(is_period_name, texts)) for texts in filled):
        return False
    return not any(
        texts
        and place not in heads
        and _are_figures(texts)
        and not (_CODES.search(columns[place]) or names_code(head_name(columns[place])))
        for place, texts in enumerate(filled)
    )


def _is_of_time(head: str) -> bool:
    """Whether a head of figures has the year that they are of: `Beskæftigelse 2025`.

    Beside nothing but a unit it may be any period: `2. kvt. 2026 (1.000 personer)`.

    The year of a variable (`befolkning_2020`) or of something else (`siden 2020`) may be another.
    """
    period, plain = period_head(head), head_name(head)
    is_time = period is not None and (
        _YEAR.fullmatch(period[0]) is not None or bool(unit_in(period[1]))
    )
    return is_time and not (is_variable(head) or ELSEWHERE.search(without_price_levels(plain)))


def _is_of_other_kind(label: str) -> bool:
    """Whether a head says that its figures are no counts or shares, but a target or a forecast."""
    plain = label.strip("()[] .").casefold()
    # A rough figure is one of the series.
    return plain == "f" or (
        plain not in ("ca", "cirka")
        and any(
            telling.kind == NUMBER_KIND and telling.meaning not in _MEASURES
            for telling in telling_words(label)
        )
    )


def _are_figures(texts: Collection[str]) -> bool:
    return all(set(text) <= _FIGURE_CHARACTERS for text in texts)
