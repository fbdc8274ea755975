"""PX files (PC-Axis), as Statistics Denmark's and Greenland's banks write them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kpi.domain.format import number
from kpi.ingest.readers.cube import About, Dimension, cells_of, cube_table
from kpi.ingest.table.json_values import plain_text, refused
from kpi.ingest.table.raw import RawTable, RefusedError
from kpi.ingest.words.heads import is_measure_name

_HINT = "Hent filen igen hos kilden, eller hent tallene som CSV."
# The possessive marks (`++`) keep a broken file from being tried in every way there is.
_KEYWORD = re.compile(
    r'\s*+([A-Z][A-Z0-9-]*+)\s*+(?:\[([^\]"]*+)\])?+\s*+'
    r'(?:\(\s*+("[^"]*+"(?:\s*+,\s*+"[^"]*+")*+)\s*+\))?+\s*+='
)
_VALUE = re.compile(r'((?:[^";]++|"[^"]*+")*+);')
_QUOTED = re.compile(r'"([^"]*+)"|(,)')
_FIGURE = re.compile(r'"([^"]*+)"|([^\s",;]++)')
_QUOTED_FIGURE = re.compile(r'"[^"]*+"')
# The letters between two figures.
_IS_APART = np.isin(np.arange(256), np.frombuffer(b" \t\r\n\v\f\x1c\x1d\x1e\x1f,;", np.uint8))
_TIME = re.compile(r"\s*TLIST\(\s*([AHQMW])1\s*\)\s*,(.*)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?\.\d+", re.ASCII)
_DATA = re.compile(r"^DATA\s*+=[^;]*+", re.MULTILINE)
_SYMBOLS = re.compile(r"\.{1,6}|-|:|x", re.IGNORECASE)
# The file's explanation of a symbol of so many dots.
_HIDDEN = re.compile(r"fortrolig|diskretion|skjult|confidential|suppressed", re.IGNORECASE)
_SUPPRESSED = "skjult"
_PERIOD_MARKS = {"A": "", "H": "H", "Q": "K", "M": "M", "W": "U"}
_NOTES = frozenset(
    ("SUBJECT-AREA", "DESCRIPTION", "NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE",
     "CELLNOTEX", "REFPERIOD", "DATANOTE", "DATANOTECELL", "DATANOTESUM")
)  # fmt: skip
# Keywords that say by a letter or YES how the figures were made, and the words for it.
_ANSWERS = {
    ("SEASADJ", "YES"): "Sæsonkorrigeret", ("CFPRICES", "F"): "Faste priser",
    ("CFPRICES", "C"): "Løbende priser",
}  # fmt: skip
_ONCE = frozenset(("STUB", "HEADING", "VALUES", "CODES", "DATA"))
# All but the figures is looked through for CPR numbers in every way they are written, each line
# by itself.
MOST_KEYWORDS, MOST_CHARACTERS = 20_000, 5_000_000


@dataclass(frozen=True)
class _Keywords:
    """The values of a file's keywords, by keyword, language ("" for the main one) and variable."""

    values: Mapping[tuple[str, str, str], str]

    def raw(self, keyword: str, variable: str = "") -> str | None:
        """The value of a keyword in the file's main language; None where it is not there."""
        return self.values.get((keyword, "", variable))

    def texts(self, keyword: str, variable: str = "") -> list[str]:
        """The quoted texts after a keyword, none where it is not there."""
        raw = self.raw(keyword, variable)
        return [] if raw is None else _quoted(raw)

    def notes(self) -> tuple[str, ...]:
        """The file's facts on its figures, beside its title, in its main language."""
        texts = tuple(
            plain_text(" ".join(_quoted(raw))).strip()
            for (keyword, language, _), raw in self.values.items()
            if not language and keyword in _NOTES
        )
        answers = (
            said
            for (keyword, language, _), raw in self.values.items()
            if not language and (said := _ANSWERS.get((keyword, raw.strip(' \t\r\n"').upper())))
        )
        return (*texts, *dict.fromkeys(answers))


def px_table(text: str) -> RawTable:
    """The table of a PX file in its main language: a column a variable, then INDHOLD.

    Symbols (`-`, and one to six dots) stay as they are, but one that the file itself explains as
    confidential (DATASYMBOL1 to 6) is read as suppressed. Rows are numbered by record, from 1.

    Raises:
        RefusedError: a keyword is missing or cannot be read, the figures are not as many as the
            variables ask for, or they are written with keys.
    """
    keywords, dimensions, cells = _head(text)
    figures = _figures(keywords.raw("DATA"))
    if len(figures) != cells:
        raise _other_count(cells, len(figures))
    hidden = {
        "." * dots for dots in range(1, 7) if _HIDDEN.search(_text(keywords, f"DATASYMBOL{dots}"))
    }
    if hidden:
        figures = [_SUPPRESSED if figure in hidden else figure for figure in figures]
    title = " ".join(keywords.texts("TITLE") or keywords.texts("DESCRIPTION"))
    about = About(
        unit=_text(keywords, "UNITS"),
        measure=_text(keywords, "CONTENTS"),
        table_id=_text(keywords, "TABLEID") or _text(keywords, "MATRIX"),
        notes=keywords.notes(),
        publisher=_text(keywords, "SOURCE"),
    )
    return cube_table("px", plain_text(title), dimensions, figures, about=about)


def refuse_by_head(text: str) -> None:
    """Raises RefusedError for a file of which all but the figures tells that it cannot be read.

    So does how many figures there are. The message may repeat what is written, but no figure.
    """
    keywords, _, cells = _head(text)
    raw = keywords.raw("DATA")
    if raw is not None and raw.isascii() and (count := _count_of_figures(raw)) != cells:
        raise _other_count(cells, count)


def _count_of_figures(raw: str) -> int:
    """How many figures there are, without looking at any of them."""
    if '"' in raw:
        raw = _QUOTED_FIGURE.sub(" 0 ", raw).replace('"', " ")
    is_figure = ~_IS_APART[np.frombuffer(raw.encode(), dtype=np.uint8)]
    begins = is_figure[1:] & ~is_figure[:-1]
    return int(is_figure[:1].sum() + np.count_nonzero(begins))


def _other_count(cells: int, count: int) -> RefusedError:
    message = f"PX-filen skal have {cells} tal efter sine variable, men har {count}."
    return refused(message, _HINT)


def refuse_long_head(text: str) -> None:
    """Raises RefusedError for too many keywords, lines or characters beside the figures."""
    rest = without_figures(text)
    hint = "Hent filen igen uden noter, eller hent tallene som CSV."
    if len(rest) > MOST_CHARACTERS:
        raise RefusedError(
            "too_large",
            f"PX-filen har {number(len(rest), 0)} tegn med noter og navne ud over tallene; der "
            f"kan højst være {number(MOST_CHARACTERS, 0)}.",
            hint,
        )
    many = max(rest.count("\n"), rest.count(";"))
    if many > MOST_KEYWORDS:
        raise RefusedError(
            "too_large",
            f"PX-filen har {number(many, 0)} linjer med noter og navne ud over tallene; der kan "
            f"højst være {number(MOST_KEYWORDS, 0)}.",
            hint,
        )


def without_figures(text: str) -> str:
    """All of a PX file but its figures."""
    return _DATA.sub("", text, count=1)


def _head(text: str) -> tuple[_Keywords, list[Dimension], int]:
    """The keywords of a file, its variables, and how many figures they ask for."""
    keywords = _keywords(text)
    if any(keyword == "KEYS" for keyword, _, _ in keywords.values):
        raise refused(
            "PX-filen har nøgler (KEYS) mellem tallene, og den form læses ikke.",
            "Hent tallene som CSV eller JSON-stat.",
        )
    variables = keywords.texts("STUB") + keywords.texts("HEADING")
    if not variables:
        raise refused("PX-filen har hverken STUB eller HEADING.", _HINT)
    twice = [name for name, times in Counter(variables).items() if times > 1]
    if twice:
        raise refused(f"PX-filen nævner variablen »{plain_text(twice[0])}« to gange.", _HINT)
    dimensions = [_dimension(keywords, variable) for variable in variables]
    return keywords, dimensions, cells_of([len(dimension.labels) for dimension in dimensions])


def _text(keywords: _Keywords, keyword: str, variable: str = "") -> str:
    return plain_text("".join(keywords.texts(keyword, variable))).strip()


def _keywords(text: str) -> _Keywords:
    values: dict[tuple[str, str, str], str] = {}
    place = len(text) - len(text.lstrip("\ufeff"))
    while place < len(text):
        keyword = _KEYWORD.match(text, place)
        if keyword is None:
            rest = text[place:].lstrip()
            if rest:
                raise _unreadable(text, len(text) - len(rest))
            break
        value = _VALUE.match(text, keyword.end())
        if value is None:
            raise _unreadable(text, keyword.start(1), f"{keyword[1]} slutter ikke med semikolon")
        key = keyword[1], keyword[2] or "", "\n".join(_quoted(keyword[3] or ""))
        if key in values and key[0] in _ONCE:
            raise _unreadable(text, keyword.start(1), f"{keyword[1]} står to gange")
        values[key] = value[1]
        place = value.end()
    language = values.get(("LANGUAGE", "", ""), "").strip().strip('"')
    # Some programs name the main language at its own keywords too.
    own = {
        (keyword_name, "", name): value
        for (keyword_name, lang, name), value in values.items()
        if lang == language
    }
    return _Keywords(own | values)


def _dimension(keywords: _Keywords, variable: str) -> Dimension:
    """A variable with its values; those of a time variable may be in TIMEVAL alone."""
    labels = keywords.texts("VALUES", variable)
    codes = keywords.texts("CODES", variable)
    periods = _periods(keywords.raw("TIMEVAL", variable) or "")
    labels = labels or periods or codes
    if not codes and len(periods) == len(labels):
        codes = periods
    name = plain_text(variable)
    if not labels:
        raise refused(f"PX-filen har ingen værdier (VALUES) for »{name}«.", _HINT)
    if codes and len(codes) != len(labels):
        raise refused(
            f"PX-filen har {len(labels)} værdier, men {len(codes)} koder for »{name}«.", _HINT
        )
    if len(set(codes)) < len(codes):
        raise refused(f"PX-filen har den samme kode to gange for »{name}«.", _HINT)
    variable_code = "".join(keywords.texts("VARIABLECODE", variable)) or variable
    is_measure = variable in keywords.texts("CONTVARIABLE") or is_measure_name(variable)
    units = tuple(_text(keywords, "UNITS", label) for label in labels) if is_measure else ()
    return Dimension(
        name,
        plain_text(variable_code),
        tuple(plain_text(label) for label in labels),
        tuple(plain_text(code) for code in codes),
        is_measure,
        units if any(units) else (),
    )


def _periods(raw: str) -> list[str]:
    """The periods of TIMEVAL as we write them: `TLIST(Q1),"20231"` is 2023K1.

    None where the list is given by its ends.
    """
    match = _TIME.match(raw)
    if match is None:
        return []
    mark = _PERIOD_MARKS[match[1]]
    return [
        f"{text[:4]}{mark}{text[4:]}" if mark and text.isdigit() else text
        for text in _quoted(match[2])
    ]


def _figures(raw: str | None) -> Sequence[str]:
    if raw is None:
        raise refused("PX-filen har ingen DATA.", _HINT)
    figures = [quoted or bare for quoted, bare in _FIGURE.findall(raw)]
    strange = next((figure for figure in set(figures) if not _is_figure(figure)), None)
    if strange is not None:
        raise refused(
            f"»{plain_text(strange)[:60]}« blandt PX-filens tal kan ikke læses.", _HINT,
            figures.index(strange) + 1,
        )  # fmt: skip
    return figures


def _is_figure(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text) or _SYMBOLS.fullmatch(text))


def _quoted(raw: str) -> list[str]:
    """Texts between commas; what follows in new quotes without a comma goes on in the same text."""
    # Joined at the end: a text that grows by a piece at a time is copied for every piece.
    texts: list[list[str]] = []
    goes_on = False
    for match in _QUOTED.finditer(raw):
        if match[2]:
            goes_on = False
        elif goes_on:
            texts[-1].append(match[1])
        else:
            texts.append([match[1]])
            goes_on = True
    return ["".join(pieces) for pieces in texts]


def _unreadable(text: str, place: int, detail: str = "") -> RefusedError:
    line = text.count("\n", 0, place) + 1
    suffix = f": {detail}" if detail else ""
    return refused(f"PX-filen kan ikke læses fra linje {line}{suffix}.", _HINT, line)
