"""Titles that name people whom no indicator, group or area of the file is called by."""

from collections.abc import Collection, Iterable

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.meant import Meant
from kpi.ingest.table.raw import ABOVE, NAME, Beside

# Lines that begin so are about the source and not about the figures.
_OF_SOURCE = (
    "kilde", "source", "kontakt", "contact", "copyright", "licens", "©", "udtrukket", "hentet",
    "opdateret", "senest opdateret", "sidst opdateret", "næste", "dannet", "http", "www.",
    "udarbejdet", "leveret", "trukket", "oprettet", "afsender", "forfatter",
    "sep=",  # how Excel is told what parts the cells
)  # fmt: skip
# Longer lines over a table explain, and are no titles.
_MOST_CHARACTERS = 160
_MOST_SHOWN = 100


def is_of_source(text: str) -> bool:
    """Whether a line says where the figures are from: `Kilde: Danmarks Statistik`."""
    return text.casefold().lstrip("*#• ").startswith(_OF_SOURCE)


def strange_people(
    texts: Iterable[Beside], meant: Meant, reported: Collection[str | None]
) -> list[Problem]:
    """A warning of the first title for people that are neither the indicator's nor the group's.

    `Fravær for medarbejdere`, `Elevfravær i gymnasier`. A text that is `reported` already, by its
    first words, is not reported again.
    """
    for text in texts:
        shown = text.text[:_MOST_SHOWN]
        if (
            text.where not in (NAME, ABOVE)
            or len(text.text) > _MOST_CHARACTERS
            or shown in reported
        ):
            continue
        if strangers := meant.unknown_people(text.text):
            words = listing([f"»{word}«" for word in strangers])
            return [
                Problem(
                    "text_words", "", text.row, None, shown,
                    f"Titlen siger {words}, og det læses ikke. Tallene gemmes som "
                    f"{meant.stored_as()}.",
                    "Kontrollér, at tallene er for dem, de gemmes for.",
                )
            ]  # fmt: skip
    return []
