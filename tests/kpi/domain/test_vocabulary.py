"""The words that values are chosen from."""

from collections.abc import Mapping
from typing import get_args

from kpi.domain import vocabulary
from kpi.domain.vocabulary import (
    BOUNDS,
    INITIATIVE_STATES,
    STATE_NAMES,
    STATUSES,
    TARGET_STATE_NAMES,
    TARGET_STATES,
    VERDICT_NAMES,
    VERDICTS,
)
from tests.tables import for_each

EVERY = vars(vocabulary)
# Every set of words, by the name of its type, and every mapping of words.
WORDS = {
    name: frozenset(words) for name, kind in EVERY.items()
    if name[0].isupper() and not name.isupper() and (words := get_args(kind))
}  # fmt: skip
NAMES = {
    name: names
    for name, names in EVERY.items()
    if isinstance(names, Mapping) and name[0] != "_" and name != "FIGURE_WORDS"
}


@for_each("name", NAMES)
def test_a_mapping_has_all_the_words_of_one_type(name: str) -> None:
    assert frozenset(NAMES[name]) in WORDS.values()


@for_each("column", vocabulary.FIGURE_WORDS)
def test_a_column_kept_by_number_has_all_the_words_of_one_type(column: str) -> None:
    assert frozenset(vocabulary.FIGURE_WORDS[column]) - {""} in WORDS.values()


def test_mappings_and_types_are_all_seen() -> None:
    assert {"STATUS_NAMES", "LEVEL_RANKS", "CLAIM_KIND_NAMES", "SEVERITY_NAMES"} <= NAMES.keys()
    assert {"Kind", "FigureStatus", "ClaimKind", "BatchState"} <= WORDS.keys()


def test_limits_are_statuses() -> None:
    assert set(BOUNDS) < set(STATUSES)


def test_states_are_in_the_order_of_their_life() -> None:
    assert (tuple(STATE_NAMES), tuple(TARGET_STATE_NAMES)) == (INITIATIVE_STATES, TARGET_STATES)


def test_a_verdict_is_distinguished_by_its_name() -> None:
    assert len({*VERDICT_NAMES.values()}) == len(VERDICTS)
