"""The streams within an OLE2 file, the small file system that old Office files are."""

import struct
from collections.abc import Iterator

from kpi.ingest.table.file_kind import OLE2_START

_END, _SMALL = 0xFFFFFFFE, 4096
_ENTRY, _STREAM, _ROOT = 128, 2, 5


class CompoundFile:
    """The streams of a file by name. Raises ValueError or struct.error where it is broken."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(OLE2_START):
            raise ValueError("no compound file")
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise ValueError("sectors of a size that no program writes")
        self._size, self._small_size = 1 << shift, 1 << small_shift
        first_directory = struct.unpack_from("<I", content, 48)[0]
        first_small_table = struct.unpack_from("<I", content, 60)[0]
        self._next = self._table()
        self._small_next = _numbers(self._chain(first_small_table))
        directory = self._chain(first_directory)
        self._entries = [
            directory[place : place + _ENTRY] for place in range(0, len(directory), _ENTRY)
        ]
        root = next(
            (entry for entry in self._entries if len(entry) == _ENTRY and entry[66] == _ROOT), b""
        )
        self._directory_first, self._small_table_first = first_directory, first_small_table
        self._root_first = struct.unpack_from("<I", root, 116)[0] if root else _END
        self._small = self._chain(self._root_first)

    def streams(self) -> Iterator[bytes]:
        """The bytes of every stream, and the name of each."""
        for entry in self._entries:
            if len(entry) == _ENTRY and entry[66] == _STREAM:
                yield entry[:64]
                first, size = struct.unpack_from("<II", entry, 116)
                chain = self._small_chain if size < _SMALL else self._chain
                yield chain(first)[:size]

    def stream(self, *names: str) -> bytes | None:
        """The bytes of the first stream with one of the names; None where there is none."""
        entry = self._entry(names)
        if entry is None:
            return None
        first, size = struct.unpack_from("<II", entry, 116)
        return (self._small_chain if size < _SMALL else self._chain)(first)[:size]

    def _entry(self, names: tuple[str, ...]) -> bytes | None:
        for entry in self._entries:
            if len(entry) < _ENTRY:
                continue
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "ignore")
            if name.casefold() in names:
                return entry
        return None

    def with_only(self, stream: bytes, *names: str) -> bytes:
        """The file with one stream, of the same length, in place of its own, and all else zeros."""
        entry = self._entry(names)
        if entry is None:
            raise ValueError("no such stream")
        first, size = struct.unpack_from("<II", entry, 116)
        root_first, directory_first = self._root_first, self._directory_first
        out = bytearray(len(self._content))
        out[: self._size] = self._content[: self._size]
        for sector in (
            *self._listed, *self._places(directory_first, self._next),
            *self._places(self._small_table_first, self._next),
        ):  # fmt: skip
            self._copy(sector, self._sector(sector), out)
        if size >= _SMALL:
            for at, sector in enumerate(self._places(first, self._next)):
                self._copy(sector, stream[at * self._size : (at + 1) * self._size], out)
            return bytes(out)
        small = bytearray(len(self._small))
        for at, number in enumerate(self._places(first, self._small_next)):
            piece = stream[at * self._small_size : (at + 1) * self._small_size]
            small[number * self._small_size : number * self._small_size + len(piece)] = piece
        for at, sector in enumerate(self._places(root_first, self._next)):
            self._copy(sector, bytes(small[at * self._size : (at + 1) * self._size]), out)
        return bytes(out)

    def _copy(self, sector: int, piece: bytes, out: bytearray) -> None:
        start = (sector + 1) * self._size
        piece = piece[: max(0, len(out) - start)]
        out[start : start + len(piece)] = piece

    def _places(self, number: int, following: tuple[int, ...]) -> list[int]:
        """The sectors of a chain, in order."""
        places: list[int] = []
        while number < len(following) and len(places) <= len(following):
            places.append(number)
            number = following[number]
        return places

    def _table(self) -> tuple[int, ...]:
        """What sector follows each: the sectors with this table are listed in the header."""
        places = list(struct.unpack_from("<109I", self._content, 76))
        following, count = struct.unpack_from("<II", self._content, 68)
        lists = []
        for _ in range(min(count, len(self._content) // self._size + 1)):
            lists.append(following)
            sector = _numbers(self._sector(following))
            places += sector[:-1]
            following = sector[-1]
        most = len(self._content) // self._size + 1
        listed = [place for place in places[:most] if place < 0xFFFFFFFA]
        self._listed = [*lists, *listed]
        return _numbers(b"".join(map(self._sector, listed)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._content[start : start + self._size]
        return sector.ljust(self._size, b"\0") if sector else b""

    def _chain(self, number: int) -> bytes:
        parts = []
        for _ in range(len(self._next) + 1):
            if number >= len(self._next):
                break
            parts.append(self._sector(number))
            number = self._next[number]
        return b"".join(parts)

    def _small_chain(self, number: int) -> bytes:
        parts = []
        for _ in range(len(self._small_next) + 1):
            if number >= len(self._small_next):
                break
            start = number * self._small_size
            parts.append(self._small[start : start + self._small_size])
            number = self._small_next[number]
        return b"".join(parts)


def _numbers(sectors: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sectors) // 4}I", sectors[: len(sectors) // 4 * 4])
