"""How long what a person writes may be: what is longer is refused in words, and never cut."""

from kpi.domain import format as fmt
from kpi.domain.errors import KpiError

MOST_IN_NAME, MOST_IN_NOTE = 100, 800
# Where a file came from is written before the note of a decision on it.
MOST_IN_DECISION = 500


def too_long(what: str, text: str, most: int) -> str:
    """`Noten er på 900 tegn, og der er plads til 800.`; empty where the text is short enough.

    >>> too_long("Noten", "x" * 900, 800), too_long("Noten", "x" * 800, 800)
    ('Noten er på 900 tegn, og der er plads til 800.', '')
    """
    length = len(text.strip())
    if length <= most:
        return ""
    return f"{what} er på {fmt.number(length, 0)} tegn, og der er plads til {fmt.number(most, 0)}."


def long_texts(by: str, note: str = "", most: int = MOST_IN_NOTE) -> str:
    """Which of a person's name and note is too long, in words; empty where neither is."""
    faults = (too_long("Navnet", by, MOST_IN_NAME), too_long("Noten", note, most))
    return " ".join(filter(None, faults))


def refuse_long_texts(by: str, note: str = "", most: int = MOST_IN_NOTE) -> None:
    """Raises KpiError where a name or a note (or reason) is too long to be kept whole."""
    if words := long_texts(by, note, most):
        raise KpiError("Teksten er for lang", f"{words} Intet er gemt. Skriv det kortere.")
