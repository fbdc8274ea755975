"""The zeros that LibreOffice Calc writes into an old workbook (XLS) in place of texts.

Of a formula whose text it only read from another file, and did not compute, it leaves the number 0.
"""

import struct

AUTHOR = 0x5C
_CALC = b"Calc "
# Formulas are written with their last step last. What ends with one of these gives a number: an
# operator or a percent sign, the short form of SUM, a function of a fixed number of arguments, and
# one of any number (COUNT, SUM, AVERAGE, MIN, MAX; ABS, INT, ROUND, COUNTIF, SUMPRODUCT, SUMIF).
_OPERATORS, _SHORT_SUM = frozenset(b"\x03\x04\x05\x06\x07\x12\x13\x14"), b"\x19\x10"
_FUNCTION, _ANY_FUNCTION = frozenset(b"\x21\x41\x61"), frozenset(b"\x22\x42\x62")
_OF_NUMBERS = frozenset((0, 4, 5, 6, 7, 24, 25, 27, 228, 345, 346))
# Within a formula's record, behind its place and style: the result, and the first of its steps.
_STEPS, _NOT_A_NUMBER = 16, b"\xff\xff"


def is_of_calc(author: bytes) -> bool:
    """Whether a record of AUTHOR says that Calc wrote the workbook."""
    return author[3:].startswith(_CALC)


def may_be_text(formula: bytes) -> bool:
    """Whether the result of a formula of Calc is a 0 that may stand for a text.

    `formula` is what its record has behind the place and the style of the cell.
    """
    if formula[6:8] == _NOT_A_NUMBER or struct.unpack_from("<d", formula)[0] != 0:
        return False
    return not _gives_number(formula[_STEPS:])


def _gives_number(steps: bytes) -> bool:
    """Whether a formula's last step can only give a number, never a text."""
    if steps[-1:] and steps[-1] in _OPERATORS:
        return True
    if steps[-4:-2] == _SHORT_SUM:
        return True
    number = int.from_bytes(steps[-2:], "little")
    is_function = steps[-3:-2] and steps[-3] in _FUNCTION
    is_any = steps[-4:-3] and steps[-4] in _ANY_FUNCTION
    return bool(is_function or is_any) and number in _OF_NUMBERS
