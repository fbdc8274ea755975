"""The words that values are chosen from."""

from collections.abc import Mapping

import pytest

from kpi.domain.vocabulary import (
    BOUNDS,
    DIRECTION_NAMES,
    DIRECTIONS,
    FREQUENCIES,
    FREQUENCY_NAMES,
    INITIATIVE_STATES,
    KIND_NAMES,
    KINDS,
    LEVEL_NAMES,
    LEVEL_RANKS,
    LEVELS,
    MEASURED,
    MEASURED_NAMES,
    PRECISION_NAMES,
    PRECISIONS,
    STATE_NAMES,
    STATUS_NAMES,
    STATUSES,
    TARGET_STATE_NAMES,
    TARGET_STATES,
    VERDICT_NAMES,
    VERDICTS,
)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (KINDS, KIND_NAMES),
        (DIRECTIONS, DIRECTION_NAMES),
        (STATUSES, STATUS_NAMES),
        (MEASURED, MEASURED_NAMES),
        (LEVELS, LEVEL_NAMES),
        (LEVELS, LEVEL_RANKS),
        (FREQUENCIES, FREQUENCY_NAMES),
        (INITIATIVE_STATES, STATE_NAMES),
        (TARGET_STATES, TARGET_STATE_NAMES),
        (PRECISIONS, PRECISION_NAMES),
        (VERDICTS, VERDICT_NAMES),
    ],
)
def test_every_word_has_one_name(words: tuple[str, ...], names: Mapping[str, object]) -> None:
    assert sorted(words) == sorted(names)


def test_limits_are_statuses() -> None:
    assert set(BOUNDS) < set(STATUSES)


def test_states_are_in_the_order_of_their_life() -> None:
    assert (tuple(STATE_NAMES), tuple(TARGET_STATE_NAMES)) == (INITIATIVE_STATES, TARGET_STATES)


def test_a_verdict_is_distinguished_by_its_name() -> None:
    assert len({*VERDICT_NAMES.values()}) == len(VERDICTS)
