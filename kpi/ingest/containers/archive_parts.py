"""The parts of a zipped workbook: looked through before anything parses them, read in pieces."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from kpi.ingest.containers.sheet_budget import check_sheet_rows, too_large
from kpi.ingest.table.raw import MOST_INFLATED_BYTES, RefusedError

_CHUNK_BYTES = 1024**2


def named_parts(archive: ZipFile) -> dict[str, str]:
    """The names of an archive's parts by the same in small letters, with slashes."""
    return {name.replace("\\", "/").casefold(): name for name in archive.namelist()}


def survey(archive: ZipFile) -> None:
    """Refuse parts that grow past the limit, have too many rows or define entities.

    Before anything parses them.
    """
    inflated = 0
    for entry in archive.infolist():
        if not entry.filename.casefold().endswith((".xml", ".rels")):
            continue
        before_root = expat.ParserCreate()
        at_root: list[str] = []
        rows = 0
        before_root.StartElementHandler = lambda name, _, seen=at_root: seen.append(name)
        before_root.StartDoctypeDeclHandler = _refuse_doctype
        for chunk in chunks(archive, entry):
            inflated += len(chunk)
            if inflated > MOST_INFLATED_BYTES:
                raise too_large(f"mere end {MOST_INFLATED_BYTES // 1024**2} MB, når den pakkes ud")
            # Refused here: each row would be gone through several times before they are counted.
            rows += chunk.count(b"<row") + chunk.count(b":row") // 2
            check_sheet_rows(rows if "worksheets/" in entry.filename.casefold() else 0)
            for start in range(0, len(chunk), 4096):
                if at_root:
                    break
                before_root.Parse(chunk[start : start + 4096], False)


def _refuse_doctype(*_: object) -> None:
    raise RefusedError(
        "not_a_table",
        "Projektmappen indeholder XML-definitioner (DOCTYPE), som intet regneark behøver.",
        "Åbn den i et regneark, og gem den igen som .xlsx.",
    )


def chunks(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The inflated bytes of a part, to their true end: the archive may understate the length."""
    whole = copy(entry)
    whole.file_size = MOST_INFLATED_BYTES + 1
    with archive.open(whole) as part:
        while chunk := part.read(_CHUNK_BYTES):
            yield chunk


def parse(archive: ZipFile, part: str, parser: expat.XMLParserType) -> None:
    """Feed a part to a parser, in pieces."""
    for chunk in chunks(archive, archive.getinfo(part)):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def contains(
    archive: ZipFile,
    part: str,
    pattern: re.Pattern[bytes],
    words: Sequence[bytes] = (),
    among: Sequence[bytes] = (b"",),
) -> bool:
    """Whether a part contains a pattern or a word; also true where its bytes are not plain text.

    The pattern is only looked for `among` such words, near which it always is.
    """
    before = b""
    for chunk in chunks(archive, archive.getinfo(part)):
        if not before and b"\x00" in chunk[:4]:
            return True  # UTF-16
        # The names and numbers looked for are shorter than what is kept from the chunk before.
        around = before + chunk
        if any(word in around for word in words):
            return True
        if any(word in around for word in among) and pattern.search(around):
            return True
        before = chunk[-200:]
    return False
