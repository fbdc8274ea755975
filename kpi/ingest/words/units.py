"""The unit that a file gives its figures, compared with that of the indicator they are read as."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.units import unit_name
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.cell_units import CURRENCY, MEASURES, cell_unit
from kpi.ingest.words.counted_things import other_thing, things_of
from kpi.ingest.words.heads import split_unit
from kpi.ingest.words.lookup import folded

RATE, INDEX, POINTS = "pr. 1.000", "indekstal", "procentpoint"
PERCENT, PER_MILLE, COUNT, THOUSANDS, MILLIONS = (
    "procent", "promille", "antal", "1.000", "1.000.000",
)  # fmt: skip
MONEY, MONEY_THOUSANDS, MONEY_MILLIONS, MONEY_BILLIONS = _AMOUNTS_OF_MONEY = (
    "kr.", "1.000 kr.", "mio. kr.", "mia. kr.",
)  # fmt: skip
# SDMX has a column for the power of ten that its figures are to be multiplied by.
_POWER_COLUMNS = frozenset(("unit_mult", "unitmult", "unit_multiplier"))
_POWERS = {"3": THOUSANDS, "6": MILLIONS}
# And others have one for what they are to be multiplied by itself.
_SCALE_COLUMNS = frozenset(
    ("skala", "scale", "faktor", "factor", "multiplier", "multiplikator", "skalering", "ganges med",
     "talenhed", "størrelsesorden")
)  # fmt: skip
_SCALES = (
    (re.compile(r"1(?:[., ]?000)(?:[.,]0+)?|1e\+?0?3|10\^3|tusinde?r?|thousands?|k", re.IGNORECASE),
     THOUSANDS),
    (re.compile(r"1(?:[., ]?000){2}(?:[.,]0+)?|1e\+?0?6|10\^6|mio\.?|million(?:er|s)?",
                re.IGNORECASE), MILLIONS),
)  # fmt: skip
_NO_SCALE = re.compile(r"(?:1|1[.,]0+|ingen|none|enheder|units?)?", re.IGNORECASE)
# What money may be of: `kr. pr. indbygger`, `1.000 kr. om året`.
_OF_WHAT = r"(?: (?:pr\.?|per|om|i) [^\W\d_][\w. -]{0,40})?"
_UNITS: tuple[tuple[str, str], ...] = (
    # PC and THS_PER are Eurostat's codes.
    (r"(?:pr\.?|per) ?1(?:[. ]?0){3,}\b.*", RATE),
    (r"indeks(?:tal)?\b.*", INDEX),
    # A difference between percentages, and none itself.
    (r"(?:pct\.?|procent|%|percentage)[ .-]?points?|pp\.?", POINTS),
    (r"%|(?:i )?pct\.?|procent(?:andel)?|per ?cent|percentage|percent|pc(?:_\w+)?", PERCENT),
    (r"‰|promille|per mille", PER_MILLE),
    (
        rf"(?:(?:1[. ]?000|t|tusinde?|thousand)\.? ?(?:kr\.?|kroner|dkk)|tkr\.?"
        rf"|(?:kr\.?|kroner|dkk) ?1[. ]?000){_OF_WHAT}",
        MONEY_THOUSANDS,
    ),
    (rf"(?:mio|millioner|million)\.? ?(?:kr\.?|kroner|dkk){_OF_WHAT}", MONEY_MILLIONS),
    (rf"(?:mia|milliarder|billion)\.? ?(?:kr\.?|kroner|dkk){_OF_WHAT}", MONEY_BILLIONS),
    (rf"(?:kr\.?|kroner|dkk){_OF_WHAT}", MONEY),
    (r"€|\$|£|(?:mio\.? ?)?(?:euro?|usd|gbp|sek|nok)", CURRENCY),
    (r"(?:1\.?000|tusinde?r?) ?(?:personer|persons|stk\.?|)|ths_per", THOUSANDS),
    (r"1\.?000\.?000|(?:mio\.?|millioner|million)(?: (?:personer|stk\.?))?", MILLIONS),
    (
        r"antal|number|(?:antal )?(?:personer|persons|fuldtidspersoner|fuldtidsansatte|stk\.?|"
        r"sager|familier|børn|elever|borgere|boliger|husstande|husholdninger|lejemål|virksomheder|"
        r"underretninger)",
        COUNT,
    ),
)
# What figures of one unit are multiplied by to be of the other.
_FACTORS = {
    (PER_MILLE, PERCENT): "0.1", (THOUSANDS, COUNT): "1000", (MONEY_THOUSANDS, MONEY): "1000",
    (MONEY_MILLIONS, MONEY): "1000000", (MILLIONS, COUNT): "1000000", (THOUSANDS, MONEY): "1000",
    (MILLIONS, MONEY): "1000000", (MONEY_BILLIONS, MONEY): "1000000000",
}  # fmt: skip
# Words within a head that say what its figures are, where it does not end with its unit.
_WITHIN = re.compile(
    r"\b(?:i )?(?:pct\.?|procent|promille) af\b|\bandel(?:en)? i (?:pct\.?|procent)\b"
    r"|\b(?:pr\.?|per) ?1(?:[. ]?0){3,}\b|^indeks(?:tal)?\b"
    r"|^(?:1\.?000|tusind)(?= (?!(?:kr|kroner|dkk)\b)[^\W\d_])",
    re.IGNORECASE,
)
# An indicator's own unit: `sager pr. 1.000 indbyggere`, with the figure in words, too.
_OF_THOUSAND = re.compile(
    r"\bpr\.? (?:1(?:[. ]?0){2,}|hundrede?|tusinde?|100 tusinde?)\b", re.IGNORECASE
)
# A person's own words for money: `mio. kr.`, `kroner om året`.
_OWN_MONEY = re.compile(r"dkk(?=_)|.*?(?:kr\.?|kroner|dkk)(?=\s|$)", re.IGNORECASE)
_PER_TIME = re.compile(
    r"(?:\b(?:pr\.?|per|om)\s|/\s?)((?:måned|uge|dag|time|kvartal|år|md)\w*)", re.IGNORECASE
)
_TIMES = (("month", "måned"), ("month", "md"), ("week", "uge"), ("day", "dag"), ("hour", "time"),
          ("quarter", "kvartal"), ("year", "år"))  # fmt: skip
_BOTH = 2
_SHARE_OF = re.compile(r"(?:andel(?:en)?|pct\.?|procent(?:en)?|%)\s(?:af\s)?", re.IGNORECASE)
# So long a unit may be misspelt, and so much of it is as it should be.
_LEAST_RESPELLED, _ALIKE = 5, 0.85
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), unit) for pattern, unit in _UNITS)


def unit_kind(text: str) -> str:
    """What a unit is, as one of the module's words; empty for units that say nothing sure."""
    plain = " ".join(text.split()).removeprefix("i ")
    return next((unit for pattern, unit in _PATTERNS if pattern.fullmatch(plain)), "")


def is_unit_word(text: str) -> bool:
    """Whether a text is a unit that is known, of time and size too: `Måneder`."""
    return bool(unit_kind(text) or _measure(text))


def unit_in(label: str) -> str:
    """The unit that a label is, or that follows it: `Budget (t.kr.)`; empty without one."""
    unit = split_unit(label)[1]
    return label if unit_kind(label) else unit if unit_kind(unit) else ""


def is_respelled(before: str, after: str) -> bool:
    """Whether a unit is another spelling of the same: an abbreviation, or a slip of the pen.

    Counts of something else (`sager` for `personer`) are none, nor is another power of ten.
    """
    kinds = {unit_kind(before), unit_kind(after)}
    if re.findall(r"\d+", before) != re.findall(r"\d+", after) or len(kinds - {""}) > 1:
        return False
    if len(kinds) == 1 and kinds.isdisjoint(("", COUNT, RATE)):
        return True
    short, long = sorted((folded(before), folded(after)), key=len)
    return len(short) >= _LEAST_RESPELLED and SequenceMatcher(None, short, long).ratio() >= _ALIKE


def is_power_name(name: str) -> bool:
    """Whether a column says by which power of ten the figures are multiplied."""
    return folded(name) in _POWER_COLUMNS or names_scale(name)


def names_scale(name: str) -> bool:
    """Whether a column, or a key of a document, says by what the figures are multiplied."""
    return folded(name) in {folded(known) for known in _SCALE_COLUMNS}


def unit_of_power(label: str, name: str = "unit_mult") -> str:
    """The unit that a label of such a column means; empty where the figures are as written."""
    if not names_scale(name):
        return _POWERS.get(label, "")
    return next((unit for pattern, unit in _SCALES if pattern.fullmatch(label)), "")


def is_unread_scale(name: str, label: str) -> bool:
    """Whether a column of scales has a label that is neither 1 nor a scale that is known: `100`."""
    is_read = bool(unit_of_power(label, name) or unit_kind(label))
    return names_scale(name) and not is_read and _NO_SCALE.fullmatch(label) is None


def unit_of_column(table: RawTable, place: int | None) -> str:
    """The unit in the head of a column, else the one that the file gives all of its figures."""
    name = " ".join(table.columns[place].split()) if place is not None else ""
    if within := _unit_within(name):
        return within
    in_head = split_unit(name)[1]
    if unit_kind(in_head) == COUNT and _SHARE_OF.match(name):
        in_head = ""  # `Andel af personer` counts none
    # A head that is nothing but a unit. A bare count is a name as well, but counts no percent.
    is_count = unit_kind(name) == COUNT
    if unit_kind(name) and (not is_count or unit_kind(table.unit) in (PERCENT, PER_MILLE)):
        return name
    return in_head if unit_kind(in_head) else table.unit or in_head


def unit_of_name(name: str) -> str:
    """The unit that a name is, ends with or has within it; empty where there is none.

    `Ledige i pct. af arbejdsstyrken`, `Budget (t.kr.)`, `Pct.`.
    """
    plain = " ".join(name.split())
    return _unit_within(plain) or unit_in(plain)


def _unit_within(name: str) -> str:
    within = _WITHIN.search(name)
    return within[0].removesuffix(" af") if within else ""


def unit_problems(
    table: RawTable, value_place: int | None, indicator_ids: Iterable[str], catalog: Catalog
) -> list[Problem]:
    """An error for each indicator that counts in another unit than the file says.

    Units that are not known, of the file or the indicator, are no error. Nor is a count where the
    indicator is an amount: sources write "antal" of kroner too.
    """
    unit = unit_of_column(table, value_place)
    kind = unit_kind(unit) or _measure(unit)
    if not kind:
        return []
    column = table.columns[value_place] if value_place is not None else None
    return [
        Problem(
            "unit_mismatch", "", None, column, unit,
            f"Filens tal er i »{unit}«, men {indicator.name} er i "
            f"{_own_name(kind, own, indicator)}."
            + (" Skal de ganges?" if (kind, own) in _FACTORS else ""),
            _remedy(kind, own),
        )
        for indicator_id in dict.fromkeys(indicator_ids)
        if (indicator := catalog.indicators.get(indicator_id)) is not None
        and (own := _own_kind(indicator.kind, indicator.unit))
        and not fits_indicator(unit, indicator)
    ]  # fmt: skip


def fits_indicator(unit: str, indicator: Indicator) -> bool:
    """Whether figures in a unit may be an indicator's; units that are not known fit all."""
    kind = unit_kind(unit) or _measure(unit)
    own = _own_kind(indicator.kind, indicator.unit)
    if _other_time(unit, indicator) or (kind == COUNT and other_thing(unit, things_of(indicator))):
        return False
    if kind in MEASURES:  # weeks are no months; of what is counted in neither it says nothing sure
        return own not in MEASURES or kind == own
    if not kind or not own or (kind == COUNT and own in _AMOUNTS_OF_MONEY):
        return True
    if own in MEASURES:  # a head of hours may say that it counts them
        return kind in (COUNT, THOUSANDS, MILLIONS, RATE)
    return kind == own and (kind != RATE or _zeros_in(unit) == _zeros_in(indicator.unit))


def is_own_unit(unit: str, indicator: Indicator) -> bool:
    """Whether a unit is the very one that an indicator's figures are in."""
    is_same = unit_kind(unit) == _own_kind(indicator.kind, indicator.unit) != ""
    return is_same and fits_indicator(unit, indicator)


def _remedy(kind: str, own: str) -> str:
    """The remedy, in the words that the page turns into a question."""
    factor, unit = _FACTORS.get((kind, own)), _own_words(own)
    if factor is None:
        return (
            "Kontrollér, at det er det rigtige nøgletal. "
            f"Er tallene {unit}, som de står i filen: --scale 1."
        )
    shown = fmt.number(float(factor), 1 if "." in factor else 0)
    return f"Ja, gang med {shown}: --scale {factor}. Er tallene {unit}, som de er: --scale 1."


def _own_kind(kind: str, unit: str) -> str:
    if unit == "percent" or kind == "proportion":
        return PERCENT
    money = _OWN_MONEY.match(unit.rpartition(";")[2].strip())
    if money and (amount := unit_kind(money[0])):
        return amount
    if _OF_THOUSAND.search(unit):
        return RATE
    if kind == "count":
        return COUNT
    measure = cell_unit(unit_name(unit).partition(" ")[0])
    return measure if measure in MEASURES else ""


def _measure(unit: str) -> str:
    """The unit of time or size that a unit's words are: `mdr.`; one of MEASURES, or empty."""
    measure = cell_unit(" ".join(unit.split()).removeprefix("i ").removeprefix("antal "))
    return measure if measure in MEASURES else ""


def _zeros_in(unit: str) -> int:
    """By which power of ten a rate is: 3 of `pr. 1.000` and `pr. tusind`, 5 of `pr. 100.000`."""
    rate = _OF_THOUSAND.search(unit)
    words = rate[0].casefold() if rate else unit
    return words.count("0") + 3 * ("tusind" in words) + 2 * ("hundred" in words)


def _own_name(kind: str, own: str, indicator: Indicator) -> str:
    """What an indicator is in, in a sentence beside the `kind` of unit that a file has."""
    if own == RATE:
        return indicator.unit
    return unit_name(indicator.unit) if kind == own else _own_words(own)


def _other_time(unit: str, indicator: Indicator) -> bool:
    """Whether an amount is of another time than the indicator's: `kr. pr. måned` of a year's."""
    times = [
        next((time for time, word in _TIMES if match[1].casefold().startswith(word)), "")
        for text in (unit, unit_name(indicator.unit))
        if (match := _PER_TIME.search(text))
    ]
    return len(times) == _BOTH and times[0] != times[1]


def _own_words(kind: str) -> str:
    return {COUNT: "antal", MONEY: "kroner"}.get(kind, kind)
