"""What a distinct text of a column means, or how it is reported: the parts of every role."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from kpi.domain.errors import choices_hint
from kpi.domain.format import number
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.meaning.recipe_labels import without_marks
from kpi.ingest.table.raw import RefusedError
from kpi.ingest.words import lookup as resolve
from kpi.ingest.words.cell_faults import name_fault
from kpi.ingest.words.labels import BLANK
from kpi.ingest.words.period_marks import Marked, marked_name

# Rows with such a word are left out, and reported for the record.
IGNORED_CODES = ("ignored_area", "ignored_row")
# Looking for similar names takes time, and nobody reads more of them.
MOST_HINTS = 1_000
# No country has so many places, and no table so many periods; each text is looked up on its own.
MOST_TEXTS = 100_000
_BLANK_HINT = (
    "Udfyld det, eller slet rækken, hvis den er en sum. I en pivottabel: vælg »Gentag alle "
    "elementetiketter« og »Vis ikke subtotaler« under Design, og gem igen."
)
# What programs call the row that sums up the others.
_TOTAL_WORDS = """
total ialt hovedtotal grandtotal sum totalt samlet subtotal samletsum samletresultat totaler
hovedresultat totalresultat total-resultat totalresult totalsum sumialt totalialt samlettotal
hovedsum grandsum overordnetresultat overallresult totals grandtotals resultat result
"""
_TOTALS = frozenset(_TOTAL_WORDS.split())


@dataclass(frozen=True)
class Word:
    """The meaning of a text: an id, or a problem; a `code` of IGNORED_CODES is neither.

    `marked` is what follows a period: a footnote, or how sure its figures are.
    """

    text: str
    id: str | None
    code: ProblemCode | None = None
    message: str = ""
    hint: str = ""
    marked: Marked | None = None


def is_total(text: str) -> bool:
    """Whether a label says that its row sums up the others; as a group it is a plain label."""
    return resolve.folded(without_marks(text).rstrip(":.")) in _TOTALS


def total_word(text: str) -> Word:
    """The word of a row that sums up the others: ignored, and reported."""
    return Word(text, None, "ignored_row", "Rækken er en sum af de andre og springes over")


def whole_or_sum(text: str) -> Word:
    """The word of a total that may be the country or the sum of the rows: a person must say."""
    return Word(
        text, None, "unknown_area", "Feltet siger ikke, hvilket område rækken er for.",
        "Slet rækken, hvis den er en sum af de andre. Er det hele landet, så skriv »Hele landet«.",
    )  # fmt: skip


def refuse_too_many(count: int, column: str | None, most: int = MOST_TEXTS) -> None:
    """Raises RefusedError where a column has more distinct texts than its role can have."""
    if count > most:
        raise RefusedError(
            "too_large",
            f"Kolonnen »{column}« har mere end {number(most, 0)} forskellige tekster, og så mange "
            "slås ikke op.",
            "Kontrollér, at det er den rigtige kolonne, eller fjern de rækker, der ikke skal "
            "bruges.",
        )


class Suggestions:
    """Names that may be meant, for the first texts that are not known."""

    def __init__(self, names: list[str]) -> None:
        self._names, self._left = names, MOST_HINTS

    def beside(self, text: str) -> str:
        """A hint that lists similar names; empty once enough have been given."""
        self._left -= 1
        return choices_hint(text, self._names) if self._names and self._left >= 0 else ""


def word_or_problem(
    text: str,
    id_: str | None,
    code: ProblemCode,
    message: str,
    near: Suggestions | None = None,
    hint: str = "",
) -> Word:
    """The word of an id, or of a text that has none: blank, or not known, with names near it."""
    if id_ is not None:
        return Word(text, id_)
    if not without_marks(text):
        return Word(text, None, code, BLANK, _BLANK_HINT)
    if (fault := name_fault(text)) is not None:
        return Word(text, None, code, *fault)
    suggestion = near.beside(text) if near else ""
    return Word(text, None, code, message, (suggestion + hint).strip())


def noted_word(
    text: str, find: resolve.Lookup, code: ProblemCode, message: str, near: Suggestions,
    likely: Callable[[str], str] = lambda text: "",
    explained: Callable[[str], str] = lambda text: "",
) -> Word:  # fmt: skip
    """The word of a name, which may be followed by a footnote's mark.

    `likely` gives the known name of what is most likely meant by a text, `explained` the remedy of
    a text that no known name is meant by; then no other is near.
    """
    known, mark = (known, None) if (known := find(text)) else marked_name(text, find)
    meant = "" if known else likely(text)
    hint = f"Mente du »{meant}«?" if meant else "" if known else explained(without_marks(text))
    word = word_or_problem(text, known, code, message, None if hint else near, hint)
    return replace(word, marked=mark)


def translated_word(text: str, named: str, code: ProblemCode, valid: Collection[str]) -> Word:
    """The word of what a recipe translates a label to, which must be among the valid ids."""
    if named in valid:
        return Word(text, named)
    message = f"Opskriften oversætter til »{named}«, som ikke findes."
    return Word(text, None, code, message, choices_hint(named, valid))
