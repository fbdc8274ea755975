"""JSON as text and as cells: parsed strictly, and each value written as a raw table writes it."""

import json
import math
import re
from collections.abc import Iterable
from decimal import Decimal

from kpi.ingest.table.raw import TYPED, UNREADABLE, RefusedError

# So many lines that are an object each make JSON lines; a single one is a document.
_FEWEST_LINES = 2
_HINT = "Hent filen igen, og indlæs den, som den er."
_DANISH = re.compile(r"\s*-?(?:[\d.]*\d,\d+|\d{1,3}(?:\.\d{3})+)\s*%?\s*", re.ASCII)
# An escape can write what no text file contains: the marks of a raw table, half a character.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _UnreadableError(ValueError):
    """What makes a document of no use, in Danish."""


class _UnreadLineError(ValueError):
    """Where a document, or one of its lines, is no JSON."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def parsed_json(text: str) -> object:
    """The document in a JSON text; of JSON lines (a document a line) a list of their objects.

    Raises:
        RefusedError: it is no JSON (with the line), is nested too deeply, names something twice
            in one object, or has NaN or Infinity.
    """
    try:
        return _parsed(text)
    except _UnreadLineError as fault:
        raise refused(
            f"Filen begynder som JSON, men kan ikke læses fra linje {fault.line}. "
            "Måske er den ikke hentet færdig.",
            row=fault.line,
        ) from None
    except RecursionError:
        raise refused("Filen er JSON med så mange niveauer, at den ikke kan læses.") from None
    except _UnreadableError as fault:
        raise refused(f"Filen er JSON, men kan ikke læses: {fault}.") from None
    except ValueError:  # Python reads no whole number of thousands of digits
        raise refused("Filen er JSON, men har et tal, der er for langt til at læses.") from None


def _parsed(text: str) -> object:
    try:
        return _document(text)
    except json.JSONDecodeError as fault:
        lines = _json_lines(text)
        if lines is None:
            raise _UnreadLineError(fault.lineno) from None
        return lines


def _json_lines(text: str) -> list[object] | None:
    """The objects of a text that begins with two lines that are one each; None for others."""
    records: list[object] = []
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            record = _document(written)
        except json.JSONDecodeError:
            record = None
        if not isinstance(record, dict):
            if len(records) < _FEWEST_LINES:
                return None
            raise _UnreadLineError(line)
        records.append(record)
    return records if len(records) >= _FEWEST_LINES else None


def _document(text: str) -> object:
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)


def cell_text(value: object) -> str:
    """A JSON value other than null as a raw table's cell.

    Numbers are in full after TYPED; true, false and what is itself a list are after UNREADABLE.
    """
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, bool):
        return UNREADABLE + ("true" if value else "false")
    if isinstance(value, int):
        return f"{TYPED}{value}"
    if isinstance(value, float) and math.isfinite(value):
        return f"{TYPED}{Decimal(repr(value)):f}"
    return UNREADABLE + ("…" if isinstance(value, (list, dict)) else str(value))


def plain_text(text: str) -> str:
    """A text without control characters and halves of characters."""
    return _CONTROL.sub("", text)


def decimal_mark(cells: Iterable[str]) -> str | None:
    """ "point", or None where a text may be written as in Denmark: the column's cells then decide.

    JSON writes its numbers with a point, and these are after TYPED; what it has as text may be
    `75,1`, and `1.234` may be a thousand.
    """
    is_danish = any(
        ("," in cell or "." in cell) and _DANISH.fullmatch(cell) is not None for cell in cells
    )
    return None if is_danish else "point"


def refused(message: str, hint: str = _HINT, row: int | None = None) -> RefusedError:
    """The refusal of a file that is not the table it looks like."""
    return RefusedError("not_a_table", message, hint, row)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    object_ = dict(pairs)
    if len(object_) < len(pairs):
        # Raised without the name: nothing has been through the gate for personal data yet.
        raise _UnreadableError("det samme navn står to gange i en post")
    return object_


def _no_number(name: str) -> object:
    raise _UnreadableError(f"»{name}« er ikke et tal")
