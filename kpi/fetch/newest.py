"""That a source still has the newest period that is published of it: it may have withdrawn it."""

from collections.abc import Iterable, Sequence

from kpi.domain.period import Period, as_period
from kpi.fetch.definition import Definition
from kpi.fetch.failure import ChangedError


def hold_newest(
    definition: Definition, periods: Sequence[str], published: Iterable[Period]
) -> None:
    """Refuses a table that ends before the figures that are published of it.

    `periods` are all that the table has, empty where that is not known or not all are asked for;
    `published` are the newest that stand of the source's figures. Only periods of one kind are
    compared. Raises ChangedError.
    """
    there = [period for text in periods if (period := as_period(text)) is not None]
    for newest in published:
        ends = [period.end for period in there if period.is_like(newest)]
        if ends and max(ends) < newest.end:
            raise ChangedError(
                f"{definition.table} har ikke længere {newest.name()}, som er udgivet. Har kilden "
                "trukket tallene tilbage, så fortryd den indlæsning, de kom med."
            )
