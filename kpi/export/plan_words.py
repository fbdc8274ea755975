"""The plan's actions counted by their states, in the words that slides and papers share."""

from collections import Counter
from collections.abc import Sequence

from kpi.domain.format import counted
from kpi.domain.plan import NO_STATUS
from kpi.domain.vocabulary import STATE_NAMES, STATE_PREDICATES
from kpi.domain.wording import listing
from kpi.export.actions import Action


def states_text(actions: Sequence[Action]) -> str:
    """`6 indsatser er planlagt, 21 i gang, 2 i drift og 1 uden status`; `3 indsatser afventer`."""
    counts = Counter(action.state for action in actions)
    predicates = {STATE_NAMES[state]: words for state, words in STATE_PREDICATES.items()}
    said = [
        (counts[state], words)
        for state, words in {**predicates, NO_STATUS: "er uden status"}.items()
        if counts[state]
    ]
    clauses = [f"{count} {words.removeprefix('er ')}" for count, words in said[1:]]
    for count, words in said[:1]:
        clauses.insert(0, f"{counted(count, 'indsats', 'indsatser')} {words}")
    return listing(clauses)
