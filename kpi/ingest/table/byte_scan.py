"""Facts of a large text from its bytes, without a copy of them: signs counted, validity.

Python's own search meets a line end every eighty bytes and stops at each; a vector does not.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as arrow

# A piece that stays in the processor's nearest memory; so many are worth a second thread, as a
# vector takes no lock of Python's.
_PIECE = 256 * 1024
_MANY, _THREADS = 16, 2
_FIRST_BLANK, _BLANKS, _FIRST_SIGN = 9, 5, 32


def count_byte(content: bytes, byte: bytes, end: int | None = None) -> int:
    """How many times a single byte is in the content, or before the place `end`."""
    return _total(content, end, lambda piece: int(np.count_nonzero(piece == byte[0])))


def has_control(content: bytes) -> bool:
    """Whether it has a control character: one below the space that is no tab or line break."""
    return _total(content, None, _controls) > 0


def _controls(piece: np.ndarray) -> int:
    # Tab to carriage return are five in a row; below them the difference wraps around.
    blanks = np.count_nonzero(piece - _FIRST_BLANK < _BLANKS)
    return int(np.count_nonzero(piece < _FIRST_SIGN) - blanks)


def is_utf8(content: bytes) -> bool:
    """Whether the content, which may begin with a byte order mark, is UTF-8."""
    ends = arrow.py_buffer(np.array([0, len(content)], dtype="int64"))
    text = arrow.Array.from_buffers(
        arrow.large_binary(), 1, [None, ends, arrow.py_buffer(content)]
    )  # fmt: skip
    try:
        text.cast(arrow.large_string())
    except arrow.ArrowInvalid:
        return False
    return True


def _total(content: bytes, end: int | None, count: Callable[[np.ndarray], int]) -> int:
    """What the counts of all pieces come to."""
    signs = np.frombuffer(memoryview(content)[:end], dtype=np.uint8)
    pieces = [signs[place : place + _PIECE] for place in range(0, len(signs), _PIECE)]
    if len(pieces) < _MANY:
        return sum(map(count, pieces))
    with ThreadPoolExecutor(_THREADS) as threads:
        parts = (pieces[number::_THREADS] for number in range(_THREADS))
        return sum(threads.map(lambda part: sum(map(count, part)), parts))
