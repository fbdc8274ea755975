"""The recipe that a file's contents propose: what each column contains, and what is left to ask.

Columns are known by what is in them (names and codes of areas, periods, figures, groups) before
what they are called. No choice is silent: a total that is picked, rows that are left out
and columns that are not used are reported, and what a person must say is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.ingest.mapping.column_mapping import STATUS_NAMES
from kpi.ingest.mapping.free_columns import FreeColumns
from kpi.ingest.mapping.proposed_figures import with_value
from kpi.ingest.mapping.proposed_key import (
    area_column,
    drop_spellings,
    period_column,
    skipped_areas,
    with_whole_file,
)
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Labels
from kpi.ingest.mapping.unread import plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import ColumnTexts
from kpi.ingest.words import labels
from kpi.ingest.words.lookup import folded, indicator_lookup
from kpi.ingest.words.status_answers import status_answers
from kpi.ingest.words.statuses import says_how_sure

MOST_TEXTS = 2_000


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
    left = FreeColumns(table, columns, rows, catalog)
    area = left.take(area_column(left))
    period = left.take(period_column(left))
    status, statuses = _status(left)
    proposal = Proposal(
        area=area,
        period=period,
        numerator=left.called_as_ours("numerator"),
        denominator=left.called_as_ours("denominator"),
        status=status,
        statuses=statuses,
        note=left.called_as_ours("note"),
        columns=left.columns,
        made_columns=table.made_columns,
    )
    if area:
        proposal = replace(proposal, skipped_areas=skipped_areas(left, area))
    proposal = with_whole_file(left, proposal)
    drop_spellings(left, area, period)
    proposal = with_value(left, proposal, measure, indicator_id)
    proposal = _with_indicator(left, proposal)
    proposal = _with_group(left, proposal)
    return _with_the_rest(left, proposal)


def _status(left: FreeColumns) -> tuple[str, Mapping[str, str]]:
    """A column that is called as ours is, as those of codes are, or that has words of status.

    One of traffic lights (`Gul`) is none of them: it says nothing of how sure a figure is. One that
    asks (`Foreløbig: Ja`) comes with what its answers mean.
    """
    own = left.ours.get("status", "")
    named = [
        name for name, column in left.free.items()
        if (name == own or folded(name) in STATUS_NAMES)
        and not all(map(labels.is_no_status, column.filled))
    ]  # fmt: skip
    named = named or [
        name for name, column in left.free.items()
        if name not in left.ours.values() and column.count == len(column.texts)
        and all(map(says_how_sure, column.filled))
    ]  # fmt: skip
    if named:
        return left.take(named[0]), {}
    for name, column in left.free.items():
        has_blanks = len(column.filled) < len(column.texts)
        answers = status_answers(name, [*map(plain, column.filled)], has_blanks)
        if answers is not None and column.count == len(column.texts):
            return left.take(name), answers
    return "", {}


def _with_indicator(left: FreeColumns, proposal: Proposal) -> Proposal:
    find = indicator_lookup(left.catalog)
    for name, column in left.free.items():
        ids = {text: indicator for text in column.filled if (indicator := find(text))}
        if ids and len(ids) == len(column.filled) == column.count:
            left.free.pop(name)
            return replace(proposal, indicator=Labels(name, ids))
    return proposal


def _with_group(left: FreeColumns, proposal: Proposal) -> Proposal:
    find = labels.group_guess(left.catalog)
    named = sorted(left.free, key=lambda name: not labels.names_origin(name))
    for name in named:
        column = left.free[name]
        is_origin = labels.names_origin(name)
        if labels.names_language(name) or labels.names_citizenship(name):
            continue
        if column.count > len(column.texts):
            continue
        ids: dict[str, str] = {}
        for text in column.filled:
            group = find(text) if is_origin or not labels.is_total(text) else None
            if group is None and is_origin and labels.is_total(text):
                group = labels.ALL_GROUP if labels.ALL_GROUP in left.catalog.groups else None
            if group is not None and group not in ids.values():
                ids[text] = group
        if ids:
            left.free.pop(name)
            skipped = tuple(text for text in column.filled if text not in ids)
            return replace(proposal, group=Labels(name, ids), skipped_groups=skipped)
    return proposal


def _with_the_rest(left: FreeColumns, proposal: Proposal) -> Proposal:
    keep, unclear = dict(proposal.keep), {}
    single = {}
    for name, column in left.free.items():
        texts = column.filled
        if column.count == 1:
            single[name] = texts[0]
            continue
        if proposal.period and labels.names_frequency(name):
            continue  # it follows from the row's period, and is checked as the rows are read
        totals = [text for text in texts if labels.is_total(text)]
        if len(totals) == 1 and len(texts) == column.count:
            keep[name] = (totals[0],)
        elif column.count * 2 <= left.rows or column.count <= 12:
            unclear[name] = texts
    return replace(proposal, keep=keep, unclear=unclear, labels=single)
