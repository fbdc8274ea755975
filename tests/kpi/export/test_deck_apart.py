"""A paper's slides are the same when another process finds what is on them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kpi.export import deck_apart
from kpi.export.deck_apart import shapes_apart, shapes_here
from kpi.export.paper import Paper
from kpi.export.slide_picture import DeckShapes
from kpi.ingest.containers.sandbox import DiedError


def test_another_process_finds_the_slides_that_the_file_has(
    short: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: Paper) -> DeckShapes:
        raise AssertionError("found in this process")

    monkeypatch.setattr(deck_apart, "shapes_here", never)
    apart = shapes_apart(short)
    assert apart == shapes_here(short)
    # What is drawn is kept by what is on the slide.
    assert {*apart.slides} == {*shapes_here(short).slides}


def test_where_that_process_dies_they_are_found_here(
    short: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def dying(*_: object, **__: object) -> Iterator[object]:
        raise DiedError(False, 1)
        yield

    monkeypatch.setattr(deck_apart, "sandboxed", dying)
    shapes = DeckShapes((), {})
    monkeypatch.setattr(deck_apart, "shapes_here", lambda _: shapes)
    assert shapes_apart(short) is shapes
