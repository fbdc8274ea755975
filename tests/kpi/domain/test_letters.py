"""Signs that no paper can contain are left out of what is typed, pasted and read from files."""

import io
from zipfile import ZipFile

import pyarrow as arrow
from docx import Document

from kpi.domain.letters import writable
from kpi.export.choice import CaseDetails, Choice, OwnSlide, writable_choice
from kpi.ingest.table.dictionary import Column
from kpi.store.entering import whole_rows
from tests.tables import for_each

EVERY = [*map(chr, range(0xD800)), *map(chr, range(0xE000, 0x11000))]


@for_each(
    ("text", "kept"),
    [
        ("Fra slide\x0bnæste linje", "Fra slide næste linje"),
        ("a\x00b\x07c\x1fd\x7f\x9fe", "abcde"),
        ("side\x0cskift\x85og\u2028linje\u2029slut", "side skift og linje slut"),
        ("nr. \u202e1234\u202c og \u20662\u2069", "nr. 1234 og 2"),
        ("\ufffe\uffff\ud800", ""),
        ("En linje\nog\ten anden\r\n", "En linje\nog\ten anden\r\n"),
        ("مرحبا שלום 😀👩\u200d👧 é\u0301 «Ærø»", "مرحبا שלום 😀👩\u200d👧 é\u0301 «Ærø»"),
    ],
)  # fmt: skip
def test_what_is_left_out(text: str, kept: str) -> None:
    assert writable(text) == kept


def test_word_takes_every_letter_that_is_left() -> None:
    document = Document()
    document.add_paragraph("".join(map(writable, EVERY)))
    document.save(out := io.BytesIO())
    assert ZipFile(out).testzip() is None


def test_texts_of_a_file_lose_each_such_sign() -> None:
    texts = [f"a{letter}b" for letter in EVERY]
    unlike = [text for text in texts if writable(text) != text]
    for text in unlike:
        column = Column(arrow.array(["Æblegård", text, ""]), arrow.chunked_array([[0, 1, 2]]))
        assert column.words()["text"].to_pylist() == ["Æblegård", writable(text), ""]
    plain = arrow.array([text for text in texts if writable(text) == text])
    column = Column(plain, arrow.chunked_array([[0]]))
    assert column.words()["text"].to_pylist() == plain.to_pylist()


def test_rows_of_the_plan_and_what_is_written_on_a_paper() -> None:
    (row,) = whole_rows({"event": [{"title": " Ny\x0bjobmesse\x07 "}]})["event"]
    assert row["title"] == "Ny jobmesse"
    choice = Choice(
        "aarhus", titles={"x": "a\x07b"}, cover="c\x0bd", slides=(OwnSlide("e\x00", "f\ng\x0b"),),
        case=CaseDetails(number="25\x074711"),
    )  # fmt: skip
    kept = writable_choice(choice)
    assert (kept.titles, kept.cover, kept.case.number) == ({"x": "ab"}, "c d", "254711")
    assert [(slide.title, slide.text) for slide in kept.slides] == [("e", "f\ng ")]
