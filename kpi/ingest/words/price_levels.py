"""Price levels in titles and heads: `2024-pris- og lønniveau`, `i 2015-priser`, `PL 2024`.

The year of a price level is no period: figures of any years are written in it.
"""

import re

from kpi.domain.price_levels import LEVEL

_PRICE_LEVEL = re.compile(
    rf"(?<!\d)(?:19|20)\d\d[- ]?(?:års[- ]?)?{LEVEL}(?!\w)"
    r"|\b(?:faste priser|prisniveau|pris-?\s?(?:og|/)\s?lønniveau|p/?l)\s?"
    r"(?:[:=,(]\s?|i |fra |for )?(?:19|20)\d\d(?!\d)\)?",
    re.IGNORECASE,
)


def without_price_levels(text: str) -> str:
    """A text with a blank for each price level that has a year."""
    return _PRICE_LEVEL.sub(" ", text)
