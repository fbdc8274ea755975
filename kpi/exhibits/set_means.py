"""The mean of a set of areas that a reader chose, which a municipality is then compared with."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kpi.domain.area_presets import chosen_set
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures, are_alike
from kpi.domain.measure import Measured, measured
from kpi.domain.middle import Middle, mean_of
from kpi.domain.model import AreaSet, Observation
from kpi.domain.period import Period
from kpi.domain.wording import capital

# One municipality is no mean.
_FEWEST = 2


class SetMeans(NamedTuple):
    """A set's mean by period, and what it is called within a sentence."""

    by_period: Mapping[Period, Middle]
    name: str
    among: AreaSet

    @property
    def remark(self) -> str:
        """What the set stands for, below a chart."""
        return mean_remark(self.among)


# What figures are compared with by period: the other municipalities' median, or a set's mean.
Middles = Mapping[Period, float] | SetMeans


def mean_of_set(
    rows: Sequence[Observation], without: frozenset[str], among: AreaSet, catalog: Catalog
) -> Middle | None:
    """The plain mean of the set's members that have a value; None with fewer than two.

    `rows` are of one indicator and period; the areas of `without` are left out, and values that
    cannot be believed.
    """
    members = [*_members(rows, without, among, catalog).values()]
    return mean_of(members) if len(members) >= _FEWEST else None


def means_of_set(
    rows: Sequence[Observation], without: frozenset[str], among: AreaSet, catalog: Catalog
) -> dict[Period, Middle]:
    """The mean in each period that has a value of every member with one in the newest period.

    A member that comes or goes would move the mean without any figure having changed.
    """
    by_period: dict[Period, list[Observation]] = {}
    for row in sorted(rows, key=lambda row: row.period.order):
        by_period.setdefault(row.period, []).append(row)
    known = {period: _members(each, without, among, catalog) for period, each in by_period.items()}
    newest: dict[str, set[str]] = {}
    for period, figures in known.items():
        if len(figures) >= _FEWEST:
            newest[period.kind] = {*figures}
    return {
        period: mean_of([figures[area_id] for area_id in sorted(members)])
        for period, figures in known.items()
        if (members := newest.get(period.kind)) and members <= {*figures}
    }


def chosen_means(
    own: Observation, figures: Figures, name: str, catalog: Catalog
) -> SetMeans | None:
    """The means of a set by its name beside an area's newest figure; None where it has none."""
    indicator = catalog.indicators[own.indicator_id]
    if not name or not indicator.is_rate or catalog.areas[own.area_id].level != "municipality":
        return None
    among = chosen_set((name,), own.area_id, own.indicator_id, catalog)
    if among is None:
        return None
    rows = [
        row
        for area_id in among.area_ids
        for row in figures.series(own.indicator_id, area_id, own.group_id)
        if are_alike(row, own)
    ]
    by_period = means_of_set(rows, frozenset((own.area_id,)), among, catalog)
    if own.period not in by_period:
        return None
    return SetMeans(by_period, set_name(among, own.area_id, catalog), among)


def set_name(among: AreaSet, area_id: str, catalog: Catalog) -> str:
    """What the mean is called within a sentence: `6-byerne uden Aarhus`, `kommuner som Aarhus`."""
    own = f" uden {catalog.areas[area_id].name}" if area_id in among.area_ids else ""
    return f"{among.name}{own}"


def mean_remark(among: AreaSet) -> str:
    """What a set stands for where figures are compared with it."""
    return (
        f"{capital(among.name)}: gennemsnit af kommunernes tal. En kommune indgår ikke i det "
        "gennemsnit, den selv sammenlignes med."
    )


def _members(
    rows: Sequence[Observation], without: frozenset[str], among: AreaSet, catalog: Catalog
) -> dict[str, Measured]:
    return {
        row.area_id: figure
        for row in rows
        if row.area_id in among.area_ids
        and row.area_id not in without
        and not catalog.is_implausible(row)
        and (figure := measured(row, catalog.indicators[row.indicator_id])).value is not None
    }
