"""What `enter`, `add`, `entries` and `claims` answer: one JSON object, and the same in Danish."""

from collections.abc import Mapping, Sequence
from typing import Any

from kpi.cli.answers import danish_day
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Entry
from kpi.domain.plan import Plan
from kpi.domain.vocabulary import AGREES, CANNOT_BE_JUDGED, DIFFERS, ROUNDED
from kpi.plan.changes import PlanChange
from kpi.views.claims import CheckedClaim, claim_amount
from kpi.views.entry import ChangeLine, entry_state, entry_words
from kpi.views.entry_details import entry_details


def changes_answer(changes: Sequence[PlanChange]) -> dict[str, Any]:
    """What rows of the plan would change, for `enter --check --json`."""
    return {
        "changes": [
            {"table": change.table, "kind": change.kind, "row": change.row, "before": change.before}
            for change in changes
        ]
    }


def changes_text(lines: Sequence[ChangeLine]) -> str:
    """What rows of the plan would change as text, a line a row."""
    return "\n".join(
        f"{line.kind}: {line.table}, {line.name}: {line.before} -> {line.after}" for line in lines
    )


Changes = Mapping[int, Sequence[PlanChange]]


def entries_answer(entries: Sequence[Entry], changes: Changes) -> dict[str, Any]:
    """What people entered beside data/, newest first, for `entries --json`."""
    return {
        "entries": [
            {
                "entry_id": entry.entry_id,
                "entered_at": entry.entered_at,
                "entered_by": entry.entered_by,
                "origin": entry.origin or None,
                "rows": dict(entry.rows),
                "withdrawn_on": entry.withdrawn_on or None,
                "withdrawn_by": entry.withdrawn_by or None,
                "withdrawn_why": entry.withdrawn_why or None,
                "changes": [
                    {
                        "table": change.table,
                        "kind": change.kind,
                        "id": next(iter(change.row.values())),
                        "fields": {
                            column: {"before": before or None, "after": after or None}
                            for column, before, after in change.differences()
                        },
                    }
                    for change in changes.get(entry.entry_id, ())
                ],
            }
            for entry in entries
        ]
    }


def entries_text(entries: Sequence[Entry], changes: Changes, catalog: Catalog, plan: Plan) -> str:
    """The entries as text, a line each; under it what it corrected, and each new status."""
    lines = []
    for entry in entries:
        lines.append(
            f"{entry.entry_id}  {danish_day(entry.entered_at)}  "
            f"{entry_state(entry)}  {entry_words(entry)}  "
            f"{entry.entered_by}"
        )
        lines += [
            f"   {detail.name}: {line}"
            for detail in entry_details(changes.get(entry.entry_id, ()), catalog, plan)
            if detail.is_correction or detail.is_status
            for line in detail.lines
        ]
    return "\n".join(lines) or "Der er ingen registreringer."


def claims_answer(claims: Sequence[CheckedClaim]) -> dict[str, Any]:
    """The papers' derived numbers computed again, for `claims --json`."""
    return {
        "claims": [
            {
                "claim_id": checked.claim.claim_id,
                "source_id": checked.claim.source_id,
                "indicator_id": checked.claim.indicator_id,
                "area_id": checked.claim.area_id,
                "group_id": checked.claim.group_id,
                "period": checked.claim.period,
                "kind": checked.claim.kind,
                "unit": checked.claim.unit,
                "reported": checked.claim.reported_value,
                "recomputed": checked.computed,
                "verdict": checked.verdict,
                "working": checked.working,
            }
            for checked in claims
        ]
    }


def claims_text(claims: Sequence[CheckedClaim]) -> str:
    """The papers' derived numbers computed again as text, a line each."""
    words = {
        AGREES: "stemmer", ROUNDED: "AFRUNDET", DIFFERS: "AFVIGER",
        CANNOT_BE_JUDGED: "kan ikke vurderes",
    }  # fmt: skip
    lines = [
        f"{words[checked.outcome]}  {checked.claim.claim_id}: papiret siger "
        f"{claim_amount(checked.claim.reported_value, checked.claim.unit)}. {checked.working}"
        for checked in claims
    ]
    return "\n".join(lines).replace(fmt.NO_BREAK_SPACE, " ")
