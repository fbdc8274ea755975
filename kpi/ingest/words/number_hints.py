"""Messages and remedies for a cell that should be a number and is not, by the sign in it."""

import re

from kpi.domain import format as fmt
from kpi.ingest.table.raw import TEXT_MARK
from kpi.ingest.words.cell_faults import (
    ERROR,
    IN_ERROR,
    IS_TOO_NARROW,
    TOO_NARROW,
    WITHOUT_RESULT,
)
from kpi.ingest.words.labels import is_judgement
from kpi.ingest.words.status_codes import status_code
from kpi.ingest.words.statuses import STATUS_WORDS, status_to_write, status_word
from kpi.ingest.words.telling_words import is_of_no_count
from kpi.ingest.words.units import PERCENT, unit_kind
from kpi.ingest.words.written_periods import period_of

_RANGE = re.compile(r"\s*(\d[\d.,]*)\s*(?:-|–|til)\s*(\d[\d.,]*)\s*%?\s*")
_NUMBER_THEN = re.compile(r"[-−]?\d(?:[\d.,\s]*\d)?\s*([^\d.,\s].*)", re.DOTALL)
_THEN_NUMBER = re.compile(r"([^\d.,:]*[^\d.,:\s]\.?):?\s*([-−]?\d[\d.,\s]*)(?:%|pct\.?)?")
_LESS_THAN = re.compile(r"[<‹]\s?(\d[\d.]*,\d+|\d+\.\d+)\s?%?")
# The digits of a footnote's number are none of the figure's: `74,1 1)`, `1.234 12) 13)`.
_NUMBER_THEN_NOTE = re.compile(r"[-−]?\d[\d.,\s]*?\s((?:\d{1,2}\)[\s,]*)+)")
# `74,11)` is 74,1 with a note, as often as 74,11 with a parenthesis.
_GLUED_NOTE = re.compile(r"([-−]?\d[\d.]*(?:,\d+)?)(\d)\)")
# `*`, `1)`, `a)`, `(1)`, `[b]`, `**)`
_MARK = re.compile(
    r"\*+\)?|[†‡#§¤^~]+|\([^()]{1,3}\)|\[[^\[\]]{1,3}\]|[a-zæøå]?\)|(?:\d{1,2}\)[\s,]*)+"
)
_NEGATIVE = re.compile(r"\(\s*(\d[\d.,\s]*?)\s*\)|(\d(?:[\d.,]*\d)?)\s?[-−]")
_KRONER = re.compile(r"(?:kr|dkk)\.?\s?(\d[\d.,\s]*?)(?:,[-–]+)?|(\d[\d.]*),[-–]+", re.IGNORECASE)
# More digits than a figure can have; and the largest and smallest numbers of so many bits, which
# programs keep where there is none.
_LONG = re.compile(r"[-−]?(\d{16,})(?:[.,]\d+)?")
_OF_ALL_BITS = frozenset(
    str(number) for number in (2**63, 2**63 - 1, 2**64 - 1, 2**64, 2**128 - 1, 2**127 - 1)
)
# As R and pandas write large and small numbers, and Excel those that its column is too narrow for.
_POWER = re.compile(r"[-−]?\d+(?:[.,]\d+)?e[+-]?\d{1,3}", re.IGNORECASE)
# Trends and traffic lights of reports, and a dash as text programs write it for a minus.
_SIGN = r"[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?"
_BESIDE_SIGN = re.compile(rf"(?:({_SIGN})\s*)?([-−]?\d[\d.,\s]*?)\s*%?\s*({_SIGN})?")
_DASHED = re.compile(r"[–—]\s?(\d[\d.,]*)\s?%?")
# A number with how sure it is: `3,7 ± 0,2`, `3,7 (3,5-3,9)`.
_UNSURE = re.compile(
    r"([-−]?\d[\d.,]*)\s?%?\s*(?:(?:±|\+/-)\s?\d[\d.,]*|[(\[]\s?\d[\d.,]*\s?(?:-|–|;|til)\s?\d[\d.,]*\s?[)\]])"
)
_PLUS = re.compile(r"\+\s?(\d[\d.,]*)\s?%?")
# Of a text `#N/A` nobody asks: it is a missing figure. In a cell it is a formula's error.
_DAY = re.compile(r"\d{4}M\d\d(?:D\d\d)?|\d{4}-\d\d-\d\d[T ].*")
# What Danish and English Excel show of 1-5, 1,24 and 3.9 where they took them for days.
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.?[-\s]?([^\W\d]{3,9})\.?")
_DAY_DASH_MONTH = re.compile(r"(?:0[1-9]|[12]\d|3[01])-0[1-9]|0[1-9]-(?:0[1-9]|1[0-2])")
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?")
# As slides and news shorten large numbers, and one number of another.
_SHORTENED = re.compile(r"[-−]?(\d+(?:[.,]\d{1,2})?)\s?(k|t|m)", re.IGNORECASE)
# What stands in place of a number (`u.o.`), and is no sentence.
_MOST_OF_A_MARK = 12
_SHORT_FOR = {"k": ("tusinde", 1_000), "t": ("tusinde", 1_000), "m": ("millioner", 1_000_000)}
_OUT_OF = re.compile(r"(\d[\d.]*)\s*(?:ud\s+)?(?:af|of|out of|/)\s*(\d[\d.]*)", re.IGNORECASE)
_POINT_LAST = re.compile(r"([-−]?\d[\d ]*)\.")
_INFINITE = frozenset(("inf", "-inf", "+inf", "infinity", "-infinity", "∞", "-∞"))
_MISSING_WORDS = (
    "ikke oplyst", "i.o.", "io", "ukendt", "uoplyst", "ingen", "-999",
    "ingen data", "tom", "n.d.", "nd", "?", "–", "—", "ej oplyst", "ikke opgjort", "ej opgjort",
    "ikke målt", "ej målt", "ikke beregnet", "ingen tal", "intet tal", "blank", "mangler data",
    "udgår", "udgået", "ikke muligt", "foreligger ikke", "findes ikke", "ved ikke",
)  # fmt: skip
_HIDDEN_WORDS = (
    "x", "xx", "xxx", "c", "fortrolig", "fortroligt", "anonymiseret", "diskret", "diskretion",
    "diskretionering", "hemmelig", "#", "*", "**", "***", "§", "for få", "få", "for lille",
    "for få observationer", "for få svar", "ikke vist", "vises ikke", "kan ikke vises", "n<5",
    "færre end tre", "færre end fem", "under tre", "under fem",
)  # fmt: skip
NO_FIGURE = "Et tal, der er ventet, budgetteret eller et mål, er ikke opgjort. Slet rækken."
_MISSING_HINT = (
    f"Mangler tallet, så skriv .. i feltet, eller {status_to_write('missing')} i status."
)


def number_hint(text: str) -> tuple[str, str] | None:
    """Message and remedy for a cell that is no number; None where nothing more can be said."""
    plain = text.strip()
    lowered = plain.casefold()
    if plain in {"-", "−"}:
        return (
            "»-« kan betyde 0, eller at tallet mangler.",
            "Skriv 0 eller .. i feltet, eller angiv i opskriften, hvad det betyder: "
            'dash = "zero" (0) eller dash = "missing" (mangler).',
        )
    if IS_TOO_NARROW.fullmatch(plain):
        return TOO_NARROW
    if lowered in _MISSING_WORDS:
        return "Feltet er ikke et tal.", _MISSING_HINT
    if lowered in _HIDDEN_WORDS:
        return (
            "Feltet er ikke et tal.",
            "Er tallet skjult af hensyn til diskretion, så skriv "
            f"{status_to_write('suppressed')} i feltet.",
        )
    if plain[:1] == TEXT_MARK and plain[1:2].isdigit():
        return (
            "Foran tallet står en apostrof, som regneark skriver ved tekst.",
            "Slet apostroffen, eller giv cellerne talformat i regnearket, og gem igen.",
        )
    if (program_hint := _of_programs(plain)) is not None:
        return program_hint
    if (match := _RANGE.fullmatch(plain)) is not None:
        return (
            "Feltet er et interval, ikke ét tal.",
            f"Skriv {match[1]} i »lav«, {match[2]} i »høj« og {status_to_write('range')} i "
            "status, og lad værdien "
            "stå tom.",
        )
    if (parts_hint := _of_parts(plain)) is not None:
        return parts_hint
    if (written_hint := _of_accounts(plain) or _of_reports(plain)) is not None:
        return written_hint
    if (match := _GLUED_NOTE.fullmatch(plain)) is not None:
        return (
            f"Fodnoten »{match[2]})« kan stå lige efter tallet.",
            f"Skriv {match[1]}, hvis det er tallet, og {match[1]}{match[2]}, hvis kun parentesen "
            "er et mærke.",
        )
    for pattern in (_NUMBER_THEN_NOTE, _NUMBER_THEN):
        if (match := pattern.fullmatch(plain)) is not None:
            return _beside(match[1].strip())
    return _of_words(plain)


def _of_words(plain: str) -> tuple[str, str] | None:
    """The hint for words or a sign before a number, and for words alone."""
    if (match := _LESS_THAN.fullmatch(plain)) is not None:
        return (
            "Tallet er en grænse: mindre end.",
            f"Skriv under {match[1]}, hvis kilden kun oplyser grænsen, og "
            f"{status_to_write('suppressed')}, hvis tallet er skjult af hensyn til diskretion.",
        )
    if (match := _THEN_NUMBER.fullmatch(plain)) is not None:
        return _before(match[1].strip(), match[2].strip())
    if plain and is_judgement(plain):
        return (
            f"»{plain}« siger, hvordan det går, og er ikke et tal.",
            "Indlæs de tal, vurderingen bygger på.",
        )
    if 0 < len(plain) <= _MOST_OF_A_MARK and not any(map(str.isdigit, plain)):
        return (
            "Feltet er ikke et tal.",
            "Skriv tallet med cifre og ét decimaltegn. Mangler det, så skriv .. i feltet; er det "
            f"skjult af hensyn til diskretion, så skriv {status_to_write('suppressed')}.",
        )
    return None


def _of_programs(plain: str) -> tuple[str, str] | None:
    """The hint for what a spreadsheet or a program of statistics wrote: an error, or a power."""
    if plain == "formel":
        message, remedy = WITHOUT_RESULT
        return message, f"{remedy} Er resultatet tomt, så skriv .. i cellen."
    if ERROR.fullmatch(plain):
        return (
            IN_ERROR,
            "Ret formlen, eller skriv .. i cellen, hvis tallet mangler.",
        )
    if plain.casefold() in _INFINITE:
        return (
            "Tallet er delt med 0.",
            "Skriv .. i feltet, hvis tallet ikke kan beregnes, eller ret beregningen.",
        )
    if _DAY.fullmatch(plain) or _is_date(plain):
        return (
            "Cellen har en dato, ikke et tal.",
            "Giv kolonnen formatet Tal i regnearket, og gem igen. Har regnearket gjort et tal til "
            "en dato (3.6 bliver den 3. juni), så skriv tallet på ny.",
        )
    if _TIME.fullmatch(plain):
        return (
            "Cellen har et klokkeslæt, ikke et tal.",
            "Skriv timer og minutter som ét tal: 5:30 er 5,5 timer.",
        )
    if match := _LONG.fullmatch(plain):
        if match[1] in _OF_ALL_BITS:
            return (
                "Det er det største tal, et program kan gemme. Sådan skriver nogle programmer, at "
                "tallet mangler.",
                "Skriv .. i feltet, hvis tallet mangler.",
            )
        return (
            f"Tallet har {len(match[1])} cifre før decimaltegnet, og det kan højst have 15.",
            "Kontrollér, at det er kolonnen med tallene og ikke et nummer, der læses.",
        )
    if _POWER.fullmatch(plain):
        return (
            "Tallet er skrevet som en potens af ti.",
            "Vis kolonnen som tal med alle cifre, og gem igen (i R: options(scipen = 999)).",
        )
    return None


def _is_date(plain: str) -> bool:
    """Whether a text is what a spreadsheet makes of a number: `maj-24`, `1-maj`, `01-05`."""
    if _DAY_DASH_MONTH.fullmatch(plain):
        return True
    if match := _DAY_AND_MONTH.fullmatch(plain):
        plain = f"{match[1]}. {match[2]} 2024"
    period = period_of(plain)
    return period is not None and period.kind in ("day", "month")


def _of_parts(plain: str) -> tuple[str, str] | None:
    """The hint for two numbers in a cell (`21 ud af 68`), and one that is cut short (`9,1k`)."""
    if match := _OUT_OF.fullmatch(plain):
        return (
            f"Feltet har to tal: {match[1]} ud af {match[2]}.",
            f"Skriv {match[1]} i »tæller«, {match[2]} i »nævner« og andelen i procent i værdien. "
            "Er nøgletallet et antal, så skriv kun det.",
        )
    if match := _SHORTENED.fullmatch(plain):
        word, factor = _SHORT_FOR[match[2].casefold()]
        whole = fmt.number(float(match[1].replace(",", ".")) * factor, 0)
        return (
            f"»{match[2]}« efter tallet kan betyde {word}: tallet er forkortet.",
            f"Skriv tallet med alle sine cifre. Er det {match[1]} {word}, er det omkring {whole}.",
        )
    if match := _POINT_LAST.fullmatch(plain):
        return "Der står et punktum efter tallet.", f"Slet punktummet: {match[1]}."
    return None


def _of_accounts(plain: str) -> tuple[str, str] | None:
    """The hint for a number as accounts write it: `(450)`, `450-`, `kr. 450`, `450,-` or `+1,2`."""
    if match := _NEGATIVE.fullmatch(plain):
        digits = match[1] or match[2]
        return (
            "Sådan skriver regnskaber et negativt tal.",
            f"Er det negativt, så skriv minus foran: -{digits}. Er det ikke, så skriv {digits}.",
        )
    if match := _KRONER.fullmatch(plain):
        digits = match[1] or match[2]
        return "Kroner er en enhed, ikke en del af tallet.", f"Skriv kun tallet: {digits}."
    if match := _PLUS.fullmatch(plain):
        return (
            "Et plus foran et tal siger, at det er en ændring.",
            f"Indlæs selve tallet. Er det ikke en ændring, så skriv {match[1]}.",
        )
    return None


def _of_reports(plain: str) -> tuple[str, str] | None:
    """The hint for a number as reports show it: with a trend, an interval, a long dash."""
    if match := _UNSURE.fullmatch(plain):
        return (
            "Feltet har også, hvor sikkert tallet er.",
            f"Skriv kun tallet: {match[1]}. Intervallet beregnes af tæller og nævner.",
        )
    if match := _DASHED.fullmatch(plain):
        return (
            "Foran tallet står en tankestreg, ikke et minus.",
            f"Er tallet negativt, så skriv -{match[1]}. Er det ikke, så skriv {match[1]}.",
        )
    match = _BESIDE_SIGN.fullmatch(plain)
    if match and (sign := match[1] or match[3]):
        return (
            f"»{sign}« ved tallet er et tegn, ikke en del af tallet.",
            f"Skriv {match[2]}, hvis det er selve tallet. Er det en ændring, så indlæs tallet.",
        )
    return None


def _before(words: str, number: str) -> tuple[str, str]:
    """The remedy for text before a number."""
    if is_of_no_count(words):
        return f"»{words}« foran tallet siger, hvad det er.", NO_FIGURE
    if status := status_word(words):
        return (
            f"»{words}« foran tallet er en status, ikke en del af tallet.",
            f"Skriv kun {number}, og skriv »{STATUS_WORDS[status]}« i status.",
        )
    return (
        f"»{words}« foran tallet kendes ikke.",
        f"Skriv kun {number}. Siger det noget om tallet, så skriv det i status eller i noten.",
    )


def _beside(mark: str) -> tuple[str, str] | None:
    """The remedy for text after a number."""
    if mark.casefold().strip("()[] ") == "f":
        return (
            f"»{mark}« efter tallet betyder en fremskrivning, og den er ikke et opgjort tal.",
            "Slet rækken.",
        )
    words = mark.strip("()[] ")
    if is_of_no_count(words):
        return f"»{mark}« efter tallet siger, hvad det er.", NO_FIGURE
    if status := status_word(words):
        return (
            f"»{mark}« efter tallet er en status, ikke en del af tallet.",
            f"Slet den, og skriv »{STATUS_WORDS[status]}« i status.",
        )
    code = status_code(words) if len(words) > 1 else None
    if code is not None and code.status:
        return (
            f"»{mark}« efter tallet betyder {code.meaning}, og det er ikke en del af tallet.",
            f"Slet det, og skriv »{STATUS_WORDS[code.status]}« i status.",
        )
    if _MARK.fullmatch(mark):
        return (
            f"»{mark}« efter tallet er et mærke, ikke en del af tallet.",
            "Slet mærket. Er tallet foreløbigt eller omtrentligt, så skriv "
            f"{status_to_write('preliminary')} eller "
            f"{status_to_write('approximate')} i status, og skriv ellers fodnoten i noten.",
        )
    if unit_kind(mark) == PERCENT:
        return (
            "Tallet er en procent, og det skal det ikke være i denne kolonne.",
            "Kontrollér, at det er det rigtige nøgletal og den rigtige kolonne. Er det et antal, "
            "så slet procenttegnet.",
        )
    if unit_kind(mark) or unit_kind(mark.rstrip(".")):
        return (
            f"»{mark}« efter tallet er en enhed, ikke en del af tallet.",
            f"Slet den, og skriv den i kolonnens navn i stedet: værdi ({mark}).",
        )
    if re.fullmatch(r"[a-zæøå]{1,3}", mark, re.IGNORECASE):
        return (
            f"»{mark}« efter tallet kendes ikke.",
            "Slet det. Siger det noget om tallet, så skriv det i status eller i noten.",
        )
    return None
