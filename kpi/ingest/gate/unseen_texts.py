"""The parts of a workbook beside its cells, searched for personal numbers before it is kept.

Every part is searched: comments, text boxes, properties, names, headers and footers, rules, links,
charts, number formats, macros, embedded files and the rows that a pivot table remembers long after
their sheet is gone. What cannot be searched is not kept (kpi/ingest/gate/kept_copy.py).
"""

import re
import struct
from collections.abc import Callable, Iterable
from html import unescape
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

import numpy as np

from kpi.cpr.file_names import name_holds_number
from kpi.cpr.spelling import holds_personal_number
from kpi.ingest.containers.archive_parts import chunks, named_parts
from kpi.ingest.containers.relations import unnamed_sheets
from kpi.ingest.gate.unseen_bytes import (
    candidates,
    holds_in_base64,
    holds_in_bytes,
    holds_misread,
    holds_month,
    holds_within,
)
from kpi.ingest.gate.unseen_formulas import (
    holds_beside_cells,
    holds_whole,
    old_workbook_holds,
    shared_texts,
)
from kpi.ingest.gate.unseen_xml import Texts
from kpi.ingest.table.raw import TYPED

__all__ = ["OF_CELLS", "holds_in_bytes", "unseen_personal_numbers"]

# Found beside a number in a cell, these are most likely the cell's own text in the file.
OF_CELLS = "en tekst uden for arkenes celler"
_NEAR = 128
_KEPT_PART = re.compile(
    r"xl/(?:worksheets/[^/]+|workbook|styles|sharedstrings|theme/[^/]+)\.xml"
    r"|(?:xl/)?_rels/[^/]*\.rels|\[content_types\]\.xml"
)
_MOST_LOOKS = 20_000
_END_OF_ROWS = b"</sheetData"
# A formula that says whose the digits in it are.
_NAMING_FORMULA = re.compile(
    rb"(?:<f(?: [^<>]*)?>[^<]*|:formula=\"[^<\"]*)(?:cpr|personn|sidste)[^<\"]*\d{4}", re.IGNORECASE
)
_ASIDE_IN_ODS = (b":annotation", b":tracked-changes", b":content-validations", b":forms", b"<draw:")
# A font within a header parts the digits on both sides of it.
_FONT_IN_HEADER = re.compile(
    rb'(?:Head|Foot)er>[^<]*\d[^<\w]{0,6}&amp;(?:["BIUESXYHOK\d]|&quot;)', re.IGNORECASE
)
# A serial that a formula joins to what is before it (`"251248"&"-"&"4916"`).
_JOINED_SERIAL = re.compile(
    rb'(?:&amp;\s*(?:"|&quot;)?|(?:"|&quot;)\s*[,;]\s*(?:"|&quot;))-?\d{4}(?!\d)'
)
# One of them is in all of these. Rows without formulas have none, but very many quotation marks.
_JOINING = (b"&amp;", b",", b";")
# Signs of a number whose digits are not together in the bytes: marks that are not seen and
# digits of full width. (`&#`, a letter's number, is another.)
_ODD = (
    b"\xe2\x80\x8b", b"\xe2\x80\x8c", b"\xe2\x80\x8d", b"\xe2\x81\xa0", b"\xc2\xad",
    b"\xef\xbb\xbf", b"\xef\xbc\x90", b"\xef\xbc\x91", b"\xef\xbc\x92", b"\xef\xbc\x93",
)  # fmt: skip
_PLACES = (
    ("threadedcomment", "en kommentar"),
    ("comment", "en kommentar"), ("notes", "en kommentar"), ("persons/", "en kommentar"),
    ("docprops/", "filens egenskaber"), ("meta.xml", "filens egenskaber"),
    ("pivotcache", "det, en pivottabel husker"), ("externallinks/", "gemte tal fra en anden fil"),
    ("drawings/", "en tekstboks"), ("charts/", "et diagram"), ("object", "et diagram"),
    ("vbaproject", "en makro"), ("styles.xml", "et format, et sidehoved eller en sidefod"),
    ("content.xml", "en kommentar eller en tekstboks"), ("workbook.xml", "et navngivet område"),
    ("workbook.bin", "et navngivet område"),
    ("worksheets/_rels/", "et link"),
    ("worksheets/", "et sidehoved, en sidefod, en formel eller en regel for celler"),
    ("customxml/", "filens egenskaber"), ("embeddings/", "en indlejret fil"),
    ("media/", "et billede"), ("pictures/", "et billede"), ("connections", "en dataforbindelse"),
)  # fmt: skip


def unseen_personal_numbers(
    content: bytes, kind: str, cells: Callable[[], Iterable[str]] = tuple
) -> list[str]:
    """The places where a workbook has CPR numbers beside its cells, in Danish; never the numbers.

    `kind` is what `file_kind` says of it. `cells` gives the texts of all cells that are read:
    they are judged by their columns, so copies of them elsewhere in the file (shared texts,
    charts, pivot tables) are not reported again. Raises what broken XML raises.
    """
    if kind == "xls":
        return [OF_CELLS] if old_workbook_holds(content, cells) else []
    with ZipFile(BytesIO(content)) as archive:
        texts_by_part: dict[str, set[str]] = {}
        unnamed = unnamed_sheets(archive, named_parts(archive))
        places = [
            _place(entry.filename)
            for entry in archive.infolist()
            if _in_part(archive, entry, unnamed, texts_by_part)
        ]
        places += [_place(name) for name in _of_no_cell(archive, texts_by_part, cells)]
        if holds_personal_number(archive.comment.decode("latin-1")):
            places.append("filens egenskaber")
    return list(dict.fromkeys(places))


def _place(name: str) -> str:
    plain = name.replace("\\", "/").casefold()
    return next((place for part, place in _PLACES if part in plain), OF_CELLS)


def _of_no_cell(
    archive: ZipFile, texts_by_part: dict[str, set[str]], cells: Callable[[], Iterable[str]]
) -> list[str]:
    """The parts with a text or a figure that no cell of the workbook has."""
    left = set[str]().union(*texts_by_part.values())
    for cell in cells() if left else ():
        left.discard(cell.lstrip(TYPED).strip())
    for entry in archive.infolist() if left else ():
        name = entry.filename.replace("\\", "/").casefold()
        if "worksheets/" not in name and name != "content.xml":
            continue
        before = b""
        for chunk in chunks(archive, entry):
            near = before + chunk
            left -= {text for text in left if text.isdecimal() and _is_value_in(near, text)}
            before = chunk[-64:]
    return [name for name, several in texts_by_part.items() if not several.isdisjoint(left)]


def _is_value_in(content: bytes, figure: str) -> bool:
    """Whether a sheet's bytes contain a figure as a cell's value, in XML or as a double."""
    plain = figure.encode()
    return (
        b">%s<" % plain in content
        or b'value="%s"' % plain in content
        or struct.pack("<d", float(figure)) in content
    )


def _in_part(
    archive: ZipFile, entry: ZipInfo, unnamed: frozenset[str], texts_by_part: dict[str, set[str]]
) -> bool:
    """Whether a part contains a number; texts that cells may have are only gathered, by part.

    The cells of sheets that are `unnamed` nobody reads: they are searched here.
    """
    if name_holds_number(entry.filename) or holds_in_bytes(entry.comment + entry.extra):
        return True
    name = entry.filename.replace("\\", "/").casefold()
    if not name.endswith((".xml", ".rels", ".vml", ".svg")):
        is_binary = name.startswith(("xl/worksheets/", "xl/workbook.bin")) and name.endswith(".bin")
        content = b"".join(chunks(archive, entry))
        if name in unnamed and holds_whole(content):
            return True
        if name == "xl/sharedstrings.bin" and holds_within(content):
            texts_by_part[entry.filename], rest = shared_texts(archive, entry.filename)
            return not texts_by_part[entry.filename] or holds_within(rest)
        return holds_within(content) or (
            is_binary and holds_beside_cells(archive, entry.filename, content)
        )
    is_sheet = "worksheets/" in name and not name.endswith(".rels") and name not in unnamed
    has_cells = is_sheet or name == "content.xml"
    if _is_packed_in(archive, entry, name, is_sheet) and holds_in_base64(
        b"".join(chunks(archive, entry))
    ):
        return True
    if (has_cells or name == "xl/sharedstrings.xml") and not _may_hold(archive, entry, has_cells):
        return is_sheet and _holds_beside_rows(archive, entry)
    try:
        only_words = name.startswith(("customxml/", "docprops/", "ppt/tags/"))
        texts = Texts(
            has_cells,
            only_words,
            of_cells=name == "xl/sharedstrings.xml",
            is_kept=_KEPT_PART.fullmatch(name) is not None,
        )
        is_found = texts.has_personal_number(chunks(archive, entry))
        if texts.personal_texts:
            texts_by_part[entry.filename] = texts.personal_texts
        return is_found
    except expat.ExpatError:  # of a part that no reader needs
        content = b"".join(chunks(archive, entry))
        return holds_personal_number(content.decode("utf-8", "replace")) or holds_within(content)


def _holds_beside_rows(archive: ZipFile, entry: ZipInfo) -> bool:
    """Whether what a sheet has behind its rows contains a number, in whatever words.

    Headers, footers, rules and links are a few texts, which are walked over by themselves.
    """
    behind = b""
    for chunk in chunks(archive, entry):
        # Of the rows no more is kept than may be the beginning of their end.
        near = behind + chunk
        place = near.find(_END_OF_ROWS)
        behind = near[place:] if place >= 0 else near[-len(_END_OF_ROWS) :]
    _, _, parts = behind.partition(b">")
    if not behind.startswith(_END_OF_ROWS):
        return False
    texts = Texts(has_cells=False, is_kept=True)
    return texts.has_personal_number(iter((b"<worksheet>", parts)))


def _may_hold(archive: ZipFile, entry: ZipInfo, has_cells: bool) -> bool:
    """A quick look at the bytes of a large part; true where they are not plain enough to be sure.

    What follows a point is decimals.
    """
    is_aside = not has_cells
    before, points, looks = b"", np.frombuffer(b".,", dtype=np.uint8), 0
    for chunk in chunks(archive, entry):
        if not before and b"\x00" in chunk[:4]:
            return True  # UTF-16
        near = before + chunk
        if has_cells and any(name in near for name in _ASIDE_IN_ODS):
            return True
        if b"&#" in near or (not near.isascii() and any(sign in near for sign in _ODD)):
            return True
        if has_cells and b"er>" in near and _FONT_IN_HEADER.search(near):
            return True
        # Cells are read as such; their names (`B12`) are such letters too.
        is_aside = is_aside or b"</sheetData" in near
        if holds_month(near) or (is_aside and holds_misread(near)):
            return True
        if has_cells and (_joins_number(near) or _NAMING_FORMULA.search(near)):
            return True
        signs = np.frombuffer(b"  " + near, dtype=np.uint8)
        places = candidates(signs)
        passed = np.isin(signs[places - 1], points)
        for place in map(int, places[~passed]):
            looks += 1
            around = near[max(0, place - _NEAR) : place + _NEAR].decode("utf-8", "replace")
            # To walk over all of it is sooner done than to look at ever more places.
            if looks > _MOST_LOOKS or holds_personal_number(around):
                return True
        before = chunk[-200:]
    return False


def _is_packed_in(archive: ZipFile, entry: ZipInfo, name: str, is_sheet: bool) -> bool:
    """Whether a part may contain what is packed in letters; cells contain none."""
    if name == "content.xml":
        return any(b"binary-data" in chunk for chunk in chunks(archive, entry))
    return name.startswith(("customxml/", "xl/drawings/", "docprops/")) and not is_sheet


def _joins_number(content: bytes) -> bool:
    """Whether a formula among bytes joins the texts of a number; after many looks it may."""
    if not any(sign in content for sign in _JOINING):
        return False
    for looks, match in enumerate(_JOINED_SERIAL.finditer(content)):
        before, after = (
            content[max(0, match.end() - 2 * _NEAR) : match.end()],
            content[match.end() : match.end() + _NEAR],
        )
        near = before[before.rfind(b">") + 1 :] + after.partition(b"<")[0]
        joined = unescape(near.decode("utf-8", "replace"))
        if looks > _MOST_LOOKS or holds_personal_number("=(" + joined):
            return True
    return False
