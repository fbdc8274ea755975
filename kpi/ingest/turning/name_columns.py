"""Tables with areas, groups or indicators as columns, turned so that each figure is a row.

`År;Aarhus;Odense`, `Kommune;År;Dansk;Ikke-vestlig` and `Område;Periode;Familier;Børn`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.table.formats import OWN_FORMATS
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.turning.wide import MEASURE, PERIOD, VALUE, Turning, names_any, turned
from kpi.ingest.words.area_hints import area_problem, ignored_words, whole_area
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.heads import head_name, split_unit
from kpi.ingest.words.labels import group_guess, is_total, names_indicator
from kpi.ingest.words.lookup import Lookup, folded, group_lookup, indicator_lookup
from kpi.ingest.words.numbers import NUMBER, understand
from kpi.ingest.words.template import is_template
from kpi.ingest.words.units import unit_kind
from kpi.ingest.words.written_periods import is_period_name

AREA, GROUP, INDICATOR = "Område", "Gruppe", "Nøgletal"
_OWN_VALUE = "Værdi"
_FEWEST = 2
_MOST_NAMED = 6
# Names of a column that says the same as such heads; and of one of the figures.
_COLUMNS: dict[str, frozenset[str]] = {
    AREA: frozenset(("område", "kommune", "region", "area", "municipality", "bydel", "sogn", "by")),
    GROUP: frozenset(
        ("gruppe", "group", "herkomst", "oprindelse", "baggrund", "befolkningsgruppe", "etnicitet")
    ),
    INDICATOR: frozenset(("nøgletal", "indikator", "indicator", "nøgletal_id", "indicator_id")),
}
_VALUES = frozenset(("værdi", "value", "indhold", "antal", "andel"))
_WORDS = {GROUP: "grupper", INDICATOR: "nøgletal"}
_DIGITS = str.maketrans("0123456789", "9999999999")


@dataclass(frozen=True)
class KnownNames:
    """Look-ups of what a head may name: each gives the id of what a text names, or None.

    `beside_area` gives the text itself where a row so called is ignored or asked about: what is
    computed of several areas, and what may be an area or the sum of its parts.
    """

    area: Lookup
    beside_area: Lookup
    group: Lookup
    guessed_group: Lookup
    indicator: Lookup

    @classmethod
    def of(cls, catalog: Catalog, is_of_one: bool = False) -> "KnownNames":
        """The names of a catalog, as the columns of a file are understood.

        `is_of_one`: a person has said which indicator or measure it is, so no head names another.
        """
        area = area_lookup(catalog)

        def beside_area(text: str) -> str | None:
            """The text where it is of no single area of ours, but stands among areas."""
            is_one = (
                ignored_words(text) or whole_area(text, area, catalog)
                or area_problem(text, area, catalog)
            )  # fmt: skip
            return text if is_one else None

        return cls(
            area, beside_area, group_lookup(catalog), group_guess(catalog),
            _nothing if is_of_one else indicator_lookup(catalog),
        )  # fmt: skip


def _nothing(text: str) -> str | None:
    return None


NO_NAMES = KnownNames(_nothing, _nothing, _nothing, _nothing, _nothing)


@dataclass(frozen=True)
class NameColumns:
    """How a table with names as columns is turned: into rows under a column called `name`.

    `unit` is the unit of all the figures, by the heads.
    """

    how: Turning
    name: str
    unit: str

    def applied(self, table: RawTable) -> RawTable:
        """The table with a row for each figure, and a problem that says how its heads were read."""
        made = turned(table, self.how)
        if made.format not in OWN_FORMATS and is_template(made.columns):
            made = replace(made, format="table_csv" if made.delimiter else "table_xlsx")
        return replace(
            made, unit=self.unit or made.unit, problems=(*made.problems, *self._problems())
        )

    def _problems(self) -> list[Problem]:
        if self.name not in _WORDS:
            return []
        heads = [f"»{head}«" for head, _ in self.how.heads.values()]
        return [
            Problem(
                "read_by_content", "", None, None, None,
                f"Kolonnerne {first_listed(heads, _MOST_NAMED)} læses som "
                f"{_WORDS[self.name]}: hvert tal er en række.",
                "Kontrollér, at det er dem, der menes.",
            )
        ]  # fmt: skip


def name_columns(
    columns: Sequence[str],
    sample: Sequence[tuple[str, ...]],
    known: KnownNames,
    spared: Collection[str] = (),
) -> NameColumns | None:
    """How to turn a table whose heads name two areas, groups or indicators; None where none do.

    Each such column has figures, and one of the others periods; beside groups it may be called as
    one of areas. A table that has a column of
    the same (`Kommune`, `Herkomst`) or of values is left as it is. Where a recipe says how the
    table is read, it must name (`spared`) the column that is made, and none of the heads.
    """
    is_ours = bool({folded(name) for name in columns} & _COLUMNS[INDICATOR])
    turnings = [
        turned_by
        for name in (AREA, GROUP, INDICATOR)
        if (turned_by := _turning(columns, sample, name, known, spared, is_ours)) is not None
    ]
    # A group and an indicator may be called the same: a person says which is meant.
    return turnings[0] if len(turnings) == 1 else None


def named_measures(table: RawTable, known: KnownNames, spared: Collection[str] = ()) -> RawTable:
    """The table whose heads have periods beside groups or indicators, with these in a column.

    `2023, Dansk` and `2023, Ikke-vestlig` are no two measures. Where a recipe says how the table is
    read, it must name the column.
    """
    place = table.measure_column
    if place is None or not table.is_wide or table.columns[place] != MEASURE or MEASURE in spared:
        return table
    labels = {cells[place] for _, cells in table.rows}
    for name, find in ((GROUP, known.guessed_group), (INDICATOR, known.indicator)):
        named = {label for label in labels if not (name == GROUP and is_total(label))}
        ids = {find(label) for label in named}
        if None in ids or len(ids) < max(_FEWEST, len(named)) or (spared and name not in spared):
            continue
        columns = (*table.columns[:place], name, *table.columns[place + 1 :])
        return replace(table, columns=columns, measure_column=None)
    return table


def _turning(
    columns: Sequence[str],
    sample: Sequence[tuple[str, ...]],
    name: str,
    known: KnownNames,
    spared: Collection[str],
    is_ours: bool,
) -> NameColumns | None:
    # What a head most likely means is for a person to see first; our template's are exact.
    group = known.group if is_ours else known.guessed_group
    find = {AREA: known.area, GROUP: group, INDICATOR: known.indicator}[name]
    heads = _heads(columns, sample, find)
    ids = [find(label) for label, _ in heads.values()]
    if name == AREA and len(ids) == 1:
        # `Aarhus;Landsgennemsnit`: what becomes of a row that is called so, becomes of the column.
        others = _heads(columns, sample, known.beside_area)
        heads |= {place: head for place, head in others.items() if place not in heads}
        ids = [label for label, _ in heads.values()]
    if len(set(ids)) < max(_FEWEST, len(ids)):
        return None
    if name == GROUP and not is_ours:
        heads |= _total_heads(columns, sample, heads)
    kept_places = tuple(place for place in range(len(columns)) if place not in heads)
    corner = None if spared else _corner(columns, kept_places, sample, _COLUMNS[name])
    names = {folded(columns[place]) for place in kept_places if place != corner}
    if names & (_COLUMNS[name] | _VALUES):
        return None
    if spared and (name not in spared or names_any(columns, heads, spared)):
        return None
    # Of groups beside areas, and areas beside indicators, a title or a person may say the period.
    kept = [columns[at] for at in kept_places]
    is_keyed = (name == GROUP and any(is_usual("area", column) for column in kept)) or (
        name == AREA and any(map(names_indicator, kept))
    )
    if not (is_keyed or any(has_periods(place, sample) for place in kept_places)):
        return None
    is_ours |= name == INDICATOR and _becomes_ours(columns, kept_places)
    units = {unit for _, unit in heads.values()}
    turn = Turning(
        kept_places,
        {place: (label, "") for place, (label, _) in sorted(heads.items())},
        (
            *(PERIOD if place == corner else head_name(columns[place]) for place in kept_places),
            name,
            _OWN_VALUE if is_ours else VALUE,
        ),
        has_measures=False,
        statuses={},
    )
    return NameColumns(turn, name, units.pop() if len(units) == 1 else "")


def _corner(
    columns: Sequence[str],
    kept_places: Sequence[int],
    sample: Sequence[tuple[str, ...]],
    names: Collection[str],
) -> int | None:
    """The only column of periods, where it is called as the heads beside it: `Kommune;Aarhus`.

    A table that was laid on its side keeps in its corner what the names were called.
    """
    periods = [place for place in kept_places if has_periods(place, sample)]
    is_corner = len(periods) == 1 and folded(columns[periods[0]]) in names
    return periods[0] if is_corner else None


def _heads(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], find: Lookup
) -> dict[int, tuple[str, str]]:
    """The columns of figures whose heads name something: place to name and unit."""
    heads = {}
    for place, column in enumerate(columns):
        if column.strip().isdigit():
            continue
        base, unit = split_unit(column)
        if find(head_name(column)) is not None:
            heads[place] = (head_name(column), "")
        elif unit_kind(unit) and find(base) is not None:
            heads[place] = (base, unit)
    # The cells are looked at last: most tables have no such head.
    return {place: head for place, head in heads.items() if has_figures(place, sample)}


def _total_heads(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], heads: Mapping[int, object]
) -> dict[int, tuple[str, str]]:
    """Beside groups a column of totals (`I alt`) is a group too: everybody."""
    return {
        place: (head_name(column), "")
        for place, column in enumerate(columns)
        if place not in heads and is_total(head_name(column)) and has_figures(place, sample)
    }


def _becomes_ours(columns: Sequence[str], kept_places: Sequence[int]) -> bool:
    """Whether the table is our template once its indicators are in a column."""
    names = [head_name(columns[place]) for place in kept_places]
    return is_template((*names, INDICATOR, _OWN_VALUE))


def has_figures(place: int, sample: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column has a figure."""
    return any(understand(cells[place].translate(_DIGITS)).meaning == NUMBER for cells in sample)


def has_periods(place: int, sample: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column has periods and nothing else."""
    texts = {head_name(cells[place]) for cells in sample} - {""}
    return bool(texts) and all(map(is_period_name, texts))
