"""What a source says of itself is kept and shown: a person's number in it is neither."""

from collections.abc import Callable
from pathlib import Path

from kpi.fetch.failure import ChangedError, FetchError
from kpi.fetch.fetching import fetch
from kpi.fetch.http import Client
from tests.kpi.fetch.ras200 import write_definition
from tests.kpi.fetch.sources import Sources
from tests.tables import for_each

NUMBERS = ("251248-4916", "2512484916", "25.12.48-4916", "251248 4916")


@for_each("error", [FetchError, ChangedError])
@for_each("number", NUMBERS)
def test_no_message_has_a_number(error: Callable[[str], Exception], number: str) -> None:
    for message in (
        f"RAS200 har fået variablerne »{number}« og »ALDER«, som definitionen ikke nævner.",
        "RAS200 har fået variablerne »251248« og »4916«, som definitionen ikke nævner.",
        f"Kilden svarer: Ida {number}.",
    ):
        said = str(error(message))
        assert "4916" not in said
        assert "251248" not in said
    assert "»17-99«" in str(error("RAS200 har ikke længere værdien »17-99« i ALDER."))


def test_a_variable_called_by_a_number_is_kept_nowhere(home: Path, sources: Sources) -> None:
    write_definition(home)
    sources.updated = "2026-11-02T08:00:00"
    sources.extra_variable = {
        "id": "251248-4916", "text": "2512484916", "elimination": True, "time": False,
        "values": [{"id": "TOT", "text": "I alt"}],
    }  # fmt: skip
    fetched = fetch("try_ras200", home, new_client=Client)
    assert fetched.entry.outcome == "changed"
    assert "(skjult)" in fetched.entry.error
    for path in (home / "fetch").rglob("*"):
        assert path.is_dir() or b"4916" not in path.read_bytes()
