"""Which source an extract points to, by its table's number or its words; and which indicator."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from kpi.domain.catalog import Catalog
from kpi.domain.model import Source
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.words.heads import named_by_head
from kpi.ingest.words.lookup import indicator_lookup

# RAS200, FOLK1AM, HFUDD11 of Danmarks Statistik; y60a02 of jobindsats.
_TABLE = re.compile(
    r"(?<![^\W_])(?:[a-zæøå]{2,8}\d{1,4}[a-z]{0,3}\d?|y\d\d[a-z]\d\d)(?![^\W_])", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{6,}")
# Words of a title that say nothing of what its figures are.
_ANY_TABLE = frozenset({"afskrift", "beregnet", "procent", "kommune", "kommuner", "tabellen"})


@dataclass(frozen=True)
class ProposedSource:
    """A source and what points to it, in words (both empty where nothing does).

    `table` is the number of the file's table, also where no source has it.
    """

    source_id: str = ""
    why: str = ""
    table: str = ""


def proposed_source(checked: Checked, catalog: Catalog) -> ProposedSource:
    """The one source that the file's table number, name or words point to."""
    for table, where in _tables_named(checked):
        own = [source for source in catalog.sources.values() if _is_of(source, table)]
        firsthand = [source for source in own if source in _firsthand(checked, catalog)]
        # A file that is not as the service writes it may be the copy.
        if len(firsthand) == 1 and (checked.publisher or len(own) == 1):
            return ProposedSource(firsthand[0].source_id, f"{where} ({table})", table)
    alike = _alike(checked, catalog)
    if len(alike) == 1:
        return ProposedSource(alike[0].source_id, "filens udgiver og ord")
    tables = [table for table, _ in _tables_named(checked)] if checked.publisher else []
    return ProposedSource(table=tables[0].upper() if tables else "")


def proposed_indicator(checked: Checked, catalog: Catalog) -> str:
    """The id of the indicator that the column of figures, or the measure, is called by; or empty.

    A file that no recipe fits is read as its figures without being asked.
    """
    proposal = checked.proposal or Proposal()
    if proposal.indicator or proposal.measures:
        return ""
    find = indicator_lookup(catalog)
    return named_by_head(find, proposal.value) or named_by_head(find, checked.measure) or ""


def _tables_named(checked: Checked) -> Iterator[tuple[str, str]]:
    """Each table number that the file has, surest first, and where it stands."""
    if checked.table_id:
        yield checked.table_id, "tabelnummeret"
    texts = {"filens navn": PurePath(checked.file).stem, "filens titel": checked.title}
    for where, text in texts.items():
        yield from ((match[0], where) for match in _TABLE.finditer(text))


def _firsthand(checked: Checked, catalog: Catalog) -> list[Source]:
    """The sources that an extract may be of: of its publisher, and no copy."""
    own = Source("", "", checked.publisher, "", "", 0)
    return [
        source
        for source in catalog.sources.values()
        if not source.gives_way and (not checked.publisher or source.is_of_publisher(own))
    ]


def _is_of(source: Source, table: str) -> bool:
    """Whether the source is the table or a copy of it: `RAS200 (afskrift): beskæftigelse`."""
    before, colon, _ = source.title.partition(":")
    number = before.partition("(")[0].strip() if colon else ""
    return table.casefold() in (source.source_id.casefold(), number.casefold())


def _alike(checked: Checked, catalog: Catalog) -> list[Source]:
    """The publisher's sources without a table number that share a word with the file."""
    if not checked.publisher:
        return []
    said = " ".join((checked.file, checked.title, checked.measure, *checked.columns))
    words = _words(said)
    return [
        source
        for source in _firsthand(checked, catalog)
        if not _TABLE.match(source.title)
        and any(
            word in own or own in word
            for own in _words(source.title) - _ANY_TABLE
            for word in words
        )
    ]


def _words(text: str) -> set[str]:
    """The longer words, with the letters that programs write: `fravaer_pct`."""
    plain = text.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return set(_WORD.findall(plain.replace("_", " ")))
