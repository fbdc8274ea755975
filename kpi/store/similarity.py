"""The structure figures of all municipalities, by which they are called similar."""

from datetime import date

from kpi.domain.period import parse_period
from kpi.domain.similarity import Feature, Similarity
from kpi.store.municipal import read_municipal
from kpi.store.plan import AskWith


def read_similarity(ask: AskWith, day: date) -> Similarity:
    """The features of `similar_feature`, each in its newest period of nearly all municipalities.

    That is the newest in which at least nine in ten have a figure of those that ever had one in the
    same period, and has begun on the day; of the indicator's own group. A feature without figures
    is left out.
    """
    rows = ask(_FEATURES, {"day": day})
    values = read_municipal(ask, [(indicator_id, group, period)
                                  for indicator_id, _, _, group, period in rows])  # fmt: skip
    return Similarity([
        Feature(indicator_id, weight, scale, parse_period(period),
                values[indicator_id, group, period])
        for indicator_id, weight, scale, group, period in rows
    ])  # fmt: skip


_FEATURES = """
SELECT indicator_id, weight, scale, group_id,
    max_by(period, (period_end, -epoch(period_start))) AS period
FROM similar_feature
JOIN indicator USING (indicator_id)
JOIN (
    SELECT *, max(municipalities) OVER (PARTITION BY indicator_id, group_id) AS most
    FROM coverage WHERE period_start <= $day
) AS covered USING (indicator_id)
WHERE group_id = default_group AND municipalities > 0 AND municipalities >= 0.9 * most
GROUP BY indicator_id, weight, scale, group_id
ORDER BY indicator_id
"""
