"""The texts and attributes of an XML part, walked over in search of CPR numbers."""

import re
from collections.abc import Iterator
from xml.parsers import expat

from kpi.cpr.named import has_named_number
from kpi.cpr.prose import holds_in_prose
from kpi.cpr.reading import CELL_NAME
from kpi.cpr.spelling import holds_personal_number
from kpi.cpr.texts import text_holds_number
from kpi.ingest.containers.archive_parts import local
from kpi.ingest.containers.header_letters import without_letters

# Letters of a text are set in runs of their own: the number goes on in the next.
_RUNS = frozenset((
    "r", "t", "rpr", "span", "s", "a", "b", "i", "u", "sz", "color", "rfont", "family", "charset",
    "scheme", "latin", "ea", "cs", "solidfill", "srgbclr", "schemeclr", "endpararpr", "vertalign",
    "strike", "font", "em", "strong", "tspan", "fld", "condense", "extend", "outline", "shadow",
))  # fmt: skip
# All that is in a paragraph or a run goes on with its text, marks and properties alike (a link, a
# bookmark, a colour), but for what is a text of its own.
_GO_ON = frozenset(("p", "h", "r"))
# A new line or a space within a text.
_BREAKS = frozenset(("p", "br", "line-break", "tab", "h", "ppr", "div"))
# Attributes that are words, of which some are nothing but digits.
_WORDS = frozenset((
    "v", "u", "name", "initials", "prompt", "prompttitle", "error", "errortitle", "target",
    "tooltip",
    "display", "descr", "title", "author", "displayname", "caption", "location", "command",
    "connection", "url", "uniquename", "text", "alt", "href", "formula", "condition",
    "string-value", "formula1", "formula2", "formatcode", "expression", "current-value",
))  # fmt: skip
_WORDS_AT_END = ("name", "text", "title", "caption", "description", "comment", "label", "file")
# Those of them that a person writes sentences in.
_TEXTS = frozenset((
    "prompt", "prompttitle", "error", "errortitle", "tooltip", "descr", "title", "alt", "text",
    "caption", "author", "displayname", "name", "initials",
))  # fmt: skip
# Drawn lines and sums of words: chance digits without end.
_DRAWN = frozenset((
    "d", "points", "path", "viewbox", "enhanced-path", "coordsize", "coordorigin", "adj",
    "hashvalue", "saltvalue", "text-areas", "glue-points", "gfxdata", "fingerprint", "transform",
    "gradienttransform", "style",
))  # fmt: skip
_TEN = re.compile(r"0?\d{10}")
# What the value of such a cell is no text, and what it is.
_TYPES_OF_FIGURES = frozenset({"n", "s", "b", "e"})
_FIGURE = re.compile(r"\s*[-+]?[\d.]*(?:[eE][-+]?\d+)?\s*|#[A-Z/0!?_]+", re.ASCII)
_MOST_NAMES = 10_000
_ONLY_DIGITS = re.compile(r"[-+]?\d+(?:\.\d+)?")
_FORMULAS = frozenset(("f", "formula", "formula1", "formula2", "definedname"))
# Numbers taken from each other in a formula.
_ARITHMETIC = re.compile(r"(?<![\d'])([1-9]\d{5})\s*[-+/]\s*(?=\d{4}(?!\d))")
# A property of one's own has its name beside its value.
_NAMED = frozenset(("property", "user-defined"))
# Copies of cells in a chart or a pivot table: the cells are judged in their sheet.
_REMEMBERED = frozenset(("numcache", "numlit", "strcache"))
_HEADERS = frozenset(
    f"{page}{part}" for page in ("odd", "even", "first") for part in ("header", "footer")
)
# What somebody looked for in a column, or tried in a scenario.
_LOOKED_FOR = frozenset(("filter", "customfilter", "inputcells", "filter-condition"))
# What a number format shows beside the figure: in quotes, or behind a stroke.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_HEXADECIMAL = re.compile(r"\b0x[0-9a-fA-F]+")
# OpenDocument names the program before a formula (`of:=`).
_OF_PROGRAM = re.compile(r"\A\s*(?:[a-z]+:)?=")
_ASIDE = (
    "annotation", "forms", "shapes", "tracked-changes", "content-validations", "note", "ruby-text",
    "rph", "dde-links",
)  # fmt: skip
_CELLS = ("table-cell", "covered-table-cell", "v", "is")
_OF_ODS = _CELLS[:2]
_FEWEST_DIGITS, _MOST_WORDS = 9, 200
_NUMBERS = ("float", "percentage", "currency")
_ITEMS = ("n", "s")
_MAY_REMEMBER = _REMEMBERED | {*_OF_ODS, *_ITEMS}
# The value of a property within it.
_VALUES = frozenset(("lpwstr", "lpstr", "bstr", "i4", "i8", "int", "ui4", "r8", "decimal"))


class CellOrder:
    """Whether the cells of a sheet (XLSX) follow each other, each with one value.

    Of two rows or cells of one place, or two values of a cell, a reader takes but one.
    """

    def __init__(self) -> None:
        self.is_broken = False
        self._row, self._cell = (0, ""), (0, "")
        self._has_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in ("v", "is"):
            self.is_broken |= self._has_value
            self._has_value = True
        elif tag == "c":
            self._has_value = False
            self._cell = self._next(self._cell, attributes.get("r", "").rstrip("0123456789"))
        elif tag == "row":
            self._cell = (0, "")
            self._row = self._next(self._row, attributes.get("r", ""))

    def _next(self, last: tuple[int, str], place: str) -> tuple[int, str]:
        if not place:
            return last
        self.is_broken |= (len(place), place) <= last
        return len(place), place


class Texts:
    """Walks over the XML of a part; in cells it looks only at the texts beside their value.

    With `only_words` nothing of the part is an id, so attributes of nothing but digits count too.
    With `of_cells` all its texts are those of cells: those with a number are gathered in
    `personal_texts`, as are the copies of cells in charts and pivot tables. Of a part that
    `is_kept` in the copy of a workbook, ten digits count in any attribute: none of its own has
    as many.
    """

    def __init__(
        self,
        has_cells: bool,
        only_words: bool = False,
        of_cells: bool = False,
        is_kept: bool = False,
    ) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.CommentHandler = self._look
        self._parser.ProcessingInstructionHandler = lambda target, text: self._look(text)
        self._skipped = _CELLS if has_cells else ()
        self._only_words = only_words
        self._within: list[str] = []  # cells, and what is aside of them
        self._goes_on: list[bool] = [False]  # of each open element, whether its text does
        self._order = CellOrder()
        self._cell_texts: list[str] = []
        self._is_figure = False  # whether a cell has a figure, or the place of a text
        self._names: set[str] = set()
        self._is_in_cells = False  # whether a cell of an XLSX has a number
        self._texts: list[str] = []
        self._words = ""  # those before: a number may be in two properties
        self._is_formula, self._tag = False, ""
        self._is_remembered, self._is_item = False, False
        self._is_root, self._of_cells = True, of_cells
        self._is_kept = is_kept
        self._has_words = only_words  # whether attributes of nothing but digits are words
        self._is_found = False
        # Texts that cells may have: a number in one of them counts only if no cell has it.
        self.personal_texts: set[str] = set()

    def has_personal_number(self, pieces: Iterator[bytes]) -> bool:
        """Whether there is a CPR number in a text or an attribute."""
        for piece in pieces:
            self._parser.Parse(piece, False)
            if self._is_found:
                return True
        self._parser.Parse(b"", True)
        self._flush()
        return self._is_found or (self._order.is_broken and self._is_in_cells)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name).casefold()
        self._part(tag, name)
        is_text = tag in _GO_ON and not self._only_words  # own XML may call a row so
        self._goes_on.append(is_text or (self._goes_on[-1] and not _is_aside(tag, name)))
        if self._skipped:
            self._order.start(tag, attributes)
            self._order.is_broken |= tag == "c" and bool(self._within)
        if self._begins(tag, name):
            self._within.append(name)
        if tag == "c":
            self._is_figure = attributes.get("t", "n") in _TYPES_OF_FIGURES
        self._look_at_names(name, *attributes)
        self._is_formula, self._tag = tag in _FORMULAS, tag
        if self._is_root:
            # OpenDocument has numbers as long as that only as values of cells.
            self._has_words |= name.startswith("office:document")
            self._is_root = False
        if self._is_item or (not self._skipped and tag in _MAY_REMEMBER):
            self._remember(tag, attributes)
        for key, text in attributes.items():
            if len(text) > 8:
                # How a drawing looks is not how OpenDocument writes a day (`number:style`).
                is_drawn = ":" not in key or local(key).casefold() != "style"
                is_looked_for = tag in _LOOKED_FOR and local(key) in ("val", "value")
                plain = "v" if is_looked_for or not is_drawn else local(key).casefold()
                self._attribute(plain, text, not (plain == "value" and tag in _OF_ODS))
        if tag in _OF_ODS and self._skipped:
            self._unread_value(attributes)
        if tag in _NAMED:
            self._texts += [
                f"{text}: " for key, text in attributes.items() if local(key).casefold() == "name"
            ]

    def _remember(self, tag: str, attributes: dict[str, str]) -> None:
        """Whether what follows was taken from a cell."""
        self._is_remembered |= tag in _REMEMBERED
        self._is_item = tag in _ITEMS
        if tag in _OF_ODS:
            values = {local(key): text for key, text in attributes.items()}
            self._is_remembered = values.get("value-type") in _NUMBERS

    def _begins(self, tag: str, name: str) -> bool:
        """Whether a cell begins, the paragraph that is read of it, or what is aside of cells.

        A table within a cell is aside of it, and what is aside has no cells that are read.
        """
        if _is_aside(tag, name):
            return True
        if tag == "p":
            return bool(self._within) and local(self._within[-1]).casefold() in _OF_ODS
        if tag == "table":
            return bool(self._within)
        return tag in self._skipped and not self._within

    def _unread_value(self, attributes: dict[str, str]) -> None:
        """The value of a cell of texts, which no program shows."""
        values = {local(key): text for key, text in attributes.items()}
        if values.get("value-type") not in _NUMBERS:
            self._look(values.get("value", ""))

    def _end(self, name: str) -> None:
        tag = local(name).casefold()
        self._goes_on.pop()
        if tag not in _NAMED or self._texts:
            self._part(tag, name)
        if self._is_remembered and tag in _MAY_REMEMBER:
            self._is_remembered = False
        if self._within and self._within[-1] == name:
            self._within.pop()
            if self._cell_texts:
                self._look_in_cell("".join(self._cell_texts))
                self._cell_texts = []

    def _part(self, tag: str, name: str) -> None:
        """Ends the text before an element, or continues it after a run, a space or a new line."""
        if tag in _BREAKS or name == "text:s":
            self._texts.append("\n")
        elif _is_aside(tag, name) or not (
            self._goes_on[-1] or tag in _RUNS or (self._texts and tag in _VALUES)
        ):
            self._flush()

    def _attribute(self, key: str, text: str, may_be_word: bool) -> None:
        is_kept_ten = self._is_kept and _TEN.fullmatch(text) is not None
        is_word = is_kept_ten or (self._has_words and may_be_word)
        is_word = is_word or key in _WORDS or key.endswith(_WORDS_AT_END)
        if key not in _DRAWN and (is_word or not _ONLY_DIGITS.fullmatch(text)):
            if key == "formula":
                self._look_in_formula(text)
            else:
                self._look(text, is_text=key in _TEXTS or self._only_words)
        if key == "formatcode":
            self._look("".join(quoted or sign for quoted, sign in _LITERAL.findall(text)))
        if self._only_words:
            self._look(f"{key}: {text}")

    def _text(self, text: str) -> None:
        tag = local(self._within[-1]).casefold() if self._within and self._skipped else ""
        if tag in ("v", "is"):
            self._cell_texts.append(text)
        elif tag != "p":
            self._texts.append(text)

    def _look_at_names(self, *names: str) -> None:
        """Names of elements, attributes and namespaces, each once: they are kept as they are."""
        for name in names:
            if name not in self._names:
                if len(self._names) < _MOST_NAMES:
                    self._names.add(name)
                if len(name) > 8:
                    self._look(name)

    def _look_in_cell(self, text: str) -> None:
        if self._is_figure and not _FIGURE.fullmatch(text):
            self._look(text)  # no reader takes it for a text
        if not self._is_in_cells and sum(map(str.isdigit, text)) >= _FEWEST_DIGITS:
            self._is_in_cells = holds_personal_number(text)

    def _flush(self) -> None:
        if self._texts:
            text = "".join(self._texts)
            if self._tag in _HEADERS:
                self._look(without_letters(text))
            self._look_in_formula(text) if self._is_formula else self._look(text, is_text=True)
            if self._only_words:
                self._look(f"{self._tag}: {text}")
                self._words = f"{self._words} {text}"[-_MOST_WORDS:]
                self._is_found = self._is_found or has_named_number(self._words)
            self._texts = []

    def _look_in_formula(self, text: str) -> None:
        """What stands in a formula, and the texts that it joins, as one."""
        plain = _without_arithmetic(text)
        self._look(plain)
        if "&" in plain or '"' in plain:
            self._look("=" + _OF_PROGRAM.sub("", plain))

    def _look(self, text: str, is_text: bool = False) -> None:
        if self._of_cells or self._is_remembered or self._is_item:
            # Of texts that cells show their gate asks more than their spelling.
            is_number = holds_personal_number if self._of_cells else text_holds_number
            if is_number(text):
                self.personal_texts.add(text.strip())
        elif not self._is_found:
            self._is_found = (is_text and holds_in_prose(text)) or holds_personal_number(
                _HEXADECIMAL.sub(" ", text)
            )


def _is_aside(tag: str, name: str) -> bool:
    """Whether an element is a text of its own beside the one it stands in."""
    return tag in _ASIDE or name.startswith("draw:")


def _without_arithmetic(formula: str) -> str:
    """A formula in which no number is taken from another, and no cell's name is one.

    What it quotes stays as it is. Names of sheets and of other files are in single quotes; texts
    may contain a single quote.
    """
    parts = formula.split('"')
    for at in range(0, len(parts), 2):
        names = parts[at].split("'")
        names[::2] = [_ARITHMETIC.sub(r"\1;", CELL_NAME.sub("_", part)) for part in names[::2]]
        parts[at] = "'".join(names)
    return '"'.join(parts)
