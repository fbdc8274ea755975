"""A cube (JSON-stat, PX): dimensions with values, and a figure for each combination of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from kpi.domain.format import number
from kpi.ingest.table.formats import Format
from kpi.ingest.table.raw import MOST_ROWS, NAME, UNDER, Beside, RawTable, RefusedError
from kpi.ingest.words.heads import unit_of_title

VALUE_COLUMN = "INDHOLD"
STATUS_COLUMN = "STATUS"


@dataclass(frozen=True)
class Dimension:
    """A dimension's name and code, and its values in the order of the figures.

    `codes` belong to `labels`; empty where the file has labels alone. `is_measure`: its values
    are measures, and `units` (by place) what each of them counts in, where the file says it.
    """

    label: str
    code: str
    labels: tuple[str, ...]
    codes: tuple[str, ...]
    is_measure: bool = False
    units: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """The labels; with their codes before them where two values have the same label."""
        if len(set(self.labels)) == len(self.labels):
            return self.labels
        if not self.codes:
            twice = next(label for label, times in Counter(self.labels).items() if times > 1)
            raise RefusedError(
                "not_a_table",
                f"Værdien »{twice}« står to gange i dimensionen »{self.label}«, og filen har ikke "
                "koder, der skiller dem.",
                "Hent filen med koder.",
            )
        return tuple(f"{code} {label}" for code, label in zip(self.codes, self.labels, strict=True))


@dataclass(frozen=True)
class About:
    """A file's facts on all its figures: unit, measure, table's number, notes, publisher."""

    unit: str = ""
    measure: str = ""
    table_id: str = ""
    notes: tuple[str, ...] = ()
    publisher: str = ""


NO_FACTS = About()


def cells_of(sizes: Sequence[int]) -> int:
    """How many figures a cube contains.

    Raises:
        RefusedError: none at all, or more than a table may have rows. Raised before anything is
            built: a short file can claim any size.
    """
    cells = prod(sizes)
    if cells > MOST_ROWS:
        raise RefusedError(
            "too_large",
            f"Filens dimensioner giver {number(cells, 0)} tal; der kan højst være "
            f"{number(MOST_ROWS, 0)}.".replace(",", "."),
            "Vælg færre værdier, når filen hentes.",
        )
    if cells == 0:
        raise RefusedError(
            "empty_file", "Filen har ingen tal.", "Vælg mindst én værdi i hver dimension."
        )
    return cells


def cube_table(
    file_format: Format,
    title: str,
    dimensions: Sequence[Dimension],
    figures: Iterable[str],
    statuses: Sequence[str] = (),
    about: About = NO_FACTS,
) -> RawTable:
    """The cube as a table: a column a dimension, then the figure; the last dimension varies first.

    There must be as many `figures` (and `statuses`, or none) as the dimensions have combinations.
    The measure and unit of a measure dimension with one value override those of `about`. Where
    neither says the unit, the title may: `Ledige (1.000 personer) efter område og tid`.
    """
    texts = [dimension.texts() for dimension in dimensions]
    times = Counter(dimension.label for dimension in dimensions)
    names = [
        dimension.label if times[dimension.label] == 1 else dimension.code
        for dimension in dimensions
    ]
    measure_column = next(
        (at for at, dimension in enumerate(dimensions) if dimension.is_measure), None
    )
    measure, unit = about.measure, about.unit
    if measure_column is not None:
        measure, unit = _measured(dimensions[measure_column], unit)
    if not unit and (measure_column is None or measure):
        unit = unit_of_title(title)
    return RawTable(
        file_format,
        (*names, *([STATUS_COLUMN] if statuses else []), VALUE_COLUMN),
        _rows(texts, statuses, figures),
        title=title,
        unit=unit,
        measure=measure,
        table_id=about.table_id,
        publisher=about.publisher,
        measure_column=measure_column,
        decimal="point",
        beside=(
            *(Beside(NAME, text) for text in dict.fromkeys((title, measure)) if text),
            *(Beside(UNDER, text) for text in dict.fromkeys(about.notes) if text),
        ),
        other_names={
            place: (dimension.code,)
            for place, dimension in enumerate(dimensions)
            if dimension.code and dimension.code != names[place]
        },
        codes={
            place: dict(zip(texts[place], dimension.codes, strict=True))
            for place, dimension in enumerate(dimensions)
            if dimension.codes
        },
    )


def _measured(measures: Dimension, unit: str) -> tuple[str, str]:
    """The one measure and unit of all figures, else empty; `unit` where the measures say none."""
    units = set(measures.units) or {unit}
    return (
        measures.labels[0] if len(measures.labels) == 1 else "",
        units.pop() if len(units) == 1 else "",
    )


def _rows(
    texts: Sequence[Sequence[str]], statuses: Sequence[str], figures: Iterable[str]
) -> list[tuple[int, tuple[str, ...]]]:
    """A numbered row a combination of the texts, with its status, if any, and its figure."""
    keys = product(*texts)
    if statuses:
        cells = enumerate(zip(keys, statuses, figures, strict=True), start=1)
        return [(row, (*key, status, figure)) for row, (key, status, figure) in cells]
    return [
        (row, (*key, figure))
        for row, (key, figure) in enumerate(zip(keys, figures, strict=True), start=1)
    ]
