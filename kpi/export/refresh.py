"""Bringing an earlier file of Spor's up to date, whichever kind it is."""

from kpi.domain.catalog import Catalog
from kpi.export.as_written import not_ours
from kpi.export.refreshed import PaperOf, Refreshed
from kpi.ingest.table.file_kind import file_kind


def refreshed(content: bytes, paper_of: PaperOf, catalog: Catalog) -> Refreshed:
    """The deck or Word paper with today's figures, and what became of it.

    Raises KpiError for any other file, and for what cannot be brought up to date.
    """
    # Slides and Word each take a while to load.
    match file_kind(content).name:
        case "powerpoint":
            from kpi.export.refresh_deck import refreshed_deck

            return refreshed_deck(content, paper_of, catalog)
        case "word":
            from kpi.export.refresh_word import refreshed_word

            return refreshed_word(content, paper_of, catalog)
        case _:
            raise not_ours()


def account_lines(made: Refreshed) -> list[tuple[str, tuple[str, ...]]]:
    """The account in parts, each with its heading; empty parts are left out."""
    parts = [
        ("Jeres tekst siger det modsatte af tallene", made.opposed),
        ("Kunne ikke opdateres", made.missing),
        ("Ændret i hånden og bevaret", made.kept),
        ("Nyt i filen", made.new),
        ("Taget ud", made.gone),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


def updated_text(made: Refreshed) -> str:
    """`31 tekster, tabeller og diagrammer er opdateret.`"""
    if not made.updated:
        return "Alle tal i filen er de nyeste; intet er opdateret."
    if made.updated == 1:
        return "1 tekst, tabel eller diagram er opdateret."
    return f"{made.updated} tekster, tabeller og diagrammer er opdateret."
