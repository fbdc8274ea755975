"""Files attached to a template or an earlier paper: what cannot be searched is not taken over."""

import io
import zlib
from zipfile import ZipFile

import pytest

from kpi.domain.errors import KpiError
from kpi.export.deck_layouts import SPOR_TEMPLATE as DECK
from kpi.export.deck_layouts import earlier_deck, layouts_of
from kpi.export.word_template import SPOR_TEMPLATE as DOCUMENT
from kpi.export.word_template import earlier_document, opened_document
from tests.tables import for_each

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PDF = b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\n" + zlib.compress(b"(tekst) Tj" * 9)


def archive(name: str, content: bytes, base: bytes = b"") -> bytes:
    file = io.BytesIO(base)
    with ZipFile(file, "a") as parts:
        parts.writestr(name, content)
    return file.getvalue()


def locked() -> bytes:
    content = bytearray(archive("a.xml", b"<a/>"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@for_each(
    ("name", "content", "is_taken"),
    [
        ("media/a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), True),
        ("media/a.emf", b"\1\0\0\0" + bytes(40), True),
        ("embeddings/a.xlsx", archive("xl/workbook.xml", b"<a/>"), True),
        ("embeddings/a.bin", OLE2 + "Tekst".encode("utf-16-le"), True),
        ("printerSettings/p.bin", b"\0\1printer", True),
        ("embeddings/a.pdf", PDF, False),
        ("media/a.png", PDF, False),
        ("embeddings/a.bin", OLE2 + PDF, False),
        ("embeddings/a.bin", OLE2 + "EncryptedPackage".encode("utf-16-le"), False),
        ("embeddings/a.docx", archive("word/embeddings/b.pdf", PDF), False),
        ("embeddings/a.docx", locked(), False),
        ("embeddings/a.zip", b"PK\x03\x04" + bytes(90), False),
        ("embeddings/a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(90), False),
        ("embeddings/a.gz", b"\x1f\x8b\x08" + bytes(90), False),
    ],
)  # fmt: skip
def test_attached_files(name: str, content: bytes, is_taken: bool) -> None:
    for template, opened, folder in (
        (DECK, layouts_of, "ppt"), (DOCUMENT, opened_document, "word"),
        (DECK, earlier_deck, "ppt"), (DOCUMENT, earlier_document, "word"),
    ):  # fmt: skip
        made = archive(f"{folder}/{name}", content, template.read_bytes())
        if is_taken:
            assert opened(made)
        else:
            with pytest.raises(KpiError, match="kan ikke gennemsøges for CPR-numre"):
                opened(made)
