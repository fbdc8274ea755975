"""A file is there whole or not at all, also where several write it at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kpi.system.writing import write_whole

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
