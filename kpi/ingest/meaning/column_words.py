"""What each distinct text of a column means, by role: an id, a problem, or ignored."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kpi.domain.catalog import Catalog
from kpi.domain.period import Period, year_to_date
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.recipe import Labels
from kpi.ingest.meaning.recipe_labels import ids_by_label, named_by_recipe, without_marks
from kpi.ingest.meaning.word import (
    MOST_HINTS,
    Suggestions,
    Word,
    is_total,
    noted_word,
    total_word,
    translated_word,
    whole_or_sum,
    word_or_problem,
)
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.table.unseen_marks import without_unseen
from kpi.ingest.turning.split_periods import year_of_sum
from kpi.ingest.words import lookup as resolve
from kpi.ingest.words import statuses
from kpi.ingest.words.area_hints import (
    area_problem,
    ignored_words,
    region_among_regions,
    whole_area,
)
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.date_order import read_dates
from kpi.ingest.words.labels import group_guess, is_everybody
from kpi.ingest.words.named_dates import (
    read_named_dates,
    years_as_dates,
    years_in_thousands,
)
from kpi.ingest.words.number_hints import NO_FIGURE
from kpi.ingest.words.numbered_periods import read_numbered
from kpi.ingest.words.people_words import who_is_left_open
from kpi.ingest.words.period_hints import period_problem
from kpi.ingest.words.period_marks import marked_name, unmarked_period
from kpi.ingest.words.telling_words import is_of_no_count
from kpi.ingest.words.written_periods import as_rolling, is_stretch, period_of

# A month and a day as finance and case systems write them; elsewhere it is an ordinary number.
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?", re.ASCII)
_ACCOUNTS = re.compile(
    r"(?:r|regnskab|regnskabsåret?|regnskabsår|årsregnskab)\s?((?:19|20)\d{2})",
    re.ASCII | re.IGNORECASE,
)

_OR_SKIP = " Ellers fjern rækken, eller lad opskriften springe området over."
_TWO_WAYS = "Datoen kan læses på to måder: med dagen eller med måneden først."
_TWO_WAYS_HINT = "Skriv for eksempel 2024M05 for måneden eller 2024M05D31 for dagen."

# Among rolling years, twelve months written by their two ends are a rolling year too.
_WHOLE_YEARS = ("year", "school_year")
_PARTS_OF_YEAR = ("month", "quarter", "half")
_TO_DATE = re.compile(
    r"(?<![^\W_])(?:år til dato|aar til dato|åtd|aatd|ytd|year to date)(?![^\W_])", re.IGNORECASE
)
_WHOLE_YEAR = "Kolonnen har år til dato, og perioden er et helt år."
_WHOLE_YEAR_HINT = "Skriv den måned, som tallene er til og med, for eksempel ÅTD maj 2025."


_TWO_YEARS = re.compile(r"(\d{4}|\d{2})\s?[-–/]\s?(\d{4}|\d{2})", re.ASCII)
# Under the Ministry of Defence and in no municipality; extracts of all municipalities list it.
NO_MUNICIPALITY = {"christiansø", "411"}


# Among names 0 is no code of the country: spreadsheets write it where a formula finds a blank cell.
_FEWEST_LETTERS = 2
_EMPTY_CELL = (
    "0 er ikke et navn på et område.",
    "Regneark skriver 0, hvor en formel henter en tom celle. Skriv områdets navn, eller slet "
    "rækken.",
)


@dataclass(frozen=True)
class Reader:
    """Looks up the words of one file.

    `is_of_schools`: each of its indicators has figures of school years. `everybody` is the group
    that a total means: all people, where each of its indicators is about all; else empty.
    """

    table: RawTable
    plan: Plan
    catalog: Catalog
    is_of_schools: bool = False
    everybody: str = ""

    def words(self, role: str, texts: Iterable[str]) -> list[Word]:
        """Every text of a column with its id or its problem; `role` is a column of the template."""
        roles = {
            "indicator_id": self._indicators,
            "area_id": self._areas,
            "group_id": self._groups,
            "period": self._periods,
            "status": self._statuses,
            "measured": self._measured,
            "source_id": self._sources,
        }
        written: dict[str, list[str]] = {}
        for text in texts:
            written.setdefault(without_unseen(text), []).append(text)
        distinct = list(written)
        # Of many texts the file's first are reported, so they are looked at first.
        words = roles[role](sorted(distinct) if len(distinct) <= MOST_HINTS else distinct)
        return [
            word if text == word.text else replace(word, text=text)
            for word in words
            for text in written[word.text]
        ]

    def _areas(self, texts: list[str]) -> list[Word]:
        find = area_lookup(self.catalog)
        names = [area.name for area in self.catalog.areas.values()]
        codes = self._codes("area_id")
        by_label = ids_by_label(self.plan.recipe.area_ids if self.plan.recipe else {})
        near = Suggestions(names)
        short = region_among_regions(texts, find, self.catalog)
        are_names = any(sum(map(str.isalpha, text)) >= _FEWEST_LETTERS for text in texts)
        words = []
        for text in texts:
            if are_names and text.removeprefix(TYPED).strip() == "0":
                words.append(Word(text, None, "unknown_area", *_EMPTY_CELL))
                continue
            if self._ignores("areas", text):
                words.append(Word(text, None, "ignored_area"))
                continue
            if {without_marks(text).casefold(), codes.get(text, text)} & NO_MUNICIPALITY:
                words.append(Word(text, None, "ignored_area"))
                continue
            if (named := named_by_recipe(by_label, text, codes)) is not None:
                words.append(translated_word(text, named, "unknown_area", self.catalog.areas))
                continue
            known = find(text) or find(codes.get(text, ""))
            known = known or short.get(text) or whole_area(text, find, self.catalog)
            noted, mark = marked_name(text, find) if known is None else (None, None)
            known = known or noted
            if known is None and (ignored := ignored_words(text)):
                words.append(Word(text, None, "ignored_row", ignored))
                continue
            if known is None and (problem := area_problem(text, find, self.catalog)):
                words.append(Word(text, None, "unknown_area", *problem))
                continue
            if known is None and is_total(text):
                # In a template's row with all else filled, somebody may mean the whole country.
                is_sure = self.plan.recipe or self.table.is_wide
                words.append(total_word(text) if is_sure else whole_or_sum(text))
                continue
            word = word_or_problem(
                text, known, "unknown_area", "Området kendes ikke.", near, _OR_SKIP
            )
            words.append(replace(word, marked=mark))
        return words

    def _periods(self, texts: list[str]) -> list[Word]:
        codes = self._codes("period")
        dates, uncertain = read_dates(texts)
        is_of_schools = self.is_of_schools or self._names_school_years()
        named = self.plan.name_of("period", self.table)
        numbered, questions = read_numbered(texts, named, is_of_schools)
        marked = {text: mark for text in texts if (mark := unmarked_period(text)) is not None}
        bare, uncertain_bare = read_dates({mark.period for mark in marked.values()})
        periods = {
            text: None
            if text in questions
            else numbered.get(text)
            or period
            or period_of(codes.get(text, ""))
            or _of_systems(text)
            or (bare[marked[text].period] if text in marked else None)
            for text, period in dates.items()
        }
        whole, asked = read_named_dates(periods, named)
        asked |= years_as_dates(periods)
        in_thousands = years_in_thousands(texts, named)
        periods, questions = {**periods, **whole, **in_thousands}, {**questions, **asked}
        # Of a year that stands alone `2023 i alt` may be the figure itself.
        parted = {
            str(period.start.year) for period in periods.values()
            if period and period.kind in ("month", "quarter", "half", "week")
        }  # fmt: skip
        is_rolling = any(period and period.kind == "rolling_year" for period in periods.values())
        words = []
        for text, period in periods.items():
            if (refused := self._no_period(text, period, parted)) is not None:
                words.append(refused)
                continue
            if period is None and (year := self._school_year(text) or year_of_sum(text)):
                words.append(Word(text, year))
                continue
            if (questions.get(text) or ("",))[0]:
                words.append(Word(text, None, "unknown_period", *questions[text]))
                continue
            if text in uncertain or (text in marked and marked[text].period in uncertain_bare):
                words.append(Word(text, None, "unknown_period", _TWO_WAYS, _TWO_WAYS_HINT))
                continue
            known = None
            if period is not None:
                among = is_rolling and period.kind in _WHOLE_YEARS and is_stretch(text)
                known = (as_rolling(period) if among else period).text
                if period.kind in _PARTS_OF_YEAR and self._is_to_date():
                    known = year_to_date(period.end.year, period.end.month).text
            problem = ("", "") if known else period_problem(text)
            word = word_or_problem(text, known, "unknown_period", problem[0], hint=problem[1])
            words.append(replace(word, marked=marked.get(text)))
        return words

    def _no_period(self, text: str, period: Period | None, parted: Collection[str]) -> Word | None:
        """What a text is that gives its rows no period, whatever it may be read as; else None.

        `parted` are the years that others of the column are parts of.
        """
        if self._ignores("periods", text):
            return Word(text, None, "ignored_row")
        if period is None:
            return total_word(text) if is_total(text) or _adds_up_parts(text, parted) else None
        if period.kind == "year" and self._names_school_years():
            year = period.start.year
            hint = f"Skriv begge år, for eksempel {year}/{year + 1} eller {year - 1}/{year}."
            message = "Kolonnen har skoleår, og det er kun det ene af dets to år."
            return Word(text, None, "unknown_period", message, hint)
        if period.kind == "year" and self._is_to_date():
            return Word(text, None, "unknown_period", _WHOLE_YEAR, _WHOLE_YEAR_HINT)
        return None

    def _school_year(self, text: str) -> str:
        """`2023-2024` or `2023-24` as a school year, where it cannot be two years; else empty."""
        match = _TWO_YEARS.fullmatch(without_marks(text))
        if match is None or not (self.is_of_schools or self._names_school_years()):
            return ""
        year = match[1] if len(match[1]) == 4 else f"20{match[1]}"
        after = int(year) + 1
        return f"{year}/{after}" if match[2] in (str(after), f"{after % 100:02d}") else ""

    def _names_school_years(self) -> bool:
        return any(
            resolve.folded(name) in ("skoleår", "schoolyear") for name in self._period_names()
        )

    def _is_to_date(self) -> bool:
        """Whether the column of periods says itself that they all begin with their year."""
        return any(_TO_DATE.search(name.replace("_", " ")) for name in self._period_names())

    def _period_names(self) -> tuple[str, ...]:
        """What the column of periods is called; nothing where the file has none."""
        place = self.plan.columns.get("period")
        if place is None:
            return ()
        return (self.table.columns[place], *self.table.other_names.get(place, ()))

    def _statuses(self, texts: list[str]) -> list[Word]:
        by_label = ids_by_label(self.plan.recipe.statuses if self.plan.recipe else {})
        codes = self._codes("status")
        return [
            Word(text, named)
            if (named := named_by_recipe(by_label, text, codes)) is not None
            else Word(text, "")
            if not text.strip()
            else word_or_problem(text, statuses.status_of(text), "unknown_status",
                       f"Status »{without_marks(text)}« kendes ikke.", hint=_status_hint(text))
            for text in texts
        ]  # fmt: skip

    def _measured(self, texts: list[str]) -> list[Word]:
        return [
            Word(text, "")
            if not text.strip()
            else word_or_problem(text, statuses.measured_of(text), "unknown_value",
                       f"Opgørelsesmåden »{without_marks(text)}« kendes ikke.",
                       hint=statuses.MEASURED_HINT)
            for text in texts
        ]  # fmt: skip

    def _sources(self, texts: list[str]) -> list[Word]:
        find = resolve.source_lookup(self.catalog)
        usual = self.plan.constants.get("source_id", "")
        titles = [source.title for source in self.catalog.sources.values()]
        near = Suggestions([*titles, *self.catalog.sources])
        return [
            word_or_problem(text, find(without_marks(text) or usual), "unknown_source",
                  "Kilden kendes ikke.", near)
            for text in texts
        ]  # fmt: skip

    def _groups(self, texts: list[str]) -> list[Word]:
        labels = self.plan.recipe.group if self.plan.recipe else None
        if labels is not None:
            return self._labelled("group_id", "groups", labels, texts, set(self.catalog.groups))
        find = resolve.group_lookup(self.catalog)
        near = Suggestions([group.name for group in self.catalog.groups.values()])
        guess, groups = group_guess(self.catalog), self.catalog.groups

        def likely(text: str) -> str:
            """The group that is called so elsewhere; empty where none is."""
            return groups[group].name if (group := guess(text)) else ""

        # No group is the indicator's own group, which is put in where indicators are known.
        return [
            Word(text, "")
            if not text.strip()
            else Word(text, self.everybody)
            if self.everybody and find(text) is None and is_everybody(without_marks(text))
            else noted_word(
                text, find, "unknown_group", "Gruppen kendes ikke.", near, likely, who_is_left_open
            )
            for text in texts
        ]  # fmt: skip

    def _indicators(self, texts: list[str]) -> list[Word]:
        labels = self.plan.recipe.indicator if self.plan.recipe else None
        if labels is not None:
            valid = set(self.catalog.indicators)
            return self._labelled("indicator_id", "indicators", labels, texts, valid)
        find = resolve.indicator_lookup(self.catalog)
        indicators = self.catalog.indicators.values()
        choices = [
            name for indicator in indicators for name in (indicator.name, indicator.short_name)
        ]
        near = Suggestions([*choices, *self.catalog.indicators])
        return [
            total_word(text)
            if is_total(text) and find(text) is None
            else noted_word(text, find, "unknown_indicator", "Nøgletallet kendes ikke.", near)
            for text in texts
        ]

    def _labelled(
        self, role: str, section: str, labels: Labels, texts: list[str], valid: set[str]
    ) -> list[Word]:
        """Labels that a recipe translates; those that it does not name are problems."""
        code: ProblemCode = "unknown_group" if section == "groups" else "unknown_indicator"
        by_label = ids_by_label(labels.ids)
        codes = self._codes(role)
        words = []
        for text in texts:
            if self._ignores(section, text):
                words.append(Word(text, None, "ignored_row"))
                continue
            named = named_by_recipe(by_label, text, codes)
            if named is not None:
                words.append(translated_word(text, named, code, valid))
                continue
            hint = f"Tilføj den i opskriften, eller skriv den under [ignore] {section}."
            words.append(
                word_or_problem(text, None, code, "Opskriften nævner ikke værdien.", hint=hint)
            )
        return words

    def _ignores(self, section: str, text: str) -> bool:
        return self.plan.recipe is not None and self.plan.recipe.ignores(section, text)

    def _codes(self, role: str) -> Mapping[str, str]:
        return self.table.codes.get(self.plan.columns.get(role, -1), {})


def _of_systems(text: str) -> Period | None:
    """`202305` as a month, `20230531` as a day and `R2023` as a year, in a column of periods."""
    if accounts := _ACCOUNTS.fullmatch(without_marks(text)):
        return period_of(accounts[1])
    match = _COMPACT.fullmatch(without_marks(text))
    if match is None:
        return None
    day = f"D{match[3]}" if match[3] else ""
    return period_of(f"{match[1]}M{match[2]}{day}")


def _status_hint(text: str) -> str:
    """What to write in place of a status that is not known; a forecast has none."""
    plain = statuses.bare_status(without_marks(text))
    if plain.casefold() == "f":
        # The standards' letter for a forecast; a person may have meant its other word in Danish.
        word = statuses.status_to_write("preliminary")
        return f"{NO_FIGURE} Er »{plain}« et foreløbigt tal, så skriv {word}."
    if is_of_no_count(plain):
        return NO_FIGURE
    return statuses.STATUS_HINT


def _adds_up_parts(text: str, parted: Collection[str]) -> bool:
    """Whether a text is the sum of a year whose parts are in the column, too."""
    return year_of_sum(text) in parted
