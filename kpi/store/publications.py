"""The publications that a version is made of, and the name that they give its figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kpi.domain.model import Batch
from kpi.store.knowing import read_releases
from kpi.store.plan import AskWith

# With the hash of a file whoever knows all of it but a little can try what that may be: a hidden
# number, the decimals of a percentage that says no counts (1.4018691588785 is 3 of 214), which are
# not kept, and the words beside what a source hides.
_PUBLICATIONS = """
WITH guarded_part AS (
    SELECT batch_id, indicator_id, outline.status = 'suppressed' AS is_hidden,
        numbers > of_both AND kind IS DISTINCT FROM 'count' AS is_rate, indicator.decimals
    FROM published_outline AS outline
    LEFT JOIN source USING (source_id)
    LEFT JOIN indicator USING (indicator_id)
    WHERE coalesce(min_cell, 2) > 1 AND NOT removed
),
telling_hash AS (
    SELECT batch_id FROM hidden_row
    UNION
    SELECT batch_id FROM guarded_part WHERE is_hidden
    UNION
    SELECT batch_id
    FROM observation
    JOIN (SELECT DISTINCT * FROM guarded_part WHERE is_rate) AS part USING (batch_id, indicator_id)
    WHERE (observation.decimals > coalesce(part.decimals, 0) OR contains(as_published, '…'))
        AND (numerator IS NULL OR denominator IS NULL)
)
SELECT batch_id, source_id, origin, strftime(published_at, '%Y-%m-%dT%H:%M:%SZ'),
    strftime(known_from, '%Y-%m-%d'), published_by, original_name,
    if(batch_id IN (FROM telling_hash), '', original_sha256),
    note, rows_new, rows_changed, rows_removed, state,
    coalesce(strftime(withdrawn_on, '%Y-%m-%d'), ''), coalesce(withdrawn_by, ''),
    coalesce(withdrawn_why, ''), coalesce(rows_reattributed, 0)
FROM batch
WHERE $sources IS NULL
    OR list_has_any(string_split(source_id, ';'), $sources::VARCHAR[])
ORDER BY batch_id DESC
"""
_WITHDRAWN = """
SELECT batch_id FROM batch
WHERE withdrawn_on <= $day OR state = 'purged'
ORDER BY batch_id
"""


def read_publications(
    ask: AskWith, source_ids: Sequence[str] | None, as_of: date | None
) -> list[Batch]:
    """The publications from the sources (None: from all), newest first.

    The hash of a file is left out where it would tell something that is hidden, or not kept.
    """
    released = read_releases(ask, as_of)
    return [
        replace(Batch(*row[:-1]), released=released.get(row[0], ()), rows_reattributed=row[-1])
        for row in ask(_PUBLICATIONS, {"sources": None if source_ids is None else list(source_ids)})
    ]


def read_edition(ask: AskWith, day: date) -> str:
    """What names the figures of a day in a paper: the same figures have the same name.

    All publications that were known, less those that were withdrawn by then, so that a later
    version does not rename an earlier day's. A paper says beside it the day that it shows.
    """
    known = [number for (number,) in ask("SELECT batch_id FROM batch ORDER BY batch_id", {})]
    withdrawn = ask(_WITHDRAWN, {"day": day})
    if not known:
        return "uden indlæsninger"
    less = f" uden {', '.join(str(row[0]) for row in withdrawn)}" if withdrawn else ""
    return f"indlæsning {_runs(known)}{less}"


def _runs(ordered: Sequence[int]) -> str:
    """Numbers, smallest first, as a reader writes them: `1-6 og 10-14`."""
    runs: list[list[int]] = []
    for number in ordered:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return " og ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))
