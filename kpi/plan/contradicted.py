"""What one paper says of the whole plan, where the statuses of its initiatives say otherwise."""

import re

from kpi.domain import format as fmt
from kpi.domain.vocabulary import STATE_NAMES, InitiativeState
from kpi.domain.wording import in_text

# `Alle fire spor gennemføres fuldt ud`; that all tracks have begun says nothing of each initiative.
_OF_ALL = re.compile(
    r"\b(?:alle|samtlige)\b[^.;]*(?:"
    r"\bspor\w*\b[^.;]*\b(?:fuldt ud|helt|gennemført|afsluttet|færdige)\b"
    r"|\b(?:indsatser|initiativer|handlinger)\w*\b[^.;]*"
    r"\b(?:i gang|igangsat|gennemføres|gennemført|afsluttet|i drift|begyndt|fuldt ud)\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:ikke|endnu ikke|ingen)\s+(?:alle|samtlige)\b", re.IGNORECASE)


# Initiatives that have not begun: what waits is counted among what is planned.
NOT_BEGUN: tuple[InitiativeState, ...] = ("planned", "blocked")


def contradicted(summary: str, count: int, planned: int, silent: int) -> str:
    """`Modsiges af indsatsernes egen status: 5 af 24 i sporene …, og 8 mangler …`.

    `summary` is the status of what lies beside the tracks; of the `count` initiatives within them
    so many are `planned` (or wait) and `silent`: not in the newest report. Empty where the two fit.
    """
    if not (planned or silent) or not _OF_ALL.search(summary) or _DENIED.search(summary):
        return ""
    of = f" af {fmt.number(count, 0)} i sporene"
    parts = []
    if planned:
        parts.append(f"{planned}{of} er {in_text(STATE_NAMES['planned'])}")
    if silent:
        parts.append(f"{silent}{'' if planned else of} mangler statusopdatering")
    return f"Modsiges af indsatsernes egen status: {', og '.join(parts)}"
