"""A file is there whole or not at all, also where several write it at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpi.system import writing
from kpi.system.writing import write_flushed, write_whole

_BYTES = 300_000


def test_of_several_who_write_a_file_at_once_each_writes_it_whole(tmp_path: Path) -> None:
    """Two analysts keep a recipe of the same name; two members press »Hele pakken« at once."""
    out = tmp_path / "opskrift.toml"

    def write(writer: int) -> set[bytes]:
        """Writes its own letter again and again; what was there in between, cut to two letters."""
        seen = set()
        for _ in range(25):
            write_whole(out, bytes([65 + writer]) * _BYTES)
            content = out.read_bytes()
            seen.add(bytes(sorted({*content})) if len(content) == _BYTES else b"half")
        return seen

    with ThreadPoolExecutor(4) as threads:
        seen = set().union(*threads.map(write, range(4)))
    assert seen <= {b"A", b"B", b"C", b"D"}
    assert [*tmp_path.iterdir()] == [out]


@pytest.mark.parametrize("content", [b"", b"a", b"abc", b"abcd", b"abcdefg"])
def test_a_file_that_is_written_piece_by_piece_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(writing, "_PIECE_BYTES", 3)
    written = tmp_path / "x"
    written.write_bytes(b"an older file, and longer")
    write_flushed(written, content)
    assert written.read_bytes() == content
