"""Titles that name people whom no indicator, group or area of the file is called by."""

import re
from collections.abc import Collection, Iterable

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.meant import Meant
from kpi.ingest.table.raw import ABOVE, NAME, UNDER, Beside
from kpi.ingest.words.title_words import called

# Lines that begin so are about the source and not about the figures.
_OF_SOURCE = (
    "kilde", "source", "kontakt", "contact", "copyright", "licens", "©", "udtrukket", "hentet",
    "opdateret", "senest opdateret", "sidst opdateret", "næste", "dannet", "http", "www.",
    "udarbejdet", "leveret", "trukket", "oprettet", "afsender", "forfatter",
    "sep=",  # how Excel is told what parts the cells
)  # fmt: skip
# Lines that say of whom all figures are, wherever they stand: `Tallene gælder ...`, `Segment: ...`.
_OF_FIGURES = re.compile(
    r"(?:\W|\b(?:obs|nb|bemærk|note|alle|samtlige)\b)*(?:(?:tal(?:lene)?|data|opgørelsen|tabellen|udtrækket"
    r"|værdierne|nøgletallet|statistikken)\s(?:er|viser|omfatter|dækker|gælder|vedrører|angiver)\b"
    r"|(?:opgjort|målt|angivet|vist|talt)\s(?:i|som)\b"
    r"|(?:målgruppe|population|segment|udvalg|afgrænsning|kriteri(?:e|er|um|erne)|delmængde|selektion"
    r"|(?:ud)?valgt\w*|filtre?|filtreret)\s*[:=])",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"\b(?:omfatter|dækker|gælder|vedrører)\s(?!for\b|også\b|ikke\b|både\b|såvel\b|fra\b|til\b|i\b|pr\b|per\b)"
    r"|(?<=\w)\s*[:=]\s*",
    re.IGNORECASE,
)
# Longer lines over a table explain, and are no titles.
_MOST_CHARACTERS = 160
_MOST_SHOWN = 100


def is_of_source(text: str) -> bool:
    """Whether a line says where the figures are from: `Kilde: Danmarks Statistik`."""
    return text.casefold().lstrip("*#• ").startswith(_OF_SOURCE)


def says_of_figures(text: str) -> bool:
    """Whether a line says what all figures are of: `Tallene gælder unge`, `Segment: unge`."""
    return len(text) <= _MOST_CHARACTERS and _OF_FIGURES.match(text) is not None


def strange_people(
    texts: Iterable[Beside], meant: Meant, reported: Collection[str | None]
) -> list[Problem]:
    """A warning of the first title for people that are neither the indicator's nor the group's.

    `Fravær for medarbejdere`, `Elevfravær i gymnasier`. A text that is `reported` already, by its
    first words, is not reported again.
    """
    for text in texts:
        shown = text.text[:_MOST_SHOWN]
        is_of_all = text.where == UNDER and says_of_figures(text.text)
        if (
            not (text.where in (NAME, ABOVE) or is_of_all)
            or len(text.text) > _MOST_CHARACTERS
            or shown in reported
        ):
            continue
        said = _WHOM.sub(" for ", text.text, count=1) if is_of_all else text.text
        if strangers := meant.unknown_people(said):
            words = listing([f"»{word}«" for word in strangers])
            return [
                Problem(
                    "text_words", "", text.row, None, shown,
                    f"{called(text)} siger {words}, og det læses ikke. Tallene gemmes som "
                    f"{meant.stored_as()}.",
                    "Kontrollér, at tallene er for dem, de gemmes for.",
                )
            ]  # fmt: skip
    return []
