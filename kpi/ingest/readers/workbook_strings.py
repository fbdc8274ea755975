"""The texts of a workbook that are written in several ways: raised, lowered or struck through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from kpi.ingest.table.footnote_marks import raised

_DIGITS_OF_PERSONS = 9


@dataclass(frozen=True)
class Run:
    """A piece of a text; `is_raised` and `is_struck` are None where the cell's own style counts."""

    text: str
    is_raised: bool | None = None
    is_struck: bool | None = None


@dataclass(frozen=True)
class Written:
    """A text as it is read, and what the way it is written means.

    Raised digits are Unicode's own (`12,4¹`). `left_out` is raised text that has no such form.
    `struck` is "" (none of it), "part" or "all".
    """

    text: str
    left_out: str = ""
    struck: str = ""


def written(runs: Sequence[Run], cell_raised: bool, cell_struck: bool) -> Written:
    """How a text of runs is read in a cell whose own style is raised or struck, or not."""
    if sum(map(str.isdigit, "".join(run.text for run in runs))) >= _DIGITS_OF_PERSONS:
        # So many digits may be a personal number, to be found even where part of it is raised.
        return Written("".join(run.text for run in runs))
    filled = [run for run in runs if run.text.strip()]
    struck = {cell_struck if run.is_struck is None else run.is_struck for run in filled}
    plain = [run for run in filled if not _is_raised(run, cell_raised)]
    text, left_out = "", []
    for run in runs:
        if not _is_raised(run, cell_raised):
            text += run.text
        elif run.text.strip().isdecimal():
            text += raised(run.text)
        elif plain and run.text.strip():
            left_out.append(run.text.strip())
        else:
            text += raised(run.text)
    how = "" if struck <= {False} else "all" if struck == {True} else "part"
    return Written(text, " ".join(left_out), how)


def _is_raised(run: Run, cell_raised: bool) -> bool:
    return cell_raised if run.is_raised is None else run.is_raised


def has_own_style(runs: Sequence[Run]) -> bool:
    """Whether a text says itself how it is written, in place of its cell's style."""
    return any(run.is_raised is not None or run.is_struck is not None for run in runs)


def is_on(attributes: dict[str, str]) -> bool:
    """Whether an element such as `<strike val="0"/>` says yes."""
    return attributes.get("val", "1") not in ("0", "false", "off", "none")


@dataclass
class RunReader:
    """Gathers the runs of a text (`si` or `is`) from the elements within it."""

    runs: list[Run] = field(default_factory=list)
    _raised: bool | None = None
    _struck: bool | None = None
    _text: str | None = None
    _depth_of_reading_aid: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match tag:
            case "rPh":
                self._depth_of_reading_aid += 1
            case "r":
                self._raised = self._struck = None
            case "rPr":
                self._raised = self._struck = False
            case "vertAlign":
                self._raised = attributes.get("val") in ("superscript", "subscript")
            case "strike":
                self._struck = is_on(attributes)
            case "t" if not self._depth_of_reading_aid:
                self._text = ""

    def add(self, text: str) -> None:
        """Characters."""
        if self._text is not None:
            self._text += text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "rPh":
            self._depth_of_reading_aid -= 1
        elif tag == "t" and self._text is not None:
            self.runs.append(Run(self._text, self._raised, self._struck))
            self._text = None
        elif tag == "r":
            self._raised = self._struck = None


class SharedStrings:
    """The shared texts that say themselves how they are written: place (from 0) to runs."""

    def __init__(self) -> None:
        self.special: dict[int, list[Run]] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._place = -1
        self._reader: RunReader | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "si":
            self._place += 1
            self._reader = RunReader()
            self.parser.CharacterDataHandler = self._reader.add
        elif self._reader is not None:
            self._reader.start(tag, attributes)

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "si" and self._reader is not None:
            runs = self._reader.runs
            if has_own_style(runs):
                self.special[self._place] = runs
            self._reader = None
            self.parser.CharacterDataHandler = None
        elif self._reader is not None:
            self._reader.end(tag)


def runs_of(
    text: str, pieces: Sequence[tuple[int, int]], font: Callable[[int], tuple[bool, bool]]
) -> list[Run]:
    """A text's runs; text before the first piece is written as its cell is.

    `pieces` says where each begins, and its font.
    """
    starts = [first for first, _ in pieces]
    runs = [Run(text[: starts[0]])] if pieces and starts[0] else []
    for at, (first, number) in enumerate(pieces):
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        runs.append(Run(text[first:end], *font(number)))
    return [run for run in runs if run.text]
