"""What is read from a file's bytes is what Python reads of its decoded text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi.ingest.table import byte_scan
from kpi.ingest.table.byte_scan import count_byte, has_control, is_utf8


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_scan, "_PIECE", 3)


@given(st.binary(max_size=40), st.integers(0, 45))
@example(b"", 0)
def test_bytes_are_counted_as_python_counts_them(content: bytes, end: int) -> None:
    for byte in (b"\n", b"\r", b"\xff"):
        assert count_byte(content, byte) == content.count(byte)
        assert count_byte(content, byte, end) == content.count(byte, 0, end)


@given(st.binary(max_size=40))
@example(b"a\tb\nc\x0bd\x0ce\r")
def test_control_characters_are_found(content: bytes) -> None:
    assert has_control(content) == bool(re.search(rb"[\x00-\x08\x0e-\x1f]", content))


def test_each_byte_is_judged_alone() -> None:
    controls = [byte for byte in range(256) if has_control(b"abcd" + bytes([byte]))]
    assert controls == [*range(9), *range(14, 32)]


@given(st.one_of(st.binary(max_size=40), st.text(max_size=20).map(lambda text: text.encode())))
@example(b"\xed\xa0\x80")  # half of a pair
@example(b"\xc0\x80")  # longer than needed
@example(b"\xf4\x90\x80\x80")  # past the last character
@example(b"\xef\xbb\xbfomr\xc3\xa5de")
@example(b"omr\xc3")
@example(b"")
def test_utf8_is_what_python_decodes(content: bytes) -> None:
    try:
        content.decode("utf-8")
        decodes = True
    except UnicodeDecodeError:
        decodes = False
    assert is_utf8(content) == decodes
