"""The meaning of names of columns: measures, periods, units."""

import re
from collections.abc import Iterable, Sequence

from kpi.ingest.table.raw import TYPED, UNREADABLE
from kpi.ingest.words.lookup import Lookup, folded
from kpi.ingest.words.numbers import NUMBER, understand
from kpi.ingest.words.period_hints import is_other_day
from kpi.ingest.words.period_marks import split_footnote, split_status
from kpi.ingest.words.price_levels import without_price_levels
from kpi.ingest.words.written_periods import is_period_name, is_two_years

# What sources call the column whose labels are measures.
_MEASURES = frozenset(
    map(
        folded,
        (
            "måling", "målinger", "måltal", "measure", "measures", "metric", "contents",
            "contentscode", "content", "indhold", "oplysning", "tabelindhold",
            "statistikvariabel", "enhed", "unit", "tal", "variabel", "variable", "variables",
        ),
    )
)  # fmt: skip
_UNIT_WORDS = (
    r"%|pct\.?|procent|per ?cent|promille|‰|procentpoint|antal|personer|persons|number|"
    r"(?:1\.?000|t\.?|tusinde?|mio\.?|mia\.?|millioner|milliarder)?\s?(?:kr\.?|kroner|dkk)|"
    r"(?:1\.?000|tusinde?r?)(?:\s?(?:personer|persons|stk\.?))?|"
    r"timer|dage|uger|måneder|år|point|hours|days|years"
)
_UNITS = frozenset(("enhed", "unit", "unit_measure", "måleenhed", "unitofmeasure"))
_UNIT_LINE = re.compile(r"(?:måle)?(?:enhed(?:er)?|units?)\s*:\s*(.{1,40})", re.IGNORECASE)
_AMOUNTS = (
    r"%|pct\.?|procent|promille|‰|(?:1\.?000|tusinde?r?)(?:\s?(?:personer|persons|stk\.?))?|"
    r"(?:1\.?000|t\.?|tusinde?|mio\.?|mia\.?|millioner|milliarder)\s?(?:kr\.?|kroner|dkk)"
    r"|(?:kr\.?|kroner|dkk)\s?1\.?000"
)
_IS_AMOUNT = re.compile(rf"{_AMOUNTS}|kr\.?|kroner|dkk", re.IGNORECASE)
_AMOUNT_LINE = re.compile(rf"(?:i (?:hele )?)?({_AMOUNTS}|kr\.?|kroner|dkk)\.?", re.IGNORECASE)
# `Alle beløb i 1.000 kr.`, and a title that ends with its unit: `Budget 2024 (mio. kr.)`.
_SAID_LINE = re.compile(
    r"(?:(?:alle|all)\s)?(?:tal(?:lene)?|beløb|værdier(?:ne)?)(?:\s(?:er|vist|angivet|opgjort))*\si\s"
    rf"(?:hele\s)?({_AMOUNTS})\.?",
    re.IGNORECASE,
)
# `Anmeldelser pr. 1.000 indbyggere`, `Ledige i promille af arbejdsstyrken`
_PER = re.compile(
    r"\b(?:pr\.?|per)\s1(?:[. ]?0){3,}\b|\b(?:promille|per mille)(?=\s(?:af|of)\b)|‰(?=\saf\b)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"[(\[](?:i\s)?({_AMOUNTS})[)\]]\.?", re.IGNORECASE)
_SAID_WITHIN = re.compile(
    r"\b(?:antal|tal(?:lene)?|beløb(?:ene)?|værdi(?:er|erne)?|andel(?:e|ene)?|opgjort|angivet|vist)\b"
    rf"[^.;:]{{0,30}}?\s(?:(?:er|i)\s(?:hele\s)?(?P<in>{_AMOUNTS}|antal)|(?P<per>(?:pr\.?|per)\s1(?:\.?0)+))"
    r"(?=[\s.,;)]|$)(?!\s(?:kr|kroner|dkk)\b)",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    rf"(?:.*?\S(?:\s*,\s*(?:i\s)?|\s+i\s+|\s*[(\[](?:i\s)?)|[(\[]?(?:i\s)?)({_AMOUNTS})[)\]]?\.?",
    re.IGNORECASE,
)
# Where a title begins to say how its figures are broken down.
BROKEN_DOWN = re.compile(r"\b(?:efter|fordelt|opdelt|by)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"(.+?)\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])", re.DOTALL)
_AFTER = re.compile(rf"(.+?)(?:\s*,\s*|\s+i\s+|\s*:\s*|\s+)({_UNIT_WORDS})", re.IGNORECASE)
# Words around a period that say nothing of what is measured.
_EMPTY_LABELS = {"", "pr", "pr.", "i", "år", "året", "for", "den", "value", "værdi", "indhold"}
_DIGITS = str.maketrans("0123456789", "9999999999")
# As accounts call their columns: `R2023`, `B2024` and `KB 2025`; behind the year in capitals only,
# and no R: a revised figure (`2024R`) and a break (`2024b`) are marked by others.
_ACCOUNTS = re.compile(
    r"(?P<of>R|[KO]?B|BO|F[RV])[-. ]?(?P<year>(?:19|20)\d{2})", re.ASCII | re.IGNORECASE
)
_ACCOUNTS_BEHIND = re.compile(
    r"(?P<year>(?:19|20)\d{2})[-. ]?\(?(?P<of>[KO]?B|BO|F[RV])\)?", re.ASCII
)
_ACCOUNTS_NAMES = {
    "r": "Regnskab", **dict.fromkeys(("b", "kb", "ob", "bo"), "Budget"),
    **dict.fromkeys(("fr", "fv", "f"), "Forventet regnskab"), "p": "Prognose",
}  # fmt: skip
# As programs name columns that were turned from rows: R `X2023`, SAS `_2023`, Stata and pandas
# `andel_2023`.
_OF_PROGRAMS = re.compile(
    r"(?:x|y|_|(?:aar|år|year)_?|([a-zæøå]\w*?)_)((?:19|20)\d{2})", re.IGNORECASE
)
# `fra den 1. januar 2020 til og med den 31. december 2020`
_MOST_PERIOD_WORDS = 14
# A longer line explains, and may speak of other figures.
_MOST_SAID = 120


def head_name(cell: str) -> str:
    """A head's text in one line: years that the file typed as numbers are names here."""
    return " ".join(cell.removeprefix(TYPED).removeprefix(UNREADABLE).split())


def is_measure_name(name: str) -> bool:
    """Whether a column of that name, with words in it, names measures."""
    return folded(name) in _MEASURES


def are_figures(labels: Iterable[str]) -> bool:
    """Whether labels are figures, so that they name no measures; blank ones do not count."""
    filled = [label for label in labels if label.removeprefix(TYPED).strip()]
    return bool(filled) and all(meaning_of(label) == NUMBER for label in filled)


def is_figure_name(name: str) -> bool:
    """Whether a column is called by a figure, which is a cell of a row without names."""
    return meaning_of(head_name(name)) == NUMBER


def measure_column(columns: Sequence[str]) -> int | None:
    """The place of the first column that names measures, the last one (the figures) left out."""
    return next((at for at, name in enumerate(columns[:-1]) if is_measure_name(name)), None)


def last_parts(columns: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Further names of bracketed columns: `[Tid].[Skoleår].[Skoleår]` is also called `Skoleår`."""
    return {
        place: (column.rpartition("[")[2].rstrip("]"),)
        for place, column in enumerate(columns)
        if column.startswith("[")
    }


def unit_above(cells: Iterable[str]) -> str:
    """The unit in a line above a table; empty where there is none.

    `Enhed: pct.`, `Alle beløb i 1.000 kr.`, or the end of a title: `Budget 2024 (mio. kr.)`.
    """
    lines = [head_name(cell) for cell in cells]
    for pattern in (_UNIT_LINE, _SAID_LINE, _TITLE_END):
        for line in lines:
            if match := pattern.fullmatch(line):
                return match[1].strip()
    if rate := next((match[0] for line in lines if (match := _PER.search(line))), ""):
        return rate
    said = (_SAID_WITHIN.search(line) for line in lines if len(line) <= _MOST_SAID)
    return next((match["in"] for match in said if match and match["in"]), "")


def unit_of_title(title: str) -> str:
    """The unit that a title ends with before it says how the figures are broken down, or empty."""
    return unit_above([BROKEN_DOWN.split(title)[0].strip(" ,:")])


def unit_under(cells: Iterable[str]) -> str:
    """The unit in the lines under a table; empty where there is none, or there are several.

    `Tallene er i promille`, `Note: beløb i 1.000 kr.`, `Enhed: pct.`; under a table there are no
    titles, so a unit at the end of a line does not count.
    """
    units = set()
    for line in map(head_name, cells):
        if match := _UNIT_LINE.fullmatch(line) or _BARE.fullmatch(line):
            units.add(match[1].strip(" ."))
        elif amount := _AMOUNT_LINE.fullmatch(line):
            units.add(amount[1])
        units |= {(match["in"] or match["per"]).casefold() for match in _SAID_WITHIN.finditer(line)}
    return units.pop() if len(units) == 1 else ""


def is_unit_name(name: str) -> bool:
    """Whether the labels of a column of that name are units."""
    return folded(name) in _UNITS


def split_unit(name: str) -> tuple[str, str]:
    """A head without its unit, and the unit: `værdi (pct.)` is `værdi` and `pct.`.

    The unit is empty where the head has none. In brackets anything is taken for a unit; after a
    comma, an "i" or a space only words that are units.
    """
    plain = head_name(name)
    for pattern in (_BRACKETED, _AFTER):
        if match := pattern.fullmatch(plain):
            return match[1].strip(" ,:"), next(filter(None, match.groups()[1:]), "").strip()
    return plain, ""


def named_by_head(find: Lookup, name: str) -> str | None:
    """What a head names, by all of it or without its unit.

    A name may itself end as units do: `Beskæftigelsesfrekvens 16-64 år`.
    """
    return find(head_name(name)) or find(split_unit(name)[0])


def named_by_title(find: Lookup, title: str) -> str | None:
    """What a table's title names: by all of it, or before its period, unit and breakdown.

    `Elevfravær i pct. efter kommune og tid` and `Elevfravær 2019-2024` name Elevfravær. Any other
    word (`Elevfravær, drenge`) may make it another measure, and then nothing is named.
    """
    if named := named_by_head(find, title):
        return named
    whole = BROKEN_DOWN.split(head_name(title))[0].strip(" ,:")
    dated = period_head(whole)
    return named_by_head(find, whole) or (named_by_head(find, dated[1]) if dated else None)


def is_of_accounts(label: str) -> bool:
    """Whether a label is a letter that accounts call their figures by."""
    return label.strip().casefold() in _ACCOUNTS_NAMES


def accounts_names(name: str, labels: Iterable[str]) -> dict[str, str]:
    """What the letters of a column of accounts stand for: `R` and `B` are accounts and budgets.

    Empty where the column (`name`) is none: it has other labels, or neither both kinds nor a name
    that says so.
    """
    names = {label: _ACCOUNTS_NAMES.get(label.strip().casefold(), "") for label in labels}
    is_named = any(word in name.casefold() for word in ("budget", "regnskab"))
    is_both = "Regnskab" in names.values() and len(set(names.values())) > 1
    return names if all(names.values()) and (is_named or is_both) else {}


def period_head(name: str) -> tuple[str, str] | None:
    """The period in a head and what else it says: `Antal 2023` is `2023` and `Antal`.

    A mark after it is given too: `2023*` is `2023` and `*`. A footnote's (`2023 1)`) is left out.

    None where the head has no period. Of several readings the longest period counts
    (`1. kvt. 2024`, not `2024`).
    """
    plain = head_name(name)
    if noted := split_footnote(plain):
        plain = noted.period
    if _is_period(plain):
        return plain, ""
    if accounts := _ACCOUNTS.fullmatch(plain) or _ACCOUNTS_BEHIND.fullmatch(plain):
        return accounts["year"], _ACCOUNTS_NAMES[accounts["of"].casefold()]
    if marked := split_status(plain):
        return marked.period, marked.mark
    if program := _OF_PROGRAMS.fullmatch(plain):
        return program[2], _label((program[1] or "").replace("_", " "))
    if is_other_day(plain):
        return None
    priceless = without_price_levels(plain)
    if priceless != plain and period_head(priceless.strip(" ,:;()[]")) is None:
        return None
    bare = plain.rstrip("*†‡ ")
    if _is_period(bare):
        return bare, plain[len(bare) :].strip()
    base, unit = split_unit(plain)
    if unit and _IS_AMOUNT.fullmatch(unit) and (inner := period_head(base)) and base != plain:
        return inner[0], f"{inner[1]} ({unit})" if inner[1] else unit
    words = plain.split(" ")
    for size in range(min(len(words) - 1, _MOST_PERIOD_WORDS), 0, -1):
        for period, label in (
            (words[:size], words[size:]),
            (words[-size:], words[:-size]),
        ):
            text = " ".join(period).strip(" ,:;()[]")
            if _is_period(text):
                return text, _label(" ".join(label))
    return None


def is_variable(name: str) -> bool:
    """Whether a head is a name and a year as variables are called: `andel_2023`, `komkode_2007`."""
    match = _OF_PROGRAMS.fullmatch(head_name(name))
    return match is not None and match[1] is not None


def _is_period(text: str) -> bool:
    """Whether a head is a period; two years (`2022-2023`) count as one."""
    return is_period_name(text) or is_two_years(text)


def _label(text: str) -> str:
    plain = text.strip(" ,:;-–()[]")
    if plain.casefold() in _EMPTY_LABELS:
        return ""
    before, _, after = text.partition(plain)
    for opening, closing in ("()", "[]"):
        # A bracket within a label is no bracket around it: `Ledighed (pct.)`.
        if plain.count(opening) > plain.count(closing) and closing in after:
            plain += closing
        if plain.count(closing) > plain.count(opening) and opening in before:
            plain = opening + plain
    return plain


def meaning_of(cell: str) -> str:
    """What a cell is (`NUMBER`, `MISSING`, `NOT_A_NUMBER` ...); figures of one shape are alike."""
    return understand(cell.translate(_DIGITS)).meaning
