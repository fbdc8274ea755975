"""The streams within an OLE2 file, the small file system that old Office files are."""

import struct
from collections.abc import Iterator

from kpi.ingest.table.file_kind import OLE2_START

_END, _SMALL = 0xFFFFFFFE, 4096
_ENTRY, _STREAM, _ROOT = 128, 2, 5
_FREE, _OF_TABLE, _OF_LIST = 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
_SECTOR, _LISTED_IN_HEADER, _NUMBERS = 512, 109, 128


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
        self._small = self._chain(struct.unpack_from("<I", root, 116)[0] if root else _END)

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

    def _table(self) -> tuple[int, ...]:
        """What sector follows each: the sectors with this table are listed in the header."""
        places = list(struct.unpack_from("<109I", self._content, 76))
        following, count = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(count, len(self._content) // self._size + 1)):
            sector = _numbers(self._sector(following))
            places += sector[:-1]
            following = sector[-1]
        most = len(self._content) // self._size + 1
        listed = [place for place in places[:most] if place < 0xFFFFFFFA]
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


def compound_file(name: str, stream: bytes) -> bytes:
    """A file with one stream of a name, and nothing else."""
    padded = stream.ljust(_SMALL, b"\0")
    data = -(-len(padded) // _SECTOR)
    tables = lists = 0
    # The table says of its own sectors, too, what follows them.
    while tables * _NUMBERS < data + 1 + tables + lists:
        tables += 1
        lists = -(-max(0, tables - _LISTED_IN_HEADER) // (_NUMBERS - 1))
    first_table, first_list = data + 1, data + 1 + tables
    following = [*range(1, data), _END, _END, *[_OF_TABLE] * tables, *[_OF_LIST] * lists]
    following += [_FREE] * (tables * _NUMBERS - len(following))
    numbers = [*range(first_table, first_list)]
    listed = numbers[:_LISTED_IN_HEADER] + [_FREE] * (_LISTED_IN_HEADER - len(numbers))
    header = OLE2_START + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIII", tables, data, 0, _SMALL) + struct.pack(
        "<IIII", _END, 0, first_list if lists else _END, lists
    )
    parts = [header, struct.pack(f"<{_LISTED_IN_HEADER}I", *listed)]
    parts.append(padded.ljust(data * _SECTOR, b"\0"))
    parts.append(
        _entry("Root Entry", _ROOT, 1, _END, 0) + _entry(name, _STREAM, _FREE, 0, len(padded))
    )
    parts.append(2 * (bytes(68) + struct.pack("<III", _FREE, _FREE, _FREE) + bytes(48)))
    parts.append(struct.pack(f"<{len(following)}I", *following))
    for at in range(lists):
        first = _LISTED_IN_HEADER + at * (_NUMBERS - 1)
        piece = numbers[first : first + _NUMBERS - 1]
        piece += [_FREE] * (_NUMBERS - 1 - len(piece))
        following_list = first_list + at + 1 if at + 1 < lists else _END
        parts.append(struct.pack(f"<{_NUMBERS}I", *piece, following_list))
    return b"".join(parts)


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    """What the directory says of the root or of a stream."""
    letters = (name + "\0").encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
    return (
        head
        + struct.pack("<III", _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
