"""No log of any library contains a CPR number."""

import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from kpi.system.logs import keep_faults_private, keep_logs_private

NUMBERS = ("251248-4916", "2512484916", "25. december 1948-4916", "251248(4916)", "251248%2D4916")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a logger with a handler and a form of its own writes, as Streamlit's."""
    factory = logging.getLogRecordFactory()
    hooks = sys.excepthook, threading.excepthook
    keep_logs_private()
    logger, out = logging.getLogger("of_another"), io.StringIO()
    handler = logging.StreamHandler(out)
    logger.addHandler(handler)
    logger.propagate = False
    yield out
    logger.removeHandler(handler)
    logging.setLogRecordFactory(factory)
    sys.excepthook, threading.excepthook = hooks


@pytest.mark.parametrize("number", NUMBERS)
def test_words_arguments_and_tracebacks(written: io.StringIO, number: str) -> None:
    logger = logging.getLogger("of_another")
    logger.warning("read %s", number)
    logger.warning(f"read {number}")
    logger.warning("%s - %s %d", "127.0.0.1", f"/omraade?a={number}", 200)
    try:
        raise ValueError(f"no such area: {number}")
    except ValueError:
        logger.exception("failed")
    logged = written.getvalue()
    assert "4916" not in logged
    assert "ValueError" in logged
    assert "Traceback" in logged


def test_other_words_are_logged_as_they_are(written: io.StringIO) -> None:
    logging.getLogger("of_another").warning("published batch %s as version %06d", 7, 12)
    assert written.getvalue() == "published batch 7 as version 000012\n"


def test_what_nothing_catches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", None)
    monkeypatch.setattr(threading, "excepthook", None)
    keep_faults_private()

    def fail() -> None:
        raise ValueError("no such area: 251248-4916")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    with pytest.raises(ValueError, match="no such area") as caught:
        fail()
    sys.excepthook(ValueError, caught.value, caught.value.__traceback__)
    said = capsys.readouterr().err
    assert said.count("ValueError: no such area") == 2
    assert "Traceback" in said
    assert "4916" not in said.replace('raise ValueError("no such area: 251248-4916")', "")
