"""A paper's slides are as many when another process counts them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kpi.export import deck_counted
from kpi.export.deck_counted import counted_apart, counted_here
from kpi.export.extent import extent_text
from kpi.export.paper import Paper
from kpi.ingest.containers.sandbox import DiedError


def test_another_process_counts_the_slides_that_the_file_has(
    short: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: Paper) -> str:
        raise AssertionError("counted in this process")

    monkeypatch.setattr(deck_counted, "counted_here", never)
    assert counted_apart(short) == counted_here(short)


def test_where_that_process_dies_they_are_counted_here(
    handed_in: Paper, whole_deck: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def dying(*_: object, **__: object) -> Iterator[object]:
        raise DiedError(False, 1)
        yield

    monkeypatch.setattr(deck_counted, "sandboxed", dying)
    monkeypatch.setattr(deck_counted, "counted_here", lambda _: extent_text(whole_deck))
    assert counted_apart(handed_in) == extent_text(whole_deck) != ""
