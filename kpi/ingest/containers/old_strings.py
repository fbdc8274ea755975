"""Texts of old workbooks, which may go on in the record after the one they begin in."""

import struct
from collections.abc import Sequence

Span = tuple[int, int, int]
Pieces = list[tuple[int, int]]  # the first character of each piece, and its font


class Parts:
    """A record and those that continue it, read in order. Raises struct.error past the end."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = list(parts)
        self._part = self._place = 0
        # Where the letters, the fonts of pieces and what else a text has were: the record, the
        # first byte, and how many.
        self.letters: list[Span] = []
        self.fonts: list[Span] = []
        self.further: list[Span] = []

    def left(self) -> list[Span]:
        """Where the bytes are that were not read yet."""
        first = self._place
        spans = []
        for number in range(self._part, len(self._parts)):
            spans.append((number, first, len(self._parts[number]) - first))
            first = 0
        return spans

    def take(self, count: int, spans: list[Span] | None = None) -> bytes:
        """The next bytes, across the borders of records; where they are is added to `spans`."""
        taken = b""
        while len(taken) < count:
            if self._part >= len(self._parts):
                raise struct.error("a text without an end")
            part = self._parts[self._part]
            piece = part[self._place : self._place + count - len(taken)]
            if spans is not None and piece:
                spans.append((self._part, self._place, len(piece)))
            taken += piece
            self._place += len(piece)
            if self._place >= len(part):
                self._part, self._place = self._part + 1, 0
        return taken

    def string(self) -> tuple[str, Pieces]:
        """A shared text and its pieces."""
        length, options = struct.unpack("<HB", self.take(3))
        pieces = struct.unpack("<H", self.take(2))[0] if options & 0x8 else 0
        further = struct.unpack("<I", self.take(4))[0] if options & 0x4 else 0
        text = self._characters(length, bool(options & 0x1))
        fonts = [struct.unpack("<HH", self.take(4, self.fonts)) for _ in range(pieces)]
        self.take(further, self.further)
        return text, [(first, font) for first, font in fonts]

    def rich(self) -> tuple[str, Pieces]:
        """A text written in its cell, and its pieces."""
        length, options = struct.unpack("<HB", self.take(3))
        text = self._characters(length, bool(options & 0x1))
        pieces = struct.unpack("<H", self.take(2))[0]
        fonts = [struct.unpack("<HH", self.take(4)) for _ in range(pieces)]
        return text, [(first, font) for first, font in fonts]

    def _characters(self, length: int, wide: bool) -> str:
        """Characters; a record that continues says again whether they have two bytes."""
        text = ""
        while len(text) < length:
            part = self._parts[self._part] if self._part < len(self._parts) else b""
            size = 2 if wide else 1
            count = min(length - len(text), (len(part) - self._place) // size)
            if count:
                encoded = self.take(count * size, self.letters)
                text += encoded.decode("utf-16-le" if wide else "latin-1", "replace")[:count].ljust(
                    count, "\ufffd"
                )
            elif self._place < len(part):
                raise struct.error("half a character")
            if len(text) < length:
                wide = bool(self.take(1)[0] & 0x1)
        return text
