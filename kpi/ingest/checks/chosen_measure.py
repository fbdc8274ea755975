"""A measure that a person chose, whose name says whom, where or when its figures are of.

Under heads of two lines (`2024`, `Kvinder`) the labels of the column of measures may be people:
then the chosen one is a part of the table, and its figures are stored as everybody's. A choice says
which figures are read, and not of whom they are.
"""

from collections.abc import Iterator, Sequence

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.meant import Meant
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import plain
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.heads import accounts_names, is_of_accounts, split_unit
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.telling_words import HEAD, NUMBER, TITLE, Telling, telling_words
from kpi.ingest.words.units import unit_kind
from kpi.ingest.words.written_periods import is_period_name

_MOST_LABELS = 200
_MOST_SHOWN = 100
# How persons are counted (`fullTime`), and not which of them.
_OF_COUNTING = "fuld tid eller deltid"
_OTHER = "Er det et andet mål, så vælg det: --measure NAVN."
_GROUP = (
    "Er tallene for en gruppe, så angiv den med --group GRUPPE. Findes gruppen ikke, så opret den "
    "først. Er de for den gruppe, de gemmes for, så ret navnet i filen."
)
_AREA = f"Er tallene for ét område, så angiv det med --area OMRÅDE. {_OTHER}"
_PART = f"{_OTHER} Er tallene for en gruppe, så angiv den med --group GRUPPE."


def chosen_measure_words(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    meant: Meant,
    choices: Choices,
    known: frozenset[str],
) -> list[Problem]:
    """The problem of the measure that a person chose, or that the indicator's unit chose for him.

    `known` are meanings that the recipe says itself. Expects the `spelled_` tables.
    """
    if plan.is_accepted:
        return []
    place = table.measure_column
    if place is not None and len(plan.keep.get(place, ())) == 1:
        texts = connection.table(f"spelled_c{place}").limit(_MOST_LABELS).project("text")
        others = [plain(text) for (text,) in texts.fetchall()]
        return list(_Chosen(meant, table, known, choices).of(plan.keep[place][0], others))
    if choices.measure and "value" in plan.columns:
        column = table.columns[plan.columns["value"]]
        others = [name for at, name in enumerate(table.columns) if at != plan.columns["value"]]
        return list(_Chosen(meant, table, known, choices, column).of(unmarked(column), others))
    return []


class _Chosen:
    """What the rows of the chosen measure are stored as."""

    def __init__(
        self,
        meant: Meant,
        table: RawTable,
        known: frozenset[str],
        choices: Choices,
        column: str = "",
    ) -> None:
        """`column` is the measure itself where it is a column, and empty where it is a label."""
        self.meant, self.table, self.known, self.choices = meant, table, known, choices
        self.column = column

    def of(self, label: str, others: Sequence[str]) -> Iterator[Problem]:
        """The one problem of a chosen name among those of the other measures."""
        base, unit = split_unit(label)
        base = base if unit_kind(unit) else label
        if people := self._people(base):
            words = listing([f"»{word}«" for word in people])
            says = f"siger, hvem tallene er for: {words}"
            yield self._problem(label, says, _GROUP, self._says_more(base, people))
        elif place := self._place(base):
            yield self._problem(label, f"siger, hvor tallene er fra: »{place}«", _AREA)
        elif accounts := self._accounts(base, others):
            yield self._problem(label, f"betyder »{accounts}« ved siden af »R«", _OTHER, True)
        elif not self.column and (figures := self._other_figures(base)):
            says = f"siger {listing([f'»{word}«' for word in figures])}"
            yield self._problem(label, says, _OTHER, True)
        elif not self.column and is_period_name(base):
            yield self._problem(label, "er en periode", _OTHER)
        elif not self.column and self._is_part(base, others):
            total = next(filter(is_total, others))
            yield self._problem(
                label, f"står ved siden af »{total}« og kan være en del af det", _PART, True
            )

    def _people(self, label: str) -> list[str]:
        """The words for people that neither the indicator nor a stored group says."""
        tellings: list[Telling] = [
            telling
            for telling in self.meant.contradictions(label, TITLE)
            if telling.kind != NUMBER and telling.meaning not in (*self.known, _OF_COUNTING)
        ]
        named = self.meant.other_name(label)
        words = [telling.word for telling in tellings]
        return words or ([label] if named.startswith("gruppen") else [])

    def _accounts(self, label: str, others: Sequence[str]) -> str:
        """What a letter stands for beside the accounts' own `R`: a budget, a forecast; else empty.

        Empty too where the indicator is called so itself.
        """
        letters = accounts_names("", filter(is_of_accounts, (label, *others)))
        stands_for = letters.get(label, "")
        return stands_for if self._other_figures(stands_for) else ""

    def _other_figures(self, label: str) -> list[str]:
        """The words of a label for figures of another kind: `Mål`, `Budget`, `Ændring`."""
        return [
            telling.word
            for telling in self.meant.contradictions(label, HEAD)
            if telling.kind == NUMBER and telling.meaning not in (*self.known, "antal", "andel")
        ]

    def _says_more(self, label: str, people: Sequence[str]) -> bool:
        """Whether a name is of a measure too: `Fuldtidspersoner i pct. af 16-66-årige`."""
        rest = label.casefold()
        for word in people:
            rest = rest.replace(word.casefold(), " ")
        return bool(self.meant.unread_words(rest)) or self.meant.is_mentioned(rest)

    def _place(self, label: str) -> str:
        """The area that a name is, or ends with: `Odense`, `Pct. i Odense`; else empty."""
        if "area" in self.choices.constant:
            said = self.meant.find_area(self.choices.constant["area"])
            return self._named_area(label, said)
        return self._named_area(label, None)

    def _named_area(self, label: str, said: str | None) -> str:
        ends = [label.rpartition(word)[2] for word in (" i ", ", ") if word in label]
        for text in (label, *ends):
            area = self.meant.find_area(text.strip())
            if area is not None and area != said and not self.meant.is_mentioned(text):
                return text.strip()
        return ""

    def _is_part(self, label: str, others: Sequence[str]) -> bool:
        """Whether a label stands beside a total, and says neither a unit nor the indicator."""
        siblings = [other for other in others if folded(other) != folded(label)]
        return (
            any(map(is_total, siblings))
            and not is_total(label)
            and not unit_kind(label)
            and not telling_words(label)
            and bool(self.meant.unread_words(label))
            and not self.meant.is_named(label)
            and not self.meant.is_mentioned(label)
        )

    def _problem(self, label: str, says: str, hint: str, is_asked: bool = False) -> Problem:
        shown = label if len(label) <= _MOST_SHOWN else label[:_MOST_SHOWN].rstrip() + "…"
        return Problem(
            "head_words", "", None, self.column or None, shown,
            f"Det valgte mål »{shown}« {says}. Tallene gemmes som {self.meant.stored_as()}.",
            hint, reported_as="warning" if is_asked else None,
        )  # fmt: skip
