"""The meaning of a cell of a number column, by its shape: the cell with every digit as `9`.

A column of a million cells has a handful of shapes, so each is understood once, here, and applied
to all cells in SQL. `1.234` alone is ambiguous: the decimal mark is decided per column.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE
from kpi.ingest.words.cell_units import written_unit
from kpi.ingest.words.status_codes import status_code

# Meanings of a cell.
NUMBER, EMPTY, MISSING, SUPPRESSED, DASH, NOT_A_NUMBER = (
    "number", "empty", "missing", "suppressed", "dash", "not_a_number",
)  # fmt: skip
MEANINGS = (NUMBER, EMPTY, MISSING, SUPPRESSED, DASH, NOT_A_NUMBER)
# How the number's mark is to be read. EITHER_*: one mark and three digits, so it may be both.
PLAIN, COMMA, POINT, EITHER_COMMA, EITHER_POINT, FIXED = (
    "plain", "comma", "point", "either_comma", "either_point", "fixed",
)  # fmt: skip

# Swiss and some programs of finance set them between thousands: `450'000`.
_APOSTROPHES = "'’"
_SPACES = "\u00a0\u2009\u202f\u2007 "  # hard, thin, narrow hard, of a figure's width, ordinary
APPROXIMATE_WORDS = (
    "ca.", "ca", "cirka", "circa", "knap", "godt", "omkring", "omtrent", "næsten", "~", "≈",
    "anslået", "skønnet", "skønsmæssigt", "estimeret",
)  # fmt: skip
# Words before a number that make it a limit, and the status that says so.
LIMIT_WORDS = {
    **dict.fromkeys(
        (
            "mere end",
            "flere end",
            "højere end",
            "større end",
            "over",
            "mindst",
            "minimum",
            ">",
            ">=",
            "≥",
        ),
        "at_least",
    ),
    **dict.fromkeys(
        (
            "højst",
            "op til",
            "maksimalt",
            "maks.",
            "maks",
            "max.",
            "max",
            "færre end",
            "mindre end",
            "lavere end",
            "under",
            "<=",
            "≤",
        ),
        "at_most",
    ),
}
_DIGITS = str.maketrans("0123456789", "9999999999")
_WORDS = sorted((*APPROXIMATE_WORDS, *LIMIT_WORDS), key=len, reverse=True)
# A number with more digits before its mark would be stored as another one.
_MOST_WHOLE_DIGITS = 15
_HIDDEN = ("skjult", "diskretioneret", "suppressed")
_NONE = (
    # One to six dots are what PX writes for figures that are not there, each for its own reason.
    *("." * count for count in range(1, 7)),
    ":", "–", "mangler", "missing", "na", "n/a", "n.a.", "#n/a",
    # What pandas, R and databases write for a value that is not there.
    "nan", "<na>", "null", "none", "\\n", "(null)", "<null>",
    # Danish Excel's own, and what pivot tables and Power BI write for a blank cell.
    "#i/t", "i/t", "(tom)", "(tomt)", "(blank)", "ikke tilgængelig", "not available",
)  # fmt: skip
# Eurostat writes its flag beside the colon where the figure is missing, else after the figure.
_MISSING_WITH_FLAG = re.compile(rf":[{_SPACES}]?([a-z]{{1,3}})")
# The missing values of SAS and Stata, each for its own reason: `.A` to `.Z`, and `._`.
_MISSING_LETTER = re.compile(r"\.[a-z_]")
# A whole number as programs of statistics write it in a column of decimals: `4125.`
_POINT_LAST = re.compile(r"[-−]?9{3,}\.")
_FLAG = re.compile(rf"(?<=[9%])[{_SPACES}]?([a-z]{{1,3}})$")
# Of the standard's letters those that Eurostat sets after a figure. `t`, `m` and `k` are units.
_FLAG_LETTERS = set("bcdeprsu")
_NUMBER = re.compile(
    rf"""
    (?P<sign>[-−]?)
    (?:
        (?P<plain>9+)
      | (?P<spaced>9{{1,3}}(?:[{_SPACES}{_APOSTROPHES}]9{{3}})+)(?P<spaced_rest>[.,]9+)?
      | (?P<grouped>9{{1,3}}(?:\.9{{3}}){{2,}}(?P<grouped_rest>,9+)?|9{{1,3}}\.9{{3}},9+)
      | (?P<english>9{{1,3}}(?:,9{{3}}){{2,}}(?P<english_rest>\.9+)?|9{{1,3}},9{{3}}\.9+)
      | (?P<left>9+)(?P<mark>[.,])(?P<right>9+)
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Form:
    """How cells of one shape are read.

    The number is `length` characters from `start` (0: the first). `mark` is one of the module's
    words; `decimals` how many digits follow the mark when it is a decimal mark. `bound` is
    "at_least" or "at_most" where words make the number a limit; it is approximate then, too.
    `flag` are the letters after a number that give its status, `unit` the words that say what it
    counts (`kr.`).
    """

    meaning: str
    start: int = 0
    length: int = 0
    mark: str = PLAIN
    decimals: int = 0
    approximate: bool = False
    percent: bool = False
    bound: str = ""
    flag: str = ""
    unit: str = ""


def understand(shape: str, zero_led: bool = False, with_unit: bool = False) -> Form:
    """The form of a cell. `zero_led`: its first digit is 0 (`0,167` cannot be thousands).

    `with_unit`: it is in a column of figures, so that `12 pers.` is one; elsewhere it is a label.
    """
    text = shape.strip(_SPACES + "\t")
    start = len(shape) - len(shape.lstrip(_SPACES + "\t"))
    if not text:
        return Form(EMPTY)
    if text[0] == TYPED:
        return _typed(text, start)
    sign = _sign(text)
    if sign:
        return Form(sign)
    form = _number(text, start, zero_led)
    if form.meaning == NUMBER or not with_unit:
        return form
    number_text, unit = written_unit(text)
    figure = _number(number_text, start + text.find(number_text), zero_led)
    is_one = unit and figure.meaning == NUMBER and not (figure.percent or figure.flag)
    return replace(figure, unit=unit) if is_one else form


def _sign(text: str) -> str:
    """The meaning of a cell without a number; empty where it may have one."""
    lowered = text.casefold()
    if text == HIDDEN or lowered in _HIDDEN or re.fullmatch(r"(<|‹)\s?9+|under\s?9", lowered):
        return SUPPRESSED
    if lowered in _NONE or _MISSING_LETTER.fullmatch(lowered):
        return MISSING
    if flagged := _MISSING_WITH_FLAG.fullmatch(lowered):
        code = status_code(flagged[1])
        if code is not None:
            return SUPPRESSED if code.status == "suppressed" else MISSING
    if text in {"-", "−"}:
        return DASH
    return NOT_A_NUMBER if text[0] == UNREADABLE else ""


def _number(text: str, start: int, zero_led: bool) -> Form:
    lowered = text.casefold()
    word = next((word for word in _WORDS if lowered.startswith(word)), "")
    rest = text[len(word) :].lstrip(_SPACES)
    start += len(text) - len(rest)
    flag = _flag(rest)
    rest = rest[: len(rest) - len(flag)].rstrip(_SPACES) if flag else rest
    core = re.sub(rf"[{_SPACES}]?(%|pct\.?|procent)$", "", rest, flags=re.IGNORECASE)
    is_percent = core != rest
    bound = LIMIT_WORDS.get(word, "")
    if not word and core.endswith("+"):
        core, bound = core[:-1], "at_least"
    core = core[:-1] if _POINT_LAST.fullmatch(core) else core
    match = _NUMBER.fullmatch(core)
    if match is None:
        return Form(NOT_A_NUMBER)
    mark, decimals = _mark(match, zero_led)
    if not mark or core.count("9") - decimals > _MOST_WHOLE_DIGITS:
        return Form(NOT_A_NUMBER)
    if flag and (word or bound):
        return Form(NOT_A_NUMBER)
    if flag and _status(flag) == "suppressed":
        return Form(SUPPRESSED, flag=flag)
    is_approximate = bool(word or bound)
    return Form(NUMBER, start, len(core), mark, decimals, is_approximate, is_percent, bound, flag)


def flag_of(text: str) -> str:
    """The letters after a number that give its status, as `understand` reads them; else empty."""
    return understand(text.translate(_DIGITS)).flag


def unit_of(text: str) -> str:
    """The unit that a text of a column of figures is written with; empty where it has none."""
    return understand(text.translate(_DIGITS), with_unit=True).unit


def _flag(text: str) -> str:
    flag = _FLAG.search(text.casefold())
    return flag[1] if flag and set(flag[1]) <= _FLAG_LETTERS and _status(flag[1]) else ""


def _status(flag: str) -> str:
    code = status_code(flag)
    return code.status if code else ""


def _typed(text: str, start: int) -> Form:
    # After it is the unit that the screen shows with it: `%`, or ` kr.`.
    digits = text[1:].partition(" ")[0].removesuffix("%")
    match = re.fullmatch(r"-?(9+)(?:\.(9+))?", digits)
    if match is None and len(text) > 1:
        # Words of its format are with it. Whether `0,167` is thousands is no question here.
        form = understand(text[1:], zero_led=True, with_unit=True)
        is_decided = form.mark in (PLAIN, POINT)
        return replace(form, start=form.start + start + 1, mark=FIXED) if is_decided else form
    if match is None or len(match[1]) > _MOST_WHOLE_DIGITS:
        return Form(NOT_A_NUMBER)
    is_percent = text.startswith("%", 1 + len(digits))
    return Form(NUMBER, start + 1, len(digits), FIXED, len(match[2] or ""), percent=is_percent)


def _mark(match: re.Match[str], zero_led: bool) -> tuple[str, int]:
    """The mark of a number and its decimals; an empty mark where the digits are no number."""
    if match["plain"]:
        return PLAIN, 0
    if match["spaced"]:
        rest = match["spaced_rest"] or ""
        if zero_led:
            return "", 0
        return {"": PLAIN, ",": COMMA, ".": POINT}[rest[:1]], max(0, len(rest) - 1)
    if match["grouped"] or match["english"]:
        number_text = match["grouped"] or match["english"]
        mark, decimal = (COMMA, ",") if match["grouped"] else (POINT, ".")
        return ("", 0) if zero_led else (mark, len(number_text.partition(decimal)[2]))
    left, mark, right = match["left"], match["mark"], match["right"]
    decisive = COMMA if mark == "," else POINT
    if len(left) <= 3 and len(right) == 3 and not zero_led:
        return (EITHER_COMMA if mark == "," else EITHER_POINT), 3
    return decisive, len(right)


def decided_mark(marks: Collection[str], given: str | None) -> str | None:
    """The decimal mark of a column ("comma" or "point"); None where its cells do not decide it.

    `given` (by the recipe, the format or the person) overrides the cells. Cells that contradict
    each other decide nothing.
    """
    if given is not None:
        return given
    decided = {mark for mark in marks if mark in {COMMA, POINT}}
    return decided.pop() if len(decided) == 1 else None


def fault(form: Form, decided: str | None) -> str | None:
    """The problem code of a number in a column with this decimal mark, or None.

    Without a decided mark every number with a mark is ambiguous; with one, a number that can only
    be read the other way is no number (`18500.00` is never 1850000).
    """
    if form.meaning != NUMBER:
        return "not_a_number" if form.meaning == NOT_A_NUMBER else None
    if form.mark in {PLAIN, FIXED}:
        return None
    if decided is None:
        return "ambiguous_number"
    if form.mark in {COMMA, POINT} and form.mark != decided:
        return "not_a_number"
    return None


def shown_decimals(form: Form, decided: str | None) -> int:
    """How many decimals the number has when the column's mark is `decided`."""
    if form.mark in {EITHER_COMMA, EITHER_POINT}:
        return form.decimals if form.mark == f"either_{decided}" else 0
    return form.decimals
