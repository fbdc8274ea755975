"""What a Word paper says, before anything is decided about how it looks: its blocks in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

CaptionKind = Literal["Figur", "Tabel"]
# The paragraphs that are text and no heading; each has a style of the template.
TextKind = Literal["text", "bullet", "number", "source"]


@dataclass(frozen=True)
class Strong:
    """Words in bold."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """Words that are set apart from those around them, as a name is."""

    text: str


@dataclass(frozen=True)
class Blank:
    """What Spor does not know: a field with a prompt that a person writes over."""

    prompt: str

    @property
    def text(self) -> str:
        """`[Sagsnummer]`."""
        return f"[{self.prompt}]"


@dataclass(frozen=True)
class Reference:
    """`figur 1` in a sentence: Word keeps the number right when figures move."""

    kind: CaptionKind
    number: int

    @property
    def text(self) -> str:
        """What it says until Word counts anew."""
        return f"{self.kind.lower()} {self.number}"


Span = str | Strong | Emphasis | Blank | Reference


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2; it may begin a page."""

    text: str
    level: int = 1
    key: str = ""
    begins_page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph; a blank, strong words and references may stand among its words.

    With `keeps` it is on the page of what follows it.
    """

    spans: tuple[Span, ...]
    kind: TextKind = "text"
    key: str = ""
    keeps: bool = False


@dataclass(frozen=True)
class Caption:
    """`Figur 1. …` over what it names, and the measure after it."""

    kind: CaptionKind
    number: int
    title: str
    measure: str = ""
    key: str = ""


@dataclass(frozen=True)
class Picture:
    """A figure: a PNG, how wide it is on the page, and what it shows in words."""

    png: bytes
    width_cm: float
    alt: str
    key: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with a head row: texts by row, and how wide each column is (shares)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    alt: str
    key: str = ""


Block = Heading | Text | Caption | Picture | Grid


@dataclass(frozen=True)
class WordPaper:
    """A paper for Word: its title, the two lines of its head on both sides, and its blocks."""

    title: str
    subject: str
    description: str
    head: tuple[str, str]
    occasion: str
    blocks: tuple[Block, ...]
    # What a template of one's own may name in its text, head or foot, and its words.
    places: tuple[tuple[str, str], ...] = ()
    category: str = ""
    keywords: str = ""
    # On our own template with narrow margins and small letters, to be one or two pages.
    is_brief: bool = False

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What a person must fill in before the paper is sent."""
        return tuple(
            span for text in self._texts() for span in text.spans if isinstance(span, Blank)
        )

    def _texts(self) -> Iterator[Text]:
        return (block for block in self.blocks if isinstance(block, Text))


def keyed(part: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those without a key numbered within their part: so they are known again."""
    number = 0
    for block in blocks:
        number += not block.key
        yield block if block.key else replace(block, key=f"{part} {number}")


def text(*spans: Span, kind: TextKind = "text") -> Text:
    """A paragraph of spans, empty ones left out."""
    return Text(tuple(span for span in spans if span != ""), kind)
