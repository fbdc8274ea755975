"""Labels of columns that nothing reads, compared with what the figures are stored as.

A column with `Piger` in every row selects: the figures are of these people alone, though no row
differs from another by it. So do `Privat`, `3F` and `Foreløbig`. A total selects nobody, and a
column of the source, the unit or the day of the extract says nothing of the figures' people.
"""

import re
from collections.abc import Container, Iterator, Sequence
from typing import Literal

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.meant import Meant
from kpi.ingest.checks.row_verdicts import is_for_crosses
from kpi.ingest.checks.status_beside import ANY_NOT_FINAL, STATUS_WORD_REMEDY, is_not_final
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import MOST_CODES, labels_of, plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.split_periods import is_whole_year
from kpi.ingest.turning.wide import MEASURE
from kpi.ingest.words.heads import accounts_names
from kpi.ingest.words.labels import (
    is_judgement,
    is_total,
    is_total_code,
    names_indicator,
    names_selection,
    names_unit,
    says_nothing_of_people,
)
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.telling_words import HEAD, NUMBER, REMARKS, TITLE, Telling
from kpi.ingest.words.template import SERIES_BREAK
from kpi.ingest.words.units import is_unread_scale, unit_kind
from kpi.ingest.words.written_periods import period_of

_MOST_LABELS = 200
_MOST_SHOWN = 100
_FEWEST_LETTERS = 2
_YES_OR_NO = frozenset(
    ("0", "1", "0.0", "1.0", "0,0", "1,0", "true", "false", "ja", "nej", "sand", "falsk")
)
_AGE = re.compile(r"(\d{1,3})(?:[.,]0)?(?:\s?år)?")
# What Power Query writes beside the rows of each file that it put together.
_FILE_NAME = re.compile(r"\.(?:xls[xmb]?|ods|csv|txt|json|px|parquet|zip)$", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_]+")
_AGE_WORDS = frozenset(("alder", "age", "aldersgrænse", "år"))
_FIRST_WORDS = frozenset(("fra", "min", "mindst", "minimum", "nedre", "from", "low", "start"))
_LAST_WORDS = frozenset(("til", "max", "maks", "maksimum", "højst", "øvre", "to", "high", "slut"))
_ACCEPT = "Lav en ny opskrift, eller brug den alligevel: --accept-recipe."


def column_labels(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    meant: Meant,
    choices: Choices,
    known: frozenset[str],
    faulty: Container[str | None],
) -> Iterator[Problem]:
    """The problems of unused columns whose labels contradict what is stored, or select part of it.

    `known` are meanings that the recipe says itself. A column that has an error already
    (`faulty`) gets no other. Expects `in_use` and the `spelled_` tables.
    """
    reading = _Labels(table, plan, meant, choices, known)
    used = {*plan.columns.values(), *plan.keep}
    ends: dict[str, tuple[str, str]] = {}
    for place, name in enumerate(table.columns):
        if place in used or name in faulty or reading.is_ignored(place):
            continue
        texts = connection.table(f"spelled_c{place}").limit(_MOST_LABELS + 1).project("text")
        labels = [plain(text) for (text,) in texts.fetchall()]
        if len(labels) > _MOST_LABELS:
            continue
        is_blank = not any(labels)
        if is_blank and is_for_crosses(name):
            continue  # a template's, which nobody has set a cross in
        if is_blank:  # a name over blank cells is a text beside the table
            labels = [] if choices.recipe else [name]
        elif len(labels) > 1 and (choices.recipe or plan.keep):
            column = labels_of(connection, place, name, MOST_CODES)
            labels = [plain(text) for text in column.first] if column.count == 1 else labels
        if len(labels) == 1 and (end := end_of_ages(name)) and (age := _AGE.fullmatch(labels[0])):
            ends[end] = (name, age[1])
        if len(labels) > 1 and choices.recipe:
            continue  # what a recipe does not distinguish: unused_columns.py
        if any(map(is_not_final, labels)):
            if not connection.execute(ANY_NOT_FINAL).fetchall():
                yield _status(name, next(filter(is_not_final, labels)))
            continue
        yield from reading.of_column(name, labels, is_blank)
    if "first" in ends:
        name, low = ends["first"]
        high = ends.get("last", ("", ""))[1]
        yield from reading.of_column(name, [f"{low}-{high} år" if high else f"fra {low} år"], False)


def end_of_ages(name: str) -> Literal["first", "last"] | None:
    """Which end of an age span a column is called as: `Alder fra`, `alder_max`, `Til alder`."""
    words = set(_NAME_WORD.findall(name.casefold().replace("_", " ")))
    if not words & _AGE_WORDS:
        return None
    return "first" if words & _FIRST_WORDS else "last" if words & _LAST_WORDS else None


class _Labels:
    """One file's columns, and what its rows are stored as."""

    def __init__(
        self,
        table: RawTable,
        plan: Plan,
        meant: Meant,
        choices: Choices,
        known: frozenset[str],
    ) -> None:
        self.table, self.plan, self.meant, self.known = table, plan, meant, known
        self.recipe = choices.recipe
        self.is_chosen = bool(choices.measure) or plan.is_accepted

    def is_ignored(self, place: int) -> bool:
        """Whether a recipe says that a column says nothing, or an export of ours wrote it."""
        names = (self.table.columns[place], *self.table.other_names.get(place, ()))
        if self.recipe is None:
            return names[0] == SERIES_BREAK
        return any(self.recipe.ignores("columns", name) for name in names)

    def of_column(self, name: str, labels: Sequence[str], is_blank: bool) -> Iterator[Problem]:
        """The problems of one column's labels; of a blank one the label is its name."""
        is_contradicted = False
        if len(labels) == 1 and folded(labels[0]) in _YES_OR_NO:
            question = f"{name}: {labels[0]}"  # `kvinde` is 1
            if any(each.kind != NUMBER for each in self.meant.contradictions(question, TITLE)):
                labels = [question]
        letters = accounts_names(name, labels)
        for label in labels:
            said = letters.get(label, label)
            tellings = [] if is_total(label) else self.meant.contradictions(said, TITLE)
            if names_unit(name):
                tellings = tellings or self._other_measures(label)
            tellings = [telling for telling in tellings if telling.meaning not in self.known]
            if tellings and not self._is_of_recipe(name, label):
                is_contradicted = True
                yield self._contradicting(name, label, tellings, len(labels) > 1)
        # Blank cells select nothing.
        if is_blank or is_contradicted or len(labels) != 1:
            return
        if self._selects(name, labels[0]):
            yield self._selecting(name, labels[0])

    def _other_measures(self, label: str) -> list[Telling]:
        """What a label of a unit says of figures as a head would: `Median (kr.)`."""
        return [
            telling
            for telling in (
                *self.meant.contradictions(label, HEAD),
                *self.meant.other_things(label),
            )
            if telling.meaning not in ("antal", "andel")  # row_units.py
        ]

    def _is_of_recipe(self, name: str, label: str) -> bool:
        """Whether the recipe was made from a file with the same label."""
        made_from = self.recipe.made_from if self.recipe else None
        return made_from is not None and any(
            folded(column) == folded(name) and folded(known) == folded(label)
            for column, known in made_from.labels.items()
        )

    def _selects(self, name: str, label: str) -> bool:
        """Whether the one label of a column may leave out some of the people or things counted."""
        if is_total(label) or is_whole_year(label) or self._is_of_recipe(name, label):
            return False
        if is_unread_scale(name, label):
            return True
        if names_selection(name):
            return not (is_total_code(label) or self._is_own(label))
        return not (
            says_nothing_of_people(name)
            or names_indicator(name)
            or is_judgement(label)
            or sum(map(str.isalpha, label)) < _FEWEST_LETTERS
            or unit_kind(label)
            or _FILE_NAME.search(label)
            or period_of(label)
            or self.meant.find_area(label)
            or self._is_own(label)
        )

    def _is_own(self, label: str) -> bool:
        """Whether a label is called as the indicators or the groups themselves are."""
        return self.meant.is_named(label) or not self.meant.unread_words(label)

    def _contradicting(
        self, name: str, label: str, tellings: Sequence[Telling], is_one_of_several: bool
    ) -> Problem:
        words = listing([f"»{telling.word}«" for telling in tellings])
        stored = self.meant.stored_as()
        if self.recipe is not None and not self.is_chosen:
            return Problem(
                "recipe_mismatch", "", None, name, _short(label),
                f"Kolonnen siger {words}, og opskriften læser den ikke. Tallene gemmes som "
                f"{stored}.",
                _ACCEPT,
            )  # fmt: skip
        is_number = name == MEASURE or any(
            telling.kind == NUMBER and telling.meaning not in REMARKS for telling in tellings
        )
        is_error = (is_number or is_one_of_several) and not self.is_chosen
        return Problem(
            "head_words" if is_error else "text_words", "",
            None, name, _short(label),
            f"Kolonnen læses ikke, men siger {words}. Tallene gemmes som {stored}.",
            remedy(tellings, "Behold kun de rækker, der menes. "),
        )  # fmt: skip

    def _selecting(self, name: str, label: str) -> Problem:
        way = (
            "Er de for andre, så oversæt kolonnen under [group] eller [indicator]."
            if self.recipe
            else "Er de for andre, så skriv det i kolonnen »gruppe«, eller hent tallene for alle."
        )
        return Problem(
            "one_label", "", None, name, _short(label),
            f"Alle rækker har »{_short(label)}« i »{name}«, og det læses ikke. Tallene gemmes som "
            f"{self.meant.stored_as()}.",
            f"Kontrollér, at tallene ikke kun er en del af dem, de gemmes for. {way}",
        )  # fmt: skip


def remedy(tellings: Sequence[Telling], otherwise: str = "") -> str:
    """What to do about words of a head or a column that say other figures than those stored."""
    if any(telling.kind != NUMBER for telling in tellings):
        return (
            f"{otherwise}Er det en anden gruppe, så skriv den i kolonnen »gruppe«. Er tallene for "
            "den gruppe, de gemmes for, så slet ordet i filen."
        )
    return (
        f"{otherwise}Er tallene nøgletallets egne, så slet ordet i filen; ellers indlæs de rigtige "
        "tal."
    )


def _status(name: str, label: str) -> Problem:
    return Problem(
        "text_words", "", None, name, _short(label),
        f"Kolonnen siger »{_short(label)}« og læses ikke. Tallene gemmes som endelige.",
        f"Kald kolonnen »status«. {STATUS_WORD_REMEDY}",
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN].rstrip() + "…"
