"""What the texts of a column look like: figures, codes, periods."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpi.ingest.table.raw import TYPED
from kpi.ingest.words import numbers
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import Lookup, in_two_letters
from kpi.ingest.words.period_marks import unmarked_period
from kpi.ingest.words.written_periods import is_period_name

_SHARE_OF_FIGURES = 0.7
_SHARE_OF_PERIODS = 0.9
_FEWEST_FIGURES = 2
_FIGURES = {numbers.NUMBER, numbers.MISSING, numbers.SUPPRESSED, numbers.DASH, numbers.EMPTY}
_CODE = re.compile(
    r"(?:^|[\s_.-])(?:id|nr|no)\.?$|(?:kode|code|nummer|number|sekvens|[a-zæøå]{3}nr\.?)$"
    r"|^(?:#|rang(?:orden|ering)?|rank|placering|plads)$",
    re.IGNORECASE,
)
# Not `16-24 år`, `1. halvår` or `0-5 km`: these are labels.
_FIGURE_FIRST = re.compile(r"\s*[-−]?\d+(?:[.,]\d+)?\s*(?:[^\w\s.,-]|\d\)|[a-zA-Z]{0,3}\.?\s*$)")
_MADE = re.compile(
    r"(?:senest |sidst |last[ _]?)?(?:udtr(?:uk|æk|aek)|opdater|hente|hentning|dannet|dannelses|"
    r"udskrevet|kørsels|kørt|updated?|retriev|extract|download|refresh)",
    re.IGNORECASE,
)
# Times of something else than the figures: when people came or were born, when a row was made.
_OTHER_TIME = re.compile(
    r"(?:ankomst|indrejse|indvandrings|indvandret|tilflytnings?|fødsels?|foedsels?|dimission)"
    r"[ _-]?(?:år|aar|dato|måned|tidspunkt)?|født|årgang|fødselsårgang|\w*kohorte?|\w*cohort|"
    r"birth[ _]?(?:year|date)|year[ _]of[ _](?:birth|arrival)|arrival[ _]?(?:year|date)|"
    r"(?:sidst |senest |last[ _]?)?(?:oprettet|opdateret|ændret|created|updated|modified)"
    r"(?:[ _](?:den|dato|at|on|date))?|opret(?:telses)?dato|opdaterings?dato|ændringsdato|"
    r"data ?udtræk(?:sdato)?|udtræk(?:sdato|stidspunkt)?",
    re.IGNORECASE,
)
# How sure a figure is, in columns beside it: ends of its interval, errors, tests.
_UNCERTAINTY = re.compile(
    r"(?:95 ?%?[ -]?)?(?:(?:nedre|øvre|lower|upper|lav|høj)[ _]?)?"
    r"(?:(?:konfidens|sikkerheds)(?:interval\w*|grænser?)?|k\.?i\.?|c\.?i\.?|usikkerhed|conf\w*)"
    r"(?:[ _,]*(?:95 ?%?|nedre|øvre|lower|upper|lav|høj|fra|til|grænse|\(?[±+/-]+\)?))*"
    r"|(?:nedre|øvre|lower|upper)(?:[ _](?:grænse|limit|bound|95 ?%?))"
    r"|(?:std|standard)[ ._-]*(?:fejl|afvigelse|afv|dev\w*|err\w*|mean error)?\.?"
    r"|stderr|s\.?e\.?|[lu]cl|p[- ]?(?:værdi|value)|signifikans",
    re.IGNORECASE,
)
# What a column of years is called in any word of its name: `Fødselsår`, `Startdato`.
_OF_TIME = re.compile(
    r"år|aar|year|dato|date|tid|time|period|kohorte|cohort|årgang|offentlig|udgiv|opgjort|opgør",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_DIGITS = str.maketrans("0123456789", "9999999999")
# What columns are usually called; compared without case and spaces.
USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "area": (
        "område", "kommune", "region", "area", "bopæl", "bopælskommune", "omr20", "bopomr",
        "bopkom", "municipality", "kommunenavn", "kommune_navn", "kommune_kode", "kommunekode",
        "geo", "ref_area", "reference_area", "sted", "by", "beliggenhedskommune", "boligområde",
        "sogn", "sognenavn", "bydel", "navn", "name", "skole", "skolenavn", "institution",
        "institutionsnavn", "daginstitution", "distrikt", "skoledistrikt", "lokalområde",
        "sognekode", "sognenr", "kommunenr", "kommunenummer", "komnr", "kommune nr.", "områdekode",
        "boligafdeling", "plejehjem", "plejecenter", "lokaldistrikt", "kommuner", "områder",
        # As codes and registers shorten them; marks between their parts do not count.
        "kom", "komm", "knr", "kmnr", "komk", "kommnr",
        "komkode", "komnavn", "kommunekd", "kommuneid", "municipalitycode",
        "municipalityname", "bopkomkode", "bopælskommunekode", "omr", "omrkode", "områdenr",
        "områdenavn", "regionskode", "regionkode", "regionnavn", "regionsnavn", "regkode",
        "skolekode", "skolenr", "institutionsnr",
    ),
    "period": (
        "periode", "tid", "time", "år", "aar", "year", "skoleår", "period", "kvartal", "måned",
        "time_period", "month", "quarter", "dato", "date", "uge", "regnskabsår", "budgetår",
        "årstal", "kalenderår", "opgørelsesår", "opgørelsesdato", "tidspunkt", "halvår", "week",
        "årmåned", "år/måned", "årmd", "yearmonth", "yyyymm", "periodid", "periodeid", "år/kvartal",
        "kalendermåned", "kvt", "kvart", "mdr", "md", "mnd", "tidsperiode", "years",
    ),
    "value": (
        "indhold", "værdi", "value", "obs_value", "content", "contents", "tal", "antal",
    ),
}  # fmt: skip
_BETWEEN = re.compile(r"[_.-]")


@dataclass(frozen=True)
class ColumnTexts:
    """A column of a file: its distinct texts in the file's order (at most MOST_TEXTS), how many."""

    name: str
    texts: tuple[str, ...]
    count: int

    @property
    def filled(self) -> tuple[str, ...]:
        """The texts that are not blank, as a person sees them."""
        plain = (text.removeprefix(TYPED).strip() for text in self.texts)
        return tuple(text for text in plain if text)


def share_of(texts: Sequence[str], fits: Callable[[str], bool], least: float) -> float:
    """How many of the texts fit, from 0 to 1; 0 where there are none, or fewer than `least`.

    No more of them are asked about then: a column of figures has thousands of texts, and hardly any
    is a period or an area.
    """
    fitting = missing = 0
    for text in texts:
        if fits(text):
            fitting += 1
            continue
        missing += 1
        if (len(texts) - missing) / len(texts) < least:
            return 0.0
    return fitting / len(texts) if texts else 0.0


def names_code(name: str) -> bool:
    """Whether a column is called as one of numbers that count nothing."""
    return _CODE.search(name) is not None


def are_codes(column: ColumnTexts, find: Lookup) -> bool:
    """Whether a column is called as one of codes, and each of them is one that `find` knows."""
    return names_code(column.name) and all(text.isdigit() and find(text) for text in column.filled)


def is_usual(role: str, name: str) -> bool:
    """Whether a column is called as columns of that role usually are."""
    return _bare_name(name.rpartition("[")[2].rstrip("]")) in _USUAL[role]


def _bare_name(name: str) -> str:
    """A name as registers write it or not: `Kommune_nr.` is `kommunenr`, `aar` is `år`."""
    return _BETWEEN.sub("", in_two_letters(name))


def names_other_time(name: str) -> bool:
    """Whether a column is called as one of times that are none of the figures': `Ankomstår`."""
    return _OTHER_TIME.fullmatch(name.rpartition("[")[2].rstrip("]").strip()) is not None


def names_uncertainty(name: str) -> bool:
    """Whether a column is called as how sure the figures beside it are: `Nedre KI`, `Std. fejl`."""
    return _UNCERTAINTY.fullmatch(name.strip()) is not None


def names_no_period(column: ColumnTexts) -> bool:
    """Whether a column is called as one of values, or of the one day the table was made on."""
    is_of_values = is_usual("value", column.name) and not is_usual("period", column.name)
    return is_of_values or (column.count == 1 and _MADE.match(column.name.strip()) is not None)


def holds_periods(column: ColumnTexts) -> bool:
    """Whether a column has hardly anything but periods; a total among them is none of it."""
    parts = [text for text in column.filled if not is_total(text)]
    share = share_of(parts, is_period, _SHARE_OF_PERIODS)
    return share >= _SHARE_OF_PERIODS and not names_no_period(column)


def without_counts(columns: Sequence[ColumnTexts]) -> list[str]:
    """The names of columns of periods, without those of counts that look like years: 1998 cases.

    Beside a column that is called as one of periods, one that is called like nothing of the kind
    and has years alone is of counts.
    """
    is_named = any(is_usual("period", column.name) for column in columns)
    return [
        column.name for column in columns
        if not is_named or is_usual("period", column.name) or _OF_TIME.search(column.name)
        or not all(map(_YEAR.fullmatch, column.filled))
    ]  # fmt: skip


def is_period(text: str) -> bool:
    """Whether a text is a period that figures may be of, with or without a mark after it."""
    return is_period_name(text) or unmarked_period(text) is not None


def is_numeric(column: ColumnTexts) -> bool:
    """Whether a column contains figures: in all cells, but for a few marks where they are many."""
    forms = [form_of(text) for text in column.texts]
    if all(form.meaning in _FIGURES for form in forms):
        return any(form.meaning == numbers.NUMBER for form in forms)
    # A few marks among many figures are problems of cells, and the column is still of figures.
    figures = sum(form.meaning == numbers.NUMBER for form in forms)
    known = sum(form.meaning in _FIGURES for form in forms)
    return figures >= _FEWEST_FIGURES and known >= _SHARE_OF_FIGURES * len(forms)


def begins_with_figure(text: str) -> bool:
    """Whether a text is a figure, or one with a mark after it: `74,1 1)`, `74.1*`."""
    return _FIGURE_FIRST.match(text) is not None


def form_of(text: str) -> numbers.Form:
    """How a cell's figure is written, with all digits alike."""
    first = next((character for character in text if character.isdigit()), "")
    return numbers.understand(text.translate(_DIGITS), first == "0")


_USUAL = {role: frozenset(map(_bare_name, names)) for role, names in USUAL_NAMES.items()}
