"""Danish personal numbers (CPR) in text: where they stand, never what they are."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from stdnum.dk import cpr
from stdnum.exceptions import InvalidComponent

# Spaces of every width, and the marks that are not seen at all.
_SPACES = "\u0020\u00a0\u00ad\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x2010))
)
_DASHES = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
# A digit may be raised or lowered, by accident or on purpose.
_DIGIT = "[\\d\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2080-\u2089]"
_CANDIDATE = re.compile(
    rf"(?<!\d)({_DIGIT}{{6}})([{_SPACES}]{{0,2}}[{_DASHES}]?[{_SPACES}]{{0,2}})({_DIGIT}{{4}})(?!\d)"
)
# The whole part of a number and its mark: what follows is its decimals. In a list (`1,2,...`) a
# further mark stands before it.
_WHOLE_PART = re.compile(r"(?<![\d.,])\d+[.,]\Z")
# Decimals after ten digits make an amount. `.0` is what a program makes of a whole number, and a
# further mark or ten more digits make it a list.
_DECIMALS = re.compile(r"[.,](?!0+(?!\d))\d{1,7}(?!\d|[.,]\d)")
_HEX_BEFORE = re.compile(r"[0-9a-fA-F-]*\Z")
_HEX_AFTER = re.compile(r"[0-9a-fA-F-]*")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
# A number that a workbook typed as a number carries a mark before it (kpi.ingest.raw.TYPED).
_NINE = re.compile(r"\x02?\s*(\d{9})(?:[.,]0+)?\s*")
_TEN = re.compile(r"\x02?\s*\d{6}\D{0,5}\d{4}(?:[.,]0+)?\s*")
_COLUMN_OF_NUMBERS = re.compile(r"cpr|person(?:nummer|nr)|fødsels(?:nummer|nr)")
_FEWEST_IN_COLUMN = 3
_NEAR = 64
_ROWS_AT_A_TIME = 2_000

_Row = tuple[int | None, Sequence[str]]


@dataclass(frozen=True)
class PersonalNumber:
    """Where a CPR number stands: a place in a file, never the number.

    `row` is the line a person sees; None in the header or a name. `column` is the column's name,
    or `nr. 3` where it has none or its name holds a number; empty where the file has no columns.
    `place` is what it stands in where that is neither a line nor a column.
    """

    row: int | None
    column: str
    place: str = ""


def holds_personal_number(text: str) -> bool:
    """Whether a CPR number stands anywhere in the text.

    Six digits that are a date of birth (substitute numbers too: day + 60), and four more after
    nothing, spaces or a dash. The check digit is not asked for: numbers given since 2007 need not
    have one. Decimals, parts of longer numbers and hexadecimal ids are not CPR numbers.
    """
    return any(
        _is_birth_date(found[1] + found[3]) and not _is_part_of_something_else(text, found)
        for found in _CANDIDATE.finditer(text)
    )


def is_shortened_personal_number(text: str) -> bool:
    """Whether the text is the nine digits left of a CPR number that lost its first zero."""
    found = _NINE.fullmatch(text)
    return found is not None and _is_birth_date("0" + found[1])


def personal_numbers(columns: Sequence[str], rows: Sequence[_Row]) -> list[PersonalNumber]:
    """Every cell of a table that holds a CPR number, header first, then by row and column.

    Nine digits count in a column that is called something with CPR, or that holds nothing else.
    """
    shorten = {
        place
        for place, name in enumerate(columns)
        if _COLUMN_OF_NUMBERS.search(re.sub(r"[\W_]", "", name.casefold()))
    } | _columns_of_only_numbers(len(columns), rows)
    names = [
        f"nr. {place + 1}" if not name.strip() or _is_number(name, place in shorten) else name
        for place, name in enumerate(columns)
    ]
    found = [
        PersonalNumber(None, f"nr. {place + 1} (overskriften)")
        for place, name in enumerate(columns)
        if _is_number(name, place in shorten)
    ]
    for start in range(0, len(rows), _ROWS_AT_A_TIME):
        chunk = rows[start : start + _ROWS_AT_A_TIME]
        # One search through many cells is several times faster than a search in each.
        ten = _CANDIDATE.search("\n".join("\n".join(cells) for _, cells in chunk)) is not None
        if ten or shorten:
            found += [
                PersonalNumber(row, names[place])
                for row, cells in chunk
                for place, cell in enumerate(cells)
                if len(cell) > 8
                and ((ten and holds_personal_number(cell))
                     or (place in shorten and is_shortened_personal_number(cell)))
            ]  # fmt: skip
    return found


def _is_number(text: str, shortened_counts: bool) -> bool:
    return holds_personal_number(text) or (shortened_counts and is_shortened_personal_number(text))


def _is_birth_date(digits: str) -> bool:
    """Whether ten digits begin with a real day of birth in the century that the seventh tells."""
    # Digits of other scripts become ours: the century is compared as text.
    digits = "".join(str(unicodedata.digit(digit)) for digit in digits)
    if not "01" <= digits[2:4] <= "12":
        return False
    day = int(digits[:2])
    if day > 60:
        digits = f"{day - 60:02}{digits[2:]}"
    try:
        cpr.get_birth_date(digits)
    except InvalidComponent:
        return False
    return True


def _is_part_of_something_else(text: str, found: re.Match[str]) -> bool:
    """Whether a candidate is the decimals of a number, an amount, or part of a hexadecimal id."""
    before = text[max(0, found.start() - _NEAR) : found.start()]
    after = text[found.end() : found.end() + _NEAR]
    glued = found[2] == ""
    in_list = re.match(r"[.,]\d", after) is not None
    if found[2].strip(_SPACES) == "" and not in_list and _WHOLE_PART.search(before):
        return True
    in_list = before.endswith((".", ",", ";"))
    # No amount begins with a zero.
    if glued and not in_list and found[1][0] != "0" and _DECIMALS.match(after):
        return True
    return _is_in_hexadecimal(before, found[0], after)


def _is_in_hexadecimal(before: str, candidate: str, after: str) -> bool:
    left = _HEX_BEFORE.search(before)
    right = _HEX_AFTER.match(after)
    assert left is not None, "an empty run matches"
    assert right is not None, "an empty run matches"
    run = left[0] + candidate + right[0]
    if _UUID.fullmatch(run.strip("-")):
        return True
    left_letters = left[0].rpartition("-")[2]
    right_letters = right[0].partition("-")[0]
    # `cprnr0101901234` and `0101901234a` are numbers with a word at them, not an id.
    stands_alone = not re.search(r"\w\Z", before[: left.start()]) and not re.match(
        r"\w", after[right.end() :]
    )
    return (
        candidate.isdigit()
        and stands_alone
        and re.search(r"[a-f]", (left_letters + right_letters).casefold()) is not None
        and len(left_letters + candidate + right_letters)
        >= (14 if left_letters and right_letters else 16)
    )


def _columns_of_only_numbers(width: int, rows: Sequence[_Row]) -> set[int]:
    """The columns with at least three cells where all are CPR numbers, shortened or not."""
    open_columns = set(range(width))
    filled = [0] * width
    for _, cells in rows:
        for place in tuple(open_columns):
            cell = cells[place]
            if is_shortened_personal_number(cell) or (
                _TEN.fullmatch(cell) and holds_personal_number(cell)
            ):
                filled[place] += 1
            elif cell.strip():
                open_columns.discard(place)
        if not open_columns:
            break
    return {place for place in open_columns if filled[place] >= _FEWEST_IN_COLUMN}
