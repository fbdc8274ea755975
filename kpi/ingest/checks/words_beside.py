"""Words of heads, titles, notes and file names, compared with what the figures are stored as.

What a reader of the table sees must be true of the stored figures: `2022 mål`,
`Budget`, `kun kvinder` and `Fravær` are said of other figures. In a head such a word is an error;
in a text beside the table it is asked about, since a text may speak of more than the figures do.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import capital, listing
from kpi.ingest.checks.chosen_measure import chosen_measure_words
from kpi.ingest.checks.column_labels import column_labels, remedy
from kpi.ingest.checks.filter_lines import filter_lines
from kpi.ingest.checks.meant import Meant, said_by
from kpi.ingest.checks.note_words import note_words
from kpi.ingest.checks.old_breaks import without_old_breaks
from kpi.ingest.checks.status_beside import ANY_NOT_FINAL, STATUS_REMEDY
from kpi.ingest.checks.title_measures import other_measures
from kpi.ingest.checks.title_people import is_of_source, says_of_figures, strange_people
from kpi.ingest.checks.title_periods import known_years
from kpi.ingest.checks.title_qualifiers import unread_qualifiers
from kpi.ingest.checks.totals_and_means import other_total
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import NUMBERS, Plan
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import ABOVE, ASIDE, IN_HEAD, NAME, OVER, SHEET, UNDER, Beside, RawTable
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.heads import is_measure_name, is_unit_name, split_unit, unit_under
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.name_words import unit_of_name, with_years_of_age
from kpi.ingest.words.telling_words import (
    BELOW,
    FILE,
    HEAD,
    NUMBER,
    REMARKS,
    TITLE,
    UNSURE,
    Telling,
)
from kpi.ingest.words.template import NAMES
from kpi.ingest.words.units import COUNT, unit_kind, unit_problems
from kpi.ingest.words.written_periods import is_period_name

_PLACES = {
    OVER: "linjen over kolonnerne", ABOVE: "teksten over tabellen", UNDER: "teksten under tabellen",
    ASIDE: "en tekstboks, en kommentar, et sidehoved, en sidefod, et ark med noter eller filens "
    "titel",
    SHEET: "arkets navn", NAME: "tabellens titel", FILE: "filens navn",
}  # fmt: skip
_MOST_SHOWN = 100
# A longer text under a table explains words; a short one says what the figures are.
_SHORT, _MOST_OF_A_NOTE = 60, 400
_ONLY = ("kun ", "alene", "udelukkende", "only", "filt", "afgrænset", "begrænset")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.;])\s+")
# Sentences and titles above columns are no labels of them.
_MOST_WORDS_OVER = 4
# What a column without a name is called (kpi/ingest/readers/delimited.py).
_NAMELESS = re.compile(r"kolonne \d+")
# What the indicator is, where a head says the one or the other.
_IS_OF = {"total": "et gennemsnit", "gennemsnit": "et tal i alt"}
# A line of nothing but where the table is from, or what it is numbered: `Tabel: RAS200`.
_OF_A_TABLE = re.compile(
    r"(?:udtræk fra |tabel ?:? )?(?:statistikbanken(?:\.dk)?|danmarks statistik|jobindsats(?:\.dk)?"
    r"|uddannelsesstatistik(?:\.dk)?|[a-zæøå]{2,10}\d{1,4}[a-z]{0,3})\.?",
    re.IGNORECASE,
)
_OWN_NAMES = {role: frozenset(NAMES[role]) for role in NUMBERS}


def words_beside(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    choices: Choices,
    problems: Iterable[Problem] = (),
    file: str = "",
) -> list[Problem]:
    """The problems of all words beside the figures of a file called `file`.

    `choices` are a person's: a measure that was picked and a recipe of his own are right; one
    that the file's contents proposed knows only what the file says itself. A column that has an
    error already (in `problems`) gets no second one.
    """
    meant = _meant(connection, catalog)
    if not meant.indicators:
        return []
    table = replace(table, beside=without_old_breaks(connection, table.beside))
    is_unsure = bool(connection.execute(ANY_NOT_FINAL).fetchall())
    stored = UNSURE if is_unsure else frozenset()
    reading = _Reading(table, plan, meant, choices, stored, known_years(connection))
    of_choice = chosen_measure_words(connection, table, plan, meant, choices, reading.known)
    contradictions = [
        *of_choice,
        *reading.of_heads({problem.column for problem in of_choice}),
        *column_labels(
            connection,
            table,
            plan,
            meant,
            choices,
            reading.known,
            {problem.column for problem in problems if problem.severity == "error"},
        ),
        *reading.of_texts(file),
        *reading.of_title(file, bool(choices.indicator_id) and choices.recipe is None),
        *note_words(connection, table, plan, meant, reading.known),
        *reading.of_units(),
    ]
    if choices.recipe is not None or reading.is_chosen:
        return contradictions
    texts = [text for text in table.beside if not is_of_source(text.text)]
    contradictions += filter_lines(
        table.beside, meant, {problem.value for problem in contradictions}
    )
    contradictions += strange_people(texts, meant, {problem.value for problem in contradictions})
    for of_titles in (other_measures, unread_qualifiers):
        contradictions += of_titles(texts, meant, {problem.value for problem in contradictions})
    return contradictions


def _meant(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> Meant:
    """What the file's rows are stored as, from its distinct words: no row is looked at."""
    ids = {
        role: [id_ for (id_,) in connection.table(f"word_{role}")
               .filter("id IS NOT NULL").project("id").fetchall()]
        for role in ("indicator_id", "group_id")
    }  # fmt: skip
    return Meant.of(catalog, ids["indicator_id"], ids["group_id"])


class _Reading:
    """One file, and what its rows are stored as."""

    def __init__(
        self,
        table: RawTable,
        plan: Plan,
        meant: Meant,
        choices: Choices,
        stored: frozenset[str],
        years: Collection[int],
    ) -> None:
        """`stored` are meanings that the figures' status says already, `years` the rows'."""
        self.table, self.plan, self.meant = table, plan, meant
        self.recipe = recipe = choices.recipe
        self.is_chosen = bool(choices.measure) or plan.is_accepted
        self.known = said_by(recipe) | stored
        self.years = years

    # -------------------------------------------------------------------- heads
    def of_heads(self, faulty: Collection[str | None]) -> Iterator[Problem]:
        """The problems of each head: of its words besides its name, its unit and its period.

        A column that has one already (`faulty`) gets no other.
        """
        for beside in self.table.beside:
            if beside.where == IN_HEAD:
                base, unit = split_unit(beside.text)
                yield from self._head(base if unit_kind(unit) else beside.text, beside.column)
            elif beside.where == OVER and len(beside.text.split()) <= _MOST_WORDS_OVER:
                yield from self._head(beside.text, "", beside.row)
        named = {} if self.recipe else self.plan.columns
        for role, place in named.items():
            name = unmarked(self.table.columns[place])
            if self.table.columns[place] in faulty:
                continue
            if role == "value" or (role in NUMBERS and split_unit(name)[1]):
                yield from self._head(_rest(name, role), name)
            elif role == "indicator_id" and (is_measure_name(name) or folded(name) == "mål"):
                continue  # over names of indicators it is no target
            elif role != "group_id" and (contradictions := self._contradictions(name, TITLE)):
                yield self._contradicting_head(name, name, None, contradictions)

    def _head(self, text: str, column: str, row: int | None = None) -> Iterator[Problem]:
        things = [] if self.is_chosen else self.meant.other_things(text)
        if things and unit_kind(text):
            yield self._contradicting_head(text, column, row, things)
            return
        is_count = text == column and unit_kind(text) == COUNT
        if is_count and not self.is_chosen and self._contradictions(text):
            yield self._unread(text, column, row)
        if not self.is_chosen and (totals := other_total(text, self.meant, is_head=True)):
            yield self._of_total(text, column, row, totals[0])
            return
        if not text or unit_kind(text) or _NAMELESS.fullmatch(text) or self.meant.is_called(text):
            return
        other_name = self.meant.other_name(text)
        contradictions = self.meant.contradictions(text) or things
        if other_name:
            yield self._other(text, column, row, other_name)
        elif contradictions:
            yield self._contradicting_head(text, column, row, contradictions)
        elif not self.is_chosen and self.meant.other_bases(text):
            yield self._unread(text, column, row)
        elif not self.is_chosen and (unread := self.meant.unread_words(text)):
            alike = self.meant.named_alike(unread)
            if alike:
                yield self._other(text, column, row, f"nøgletallet »{alike}«")
            else:
                yield self._unread(text, column, row)

    def _contradictions(self, text: str, where: str = HEAD) -> list[Telling]:
        return [
            contradiction
            for contradiction in self.meant.contradictions(text, where)
            if contradiction.meaning not in self.known
        ]

    def _contradicting_head(
        self, text: str, column: str, row: int | None, contradictions: Sequence[Telling]
    ) -> Problem:
        words = listing([f"»{contradiction.word}«" for contradiction in contradictions])
        is_known = all(contradiction.meaning in self.known for contradiction in contradictions)
        where = capital(_PLACES[OVER]) if not column else "Overskriften"
        return Problem(
            "head_words", "", row,
            column or None, _short(text),
            f"{where} siger {words}, men tallene gemmes som {self._stored()}.",
            remedy(contradictions),
            reported_as="warning" if self.is_chosen or is_known else None,
        )  # fmt: skip

    def _other(self, text: str, column: str, row: int | None, other_name: str) -> Problem:
        return Problem(
            "head_words", "", row, column or None,
            _short(text),
            f"Overskriften »{_short(text)}« ligner {other_name}, men tallene gemmes som "
            f"{self._stored()}.",
            "Vælg det nøgletal eller den gruppe, som tallene er, eller ret overskriften i filen.",
            reported_as="warning" if self.is_chosen else None,
        )  # fmt: skip

    def _of_total(self, text: str, column: str, row: int | None, total: Telling) -> Problem:
        return Problem(
            "head_words", "", row, column or None, _short(text),
            f"Overskriften siger »{_short(text)}«, men nøgletallet er {_IS_OF[total.meaning]}. "
            f"Tallene gemmes som {self._stored()}.",
            "Kontrollér, at det er de tal, der menes.", reported_as="warning",
        )  # fmt: skip

    def _unread(self, text: str, column: str, row: int | None) -> Problem:
        return Problem(
            "head_words", "", row, column or None, _short(text),
            f"Overskriften siger »{_short(text)}«, og det læses ikke. Tallene gemmes som "
            f"{self._stored()}.",
            "Kontrollér, at det er de tal, der menes.", reported_as="warning",
        )  # fmt: skip

    # -------------------------------------------------------------------- texts
    def of_texts(self, file: str) -> Iterator[Problem]:
        """The problems of titles, notes and file names; each meaning is reported once."""
        reported: set[str] = set()
        for beside in (*self.table.beside, Beside(FILE, file.rpartition(".")[0] or file)):
            is_over = beside.where == OVER and len(beside.text.split()) > _MOST_WORDS_OVER
            if beside.where == IN_HEAD or (beside.where == OVER and not is_over):
                continue
            contradictions = [
                contradiction
                for contradiction in self._of_text(beside)
                if contradiction.meaning not in reported
            ]
            reported |= {contradiction.meaning for contradiction in contradictions}
            if contradictions:
                yield self._text(beside, contradictions)

    def _of_text(self, beside: Beside) -> list[Telling]:
        text = _of_figures(beside.text) if beside.where in (ABOVE, UNDER) else beside.text
        if beside.where == FILE:
            text = with_years_of_age(text, self.years)
        lowered = text.casefold()
        is_below = beside.where == UNDER and not says_of_figures(text)
        where = BELOW if is_below else FILE if beside.where == FILE else TITLE
        contradictions = self._contradictions(text, where)
        if where != BELOW:
            contradictions = contradictions or self.meant.other_things(text)
        if where == FILE and not self.table.unit and (unit := unit_of_name(text)):
            contradictions += self.meant.other_units(unit)
        if where == BELOW and len(lowered) > _SHORT and not any(word in lowered for word in _ONLY):
            # A page of text on a register names much that its figures are not.
            left_out = UNSURE | REMARKS if len(lowered) > _MOST_OF_A_NOTE else frozenset()
            return [
                contradiction
                for contradiction in contradictions
                if contradiction.kind == NUMBER and contradiction.meaning not in left_out
            ]
        return contradictions

    def _text(self, beside: Beside, contradictions: Sequence[Telling]) -> Problem:
        words = listing([f"»{contradiction.word}«" for contradiction in contradictions])
        return Problem(
            "text_words", "", beside.row, None, _short(beside.text),
            f"{capital(_PLACES[beside.where])} siger {words}: »{_short(beside.text)}«. "
            f"Tallene gemmes som {self._stored()}.",
            STATUS_REMEDY
            if any(contradiction.meaning in UNSURE for contradiction in contradictions)
            else "Kontrollér, at det ikke gælder tallene i tabellen.",
        )  # fmt: skip

    def _is_of_all(self, title: Beside, titles: Sequence[Beside]) -> bool:
        """Whether a line says what all rows are of and no title: an area, a period, a pair."""
        said = title.text.rpartition(":")[2].strip()
        if is_period_name(said) or area_lookup(self.meant.catalog)(said) is not None:
            return True
        return title.row is not None and sum(other.row == title.row for other in titles) == 2

    def of_title(self, file: str, is_named: bool) -> list[Problem]:
        """A warning where nothing about a table mentions the indicator that a person chose for it.

        `is_named`: a person chose it; then there are only the table's own words to compare it with.
        """
        titles = [text for text in self.table.beside if text.where in (NAME, ABOVE)]
        titles = [
            title for title in titles
            if not is_of_source(title.text) and not is_unit_name(title.text.partition(":")[0])
            and not self._is_of_all(title, titles)
            and not _OF_A_TABLE.fullmatch(title.text.strip())
        ]  # fmt: skip
        if (
            not is_named
            or self.is_chosen
            or not any(self._unread_of(title.text) for title in titles)
        ):
            return []
        # A definition may speak of the period, and of the municipality.
        heads = [
            self.table.columns[place]
            for role, place in self.plan.columns.items()
            if role not in ("area_id", "period")
        ]
        texts = [file, *heads, *(text.text for text in self.table.beside)]
        if any(map(self.meant.is_titled, texts)):
            return []
        return [
            Problem(
                "text_words", "", titles[0].row, None, _short(titles[0].text),
                f"Titlen nævner ikke nøgletallet: »{_short(titles[0].text)}«. Tallene gemmes som "
                f"{self._stored()}.",
                "Kontrollér, at det er det rigtige nøgletal.",
            )
        ]  # fmt: skip

    def _unread_of(self, text: str) -> list[str]:
        return [word for word in self.meant.unread_words(text) if word.isalpha() and len(word) > 1]

    def of_units(self) -> list[Problem]:
        """The problems of a unit written under the table, where the file has none elsewhere.

        Where there are several indicators, the unit may be of any of them.
        """
        if self.table.unit or self.plan.scale is not None or len(self.meant.indicators) != 1:
            return []
        under = [text.text for text in self.table.beside if text.where == UNDER]
        table = replace(self.table, unit=unit_under(under))
        own = [self.meant.indicators[0].indicator_id]
        return (
            unit_problems(table, self.plan.columns.get("value"), own, self.meant.catalog)
            if (unit_kind(table.unit))
            else []
        )

    def _stored(self) -> str:
        return self.meant.stored_as()


def _of_figures(text: str) -> str:
    """The sentences of a text that do not begin as one of the source does."""
    return " ".join(sentence for sentence in _SENTENCE.split(text) if not is_of_source(sentence))


def _rest(name: str, role: str) -> str:
    """The words of a head besides what the template calls it: `mål` of `værdi (mål)`."""
    base, unit = split_unit(name)
    if base.casefold() in _OWN_NAMES[role]:
        return unit
    return base if unit_kind(unit) else name


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN].rstrip() + "…"
