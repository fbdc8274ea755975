"""The gate for personal data in a table of many rows: through the distinct texts of its columns.

What cannot be a number is left out by counting digits in the bytes, then by one pattern in the
database; Python looks at what is left, and stops when enough places are found to report.
"""

from collections.abc import Iterator
from itertools import chain, islice

import duckdb
import numpy as np
import pyarrow as arrow
from pyarrow import compute

from kpi.cpr.cells import (
    MOST_CELLS,
    ColumnOfNumbers,
    column_of_numbers,
    is_of_figures,
    is_of_units,
    is_other_number,
    may_be_persons,
    whole_ten,
)
from kpi.cpr.far import far_columns
from kpi.cpr.joined import joined_numbers
from kpi.cpr.parted import READ_FOR_DIGITS
from kpi.cpr.reading import MONTH_NAMES, PACKED
from kpi.cpr.shapes import holds_ten
from kpi.cpr.split_columns import split_columns
from kpi.cpr.upright import MAY_NAME, names_part, upright_numbers
from kpi.domain.personal import (
    MOST_PLACES,
    PersonalNumber,
    is_number_under_head,
    is_only_number,
    is_shortened_personal_number,
    labelled_numbers,
    labels_among,
    may_hold_in_cell,
    named_place,
    names_numbers,
)
from kpi.ingest.gate.gate import refuse_personal
from kpi.ingest.table.dictionary import Column, Rows, too_long
from kpi.ingest.table.raw import MOST_CELL_CHARACTERS, TYPED

_SAMPLE_ROWS = 200
_FEWEST_IN_COLUMN = 3
# So many texts are looked through sooner than the database makes a pattern ready.
_FEW_TEXTS = 1_000
_TEXTS_AT_A_TIME = 200_000
_FEWEST_DIGITS, _DIGITS = 9, 10
# So many rows with the name of a field are looked at.
_MOST_UPRIGHT = 5_000
# Fewer are none, even with letters that are read for digits.
_FEWEST_CLEAR = 6
_DIGIT, _LIKE_DIGIT = 1, 2
_FEWEST_WITH_MONTH, _FEWEST_PACKED = 7, 14
_WORDS = r"\p{L}+(?:[\s,.&-]+\p{L}+)*"
_DATE_WITH_MONTH = f"[0-9][-. ]{{0,3}}(?:{MONTH_NAMES})"


def _kinds() -> np.ndarray:
    """What each byte may be: a digit, of any script, or a letter that is read for one."""
    kinds = np.zeros(256, dtype=np.uint8)
    kinds[list(b"0123456789")] = _DIGIT
    kinds[0xC2:] = _DIGIT
    kinds[0xC3] = 0
    kinds[list(READ_FOR_DIGITS.encode())] = _LIKE_DIGIT
    return kinds


_KINDS = _kinds()


def gate_columns(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], rows: Rows) -> None:
    """Refuses rows with a CPR number in any cell; a quick search first.

    Raises RefusedError for that, and for a cell beyond all measure.
    """
    for column in rows.columns:
        if (compute.max(compute.binary_length(column.texts)).as_py() or 0) > MOST_CELL_CHARACTERS:
            raise too_long()
    places = chain(
        *(_in_column(connection, names, rows, place) for place in range(len(names))),
        _split(names, rows),
        _upright(names, rows),
        _joined(names, rows),
    )
    refuse_personal(list(dict.fromkeys(islice(places, MOST_PLACES))))


def _in_column(
    connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], rows: Rows, place: int
) -> Iterator[PersonalNumber]:
    """The places in a column, and those that its labels point to."""
    name, column = names[place], rows.columns[place]
    shown = named_place(name, place)
    yield from _labelled(names, rows, place)
    if names_numbers(name) and not is_of_units(name, column.texts.to_pylist()):
        yield from (
            PersonalNumber(_line(rows, number), shown)
            for number in _rows_of(column, map(is_number_under_head, column.texts.to_pylist()))
        )
    elif not is_of_figures(name) and _is_of_only_numbers(column):
        yield from (
            PersonalNumber(_line(rows, number), shown)
            for number in _rows_of(
                column, map(is_shortened_personal_number, column.texts.to_pylist())
            )
        )
    known = column_of_numbers(name, _first_cells(column)) if _has_tens(column) else None
    for number in _holding_rows(connection, column, known):
        text = _cell(column, number)
        known = known or column_of_numbers(name, _first_cells(column))
        if not is_other_number(text, _beside(rows, number, place), known):
            yield PersonalNumber(_line(rows, number), shown)


def _holding_rows(
    connection: duckdb.DuckDBPyConnection, column: Column, known: ColumnOfNumbers | None
) -> Iterator[int]:
    """The rows of texts that contain a number, some texts at a time."""
    for start in range(0, len(column.texts), _TEXTS_AT_A_TIME):
        texts = column.texts[start : start + _TEXTS_AT_A_TIME]
        is_holding = np.zeros(len(column.texts), dtype=bool)
        for at, text in _likely(connection, texts, known):
            is_holding[start + at] = may_hold_in_cell(text)
        if is_holding.any():
            yield from map(int, np.flatnonzero(is_holding[column.spellings.to_numpy()]))


def _likely(
    connection: duckdb.DuckDBPyConnection, texts: arrow.Array, known: ColumnOfNumbers | None
) -> list[tuple[int, str]]:
    """The texts that may contain a number, with their places."""
    signs, bounds = _letters(texts)
    may_hold = _may_have_digits(texts, signs, bounds)
    if known is not None:
        places, digits = _tens(signs, bounds)
        may_hold[places] = may_be_persons(digits, known)
        if known.has_amounts and not known.is_of_persons:
            may_hold &= ~_decimals(signs, bounds)
    places = np.flatnonzero(may_hold)
    candidates = texts.take(arrow.array(places))
    if known is not None and known.shapes_of_others and not known.is_of_persons:
        are_others = _are_of(candidates, known.shapes_of_others)
        places, candidates = places[~are_others], candidates.filter(arrow.array(~are_others))
    if not len(places):
        return []
    likely = arrow.table([arrow.array(places), candidates], ["place", "text"])
    if len(places) > _FEW_TEXTS:
        connection.register("many_digits", likely)
        return connection.execute(_MAY_HOLD_NUMBER).fetchall()
    return list(zip(*likely.to_pydict().values(), strict=True))


def _letters(texts: arrow.Array) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of texts, and where each begins and the last ends."""
    _, ends, letters = texts.buffers()
    bounds = np.frombuffer(ends, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(letters or b"", dtype=np.uint8)[bounds[0] : bounds[-1]]
    return signs, bounds - bounds[0]


def _has_tens(column: Column) -> bool:
    return any(
        holds_ten(text) or whole_ten(text) for text in column.texts[:_SAMPLE_ROWS].to_pylist()
    )


def _tens(signs: np.ndarray, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of the texts that are ten digits and nothing else, and their digits."""
    starts, lengths = bounds[:-1].copy(), np.diff(bounds)
    is_typed = (lengths == _DIGITS + 1) & (signs[np.minimum(starts, len(signs) - 1)] == ord(TYPED))
    starts[is_typed] += 1
    places = np.flatnonzero(is_typed | (lengths == _DIGITS))
    digits = signs[starts[places][:, None] + np.arange(_DIGITS)] - np.uint8(ord("0"))
    are_digits = (digits < 10).all(axis=1)
    return places[are_digits], digits[are_digits].astype(np.int32)


def _are_of(texts: arrow.Array, shapes: frozenset[str]) -> np.ndarray:
    """Which texts have one of the shapes of kpi/cpr/shapes.py."""
    shape_of_text = compute.replace_substring_regex(texts, _WORDS, "a")
    shape_of_text = compute.replace_substring_regex(shape_of_text, "[0-8]", "9")
    are_of: np.ndarray = compute.is_in(
        shape_of_text, arrow.array(sorted(shapes), texts.type)
    ).to_numpy(False)
    return are_of


def _decimals(signs: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Which texts are six digits without a zero first, a mark of decimals and four digits."""
    starts, are_long = bounds[:-1], np.diff(bounds) == _DIGITS + 1
    letters = signs[np.minimum(starts[are_long][:, None] + np.arange(_DIGITS + 1), len(signs) - 1)]
    are_digits = (letters - np.uint8(ord("0"))) < 10
    is_mark = (letters[:, 6] == ord(",")) | (letters[:, 6] == ord("."))
    are_decimals = np.zeros(len(starts), dtype=bool)
    are_decimals[are_long] = (
        is_mark & (are_digits.sum(axis=1) == _DIGITS) & (letters[:, 0] != ord("0"))
    )
    return are_decimals


def _may_have_digits(texts: arrow.Array, signs: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Which texts have as many digits as a number, or as many with what is read for digits.

    Never too few: those of other scripts are not Western letters.
    """
    kinds = _KINDS[signs]
    digits = _counts(kinds == _DIGIT, bounds)
    may_have: np.ndarray = digits >= _FEWEST_DIGITS
    if ((digits >= _FEWEST_CLEAR) & ~may_have).any() and (kinds == _LIKE_DIGIT).any():
        beside = np.zeros(len(kinds), dtype=bool)
        beside[1:] = (kinds[1:] | kinds[:-1]) == (_DIGIT | _LIKE_DIGIT)
        beside[np.minimum(bounds[:-1], len(kinds) - 1)] = False  # the text before ends there
        are_read = _counts(beside, bounds) > 0
        likely = _counts(kinds == _LIKE_DIGIT, bounds) + digits >= _FEWEST_DIGITS
        may_have |= are_read & likely & (digits >= _FEWEST_CLEAR)
    may_have |= _are_with_months(texts, digits)
    may_have |= _are_packed(texts, bounds)
    return may_have


def _are_with_months(texts: arrow.Array, digits: np.ndarray) -> np.ndarray:
    """Which texts of few digits contain a month in letters, which counts as two more."""
    places = np.flatnonzero((digits >= _FEWEST_WITH_MONTH) & (digits < _FEWEST_DIGITS))
    are_with = np.zeros(len(digits), dtype=bool)
    if len(places):
        candidates = texts.take(arrow.array(places))
        has_month = compute.match_substring_regex(candidates, _DATE_WITH_MONTH, ignore_case=True)
        are_with[places] = has_month.to_numpy(zero_copy_only=False)
    return are_with


def _are_packed(texts: arrow.Array, bounds: np.ndarray) -> np.ndarray:
    """Which texts may be written in base64, in which digits are letters."""
    lengths = np.diff(bounds)
    places = np.flatnonzero(lengths >= _FEWEST_PACKED)
    are_packed = np.zeros(len(lengths), dtype=bool)
    if len(places):
        has_packed = compute.match_substring_regex(texts.take(arrow.array(places)), PACKED)
        are_packed[places] = has_packed.to_numpy(zero_copy_only=False)
    return are_packed


def _counts(marks: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    before = np.concatenate(([0], np.cumsum(marks, dtype=np.int64)))
    counts: np.ndarray = np.diff(before[bounds])
    return counts


def _is_of_only_numbers(column: Column) -> bool:
    """Whether the first cells are all CPR numbers, shortened or not."""
    filled = 0
    for text in column.texts[:MOST_CELLS].to_pylist():
        if text.strip():
            if not is_only_number(text):
                return False
            filled += 1
    if filled >= _FEWEST_IN_COLUMN or not filled:
        return filled > 0
    return sum(bool(text.strip()) for text in _first_cells(column)) >= _FEWEST_IN_COLUMN


def _first_cells(column: Column) -> list[str]:
    """The cells of the first rows, the filled ones first to be met where few are."""
    first = Column(column.texts, column.spellings[:MOST_CELLS]).rows()
    return first if any(text.strip() for text in first) else column.texts[:MOST_CELLS].to_pylist()


def _rows_of(column: Column, counts: Iterator[bool]) -> Iterator[int]:
    """The rows whose text counts; `counts` has the answer for each distinct text."""
    wanted = np.zeros(len(column.texts), dtype=bool)
    count = 0
    for at, is_number in enumerate(counts):
        wanted[at] = is_number
        count += is_number
        if count >= MOST_PLACES:
            break
    return map(int, np.flatnonzero(wanted[column.spellings.to_numpy()])) if count else iter(())


def _line(rows: Rows, number: int) -> int | None:
    line: int | None = rows.lines[number].as_py()
    return line


def _beside(rows: Rows, number: int, place: int) -> list[str]:
    """The cells of a row beside the one at a place."""
    return [_cell(column, number) for at, column in enumerate(rows.columns) if at != place]


def _cell(column: Column, number: int) -> str:
    return str(column.texts[column.spellings[number].as_py()])


def _labelled(names: tuple[str, ...], rows: Rows, place: int) -> Iterator[PersonalNumber]:
    """The numbers to the right of a cell `CPR-nr.` in a column, or below it."""
    texts = rows.columns[place].texts
    is_word = compute.match_substring_regex(texts, "(?i)cpr|person")
    labels = labels_among(texts.filter(is_word).to_pylist())
    if not labels:
        return
    wanted = compute.is_in(texts, arrow.array(sorted(labels), texts.type)).to_numpy(False)
    for number in np.flatnonzero(wanted[rows.columns[place].spellings.to_numpy()]):
        cells = [_cell(column, int(number)) for column in rows.columns[place : place + 12]]
        if 1 in labelled_numbers(cells):
            yield PersonalNumber(_line(rows, int(number)), named_place(names[place + 1], place + 1))
        below = int(number) + 1
        if below < len(rows) and is_number_under_head(_cell(rows.columns[place], below)):
            yield PersonalNumber(_line(rows, below), named_place(names[place], place))


def _split(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """Numbers with the date in one column and four digits in another."""
    first = rows.first(_SAMPLE_ROWS)
    for pair in dict.fromkeys([*split_columns(names, first), *far_columns(names, first)]):
        may_be = np.ones(len(rows), dtype=bool)
        for at, place in enumerate(pair.places):
            column = rows.columns[place]
            parts = [pair.may_be(at, text) for text in column.texts.to_pylist()]
            may_be &= np.array(parts, dtype=bool)[column.spellings.to_numpy()]
        for number in map(int, np.flatnonzero(may_be)):
            if pair.is_number([_cell(rows.columns[place], number) for place in pair.places]):
                yield PersonalNumber(
                    _line(rows, number), named_place(names[pair.birth], pair.birth)
                )


def _joined(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """The numbers that are cut over cells beside or beneath each other."""
    named = {place for place, name in enumerate(names) if names_numbers(name)}
    first = rows.first(MOST_CELLS if named else _SAMPLE_ROWS)
    for line, place in joined_numbers(names, first, named):
        yield PersonalNumber(line, named_place(names[place], place))


def _upright(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """The numbers of records that stand upright, a row for each field."""
    is_named = np.zeros(len(rows), dtype=bool)
    for column in rows.columns:
        may_be = compute.match_substring_regex(column.texts, MAY_NAME).to_numpy(False)
        for at in map(int, np.flatnonzero(may_be)):
            may_be[at] = names_part(str(column.texts[at]))
        if may_be.any():
            is_named |= may_be[column.spellings.to_numpy()]
    numbers = np.flatnonzero(is_named)[:_MOST_UPRIGHT]
    if not len(numbers):
        return
    # The row below, too: a name may stand above its value, also in the head.
    wanted = np.union1d(numbers, [0, *np.minimum(numbers + 1, len(rows) - 1)])
    cells = (
        (_line(rows, number), [_cell(column, number) for column in rows.columns])
        for number in map(int, wanted)
    )
    for line, place in upright_numbers(chain([(None, names)], cells)):
        yield PersonalNumber(line, named_place(names[place], place))


# Every spelling of plain letters that kpi.cpr.spelling reads, and some more. Of escapes and of
# letters beyond the Western ones only Python knows the meaning.
_MAY_HOLD_NUMBER = r"""
SELECT place, text
FROM many_digits
WHERE regexp_matches(
        text,
        '(^|[^0-9])([0-2]?[0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[^0-9A-Za-z]{0,12}(0?[1-9]|1[0-2])'
        '[^0-9A-Za-z]{0,12}([0-9]{2}|[0-9]{4})[^0-9A-Za-z]{0,16}[0-9]{4}([^0-9]|$)'
        '|(^|[^0-9]|1[89]|20)[0-9]{2}[^0-9A-Za-z]{0,2}(0[1-9]|1[0-2])[^0-9A-Za-z]{0,2}[0-3][0-9]'
        '[^0-9A-Za-z]{0,16}[0-9]{4}([^0-9]|$)'
        '|(^|[^0-9])[0-9]{4}[^0-9A-Za-z]{1,6}[0-9]{1,2}([^0-9A-Za-z]{1,2}(0?[1-9]|1[0-2])'
        '[^0-9A-Za-z]{1,2}|(0[1-9]|1[0-2]))[0-9]{2}([^0-9]|$|[0-9]{2})'
        '|(^|[^0-9A-Za-z])[0-9OolIZSBGbgsziqQ]{6}[^0-9A-Za-z]?[0-9OolIZSBGbgsziqQ]{4}'
        '([^0-9A-Za-z]|$)'
    )
    OR regexp_matches(
        text,
        '[^\x{00}-\x{AC}\x{AE}-\x{B1}\x{B4}-\x{B6}\x{BA}-\x{02FF}]|[&%\\<]|_x|=[23]|[+][A-Za-z]'
        '|(?i:cpr|person|dsels|sidste|be(nr|num)|streg|[0-9][-. ]{0,3}[a-z]{3,9}[-. ]{0,3}[0-9])'
        '|[0-9]{2}[^0-9]{1,48}[0-9]{4}([^0-9]|$)|[^0-9A-Za-z0]{6}[0-9]{4}([^0-9]|$)'
        '|(?i:x{6}|mm[^0-9]{2,5})[^0-9]{0,3}[0-9]{4}([^0-9]|$)'
    )
    OR (
        regexp_full_match(text, '[^A-Za-z]*')
        AND regexp_full_match(
            regexp_replace(text, '[^0-9]', '', 'g'),
            '([0-2678][0-9]|[39][01])(0[1-9]|1[0-2])[0-9]{6}'
        )
    )
    OR regexp_matches(text, '[0-9][.,][0-9]+[eE]')
    OR regexp_matches(text, '0[0-9]{10}([^0-9]|$)|([2-7][0-9A-Fa-f]){10}')
    OR regexp_matches(text, '[I-P][A-Za-z0-9+/_-]{3}[I-P][A-Za-z0-9+/_-]{3}[I-P]')
"""
