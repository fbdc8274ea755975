"""Which texts of a column may contain a CPR number: by their bytes, then by one pattern in SQL.

Never too few: what they leave is looked at one by one (kpi/cpr/spelling.py).
"""

import duckdb
import numpy as np
import pyarrow as arrow
from pyarrow import compute

from kpi.cpr.cells import may_be_persons
from kpi.cpr.columns import ColumnOfNumbers
from kpi.cpr.edges import may_be_edge
from kpi.cpr.packed import PACKED
from kpi.cpr.parted import READ_FOR_DIGITS
from kpi.cpr.spelled_out import MAY_BE_SPELLED
from kpi.ingest.table.raw import TYPED

# So many texts are looked through sooner than the database makes a pattern ready.
_FEW_TEXTS = 1_000
_FEWEST_DIGITS, _DIGITS = 9, 10
# Fewer are none, even with letters that are read for digits.
_FEWEST_CLEAR = 5
_DIGIT, _LIKE_DIGIT = 1, 2
_FEWEST_WITH_MONTH, _FEWEST_PACKED = 7, 8
# A day and a month of one digit each, parted by signs.
_SHORT_DATE = r"(^|[^0-9])[1-9][^0-9A-Za-z]{1,3}[1-9][^0-9A-Za-z]{1,4}[0-9]{2}[^0-9A-Za-z]"
_DIGITS_OF_SHORT = 8
_WORDS = r"\p{L}+(?:[\s,.&-]+\p{L}+)*"
_DATE_WITH_MONTH = (
    r"[0-9][^0-9A-Za-z]{0,3}\p{L}[^0-9]{2,30}[0-9]{2}|[0-9][-. /]{1,3}[ivx]{1,4}[-. /]{1,3}[0-9]"
)
# A dash, the first and the last byte of those beyond ASCII, a space or a mark of a number.
_BEFORE_EDGE = np.frombuffer(b"-/ \xe2" + TYPED.encode(), dtype=np.uint8)
_BEHIND_EDGE = np.frombuffer(b"-/ \x90\x91\x92\x93\x94\x95", dtype=np.uint8)
_SHORTEST_EDGE, _LONGEST_EDGE = 4, 24


def _kinds() -> np.ndarray:
    """What each byte may be: a digit, of any script, or a letter that is read for one."""
    kinds = np.zeros(256, dtype=np.uint8)
    kinds[list(b"0123456789")] = _DIGIT
    kinds[0xC2:] = _DIGIT
    kinds[0xC3] = 0
    kinds[list(READ_FOR_DIGITS.encode())] = _LIKE_DIGIT
    return kinds


_KINDS = _kinds()
_IN_TWO = np.isin(np.arange(256), (0xE2, 0xE3))


def likely_texts(
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


def likely_edges(texts: arrow.Array) -> np.ndarray:
    """Which texts are half of a number with its dash (kpi/cpr/edges.py)."""
    signs, bounds = _letters(texts)
    are_edges = np.zeros(len(texts), dtype=bool)
    lengths = np.diff(bounds)
    filled = np.flatnonzero((lengths > _SHORTEST_EDGE) & (lengths <= _LONGEST_EDGE))
    first, last = signs[bounds[filled]], signs[bounds[filled + 1] - 1]
    of_dash = np.isin(first, _BEFORE_EDGE) | np.isin(last, _BEHIND_EDGE)
    for place in map(int, filled[of_dash]):
        are_edges[place] = may_be_edge(str(texts[place]))
    return are_edges


def _letters(texts: arrow.Array) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of texts, and where each begins and the last ends."""
    _, ends, letters = texts.buffers()
    bounds = np.frombuffer(ends, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(letters or b"", dtype=np.uint8)[bounds[0] : bounds[-1]]
    return signs, bounds - bounds[0]


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
    # A letter beyond the Western ones may be a number of two digits (`㊽`).
    digits = _counts(kinds == _DIGIT, bounds) + _counts(_IN_TWO[signs], bounds)
    may_have: np.ndarray = digits >= _FEWEST_DIGITS
    if ((digits >= _FEWEST_CLEAR) & ~may_have).any() and (kinds == _LIKE_DIGIT).any():
        beside = np.zeros(len(kinds), dtype=bool)
        beside[1:] = (kinds[1:] | kinds[:-1]) == (_DIGIT | _LIKE_DIGIT)
        beside[np.minimum(bounds[:-1], len(kinds) - 1)] = False  # the text before ends there
        are_read = _counts(beside, bounds) > 0
        likely = _counts(kinds == _LIKE_DIGIT, bounds) + digits >= _FEWEST_DIGITS
        may_have |= are_read & likely & (digits >= _FEWEST_CLEAR)
    may_have |= _are_with_months(texts, digits)
    may_have |= _match(texts, digits == _DIGITS_OF_SHORT, _SHORT_DATE, ignore_case=False)
    may_have |= _are_packed(texts, bounds)
    return may_have


def _are_with_months(texts: arrow.Array, digits: np.ndarray) -> np.ndarray:
    """Which texts of few digits contain a month in letters, which counts as two more."""
    return _match(
        texts, (digits >= _FEWEST_WITH_MONTH) & (digits < _FEWEST_DIGITS), _DATE_WITH_MONTH
    )


def _are_packed(texts: arrow.Array, bounds: np.ndarray) -> np.ndarray:
    """Which texts may be written in base64, in which digits are letters, or in words."""
    pattern = f"{PACKED}|0x[0-9A-Fa-f]{{6}}|{MAY_BE_SPELLED}"
    return _match(texts, np.diff(bounds) >= _FEWEST_PACKED, pattern, ignore_case=False)


def _match(
    texts: arrow.Array, may_match: np.ndarray, pattern: str, ignore_case: bool = True
) -> np.ndarray:
    """Which of the texts that may do so match a pattern somewhere."""
    places = np.flatnonzero(may_match)
    are_matching = np.zeros(len(may_match), dtype=bool)
    if len(places):
        matching = compute.match_substring_regex(
            texts.take(arrow.array(places)), pattern, ignore_case=ignore_case
        )
        are_matching[places] = matching.to_numpy(zero_copy_only=False)
    return are_matching


def _counts(marks: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    before = np.concatenate(([0], np.cumsum(marks, dtype=np.int64)))
    counts: np.ndarray = np.diff(before[bounds])
    return counts


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
        '|(?i:cpr|person|dsels|sidste|be(nr|num)|streg)'
        '|(?i:[0-9][-. /]{0,3}[a-z]{3,9}[-. /,]{0,3}''?[0-9])'
        '|[\[{]/?[A-Za-z*]{1,10}[=:\]}]|CDATA|(?i:[0-9][-. /]{1,3}[ivx]{1,4}[-. /]{1,3}[0-9])'
        '|[0-9]{2}[^0-9A-Za-z]{1,3}[0-9]{1,3}([^0-9A-Za-z]{1,3}[0-9]{1,3}){1,3}([^0-9A-Za-z]|$)'
        '|[0-9]{2}[^0-9]{1,48}[0-9]{2}([-. ]?[0-9]{2})([^0-9]|$)'
        '|[^0-9A-Za-z0]{6}[0-9]{4}([^0-9]|$)|(?i:f(ø|oe|o)d|(^|[^a-z])f[.])'
        '|(?i:x{6}|mm[^0-9]{2,5})[^0-9]{0,3}[0-9]{4}([^0-9]|$)'
        '|(?i:jan|feb|mar|apr|ma[jy]|ju[nl]|aug|sep|o[kc]t|nov|dec)[a-z]{0,6}'
        '[. ]{1,3}[0-9]{1,2}[^0-9]'
        '|(0?[1-9]|1[0-2])[-./](1[3-9]|2[0-9]|3[01])[-./][0-9]{2}'
    )
    OR (
        regexp_full_match(text, '[^A-Za-z]*')
        AND regexp_full_match(
            regexp_replace(text, '[^0-9]', '', 'g'),
            '([0-2678][0-9]|[39][01])(0[1-9]|1[0-2])[0-9]{6}'
        )
    )
    OR regexp_matches(
        text,
        '\p{L}[^0-9]{1,24}[1-9](0[1-9]|1[0-2])[^0-9A-Za-z]?[0-9]{3}[^0-9A-Za-z]?[0-9]{3}([^0-9]|$)'
    )
    OR regexp_full_match(
        text, '\s*[1-9](0[1-9]|1[0-2])[., \x{00A0}''][0-9]{3}[., \x{00A0}''][0-9]{3}\s*'
    )
    OR regexp_matches(
        regexp_replace(text, '[^0-9A-Za-z]', '', 'g'),
        '([0-2][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{6}|(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]{5}'
    )
    OR regexp_matches(text, '[0-9][.,][0-9]+[eE]')
    OR regexp_matches(text, '0[0-9]{10}([^0-9]|$)|([2-7][0-9A-Fa-f]){10}')
    OR regexp_matches(
        text,
        '(3[0-9][^0-9A-Za-z]{1,3}(0x|[Uu][+]?00)?){4}|00[23][0-9a-fA-F][Uu]|0x[0-9a-fA-F]{6}'
        '|(0?011[01]{4}[^0-9A-Za-z]?){4}|([45][0-9][^0-9A-Za-z]{1,2}){4}'
        '|((6[0-7]|7[01])[^0-9A-Za-z]{1,2}){4}'
    )
"""
_MAY_HOLD_NUMBER += f"    OR regexp_matches(text, '{PACKED}|{MAY_BE_SPELLED}')\n"
