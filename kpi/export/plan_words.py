"""The plan's actions counted by their states, in the words that slides and papers share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kpi.domain.format import MISSING, counted
from kpi.domain.plan import NO_STATUS, NOT_MENTIONED
from kpi.domain.vocabulary import STATE_NAMES, STATE_PREDICATES
from kpi.domain.wording import listing
from kpi.export.actions import Action

Row = tuple[str, ...]
_NONE = f"{MISSING} = ingen."
_UNMENTIONED = (
    f"{NOT_MENTIONED}: ikke omtalt i den seneste rapport; tæller med i sin tidligere status."
)


def counted_signs(actions: Iterable[Action]) -> str:
    """What the signs of the table of counts mean."""
    return _NONE if all(action.is_current for action in actions) else f"{_NONE} {_UNMENTIONED}"


def counted_by_state(groups: Mapping[str, Sequence[Action]]) -> tuple[Row, tuple[Row, ...]]:
    """The columns and rows of a table: how many actions of each group are in which state.

    A last column has those that the newest report says nothing of, where there are any.
    """
    has_silent = any(not action.is_current for actions in groups.values() for action in actions)
    states = [
        state
        for state in (*STATE_NAMES.values(), NO_STATUS)
        if any(action.state == state for actions in groups.values() for action in actions)
    ]
    rows = tuple(
        (
            name,
            *(_count(sum(action.state == state for action in actions)) for state in states),
            _count(len(actions)),
            *([_count(sum(not action.is_current for action in actions))] if has_silent else []),
        )
        for name, actions in groups.items()
    )
    return ("Spor", *states, "I alt", *([NOT_MENTIONED] if has_silent else [])), rows


def _count(count: int) -> str:
    return str(count) if count else MISSING


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
