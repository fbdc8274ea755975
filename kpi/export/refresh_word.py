"""An earlier Word paper brought up to date in place; what people wrote in it stays.

The paper is written anew at the end of the document, and each block that nobody has changed gets
what the new one says; then what was written at the end is taken out again.
"""

import io
from collections.abc import Callable
from copy import deepcopy
from operator import ne
from typing import Any

from docx.oxml.ns import qn

from kpi.domain.catalog import Catalog
from kpi.export import office_files
from kpi.export.as_written import AsWritten, Piece, not_ours, written_in
from kpi.export.headings import text_contradictions
from kpi.export.paper import Paper, known_on
from kpi.export.refreshed import Account, PaperOf, Refreshed, answer, lacking, paper_of_today
from kpi.export.sandboxed_office import check_office
from kpi.export.status_word import KIND, status_paper
from kpi.export.submission_figures import FIGURE
from kpi.export.word import Writer, drawn_submission, write_properties
from kpi.export.word_as_written import (
    TITLE_KEY,
    blocks_in,
    keep_as_written,
    mark_of,
    piece_of,
    text_of,
)
from kpi.export.word_content import WordPaper
from kpi.export.word_template import earlier_document

_MOST_SHOWN = 60
_RUNS = ("r", "fldSimple", "sdt", "hyperlink", "bookmarkStart", "bookmarkEnd", "proofErr")
_PLACEHOLDER = "w:showingPlcHdr"


def refreshed_word(content: bytes, paper_of: PaperOf, catalog: Catalog) -> Refreshed:
    """The document with the figures of the paper that `paper_of` makes of its choice.

    Raises KpiError for what Spor has not made, what an upload would be refused for, where its area
    is gone, and where no browser draws its charts.
    """
    check_office(content)
    document = earlier_document(content)
    written = written_in(content)
    pieces = {name: piece for part in written.parts for name, piece in part.pieces.items()}
    account = Account()
    paper = paper_of_today(written, written.figures, paper_of, catalog, Account())
    known = {item.exhibit.key for item in paper.items}
    account.missing += [
        lacking(key, paper, catalog)
        for key in written.figures
        if key not in known and mark_of(f"{FIGURE}{key} 1") in pieces
    ]
    said = _said(written, paper, catalog)
    words = _Words(document, pieces, account)
    words.gone = [f"{FIGURE}{key}" for key in written.figures if key not in known]
    words.refresh(said)
    for text in words.by_hand:
        account.opposed += text_contradictions("Jeres tekst", text, None, paper.items)
    _date(document, known_on(written.as_of), paper.dated)
    _name_meeting(document, written, paper, catalog)
    write_properties(document, said, paper.as_of)
    keep_as_written(document, written.kind, paper, words.now, written.figures)
    out = io.BytesIO()
    document.save(out)
    whole = office_files.repacked(out.getvalue(), lambda _, part: part)
    return answer(whole, paper, account)


def _said(written: AsWritten, paper: Paper, catalog: Catalog) -> WordPaper:
    match written.kind:
        case "indstilling" | "notat":
            return drawn_submission(paper, written.kind)
        case _ if written.kind == KIND:
            return status_paper(paper, catalog)
        case _:
            raise not_ours()


class _Words:
    """A document while it is brought up to date; `now` are its blocks as Spor writes them today.

    `gone` begin the keys of blocks whose figure there is none of any more. `by_hand` are the texts
    that people wrote.
    """

    def __init__(self, document: Any, before: dict[str, Piece], account: Account) -> None:
        self.document, self.before, self.account = document, before, account
        self.own = blocks_in(document)
        self.now: dict[str, Piece] = {}
        self.gone: list[str] = []
        self.by_hand: list[str] = []
        self._last: Any = None

    def refresh(self, said: WordPaper) -> None:
        """Brings every block up to date."""
        own_text = set(self.document.element.body)
        marks = {*self.own.values()}
        writer = Writer(self.document)
        if mark_of(TITLE_KEY) in self.before:
            self._take_over(mark_of(TITLE_KEY), writer.write_title(said.title))
        for block in said.blocks:
            self._take_over(mark_of(block.key), writer.write_block(block))
        self._take_out()
        added = [each for each in own_text if each.tag == qn("w:p") and each not in marks]
        self.by_hand += map(text_of, added)
        count = sum(bool(text_of(each).strip()) for each in added)
        if count:
            many = "1 afsnit er jeres eget" if count == 1 else f"{count} afsnit er jeres egne"
            self.account.kept.append(many)

    def _take_over(self, mark: str, fresh: Any) -> None:
        new, was = piece_of(self.document, fresh), self.before.get(mark)
        self.now[mark] = new
        own = self.own.get(mark)
        if own is None:
            fresh.getparent().remove(fresh)
            if was is not None:
                self.account.kept.append(f"Slettet i hånden: {_shown(fresh)}")
                return
            if self._last is None:
                return
            self._last.addnext(fresh)
            self._last = fresh
            self.account.new.append(_shown(fresh))
            return
        self._last = own
        fresh.getparent().remove(fresh)
        now = piece_of(self.document, own)
        if was is None or (now.text, now.numbers) != (was.text, was.numbers):
            by_hand = self._cells(own, fresh, now, was) if now.rows else ""
            self.by_hand.append(text_of(own))
            self.account.kept.append(by_hand or f"Skrevet eller udfyldt i hånden: {_shown(own)}")
        elif (now.text, now.numbers, now.alt) != (new.text, new.numbers, new.alt):
            _swap(own, fresh, now, was, self.account)
            self.account.updated += 1

    def _cells(self, own: Any, fresh: Any, now: Piece, was: Piece | None) -> str:
        """Writes the cells anew that people have not; what to say of the others."""
        old, new = list(own.iter(qn("w:tc"))), list(fresh.iter(qn("w:tc")))
        before = [cell for row in was.rows for cell in row] if was else []
        current = [cell for row in now.rows for cell in row]
        if len(old) != len(before):
            self.account.missing.append(
                f"Tabellen »{_shown(own)}« har fået andre rækker i hånden og står som før."
            )
            return f"Tabellen »{_shown(own)}« har jeres egne rækker"
        if len(old) != len(new):
            self.account.missing.append(
                f"Tabellen »{_shown(own)}« har andre rækker eller kolonner i Spor nu; jeres "
                "ændringer står, og resten er ikke opdateret."
            )
            return _cells_kept(sum(map(ne, current, before)), own)
        count = 0
        for place, (cell, said) in enumerate(zip(old, new, strict=True)):
            if current[place] != before[place]:
                count += 1
            else:
                _write_into(next(cell.iter(qn("w:p"))), next(said.iter(qn("w:p"))))
        self.account.updated += 1
        return _cells_kept(count, own)

    def _take_out(self) -> None:
        """Blocks that Spor says no more go, unless people have written in them."""
        gone = {mark_of(f"{key} {n}") for key in self.gone for n in range(1, 9)}
        for mark, own in self.own.items():
            was = self.before.get(mark)
            if mark in self.now or was is None:
                continue
            now = piece_of(self.document, own)
            if mark in gone:
                self.now[mark] = was
            elif (now.text, now.numbers) == (was.text, was.numbers):
                self.account.gone.append(_shown(own))
                own.getparent().remove(own)
            else:
                self.now[mark] = was
                self.account.missing.append(f"Siger Spor ikke mere, men står: {_shown(own)}")


def _cells_kept(count: int, table: Any) -> str:
    cells = "1 celle" if count == 1 else f"{count} celler"
    return f"{cells} i tabellen »{_shown(table)}« er skrevet i hånden"


def _shown(element: Any) -> str:
    if element.tag == qn("w:tbl"):
        # Its head says which it is.
        cells = next(element.iter(qn("w:tr"))).iter(qn("w:tc"))
        said = ", ".join(text_of(cell) for cell in cells)
    else:
        said = text_of(element)
    words = " ".join(said.split()) or "figurens billede"
    return words if len(words) <= _MOST_SHOWN else f"{words[: _MOST_SHOWN - 1].rstrip()}…"


def _swap(own: Any, fresh: Any, now: Piece, was: Piece, account: Account) -> None:
    """What the new block says in the old one, in letters and a width that people chose."""
    if own.tag == qn("w:tbl"):
        for row in own.findall(qn("w:tr")):
            own.remove(row)
        grid, drawn = own.find(qn("w:tblGrid")), fresh.find(qn("w:tblGrid"))
        if grid is not None and drawn is not None:
            own.replace(grid, drawn)
        for row in fresh.findall(qn("w:tr")):
            own.append(row)
        return
    if was.look != now.look:
        account.kept.append(f"Jeres egen formatering: {_shown(own)}")
        _write_into(own, fresh)
        return
    width = now.at[0] if was.at and now.at and abs(now.at[0] - was.at[0]) > 1 else 0
    _replace_content(own, fresh)
    if width:
        _make_wide(own, width * 12700)
        account.kept.append("Et billede har jeres egen størrelse")


def _replace_content(own: Any, fresh: Any) -> None:
    tags = {qn(f"w:{name}") for name in _RUNS}
    for child in [each for each in own if each.tag in tags]:
        own.remove(child)
    for child in [each for each in fresh if each.tag in tags]:
        own.append(child)


def _write_into(own: Any, fresh: Any) -> None:
    """The new words in the old paragraph's first letters; its bookmarks stay around them."""
    runs = [run for run in own.findall(qn("w:r")) if run.find(qn("w:t")) is not None]
    if not runs:
        _replace_content(own, fresh)
        return
    look = runs[0].find(qn("w:rPr"))
    ends = list(own.findall(qn("w:bookmarkEnd")))
    for name in ("r", "fldSimple", "sdt", "hyperlink", "proofErr"):
        for child in own.findall(qn(f"w:{name}")):
            own.remove(child)
    for child in [each for each in fresh if not each.tag.endswith(("pPr", "Start", "End"))]:
        for run in (each for each in child.iter(qn("w:r")) if look is not None):
            if (drawn := run.find(qn("w:rPr"))) is None:
                run.insert(0, deepcopy(look))
            else:
                run.replace(drawn, deepcopy(look))
        (ends[-1].addprevious if ends else own.append)(child)


def _make_wide(own: Any, width: int) -> None:
    for size in own.iter("{*}extent", "{*}ext"):
        if size.get("cx") and size.get("cy"):
            height = round(int(size.get("cy")) * width / int(size.get("cx")))
            size.set("cx", str(width))
            size.set("cy", str(height))


def _date(document: Any, before: str, now: str) -> None:
    """The day of the figures where a template has it."""
    _everywhere(document, lambda words: words.replace(before, now))


def _name_meeting(document: Any, written: AsWritten, paper: Paper, catalog: Catalog) -> None:
    """The meeting in heads, where the paper is for another one now."""
    meeting = catalog.meetings.get(written.choice.meeting_id)
    if meeting is None or paper.meeting is None or meeting == paper.meeting:
        return
    from kpi.domain.format import long_date

    before = f"{meeting.body}, {long_date(meeting.day)}"
    _everywhere(document, lambda words: words.replace(before, paper.occasion))


def _everywhere(document: Any, write: Callable[[str], str]) -> None:
    marked = {*blocks_in(document).values()}
    roots = [element for element in document.element.body if element not in marked]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    for root in roots:
        for text in root.iter(qn("w:t")):
            text.text = write(text.text or "")
