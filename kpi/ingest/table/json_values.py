"""JSON as text and as cells: parsed strictly, and each value written as a raw table writes it."""

import json
import math
import re
from collections.abc import Iterable
from decimal import Decimal

from kpi.ingest.table.raw import TYPED, UNREADABLE, RefusedError

# Two lines that are objects of their own are looked for only so far.
_MOST_BEGINNING = 100_000
_HINT = "Hent filen igen, og indlæs den, som den er."
_DANISH = re.compile(r"\s*-?(?:[\d.]*\d,\d+|\d{1,3}(?:\.\d{3})+)\s*%?\s*", re.ASCII)
# An escape can write what no text file contains: the marks of a raw table, half a character.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _UnreadableError(ValueError):
    """What makes a document of no use, in Danish."""


def _are_json_lines(text: str) -> bool:
    """Whether a text begins with two lines that are a JSON object each."""
    lines = [line for line in text[:_MOST_BEGINNING].splitlines() if line.strip()][:2]
    try:
        return len(lines) > 1 and all(isinstance(json.loads(line), dict) for line in lines)
    except (ValueError, RecursionError):
        return False


def parsed_json(text: str) -> object:
    """The document in a JSON text.

    Raises:
        RefusedError: it is no JSON (with the line), is nested too deeply, names something twice
            in one object, or has NaN or Infinity.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        if _are_json_lines(text):
            raise refused(
                "Filen er JSON-linjer (NDJSON): hver linje er et JSON-objekt for sig, og den form "
                "læses ikke.",
                "Hent tabellen som CSV, eller saml linjerne i én liste: [ ... ].",
            ) from None
        raise refused(
            f"Filen begynder som JSON, men kan ikke læses fra linje {fault.lineno}. "
            "Måske er den ikke hentet færdig.",
            row=fault.lineno,
        ) from None
    except RecursionError:
        raise refused("Filen er JSON med så mange niveauer, at den ikke kan læses.") from None
    except _UnreadableError as fault:
        raise refused(f"Filen er JSON, men kan ikke læses: {fault}.") from None
    except ValueError:  # Python reads no whole number of thousands of digits
        raise refused("Filen er JSON, men har et tal, der er for langt til at læses.") from None


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
