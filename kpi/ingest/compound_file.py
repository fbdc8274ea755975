"""The streams within an OLE2 file, the small file system that old Office files are."""

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _SMALL = 0xFFFFFFFE, 4096
_ENTRY, _STREAM, _ROOT = 128, 2, 5


class CompoundFile:
    """The streams of a file by name. Raises ValueError or struct.error where it is broken."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(SIGNATURE):
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
        root = next((one for one in self._entries if len(one) == _ENTRY and one[66] == _ROOT), b"")
        self._small = self._chain(struct.unpack_from("<I", root, 116)[0]) if root else b""

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
        for entry in self._entries:
            if len(entry) < _ENTRY:
                continue
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "ignore")
            if name.casefold() in names:
                first, size = struct.unpack_from("<II", entry, 116)
                if size < _SMALL:
                    return self._small_chain(first)[:size]
                return self._chain(first)[:size]
        return None

    def _table(self) -> tuple[int, ...]:
        """What sector follows each: the sectors that hold this are listed in the header."""
        places = list(struct.unpack_from("<109I", self._content, 76))
        following, count = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(count, len(self._content) // self._size + 1)):
            sector = _numbers(self._sector(following))
            places += sector[:-1]
            following = sector[-1]
        most = len(self._content) // self._size + 1
        parts = [self._sector(place) for place in places[:most] if place < 0xFFFFFFFA]
        return _numbers(b"".join(parts))

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
