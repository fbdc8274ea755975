"""Numbers of indicators that say the same, and which of them stands for all of these."""

from collections import defaultdict
from collections.abc import Iterable

from kpi.suppression.statements import Series


class Leaders:
    """The series that stands for all that say the same, by those that do."""

    def __init__(self, tied: Iterable[tuple[Series, Series]]) -> None:
        self._above: dict[Series, Series] = {}
        for first, second in tied:
            self._above[self.of(first)] = self.of(second)

    def of(self, series: Series) -> Series:
        """The one that stands for a series."""
        while (above := self._above.setdefault(series, series)) != series:
            series = above
        return series

    def members(self) -> dict[Series, list[Series]]:
        """All that have been asked for, by the one that stands for them."""
        members: dict[Series, list[Series]] = defaultdict(list)
        for series in sorted(self._above):
            members[self.of(series)].append(series)
        return members
