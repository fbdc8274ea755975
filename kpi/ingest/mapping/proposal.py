"""The recipe that a file's contents propose: what each column contains, and what is left to ask.

Columns are known by what is in them (names and codes of areas, periods, figures, groups) before
what they are called. No choice is silent: a total that is picked, rows that are left out
and columns that are not used are reported, and what a person must say is asked.
"""

from collections.abc import Sequence
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.ingest.mapping.beside_columns import own_figures
from kpi.ingest.mapping.column_mapping import STATUS_NAMES, chosen_measure
from kpi.ingest.mapping.measures import measure_of_unit, says_unit
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Labels, fits_pattern
from kpi.ingest.mapping.share_of_counts import ShareOfCounts, share_of_counts
from kpi.ingest.mapping.unread import MOST_CODES
from kpi.ingest.mapping.unread_figures import unread_figures
from kpi.ingest.mapping.whole_file import area_of_all, period_of_all
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import (
    ColumnTexts,
    are_codes,
    form_of,
    holds_periods,
    is_numeric,
    is_period,
    is_usual,
    names_code,
    names_other_time,
    share_of,
    without_counts,
)
from kpi.ingest.turning.split_periods import ends_of_periods, names_part_of_year
from kpi.ingest.words import labels
from kpi.ingest.words.area_hints import GROUPS_OF_AREAS, NO_AREAS, are_parts
from kpi.ingest.words.heads import split_unit
from kpi.ingest.words.lookup import area_lookup, folded, indicator_lookup, says_how_sure
from kpi.ingest.words.template import template_columns
from kpi.ingest.words.units import is_power_name, unit_kind
from kpi.ingest.words.written_periods import period_of

MOST_TEXTS = 2_000
# Columns of areas have some that nobody knows (`Province Fyn`, `Abroad`); of periods hardly any.
_SHARE_OF_AREAS = 0.5
# Of several columns of figures the one with this name is the value.
_SURE_VALUES = frozenset(
    map(folded, ("indhold", "værdi", "value", "obs_value", "content", "contents"))
)


def propose(
    table: RawTable,
    columns: Sequence[ColumnTexts],
    rows: int,
    catalog: Catalog,
    measure: str | None = None,
    indicator_id: str = "",
) -> Proposal:
    """The recipe that the contents propose.

    `measure` is what a person chose among several; of several columns of figures without a choice
    the only one called as `indicator_id` is meant.
    """
    guess = _Guess(table, columns, rows, catalog)
    return guess.proposal(measure, indicator_id)


class _Guess:
    """One file's columns, each taken once: first areas and periods, then figures, then labels."""

    def __init__(
        self, table: RawTable, columns: Sequence[ColumnTexts], rows: int, catalog: Catalog
    ) -> None:
        self.table = table
        self.rows = rows
        self.catalog = catalog
        # Of two columns of one name nobody can say which is meant, so only the first is kept.
        self.free = {column.name: column for column in reversed(columns) if column.filled}
        self.free = dict(reversed(self.free.items()))
        self.columns = tuple(columns)
        ours = template_columns(table.columns)
        self.ours = {role: table.columns[place] for role, place in ours.items()}

    def proposal(self, measure: str | None, indicator_id: str) -> Proposal:
        """What the columns contain, each taken by the first part of an observation it fits."""
        area = self._take(self._area())
        period = self._take(self._period())
        proposal = Proposal(
            area=area,
            period=period,
            numerator=self._ours("numerator"),
            denominator=self._ours("denominator"),
            status=self._status(),
            note=self._ours("note"),
            columns=self.columns,
            made_columns=self.table.made_columns,
        )
        if area:
            proposal = replace(proposal, skipped_areas=self._skipped_areas(area))
        proposal = self._with_whole_file(proposal)
        self._drop_spellings(area, period)
        proposal = self._with_value(proposal, measure, indicator_id)
        proposal = self._with_indicator(proposal)
        proposal = self._with_group(proposal)
        return self._with_the_rest(proposal)

    def _take(self, name: str) -> str:
        self.free.pop(name, None)
        return name

    def _ours(self, role: str) -> str:
        """A column that is called as the template calls it; empty where there is none."""
        name = self.ours.get(role, "")
        return self._take(name) if name in self.free else ""

    def _status(self) -> str:
        """A column that is called as ours is, as those of codes are, or that has words of status.

        One of traffic lights (`Gul`) is none of them: it says nothing of how sure a figure is.
        """
        own = self.ours.get("status", "")
        named = [
            name for name, column in self.free.items()
            if (name == own or folded(name) in STATUS_NAMES)
            and not all(map(labels.is_no_status, column.filled))
        ]  # fmt: skip
        named = named or [
            name for name, column in self.free.items()
            if name not in self.ours.values() and column.count == len(column.texts)
            and all(map(says_how_sure, column.filled))
        ]  # fmt: skip
        return self._take(named[0]) if named else ""

    # -------------------------------------------------------------------- the parts of a key
    def _area(self) -> str:
        find = area_lookup(self.catalog)
        shares = {
            name: share
            for name, column in self.free.items()
            if (share := share_of(column.filled, lambda text: find(text) is not None))
            >= _SHARE_OF_AREAS
            and (not is_numeric(column) or is_usual("area", name))
        }
        # Names go before codes, a column named as one of areas before one that happens to fit, and
        # one of municipalities before the regions that they are in.
        return max(
            shares,
            key=lambda name: (
                not is_numeric(self.free[name]), is_usual("area", name),
                are_parts(self.free[name].filled, find, self.catalog),
                shares[name], self.free[name].count,
            ),
            default=self._unknown_areas(),
        )  # fmt: skip

    def _unknown_areas(self) -> str:
        """A column of words that is called as columns of areas are: none of them is known yet."""
        named = [
            name for name, column in self.free.items()
            if is_usual("area", name) and not is_numeric(column)
        ]  # fmt: skip
        return named[0] if named else ""

    def _skipped_areas(self, area: str) -> tuple[str, ...]:
        """The patterns of areas that Spor has no figures of, which some of the column fit."""
        find = area_lookup(self.catalog)
        column = next(column for column in self.columns if column.name == area)
        unknown = [text for text in column.filled if find(text) is None]
        is_of_parts = are_parts(column.filled, find, self.catalog)
        patterns = (*NO_AREAS, *(GROUPS_OF_AREAS if is_of_parts else ()))
        return tuple(
            pattern for pattern in patterns if any(fits_pattern(pattern, text) for text in unknown)
        )

    def _period(self) -> str:
        """The column of periods; one end of a period (`Fra`) is none of these."""
        ends = ends_of_periods(self.table.columns) or ()
        several = [
            name for name, column in self.free.items()
            if name not in ends and holds_periods(column)
        ]  # fmt: skip
        # The day of the extract is the same in all rows, and is seldom called a period.
        moving = [n for n in several if self.free[n].count > 1 or is_usual("period", n)]
        several = without_counts([self.free[name] for name in moving or several])
        finest = self._finest(several)
        if names_other_time(finest):
            several = [name for name in several if not names_other_time(name)]
            finest = self._finest(several)
        return finest or (self._unread_periods() if not several else "")

    def _finest(self, several: Sequence[str]) -> str:
        """The column whose periods are within those of all others; empty where none is."""
        finest = (name for name in several if all(self._holds(other, name) for other in several))
        return next(finest, "")

    def _with_whole_file(self, proposal: Proposal) -> Proposal:
        """The period and the area that the title gives all rows, where no column is of any."""
        constant, texts = {}, {}
        of_time = [
            name for name, column in self.free.items()
            if holds_periods(column) or is_usual("period", name) or names_part_of_year(name)
        ]  # fmt: skip
        if not (proposal.period or of_time or ends_of_periods(self.table.columns)):
            constant["period"], texts["period"] = period_of_all(self.table.beside)
        if not proposal.area:
            find = area_lookup(self.catalog)
            constant["area"], texts["area"] = area_of_all(self.table.beside, find)
        known = {key: value for key, value in constant.items() if value}
        return replace(proposal, constant=known, constant_texts=texts)

    def _unread_periods(self) -> str:
        """The only column that is named as one of periods: its cells are reported one by one."""
        named = [name for name in self.free if is_usual("period", name)]
        return named[0] if len(named) == 1 else ""

    def _holds(self, longer: str, shorter: str) -> bool:
        """Whether a column's period contains another's in each of the first rows."""
        if longer == shorter:
            return True
        first, second = (self.table.columns.index(name) for name in (longer, shorter))
        for _, cells in self.table.rows:
            whole, part = period_of(cells[first]), period_of(cells[second])
            if whole and part and not whole.start <= part.start <= part.end <= whole.end:
                return False
        return True

    def _drop_spellings(self, area: str, period: str) -> None:
        """Takes out further columns of areas and periods that only spell the same again."""
        find = area_lookup(self.catalog)
        if area:
            at = self.table.columns.index(area)
            for name in list(self.free):
                other_place = self.table.columns.index(name)
                if all(
                    find(cells[other_place]) is not None
                    and find(cells[other_place]) == find(cells[at])
                    for _, cells in self.table.rows
                ):
                    self.free.pop(name)
            # Codes of other areas than the names are an error, and no choice of rows.
            self.free = {
                n: column_ for n, column_ in self.free.items() if not are_codes(column_, find)
            }
        if period:
            for name, column in list(self.free.items()):
                if share_of(column.filled, is_period) == 1.0 and self._holds(name, period):
                    self.free.pop(name)

    # -------------------------------------------------------------------- the figures
    def _with_value(self, proposal: Proposal, measure: str | None, indicator_id: str) -> Proposal:
        every = [name for name, column in self.free.items() if self._is_figures(column)]
        indicator = self.catalog.indicators.get(indicator_id)
        figures = own_figures(every, bool(proposal.area), self.catalog, indicator)
        numeric = [name for name, column in self.free.items() if is_numeric(column)]
        figures = figures or numeric[:1] * (len(numeric) == 1)
        if not figures and not proposal.counts_shares:
            figures = unread_figures(self.free, self.catalog)
        place = self.table.measure_column
        named = "" if place is None else self.table.columns[place]
        if self._are_units_of_indicators(named):
            self.free.pop(named)  # compared with each row's indicator
        find = indicator_lookup(self.catalog)
        # Labels that are indicators (`variable` of a melted table) are no measures of one.
        if named in self.free and not all(map(find, self.free[named].filled)):
            proposal = self._with_measure_labels(proposal, named, measure, indicator_id)
        usual = [name for name in numeric if folded(name) in _SURE_VALUES]
        chosen = chosen_measure(measure, every or figures or numeric) if measure else None
        if chosen is None and usual:
            # INDHOLD is the last of that name; what else is numeric is no measure beside it.
            chosen = usual[-1]
        named_so = [name for name in figures if find(split_unit(name)[0]) == indicator_id]
        if chosen is None and indicator_id and len(named_so) == 1 and not proposal.measures:
            chosen = named_so[0]
        if chosen is None and len(figures) == 1:
            chosen = figures[0]
        share = self._share(figures, indicator_id)
        if share is not None and chosen in (None, share.value):
            chosen = share.value
            proposal = replace(proposal, numerator=share.numerator, denominator=share.denominator)
        if chosen is None and (chosen := self._of_unit(figures, indicator_id) or None):
            proposal = _without(proposal, chosen, figures)
        for name in figures:
            self.free.pop(name, None)
        if chosen is not None:
            self.free.pop(chosen, None)
            return replace(proposal, value=chosen)
        return replace(proposal, measures=tuple(figures))

    def _are_units_of_indicators(self, name: str) -> bool:
        """Whether a column's labels are units, and another one names the indicators they are of."""
        find = indicator_lookup(self.catalog)
        return (
            name in self.free
            and all(map(unit_kind, self.free[name].filled))
            and any(
                column.count > 1 and all(map(find, column.filled)) for column in self.free.values()
            )
        )

    def _share(self, figures: Sequence[str], indicator_id: str) -> ShareOfCounts | None:
        """The share that is meant among its counts, with an indicator in percent."""
        indicator = self.catalog.indicators.get(indicator_id)
        is_asked = indicator is not None and indicator.is_proportion
        return share_of_counts(self.table, figures) if is_asked else None

    def _of_unit(self, measures: Sequence[str], indicator_id: str) -> str:
        """The measure that the unit of the indicator decides for; empty where it does not."""
        indicator = self.catalog.indicators.get(indicator_id)
        return measure_of_unit(measures, indicator) if indicator else ""

    def _with_measure_labels(
        self, proposal: Proposal, name: str, measure: str | None, indicator_id: str
    ) -> Proposal:
        column = self.free[name]
        if column.count < 2:
            return proposal
        self.free.pop(name)
        chosen = chosen_measure(measure, column.filled) if measure else None
        # Where another column speaks of measures, too, its label for all may be of the other one.
        is_alone = not any(says_unit(text) for other in self.free.values() for text in other.filled)
        of_unit = self._of_unit(column.filled, indicator_id) if is_alone else ""
        if chosen is None and of_unit:
            chosen, proposal = of_unit, _without(proposal, of_unit, column.filled)
        if chosen is None:
            return replace(proposal, measure_column=name, measures=column.filled)
        return replace(proposal, measure_column=name, keep={name: (chosen,)})

    def _is_figures(self, column: ColumnTexts) -> bool:
        """Figures have decimals or are many; ages and codes are whole and few, or named so."""
        if not is_numeric(column):
            return False
        name = column.name
        if is_usual("value", name):
            return True
        if names_code(name) or is_power_name(name) or labels.names_dimension(name):
            return False
        if is_usual("period", name) or names_other_time(name):
            return False
        if any(form_of(text).decimals for text in column.texts):
            return True
        return 2 * column.count > self.rows or column.count > MOST_CODES

    # -------------------------------------------------------------------- labels
    def _with_indicator(self, proposal: Proposal) -> Proposal:
        find = indicator_lookup(self.catalog)
        for name, column in self.free.items():
            ids = {text: indicator for text in column.filled if (indicator := find(text))}
            if ids and len(ids) == len(column.filled) == column.count:
                self.free.pop(name)
                return replace(proposal, indicator=Labels(name, ids))
        return proposal

    def _with_group(self, proposal: Proposal) -> Proposal:
        find = labels.group_guess(self.catalog)
        named = sorted(self.free, key=lambda name: not labels.names_origin(name))
        for name in named:
            column = self.free[name]
            is_origin = labels.names_origin(name)
            if labels.names_language(name) or labels.names_citizenship(name):
                continue
            if column.count > len(column.texts):
                continue
            ids: dict[str, str] = {}
            for text in column.filled:
                group = find(text) if is_origin or not labels.is_total(text) else None
                if group is None and is_origin and labels.is_total(text):
                    group = labels.ALL_GROUP if labels.ALL_GROUP in self.catalog.groups else None
                if group is not None and group not in ids.values():
                    ids[text] = group
            if ids:
                self.free.pop(name)
                skipped = tuple(text for text in column.filled if text not in ids)
                return replace(proposal, group=Labels(name, ids), skipped_groups=skipped)
        return proposal

    def _with_the_rest(self, proposal: Proposal) -> Proposal:
        keep, unclear = dict(proposal.keep), {}
        single = {}
        for name, column in self.free.items():
            texts = column.filled
            if column.count == 1:
                single[name] = texts[0]
                continue
            if proposal.period and labels.names_frequency(name):
                continue  # it follows from the row's period, and is checked as the rows are read
            totals = [text for text in texts if labels.is_total(text)]
            if len(totals) == 1 and len(texts) == column.count:
                keep[name] = (totals[0],)
            elif column.count * 2 <= self.rows or column.count <= 12:
                unclear[name] = texts
        return replace(proposal, keep=keep, unclear=unclear, labels=single)


def _without(proposal: Proposal, chosen: str, measures: Sequence[str]) -> Proposal:
    """The proposal that says which measures were not chosen."""
    return replace(proposal, other_measures=tuple(name for name in measures if name != chosen))
