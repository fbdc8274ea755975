"""The keys of which a number is hidden on any day: what was said of it is hidden with it."""

from collections.abc import Sequence

from kpi.store.plan import AskWith

# Indicator, area, group, period.
HiddenKey = tuple[str, str, str, str]


def read_hidden_keys(
    ask: AskWith, indicator_ids: Sequence[str], area_ids: Sequence[str], periods: Sequence[str]
) -> frozenset[HiddenKey]:
    """The keys of which any number ever published is hidden.

    Also where it is not there on the day that is looked at, was withdrawn, or has been corrected to
    one that is shown.
    """
    asked = {"indicators": [*indicator_ids], "areas": [*area_ids], "periods": [*periods]}
    return frozenset(ask(_HIDDEN, asked))


_HIDDEN = """
SELECT DISTINCT indicator_id, area_id, group_id, period
FROM hidden_row
WHERE list_contains($indicators::VARCHAR[], indicator_id)
    AND list_contains($areas::VARCHAR[], area_id) AND list_contains($periods::VARCHAR[], period)
"""
