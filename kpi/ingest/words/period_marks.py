"""Texts after a period that are no part of it: footnotes, and how sure its figures are.

`2022 1)` is 2022 with a footnote, `2023*` and `2023 (foreløbig)` are 2023 of figures that are not
final. A forecast (`2025 (f)`) is no period of figures.
"""

import re
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.lookup import Lookup
from kpi.ingest.words.statuses import STATUS_WORDS, status_of
from kpi.ingest.words.written_periods import at_end_of, is_period_name

# `1)`, `(1)`, `[1]` and `a)`; several of them too. A number with only a bracket after it
# (`20221)`) has lost its blank where a raised mark became plain text.
_FOOTNOTES = re.compile(
    r"(?P<bare>.*?(?:\d(?<!\d\d\d\d\d)|[*)]))(?P<notes>(?:\s*[,;]?\s*(?:[(\[]\d{1,2}[)\]]|(?<=[\s\d])\d\)"
    r"|(?<=\s)\d{2}\)|(?<=[\s\d])[a-z]\)))+)\.?",
    re.IGNORECASE,
)
_NAME_AND_MARK = re.compile(
    r"(?P<name>.*?[^\W\d_].*?)\s*"
    r"(?P<mark>(?:[(\[]\d{1,2}[)\]]|(?<=[^\d_(\[-])\d{1,2}\)|\*{1,3}|[†‡])(?:[\s,]*(?:\d{1,2}\)|\*))*)"
)
# A sign, a letter or words of status after a period; the letter may follow the year directly.
_SAID = re.compile(
    r"(?P<bare>.*?\d)(?:\s*(?P<sign>\*{1,3}|[†‡])|\s*[(\[](?P<within>[^()\[\]]{1,30})[)\]]"
    r"|(?<=\d{4})(?P<letter>[a-z])|[\s,;:–-]+(?P<words>[a-zæøå][a-zæøå. -]{0,30}))",
    re.IGNORECASE,
)
# Longer texts are no periods, with any ending.
_MOST_CHARACTERS = 80
_READ = ("final", "preliminary", "approximate")


@dataclass(frozen=True)
class Marked:
    """A period without the `mark` after it, that mark, and the status word in it (or empty)."""

    period: str
    mark: str
    status: str = ""


def split_footnote(text: str) -> Marked | None:
    """A period and the footnote's mark after it; None where there is none."""
    plain = text.removeprefix(TYPED).strip()
    match = _FOOTNOTES.fullmatch(plain) if len(plain) <= _MOST_CHARACTERS else None
    bare = match["bare"].strip() if match else ""
    if match is None or not (is_period_name(bare) or split_status(bare)):
        return None
    return Marked(bare, match["notes"].strip(" ,;"))


def split_status(text: str) -> Marked | None:
    """A period and the mark or words after it that say how sure its figures are; else None.

    `status` is a text that a status column may have: `2023*` gives `*`, `2023 (foreløbig)` gives
    `foreløbig`.
    """
    plain = text.removeprefix(TYPED).strip()
    match = _SAID.fullmatch(plain) if len(plain) <= _MOST_CHARACTERS else None
    if match is None or not is_period_name(match["bare"].strip()):
        return None
    mark_text = match["sign"] or match["within"] or match["letter"] or match["words"]
    status = "*" if match["sign"] else mark_text.strip()
    # `a` is more often a footnote, or a scenario's letter, than the standard's "as usual".
    if status.casefold() == "a" or status_of(status) not in _READ:
        return None
    mark = plain[len(match["bare"].strip()) :].strip(" ,;:–-")
    return Marked(match["bare"].strip(), mark, status)


def unmarked_period(text: str) -> Marked | None:
    """A period without its footnotes and status; None where it has neither."""
    noted = split_footnote(text)
    marked = split_status(noted.period if noted else text)
    if noted is None or marked is None:
        return noted or marked
    return Marked(marked.period, f"{marked.mark} {noted.mark}", marked.status)


def marked_name(text: str, find: Lookup) -> tuple[str | None, Marked | None]:
    """The id of a name with a footnote's mark after it (`Aarhus 1)`), and the mark; else None."""
    plain = text.removeprefix(TYPED).strip()
    match = _NAME_AND_MARK.fullmatch(plain) if len(plain) <= _MOST_CHARACTERS else None
    known = find(match["name"]) if match else None
    return (known, Marked(match["name"], match["mark"])) if match and known else (None, None)


def name_problem(text: str, mark: str, row: int | None, column: str, rows: int) -> Problem:
    """A warning that a name is followed by a footnote's mark."""
    return Problem(
        "cell_mark", "", row, column, text,
        f"»{mark}« efter navnet er et mærke for en fodnote og læses ikke med "
        f"({fmt.counted(rows, 'række', 'rækker')}).",
        "Kontrollér, om fodnoten siger, at tallene er andre end de øvrige.",
    )  # fmt: skip


def counted_at_end(text: str) -> bool:
    """Whether a period is written as its end: `ultimo november 2022`."""
    return bool(at_end_of(" ".join(text.removeprefix(TYPED).casefold().split())))


def end_problem(text: str, period: str, row: int | None, column: str, rows: int) -> Problem:
    """A warning that a figure of a period's end is kept as one of the period."""
    whole = parse_period(period)
    day = whole.end
    return Problem(
        "cell_mark", "", row, column, text,
        f"Tallet er opgjort ved periodens slutning og gemmes som tal for {whole.name()} "
        f"({fmt.counted(rows, 'række', 'rækker')}).",
        f"Skriv {day.year}M{day.month:02d}D{day.day:02d}, hvis det kun skal gælde dagen.",
    )  # fmt: skip


def footnote_problem(
    text: str, mark: str, row: int | None = None, column: str | None = None, rows: int = 0
) -> Problem:
    """A warning of a footnote at a period, in a cell of `column` or in a head."""
    many = f" ({fmt.counted(rows, 'række', 'rækker')})" if rows else ""
    return Problem(
        "cell_mark", "", row, column or text, text,
        f"»{mark}« efter perioden er et mærke for en fodnote og læses ikke med{many}.",
        "Kontrollér, om fodnoten siger, at tallene er andre end de øvrige.",
    )  # fmt: skip


def status_problem(
    text: str, marked: Marked, row: int | None = None, column: str | None = None, rows: int = 0
) -> Problem:
    """A warning that a period's mark or words, in a cell or a head, say how sure its figures are.

    A letter in a head may stand for a forecast or a plan, which are no figures of the series.
    """
    status = status_of(marked.status) or ""
    many = f" ({fmt.counted(rows, 'række', 'rækker')})" if rows else ""
    remedy = "Slet mærket, hvis det betyder noget andet."
    if column is None:
        remedy += " Slet kolonnen, hvis tallene er en prognose eller et budget."
    return Problem(
        "cell_mark", "", row, column or text, text,
        f"»{marked.mark}« efter perioden læses som status »{STATUS_WORDS[status]}«{many}.",
        remedy,
    )  # fmt: skip
