"""What the queue says of each file: its finding in a word or two, and of all of them together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.errors import count_of
from kpi.domain.wording import listing
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views.upload import asked_part, needs_recipe
from kpi.views.upload_problems import asks_only, errors_of, has_personal_data, warnings_of

READY, WARNED, WRONG, LACKING = "ready", "warned", "wrong", "lacking"
REFUSED, UNREAD, UNCHANGED = "refused", "unread", "unchanged"
WAITING, PUBLISHED, ASKING = "waiting", "published", "asking"

# In the order in which the queue's own line counts them.
_COUNTED = {
    PUBLISHED: ("udgivet", "udgivet"),
    READY: ("klar", "klar"),
    WARNED: ("med advarsler", "med advarsler"),
    WRONG: ("med fejl", "med fejl"),
    ASKING: ("med spørgsmål", "med spørgsmål"),
    LACKING: ("mangler en opskrift", "mangler en opskrift"),
    UNCHANGED: ("uden ændringer", "uden ændringer"),
    UNREAD: ("kan ikke læses", "kan ikke læses"),
    REFUSED: ("afvist", "afvist"),
}


@dataclass(frozen=True)
class Finding:
    """A file's finding: `state` is one of the words above, `text` its line in the queue."""

    state: str
    text: str


NOT_READ = Finding(WAITING, "læses …")


def finding(checked: Checked, choices: Choices) -> Finding:
    """What a file came to: `klar`, `2 fejl`, `1 advarsel`, `afvist: CPR-numre` and so on."""
    if has_personal_data(checked):
        return Finding(REFUSED, "afvist: CPR-numre")
    if needs_recipe(checked, choices):
        return Finding(LACKING, "mangler en opskrift")
    if not checked.columns and asked_part(checked):
        return Finding(ASKING, "1 spørgsmål")
    if not checked.columns:
        return Finding(UNREAD, "kan ikke læses")
    wrong, warned = count_of(errors_of(checked)), count_of(warnings_of(checked))
    if asks_only(checked):
        return Finding(ASKING, f"{fmt.number(wrong, 0)} spørgsmål")
    if wrong:
        return Finding(WRONG, fmt.counted(wrong, "fejl", "fejl"))
    if not checked.observations:
        return Finding(UNCHANGED, "ingen tal at udgive")
    if not checked.moved:
        return Finding(UNCHANGED, "ændrer ingen tal")
    if warned:
        return Finding(WARNED, fmt.counted(warned, "advarsel", "advarsler"))
    return Finding(READY, "klar")


def published(batch_id: int) -> Finding:
    """The finding of a file that was published in this session."""
    return Finding(PUBLISHED, f"udgivet, nr. {batch_id}")


def queue_line(findings: Iterable[Finding]) -> str:
    """`5 filer: 1 udgivet, 2 klar og 1 afvist`: files that are not read yet are only counted."""
    states = [each.state for each in findings]
    counts = Counter(states)
    parts = [
        f"{fmt.number(counts[state], 0)} {singular if counts[state] == 1 else plural}"
        for state, (singular, plural) in _COUNTED.items()
        if counts[state]
    ]
    total = fmt.counted(len(states), "fil", "filer")
    return f"{total}: {listing(parts)}" if parts else total
