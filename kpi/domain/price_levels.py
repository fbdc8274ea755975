"""In which prices amounts of money are: those of each year, unless an indicator names a level."""

import re
from collections.abc import Collection

from kpi.domain.kinds import MONEY
from kpi.domain.model import Indicator
from kpi.domain.period import Period

LEVEL = r"(?:pris-?\s?(?:og|/)\s?løn\w*|pris(?:er|niveau\w*)|p/?l(?:-?\s?niveau\w*)?)"
# Without a year too these say that figures are in a price level, in small letters.
NAMED = rf"faste priser|pris- og løn(?:niveau|regul)\w*|p/l-niveau\w*|(?:19|20)\d\d[- ]?{LEVEL}"
_NAMED = re.compile(NAMED)


def is_in_years_prices(indicator: Indicator) -> bool:
    """Whether its amounts are in the prices of their own year: they, and gaps, grow with prices."""
    texts = (
        indicator.name, indicator.short_name, *indicator.aliases, indicator.definition,
        indicator.source_note,
    )  # fmt: skip
    return indicator.unit in MONEY and not any(_NAMED.search(text.casefold()) for text in texts)


def prices_remark(indicator: Indicator, periods: Collection[Period]) -> str:
    """What must be known where amounts of several years stand beside each other; else empty."""
    years = {period.end.year for period in periods}
    if len(years) < 2 or not is_in_years_prices(indicator):
        return ""
    return "Beløbene er i årets priser og ikke renset for prisstigninger."
