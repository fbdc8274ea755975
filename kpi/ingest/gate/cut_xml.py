"""XML with elements taken out, byte by byte: what is left stands as it was written."""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

# Of an element's depth, from 1 at the root, and its name as it is written.
IsDropped = Callable[[int, str], bool]
# What stands in XML beside its elements, and two like it that are kept: texts and the first line.
_REMARK = re.compile(rb"(<!\[CDATA\[.*?\]\]>|<\?xml\s.*?\?>)|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_REMARK_STARTS = re.compile(rb"<!--|<!\[CDATA\[|<\?|<[^>]*\Z")
_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")


def without_elements(pieces: Iterable[bytes], is_dropped: IsDropped) -> Iterator[bytes]:
    """The pieces of a part without the elements that are dropped, with all that is in them.

    A part in letters of two bytes is given as it is. Raises ExpatError where it is broken.
    """
    cut = _Cut(is_dropped)
    is_wide = False
    for place, piece in enumerate(pieces):
        is_wide = is_wide or (place == 0 and b"\x00" in piece[:4])
        if is_wide:
            yield piece
        else:
            yield cut.fed(piece)
    if not is_wide:
        yield cut.rest()


def without_remarks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a part without comments and instructions to programs.

    A part in letters of two bytes is given as it is.
    """
    before, is_wide = b"", False
    for place, piece in enumerate(pieces):
        is_wide = is_wide or (place == 0 and b"\x00" in piece[:4])
        near = before + piece
        if is_wide:
            end = len(near)
        elif b"<!" in near or b"<?" in near:
            end = _end_of_whole(near)
        else:
            end = near.rfind(b"<") if near.rfind(b"<") > near.rfind(b">") else len(near)
        done, before = near[:end], near[end:]
        is_likely = not is_wide and (b"<!" in done or b"<?" in done)
        yield _REMARK.sub(lambda match: match[1] or b"", done) if is_likely else done
    yield before


def _end_of_whole(content: bytes) -> int:
    """Where a remark, a text or a tag begins that goes on in the next piece; else the end."""
    at = 0
    while start := _REMARK_STARTS.search(content, at):
        whole = _REMARK.match(content, start.start())
        if whole is None:
            return start.start()
        at = whole.end()
    return len(content)


class _Cut:
    """Walks over a part and keeps the bytes outside what is dropped."""

    def __init__(self, is_dropped: IsDropped) -> None:
        self._is_dropped = is_dropped
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._depth = 0
        self._dropped_at = 0  # the depth of the element that is being dropped, or 0
        self._is_empty = False
        self._bytes = bytearray()  # from `_first` on
        self._first = self._kept_from = 0
        self._kept = bytearray()

    def fed(self, piece: bytes) -> bytes:
        """What is kept and known to be so after a further piece."""
        self._bytes += piece
        self._parser.Parse(piece, False)
        # A tag may go on in the next piece.
        end = self._first + max(self._bytes.rfind(b"<"), 0)
        if not self._dropped_at and end > self._kept_from:
            self._keep(end)
            self._kept_from = end
        gone = (end if self._dropped_at else self._kept_from) - self._first
        if gone > 0:
            del self._bytes[:gone]
            self._first += gone
        kept, self._kept = bytes(self._kept), bytearray()
        return kept

    def rest(self) -> bytes:
        """What is kept of the last piece."""
        self._parser.Parse(b"", True)
        self._keep(self._first + len(self._bytes))
        return bytes(self._kept)

    def _keep(self, end: int) -> None:
        start = max(self._kept_from, self._first)
        self._kept += self._bytes[start - self._first : end - self._first]

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._depth += 1
        if not self._dropped_at and self._is_dropped(self._depth, name):
            self._dropped_at = self._depth
            at = self._parser.CurrentByteIndex
            self._keep(at)
            tag = _TAG.match(self._bytes, at - self._first)
            self._is_empty = tag is not None and tag[0].endswith(b"/>")

    def _end(self, _: str) -> None:
        if self._dropped_at == self._depth:
            self._dropped_at = 0
            at = self._parser.CurrentByteIndex - self._first
            if not self._is_empty:  # of an empty one the parser is past it already
                at = self._bytes.index(b">", at) + 1
            self._kept_from = self._first + at
        self._depth -= 1
