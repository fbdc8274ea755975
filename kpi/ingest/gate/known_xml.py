"""XML with nothing in it but the elements and attributes that are known, with values of their form.

What no reader looks at is not searched as a reader would: half a number in one invented attribute
and half in another is found by nobody, and so neither is kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

_TOKEN = re.compile(
    rb"""<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|<(?:[^"'<>!?]|"[^"<]*"|'[^'<]*')*>|[^<]+""",
    re.DOTALL,
)
_NAME = re.compile(rb"</?(?:([\w.-]+):)?([\w.-]+)")
_ATTRIBUTE = re.compile(rb"""\s(?:([\w.-]+):)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DECLARATION = re.compile(
    rb"""<\?xml\s+version=["']1\.\d["'](?:\s+encoding=["'][\w-]{3,12}["'])?"""
    rb"""(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>""",
    re.IGNORECASE,
)
_PREFIX = re.compile(rb"[A-Za-z]{1,16}\d{0,2}")
_NAMESPACE = re.compile(
    rb"http://schemas\.openxmlformats\.org/(?:spreadsheetml/2006/main"
    rb"|(?:officeDocument|package)/2006/(?:relationships|content-types))"
    rb"|http://purl\.oclc\.org/ooxml/(?:spreadsheetml/main|officeDocument/relationships)"
    rb"|urn:oasis:names:tc:opendocument:xmlns:[a-z-]{1,24}:1\.\d"
    rb"|urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1\.0"
)
_OPEN = (b"<![CDATA[", b"]]>"), (b"<!--", b"-->"), (b"<?", b"?>")
# Before it, a part may be in letters of two bytes.
_WIDE_STARTS = (b"<\0", b"\0<", b"\xff\xfe", b"\xfe\xff")

# Of an element, the form of each of its attributes.
Form = Mapping[str, str]


@dataclass(frozen=True)
class KnownForms:
    """The elements of a part by their names without prefixes, and the forms of their attributes.

    Texts stand within `texts` alone; an element of `needed` that has not all its attributes is
    dropped. The values of attributes are regular expressions without quotes.
    """

    elements: Mapping[str, Form]
    texts: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    @cached_property
    def attributes(self) -> Mapping[bytes, Mapping[bytes, re.Pattern[bytes]]]:
        """The forms, compiled."""
        return {
            element.encode(): {
                name.encode(): re.compile(form.encode()) for name, form in forms.items()
            }
            for element, forms in self.elements.items()
        }

    def unknown(self, prefixes: frozenset[bytes]) -> re.Pattern[bytes]:
        """Finds the first tag that is not as it should be, or has a text that it should not."""
        within, outside = (
            b"|".join(_tag(element, self.elements[element], prefixes) for element in chosen)
            for chosen in (sorted(self.texts), sorted(self.elements.keys() - self.texts))
        )
        ends = b"|".join(name.encode() for name in sorted(self.elements))
        before = _either(prefixes)
        beside = rb"\s*(?:<|\Z)"
        return re.compile(
            rb"<(?!(?:%s)(?:>[^<]*(?:</|\Z)|/>%s)|(?:%s)/?>%s|/%s(?:%s)\s*>%s)"
            % (within or b"(?!)", beside, outside or b"(?!)", beside, before, ends, beside)
        )


def _either(prefixes: frozenset[bytes]) -> bytes:
    named = b"|".join(re.escape(prefix) + b":" for prefix in sorted(prefixes) if prefix)
    if not named:
        return b""
    return b"(?:%s)%s" % (named, b"?" if b"" in prefixes else b"")


def _tag(element: str, forms: Form, prefixes: frozenset[bytes]) -> bytes:
    """The start of an element as a regular expression, without what closes it."""
    before = _either(prefixes | {b"", b"xml"})
    attributes = b"|".join(
        rb'%s%s="(?:%s)"' % (before, name.encode(), form.encode()) for name, form in forms.items()
    )
    several = rb"(?:\s(?:%s))*" % attributes if attributes else b""
    return rb"%s%s%s\s*" % (_either(prefixes), element.encode(), several)


def only_known(pieces: Iterable[bytes], forms: KnownForms) -> Iterator[bytes]:
    """The pieces of a part with nothing in them but what is known.

    Raises ValueError where a part is not XML as workbooks have it.
    """
    walk = _Walk(forms)
    before = b""
    for piece in pieces:
        near = before + piece
        end = _end_of_tokens(near)
        yield walk.kept(near[:end])
        before = near[end:]
    yield walk.kept(before)


def in_single_bytes(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of an XML part; of one in letters of two bytes, one piece in UTF-8."""
    left = iter(pieces)
    first = next(left, b"")
    if not first.startswith(_WIDE_STARTS):
        yield first
        yield from left
        return
    whole = first + b"".join(left)
    has_mark = whole[:2] in (b"\xff\xfe", b"\xfe\xff")
    letters = "utf-16" if has_mark else "utf-16-le" if whole[1:2] == b"\0" else "utf-16-be"
    yield re.sub(r"\A\s*<\?xml.*?\?>", "", whole.decode(letters)).encode()


def _end_of_tokens(content: bytes) -> int:
    """Where the last tag begins, or what is no tag and goes on in the next piece."""
    end = max(content.rfind(b"<"), 0)
    for start, finish in _OPEN:
        place = content.rfind(start)
        if place >= 0 and content.find(finish, place) < 0:
            end = min(end, place)
    return end


class _Walk:
    """Keeps what is known, piece by piece; each begins with a tag or ends within a text."""

    def __init__(self, forms: KnownForms) -> None:
        self._forms, self._attributes = forms, forms.attributes
        self._prefixes: frozenset[bytes] = frozenset()
        self._unknown: re.Pattern[bytes] | None = None
        self._dropped = 0  # how many elements are open of those that are dropped
        self._texts = 0  # the same of those with texts
        self._is_begun = False

    def kept(self, piece: bytes) -> bytes:
        """What is kept of a piece."""
        kept: list[bytes] = []
        at = 0
        while at < len(piece):
            is_between = not self._dropped and not self._texts and piece[at : at + 1] == b"<"
            if is_between and self._unknown is not None:
                other = self._unknown.search(piece, at)
                # The last tag may have a text that goes on in the next piece.
                end = other.start() if other else piece.rfind(b"<")
                kept.append(piece[at:end])
                at = end
            token = _TOKEN.match(piece, at)
            if token is None:
                raise ValueError("a part that is not XML as workbooks have it")
            kept.append(self._token(token[0]))
            at = token.end()
        return b"".join(kept)

    def _token(self, token: bytes) -> bytes:
        if token[:1] != b"<" or token.startswith(b"<![CDATA["):
            is_text = bool(self._texts) or not token.strip(b" \t\r\n")
            return token if is_text and not self._dropped else b""
        if token.startswith(b"<?"):
            return token if _DECLARATION.fullmatch(token) else b""
        return b"" if token.startswith(b"<!") else self._tag(token)

    def _tag(self, token: bytes) -> bytes:
        """A tag as it is kept, or nothing."""
        is_end, is_empty = token[1:2] == b"/", token.endswith(b"/>")
        if self._dropped:
            self._dropped += 0 if is_empty else -1 if is_end else 1
            return b""
        match = _NAME.match(token)
        if match is None:
            raise ValueError("a tag without a name")
        prefix, name = match[1] or b"", match[2]
        self._declare(token, prefix)
        written = None
        if prefix in self._prefixes and name in self._attributes:
            written = b"<" + match[0][1:] + b">" if is_end else self._start(token, match)
        self._is_begun = True
        if written is None:
            # Within a text its letters are the text's own.
            if not is_end and not is_empty and not self._texts:
                self._dropped = 1
            return b""
        if name.decode() in self._forms.texts and not is_empty:
            self._texts += -1 if is_end else 1
        return written

    def _declare(self, token: bytes, own: bytes) -> None:
        """Takes up the namespaces of the first element, its own too; they hold for the part."""
        if self._is_begun:
            return
        of_first = frozenset((own,) if not own or _PREFIX.fullmatch(own) else ())
        self._prefixes = of_first | frozenset(prefix for prefix, _ in _namespaces(token))
        self._unknown = self._forms.unknown(self._prefixes)

    def _start(self, token: bytes, name: re.Match[bytes]) -> bytes | None:
        """The start of an element that is known, with the attributes that are."""
        forms = self._attributes[name[2]]
        attributes = []
        for match in _ATTRIBUTE.finditer(token, name.end()):
            prefix, key = match[1] or b"", match[2]
            value = match[3] if match[3] is not None else match[4]
            form = forms.get(key)
            is_known = not prefix or prefix == b"xml" or prefix in self._prefixes
            if form is not None and is_known and form.fullmatch(value):
                quote = b"'" if b'"' in value else b'"'
                attributes.append(
                    b" %s%s=%s%s%s" % (prefix + b":" if prefix else b"", key, quote, value, quote)
                )
        if name[2].decode() in self._forms.needed and len(attributes) < len(forms):
            return None
        if not self._is_begun:
            for prefix, uri in _namespaces(token):
                attributes.append(b' xmlns%s="%s"' % (b":" + prefix if prefix else b"", uri))
        return name[0] + b"".join(attributes) + (b"/>" if token.endswith(b"/>") else b">")


def _namespaces(token: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The prefixes and namespaces that an element declares, of those that are known."""
    for match in _ATTRIBUTE.finditer(token):
        prefix = match[2] if match[1] == b"xmlns" else b""
        is_one = match[1] == b"xmlns" or (match[1] is None and match[2] == b"xmlns")
        uri = match[3] if match[3] is not None else match[4]
        if is_one and _NAMESPACE.fullmatch(uri) and (not prefix or _PREFIX.fullmatch(prefix)):
            yield prefix, uri
