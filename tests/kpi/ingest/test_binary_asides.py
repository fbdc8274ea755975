"""What an XLSB or XLS says beside its cells: pages, comments and boxes."""

import io
import struct
from zipfile import ZipFile

import pytest

from kpi.ingest.readers.aside_texts import aside_texts, old_aside_texts
from kpi.ingest.readers.binary_asides import of_old_stream, of_pages
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.made_files import record, wide, xlsb, xlsb_cell, xlsb_row

TEXT = "Kun kvinder"
NOTHING = struct.pack("<I", 0xFFFFFFFF)
END_OF_SHEET = record(130)


def _pages(*texts: str) -> bytes:
    written = [wide(text) for text in texts] + [NOTHING] * (6 - len(texts))
    return record(479, b"\0\0" + b"".join(written)) + record(480)


def _xlsb(pages: bytes = b"", comments: bytes = b"") -> bytes:
    def cells(*texts: str) -> list[bytes]:
        return [xlsb_cell(6, at, wide(text)) for at, text in enumerate(texts)]

    made = xlsb(
        xlsb_row(0, *cells("Kommune", "År", "Andel"))
        + xlsb_row(1, *cells("Aarhus"), xlsb_cell(5, 1, struct.pack("<d", 2023)),
                   xlsb_cell(5, 2, struct.pack("<d", 74.1)))
    )  # fmt: skip
    file = io.BytesIO()
    with ZipFile(io.BytesIO(made)) as before, ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "xl/worksheets/sheet1.bin":
                content = content.removesuffix(END_OF_SHEET) + pages + END_OF_SHEET
            after.writestr(name, content)
        if comments:
            after.writestr("xl/comments1.bin", comments)
    return file.getvalue()


def _reported(desk: Desk, content: bytes) -> list[str]:
    checked = desk.check(content, name="tal.xlsb", indicator_id="employment_rate")
    return [problem.value or "" for problem in checked.problems if problem.code == "text_words"]


COMMENT = record(628) + record(637, b"\x01" + wide(TEXT) + struct.pack("<I", 0)) + record(629)


@pytest.mark.parametrize(
    ("content", "reported"),
    [
        (_xlsb(), []),
        (_xlsb(_pages(f"&L{TEXT}&CSide &P")), [f"{TEXT} Side"]),
        (_xlsb(_pages("", f"&R{TEXT}")), [TEXT]),
        (_xlsb(_pages("&LAarhus Kommune&R&D")), []),
        (_xlsb(comments=COMMENT), [TEXT]),
    ],
)
def test_an_xlsb(real: Desk, content: bytes, reported: list[str]) -> None:
    assert _reported(real, content) == reported


def test_pages_are_known_by_their_texts_filling_them() -> None:
    content = _pages(TEXT)
    assert [text for text in of_pages(b"\xdf\x03" + bytes(9) + content) if text] == [TEXT]
    assert list(of_pages(content[:-8])) == []
    assert list(of_pages(b"\xdf\x03")) == []


def test_comments_that_break_off_give_what_was_read() -> None:
    with ZipFile(io.BytesIO(_xlsb(comments=COMMENT + record(637, b"\x01\xff")))) as archive:
        assert aside_texts(archive) == [TEXT]


def _old(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _old_text(text: str, is_wide: bool) -> bytes:
    return struct.pack("<HB", len(text), is_wide) + text.encode(
        "utf-16-le" if is_wide else "latin-1"
    )


@pytest.mark.parametrize("is_wide", [False, True])
def test_the_stream_of_an_xls(is_wide: bool) -> None:
    begin, end = _old(0x809, struct.pack("<HH", 0x600, 5) + bytes(12)), _old(0x0A)
    box = _old(0x1B6, bytes(10) + struct.pack("<HHI", len(TEXT), 0, 0))
    text = bytes([is_wide]) + TEXT.encode("utf-16-le" if is_wide else "latin-1")
    sheet = begin + _old(0x14, _old_text("&LPrognose", is_wide)) + _old(0x15)
    sheet += box + _old(0x3C, text) + _old(0x3C, bytes(16)) + end
    bound = _old(0x85, bytes(4) + b"\0\0" + b"\x04\0Ark1")
    place = struct.pack("<I", len(begin + bound + end))
    bound = _old(0x85, place + b"\0\0" + b"\x04\0Ark1")
    assert list(of_old_stream(begin + bound + end + sheet)) == ["&LPrognose", TEXT]


def test_what_is_no_xls_has_no_texts() -> None:
    assert old_aside_texts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == []
    assert old_aside_texts(b"") == []
