"""The sheets of an OpenDocument spreadsheet (ODS), one after the other."""

from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile

from kpi.ingest.containers.archive_parts import chunks
from kpi.ingest.containers.sheet_budget import Budget
from kpi.ingest.readers.cell_notes import Notes
from kpi.ingest.readers.opendocument_styles import Styles
from kpi.ingest.readers.spreadsheet_xml import Event, SpreadsheetXml
from kpi.ingest.readers.workbook_rows import RowOrBlanks


def read_opendocument(
    archive: ZipFile, parts: dict[str, str], budget: Budget
) -> Iterator[tuple[str, bool, Notes, Iterator[RowOrBlanks]]]:
    """Every sheet of an ODS: name, visible, notes, and rows to go through once.

    The notes are complete when the rows are gone through. Raises what broken XML raises, and
    RefusedError past the budget.
    """
    styles = _named_styles(archive, parts)
    events = _events(SpreadsheetXml(styles, budget), archive, parts["content.xml"])
    for event in events:
        if isinstance(event, tuple):
            rows = _rows(events)
            yield *event, rows
            for _ in rows:  # rows that nobody asked for come before the next sheet
                pass


def _rows(events: Iterator[Event]) -> Iterator[RowOrBlanks]:
    for event in events:
        if not isinstance(event, list | int):
            return
        yield event


def _events(walk: SpreadsheetXml, archive: ZipFile, part: str) -> Iterator[Event]:
    for chunk in chunks(archive, archive.getinfo(part)):
        walk.parser.Parse(chunk, False)
        done, walk.events = walk.events, []
        yield from done
    walk.parser.Parse(b"", True)
    yield from walk.events


def _named_styles(archive: ZipFile, parts: dict[str, str]) -> Styles:
    styles = Styles()
    if "styles.xml" in parts:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = styles.start
        parser.EndElementHandler = styles.end
        parser.CharacterDataHandler = styles.text
        for chunk in chunks(archive, archive.getinfo(parts["styles.xml"])):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    return styles
