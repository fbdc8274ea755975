"""The gate before everything else: a file with CPR numbers is refused without repeating them."""

import re
from collections.abc import Sequence

from kpi.cpr.prose import holds_in_prose
from kpi.domain.format import number
from kpi.domain.personal import MOST_PLACES as MOST_LOOKED_FOR
from kpi.domain.personal import PersonalNumber, holds_personal_number, name_holds_number
from kpi.ingest.gate.halves_apart import IN_TWO_TEXTS, are_in_px
from kpi.ingest.gate.unseen_bytes import holds_in_long
from kpi.ingest.table.raw import RefusedError

MOST_PLACES = 20
# What is safe to do where digits only look like a number: nobody may let a file pass unsearched.
_WAY_OUT = (
    " Er det ikke et CPR-nummer, kan Spor ikke se det: fjern kolonnen, hvis den kun nummererer "
    "rækkerne, og skriv et beløb i hele tusinder eller med »kr.« efter."
)
HIDDEN_NAME = "(filnavnet er skjult)"

_MOST_NAME_CHARACTERS = 60
# The figures of a PX file are side by side: six digits, a space and four more are two of them.
_PX_FIGURES = re.compile(r"^DATA\s*=[^;]*", re.MULTILINE)
# What stands between two texts in quotes.
_BETWEEN_TEXTS = tuple(":,=;[]{}()")
# The figures between two that PX has in quotes ("-").
_LINES_OF_FIGURES = re.compile(r"[\d\s.-]*\n[\d\s.-]*")
_SHORTEST_PROSE = 11
_LONG_LINE = 10_000
# No figure begins with a zero.
_NO_FIGURES = re.compile(r'(?<![\d.,])0\d{5}["\s]{1,4}\d{4}(?![\d.,])')
# So many texts one after the other are codes or cells: none goes on in the next one.
_LONG_LIST = re.compile(r'(?:"[^"\n]{0,200}", ?){12,}"[^"\n]{0,200}"')
# A long PX text goes on in new quotes on the next line.
_PX_LINE_BREAK = re.compile(r'"[ \t]*\r?\n[ \t]*"')


def shown_name(name: str) -> str:
    """The file name as messages may show it: hidden where it contains a CPR number itself."""
    return HIDDEN_NAME if name_holds_number(name) else name


def gate_text(text: str) -> list[PersonalNumber]:
    """The lines of a whole text (JSON, PX) that contain a CPR number; the places have no column.

    Finds numbers outside the table too: in titles, notes, contacts. A comma parts two figures
    here, as in both formats.
    """
    figures = _PX_FIGURES.search(text)
    first, last = (
        (text.count("\n", 0, figures.start()), text.count("\n", 0, figures.end()))
        if figures
        else (-1, -1)
    )
    text = _LONG_LIST.sub(lambda match: match[0].replace('"', "\x1f"), text)
    places = [
        PersonalNumber(number + 1, "")
        for number, line in enumerate(text.split("\n"))
        if _line_holds(line, is_figures=first <= number <= last)
    ]
    if not places and any(map(holds_in_prose, _quoted(text))):
        places.append(PersonalNumber(None, ""))
    # A text of PX may go on in the next line.
    words = text[: figures.start()] if figures else ""
    if not places and (_holds(words) or _holds(_PX_LINE_BREAK.sub("", words))):
        places.append(PersonalNumber(None, ""))
    if not places and are_in_px(_PX_LINE_BREAK.sub("", words)):
        places.append(PersonalNumber(None, "", IN_TWO_TEXTS))
    return places


def refusal(
    places: Sequence[PersonalNumber],
    file_name_too: bool = False,
    *,
    happened: str = "Filen er hverken gemt eller udgivet.",
    reminder: str = "Tabeller skal kun indeholde samlede tal.",
) -> RefusedError:
    """The refusal of a file with CPR numbers: the first places and how many there are in all.

    `happened` is what has not been done with it, `reminder` why such numbers do not belong in it.
    """
    sentences = []
    if file_name_too:
        sentences.append("Filnavnet indeholder et CPR-nummer.")
    if places:
        more = len(places) - MOST_PLACES
        shown = "; ".join(_place(place) for place in places[:MOST_PLACES])
        least = "mindst " if len(places) >= MOST_LOOKED_FOR else ""
        many = f"CPR-numre {least}{number(len(places), 0)} steder"
        rest = (
            f"; og {number(more, 0)} {'sted' if more == 1 else 'steder'} til." if more > 0 else "."
        )
        count = "et CPR-nummer" if len(places) == 1 else many
        sentences.append(f"Filen indeholder {count}: {shown}{rest}")
    sentences.append(happened)
    remedies = ["Fjern kolonnen eller numrene"] if places else []
    if file_name_too:
        remedies.append("omdøb filen" if places else "Omdøb filen")
    return RefusedError(
        "personal_data",
        " ".join(sentences),
        f"{' og '.join(remedies)}, og indlæs filen igen. {reminder}{_WAY_OUT if places else ''}",
        places[0].row if places else None,
    )


def _quoted(text: str) -> set[str]:
    """The different texts in quotes that are long enough to hold a number among words."""
    return {
        part
        for part in text.split('"')[1:-1]
        if len(part) >= _SHORTEST_PROSE
        and not part.lstrip().startswith(_BETWEEN_TEXTS)
        and not _LINES_OF_FIGURES.fullmatch(part)
    }


def _line_holds(line: str, is_figures: bool) -> bool:
    if len(line) < 10:
        return False
    if is_figures:
        parts = [*line.split(), *line.split('"')[1::2]]
        parts += [match[0] for match in _NO_FIGURES.finditer(line)]
        return any(len(part) > 9 and holds_personal_number(part) for part in parts)
    return _holds(line) or ("," in line and _holds(line.replace(",", ", ")))


def _holds(text: str) -> bool:
    return holds_in_long(text) if len(text) > _LONG_LINE else holds_personal_number(text)


def _place(place: PersonalNumber) -> str:
    parts = [] if place.row is None else [f"linje {place.row}"]
    if place.column:
        name = place.column
        if len(name) > _MOST_NAME_CHARACTERS:
            name = name[:_MOST_NAME_CHARACTERS].rstrip() + "…"
        parts.append(f"kolonne {name}")
    if place.place:
        parts.append(place.place)
    return ", ".join(parts) or "i en tekst, der går over flere linjer"


def refuse_personal(places: Sequence[PersonalNumber]) -> None:
    """Raises the refusal of a file in which CPR numbers were found."""
    if places:
        raise refusal(places)
