"""Danish personal numbers (CPR) in text and tables: where they are, never what they are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from kpi.cpr.cells import is_label, is_other_number
from kpi.cpr.column_names import plain_name
from kpi.cpr.columns import (
    MOST_CELLS,
    ColumnOfNumbers,
    are_in_other_order,
    column_of_numbers,
    is_of_figures,
    is_of_units,
)
from kpi.cpr.counters import are_counted_up
from kpi.cpr.digits import fits_check, is_birthday
from kpi.cpr.edges import edge_numbers, ends_at_edge, may_be_edge
from kpi.cpr.far import far_columns
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.halves import second_halves
from kpi.cpr.joined import count_up, joined_numbers, joins_to_number
from kpi.cpr.lost_zeros import are_shortened
from kpi.cpr.paired_cells import MOST_PAIRED, paired_numbers
from kpi.cpr.scattered import halves_within
from kpi.cpr.spelling import holds_personal_number
from kpi.cpr.split import is_split_number, number_of_parts
from kpi.cpr.split_columns import split_columns
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from kpi.cpr.under_heads import is_number_under_head, is_shortened_personal_number
from kpi.cpr.upright import names_part, upright_numbers
from kpi.cpr.worded_cells import MOST_WORDED, worded_numbers
from kpi.cpr.written import is_parted_number
from kpi.domain.errors import KpiError

__all__ = [
    "PersonalNumber",
    "holds_personal_number",
    "is_number_under_head",
    "is_shortened_personal_number",
    "name_holds_number",
    "numbers_under_heads",
    "personal_fields",
    "personal_numbers",
    "refuse_personal_texts",
]

# So many places are looked for; the refusal says that there may be more.
MOST_PLACES = 1_000

_TEN = re.compile(r"\x02?\s*\d{6}\D{0,5}\d{4}(?:[.,]0+)?\s*")
_COLUMN_OF_NUMBERS = re.compile(
    r"cpr(?!regist|kontor)|person(?:nummer|nr|no$)|f(?:ø|oe|o)dsels(?:nummer|nr)|^pnr$|sikringsn"
    r"|^ssn$|socialsecurity|nationalid|civilregist"
)
_COUNT_OF_NUMBERS = re.compile(r"^antal|^andel|^pct|procent|^uden|^sum|^gns|gennemsnit")
_FEWEST_IN_COLUMN = 3
_FIRST_ROWS, _LONGEST_NAME = 20, 60
_SHORTEST = 9
_DIGIT = re.compile(r"\d")
_LONGEST_UPRIGHT = 80
_SPREAD_CELL = re.compile(r"\x02?\s*(?:\d{1,6}|[-/.\u2013])?\s*")
_MOST_SPREAD = 11

_Row = tuple[int | None, Sequence[str]]


@dataclass(frozen=True)
class PersonalNumber:
    """Where a CPR number stands: a place in a file, never the number.

    `row` is the line a person sees; None in the header or a name. `column` is the column's name,
    or `nr. 3` where it has none or its name contains a number; empty where the file has no columns.
    `place` is what it is in where that is neither a line nor a column.
    """

    row: int | None
    column: str
    place: str = ""


# What is said of a field that a person fills in, and the remedy.
IN_FIELD = ("Feltet indeholder et CPR-nummer.", "Skriv feltet uden CPR-nummer.")
_TYPED = (
    "Det, du skriver, gemmes og kan læses af andre: navn, note, grund, titel og filnavn. "
    "Skriv det uden CPR-numre. Er det to tal, så skriv, hvad de tæller."
)


def refuse_personal_texts(
    *texts: str, message: str = _TYPED, error: type[KpiError] = KpiError
) -> None:
    """Refuses what a person types to be kept: a name, a note, a reason, a title, a file's name.

    Every function that keeps such texts calls it; `kpi/ingest/gate/gate.py` refuses files. Raises
    the `error` with a `message` that says where they are read; it repeats none of them. Halves of a
    number in two of them are one.
    """
    if any(map(typed_holds_number, texts)) or second_halves(texts) or halves_within(texts):
        raise error("Der står et CPR-nummer", message)


def personal_fields(row: Mapping[str, str]) -> list[str]:
    """The columns of a row that is entered whose cell contains a CPR number, or its second half."""
    whole = [column for column, text in row.items() if text and typed_holds_number(text)]
    halves = second_halves(row.values()) or halves_within([*row.values()])
    return whole or [list(row)[at] for at in dict.fromkeys(halves)]


def personal_numbers(
    columns: Sequence[str], rows: Sequence[_Row], are_table: bool = True
) -> list[PersonalNumber]:
    """The cells of a table that contain a CPR number, header first, then by row and column.

    At most MOST_PLACES. What a column is named for counts with what is in it: nine digits, figures
    and powers count where it is called something with CPR, nine digits also where it contains
    nothing else; a date of birth in one column and four digits in another where the names or the
    columns say what they are (kpi.cpr.split_columns). Case numbers, moments and amounts do not
    count (kpi.cpr.cells). The objects of a document are no table of one row each.
    """
    heads = {
        place
        for place, name in enumerate(columns)
        if (names_numbers(name) and not is_of_units(name, (cells[place] for _, cells in rows)))
        or are_in_other_order(name, (cells[place] for _, cells in rows))
    }
    shorten = (
        heads
        | {
            place
            for place in _columns_of_only_numbers(len(columns), rows)
            if not is_of_figures(columns[place])
            and not are_counted_up(cells[place] for _, cells in rows)
        }
        | {
            place
            for place, name in enumerate(columns)
            if are_shortened(name, (cells[place] for _, cells in rows), columns)
        }
    )
    names = [
        f"nr. {place + 1}" if _is_number(name, place in shorten) else named_place(name, place)
        for place, name in enumerate(columns)
    ]
    header = [
        PersonalNumber(None, f"nr. {place + 1} (overskriften)")
        for place, name in enumerate(columns)
        if _is_number(name, place in shorten)
    ] or [PersonalNumber(None, "overskriften")] * are_parts(columns)
    in_rows = (
        PersonalNumber(row, names[place])
        for row, places in _places(columns, rows, heads, shorten, are_table)
        for place in sorted(places)
    )
    upright = (PersonalNumber(row, names[place]) for row, place in _upright(columns, rows))
    joined = (
        PersonalNumber(row, names[place]) for row, place in joined_numbers(columns, rows, heads)
    )
    worded = (
        PersonalNumber(row, names[place]) for row, place in worded_numbers(rows[:MOST_WORDED])
    )
    paired = (
        PersonalNumber(row, names[place])
        for row, place in paired_numbers(columns, [(None, columns), *rows[:MOST_PAIRED]])
    )
    at_edges = chain(edge_numbers(_edges(rows)), edge_numbers(_edges_below(rows)))
    edges = (PersonalNumber(row, names[place]) for row, place in at_edges)
    places = chain(header, in_rows, upright, joined, worded, paired, edges)
    return list(dict.fromkeys(islice(places, MOST_PLACES)))


def _edges(rows: Sequence[_Row]) -> Iterator[tuple[int | None, int, Sequence[str]]]:
    """The cells beside each other of which one may be a number's half with its dash."""
    for row, cells in rows:
        for place, (left, right) in enumerate(pairwise(cells)):
            if may_be_edge(left) or may_be_edge(right):
                yield row, place, (left, right)


def _edges_below(rows: Sequence[_Row]) -> Iterator[tuple[int | None, int, Sequence[str]]]:
    """The cells below each other, the upper a number's half with its dash: a cell that wrapped."""
    for (row, upper), (_, lower) in pairwise(rows):
        for place, pair in enumerate(zip(upper, lower, strict=False)):
            if ends_at_edge(pair[0]):
                yield row, place, pair


def _upright(columns: Sequence[str], rows: Sequence[_Row]) -> list[tuple[int | None, int]]:
    """The numbers of records that stand upright, the names of the columns being a line of them."""
    texts = {text for _, cells in rows for text in cells if 2 < len(text) < _LONGEST_UPRIGHT}
    if not any(map(names_part, texts)):
        # Of a sheet the first row is taken for names of columns; of a form one row stands below.
        named = [place for place, name in enumerate(columns) if names_part(name)]
        below = [cells[place] for _, cells in rows[1:2] for place in named]
        is_form = bool(named) and not any(map(_DIGIT.search, below))
        return list(upright_numbers([(None, columns), *rows[:1]])) if is_form else []
    return list(upright_numbers([(None, columns), *rows]))


def _places(
    columns: Sequence[str],
    rows: Sequence[_Row],
    heads: set[int],
    shorten: set[int],
    are_table: bool,
) -> Iterator[tuple[int | None, set[int]]]:
    """Each row that contains one, and the places in it."""
    texts = set(chain.from_iterable(cells for _, cells in rows))
    suspects = {
        text
        for text in texts
        if (len(text) >= _SHORTEST or not text.isascii()) and may_hold_in_cell(text)
    }
    labels = labels_among(texts)
    split = [*split_columns(columns, rows, are_table), *far_columns(columns, rows)]
    around = _Around(columns, rows)
    under: list[int] = []  # the places below labels of the row before
    if not (suspects or labels or split or shorten):
        return
    for row, cells in rows:
        places = {at for at in under if is_number_under_head(cells[at])}
        if not suspects.isdisjoint(cells):
            places.update(
                place
                for place, cell in enumerate(cells)
                if cell in suspects and around.is_personal(place, cells)
            )
        places.update(
            at for at in shorten
            if (is_number_under_head(cells[at]) if at in heads
                else is_shortened_personal_number(cells[at]))
        )  # fmt: skip
        places.update(
            pair.birth for pair in split if pair.is_number([cells[at] for at in pair.places])
        )
        under = []
        if not labels.isdisjoint(cells):
            places.update(labelled_numbers(cells))
            under = [at for at, cell in enumerate(cells) if cell in labels]
        if places:
            yield row, places


def may_hold_in_cell(text: str) -> bool:
    """Whether a cell contains a CPR number, or figures that are one where its column is of none."""
    return text_holds_number(text) or is_parted_number(text)


def named_place(name: str, place: int) -> str:
    """A column as it is reported: its name, or its number where the name is none or has digits."""
    may_be_said = name.strip() and not text_holds_number(name)
    return name if may_be_said else f"nr. {place + 1}"


def labels_among(texts: Iterable[str]) -> set[str]:
    """The texts that say that a CPR number is beside or below them."""
    short = [text for text in texts if len(text) < 40]
    joined = "\n".join(short).casefold()  # one search through all is far quicker
    return set(filter(is_label, short)) if "cpr" in joined or "person" in joined else set()


def labelled_numbers(cells: Sequence[str]) -> list[int]:
    """The places after a cell that says `CPR-nr.`: nine digits, or a date and four more beside."""
    return [
        place + 1
        for place, cell in enumerate(cells[:-1])
        if is_label(cell)
        and (is_number_under_head(cells[place + 1])
             or (place + 2 < len(cells) and _are_split(cells[place + 1], cells[place + 2]))
             or _is_spread(cells[place + 1 : place + 1 + _MOST_SPREAD]))
    ]  # fmt: skip


def _is_spread(cells: Sequence[str]) -> bool:
    """Whether cells together are a number: a digit in each, two, or a dash in one of its own."""
    digits = ""
    for cell in cells:
        if not _SPREAD_CELL.fullmatch(cell):
            break
        digits += "".join(re.findall(r"\d", cell))
        if len(digits) >= 10:
            return len(digits) == 10 and is_birthday(digits[:6], digits[6:])
    return False


def _are_split(left: str, right: str) -> bool:
    return is_split_number(left, right, lost_zeros=True)


def numbers_under_heads(rows: Sequence[_Row]) -> list[PersonalNumber]:
    """The CPR numbers of rows below one of the first that may name their columns.

    A title of several cells may be above the names: every row with a name of such numbers may
    be a head.
    """
    numbers: list[PersonalNumber] = []
    for at, (_, cells) in enumerate(rows[:_FIRST_ROWS]):
        if any(len(cell) < _LONGEST_NAME and names_numbers(cell) for cell in cells):
            numbers += personal_numbers(cells, rows[at + 1 :])
    return list(dict.fromkeys(numbers))


def names_numbers(text: str) -> bool:
    """Whether a column's name says that it contains CPR numbers; a count of them is none."""
    plain = plain_name(text)
    return _COLUMN_OF_NUMBERS.search(plain) is not None and not _COUNT_OF_NUMBERS.search(plain)


def head_holds_number(names: Sequence[str]) -> bool:
    """Whether the names of columns contain a CPR number: in one, or in parts beside each other."""
    return any(map(text_holds_number, names)) or are_parts(names)


def are_parts(names: Sequence[str]) -> bool:
    """Whether names beside each other, of columns or sheets, are a number in parts.

    Names that number themselves (`10`, `11`, `12`, `13`) are none: pandas gives them.
    """
    for at in range(len(names) - 1):
        if count_up(names[at : at + 3]):
            continue
        four = names[at : at + 4]
        is_long = len(four) == 4 and len(four[3].strip(" -\x02")) > 2
        ten = number_of_parts(four) if is_long else ""
        if names[at].strip().isdecimal() and is_split_number(names[at], names[at + 1]):
            ten = ten or names[at].strip() + names[at + 1].strip(" -")
        if len(ten) == 10 and fits_check(ten) and not "1900" <= ten[6:] <= "2100":
            return True
    return joins_to_number(names)


class _Around:
    """The columns around a number, looked at once when a number first asks for them."""

    def __init__(self, columns: Sequence[str], rows: Sequence[_Row]) -> None:
        self._columns, self._rows = columns, rows
        self._known: dict[int, ColumnOfNumbers] = {}

    def is_personal(self, place: int, cells: Sequence[str]) -> bool:
        """Whether neither column nor row says that ten digits of a cell are no person's."""
        if place not in self._known:
            column = (cells[place] for _, cells in self._rows)
            self._known[place] = column_of_numbers(self._columns[place], column)
        return not is_other_number(cells[place], cells, self._known[place])


def _is_number(text: str, shortened_counts: bool) -> bool:
    return text_holds_number(text) or (shortened_counts and is_shortened_personal_number(text))


def is_only_number(cell: str) -> bool:
    """Whether a cell is a CPR number and nothing else, shortened or not."""
    return is_shortened_personal_number(cell) or bool(
        _TEN.fullmatch(cell) and holds_personal_number(cell)
    )


def _columns_of_only_numbers(width: int, rows: Sequence[_Row]) -> set[int]:
    """The columns with at least three cells where all are CPR numbers, shortened or not.

    The first MOST_CELLS of a column decide.
    """
    open_columns = set(range(width))
    filled = [0] * width
    for _, cells in rows:
        for place in tuple(open_columns):
            cell = cells[place]
            if is_only_number(cell):
                filled[place] += 1
            elif cell.strip():
                open_columns.discard(place)
        if all(filled[place] >= MOST_CELLS for place in open_columns):
            break
    return {place for place in open_columns if filled[place] >= _FEWEST_IN_COLUMN}
