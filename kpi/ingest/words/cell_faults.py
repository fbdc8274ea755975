"""Messages for cells that hold no value of their own: a formula nobody computed, an error."""

import re

from kpi.ingest.table.raw import UNREADABLE

# Message and remedy of a formula that nobody computed, in any column. Saved as XLS by a program
# that did not compute it, it would have no result the next time either.
WITHOUT_RESULT = (
    "Cellen er en formel uden resultat.",
    "Åbn filen i et regneark, gem den som XLSX, og indlæs den igen.",
)
IN_ERROR = "Cellen viser en fejl i regnearket."
# What a spreadsheet shows, and copies as a text, where a column is too narrow for its content.
TOO_NARROW = (
    "Der står kun #-tegn, som regnearket viser, hvor kolonnen er for smal til indholdet.",
    "Gør kolonnen bredere i regnearket, og gem eller kopiér igen.",
)
IS_TOO_NARROW = re.compile(r"\s*#{2,}\s*")
ERROR = re.compile(r"#[A-ZÆØÅ0/]+[!?]?|Err:\d{3}")


def name_fault(text: str) -> tuple[str, str] | None:
    """Message and remedy of a cell for a name, where it has none; None where it is a plain text."""
    if IS_TOO_NARROW.fullmatch(text):
        return TOO_NARROW
    plain = text.removeprefix(UNREADABLE).strip()
    if plain == text.strip():
        return None
    if plain == "formel":
        return WITHOUT_RESULT
    return (IN_ERROR, "Ret formlen, eller skriv navnet.") if ERROR.fullmatch(plain) else None
