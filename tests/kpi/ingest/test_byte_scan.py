"""What is read from a file's bytes is what Python reads of its decoded text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi.ingest.table import byte_scan
from kpi.ingest.table.byte_scan import Signs, is_utf8, scanned


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_scan, "_PIECE", 3)


@given(st.binary(max_size=40), st.integers(1, 20))
@example(b"", 1)
@example(b"a\tb\nc\x0bd\x0ce\r", 1)
def test_bytes_are_counted_as_python_counts_them(content: bytes, times: int) -> None:
    every = content * times
    assert Signs.of(every) == Signs(
        line_feeds=every.count(b"\n"),
        returns=every.count(b"\r"),
        quotes=every.count(b'"'),
        breaking=every.count(b"\x83"),
        controls=len(re.findall(rb"[\x00-\x08\x0e-\x1f]", every)),
    )


def test_each_byte_is_judged_alone() -> None:
    controls = [byte for byte in range(256) if Signs.of(b"abcd" + bytes([byte])).controls]
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
    for many in (0, 1_000):  # beside the counting, and after it
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(byte_scan, "_MANY", many)
            assert scanned(content) == (Signs.of(content), decodes)
