"""The other sources: what they are asked, what they must have, and what their answers become."""

import json
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.fetch.definition import parse_definition
from kpi.fetch.failure import ChangedError, FetchError
from kpi.fetch.http import Client, Limits
from kpi.fetch.sources import SOURCES
from kpi.ingest.table.raw import Upload
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.ras200 import DEFINITION
from tests.kpi.fetch.sources import TOKEN, Sources
from tests.kpi.fetch.test_definition import JOBINDSATS, URL, UVM


def _client() -> Client:
    return Client(Limits(between_seconds=0), sleep=lambda _: None)


def _stamp(text: str) -> str:
    definition = parse_definition(text, "prove")
    stamp = SOURCES[definition.source].stamp
    assert stamp is not None
    with _client() as client:
        answer = stamp(client, definition)
    return f"{answer.updated} {answer.next_expected}"


def _download(text: str) -> Upload:
    definition = parse_definition(text, "prove")
    with _client() as client:
        return SOURCES[definition.source].download(client, definition, None)


def test_jobindsats_says_when_it_was_and_will_be_updated(sources: Sources) -> None:
    assert _stamp(JOBINDSATS) == "2026-10-26 2026-11-23"
    upload = _download(JOBINDSATS)
    assert upload.name == "y60a02.json"
    assert json.loads(upload.content)["rows"][-1][-1] is None
    assert sources.paths() == ["/v3/table/y60a02", "/v3/data/y60a02"]
    assert {call.headers["authorization"] for call in sources.calls} == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize(
    ("change", "to", "named"),
    [
        ('"M"', '"QMAT"', "»QMAT«"), ('measures = "*"', 'measures = "mgrp_x"', "»mgrp_x«"),
        ("_nykom =", "_kon =", "»_kon«"), ('"/4/"', '"/9/"', "»/9/«"),
    ],
)  # fmt: skip
def test_what_jobindsats_no_longer_has_is_reported(
    sources: Sources, change: str, to: str, named: str
) -> None:
    with pytest.raises(ChangedError, match=named):
        _stamp(JOBINDSATS.replace(change, to))


def test_a_key_that_is_missing_or_wrong_is_reported(
    sources: Sources, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KPI_TOKEN_JOBINDSATS", "en-anden-noegle")
    with pytest.raises(FetchError, match="nøglen"):
        _stamp(JOBINDSATS)
    monkeypatch.delenv("KPI_TOKEN_JOBINDSATS")
    with pytest.raises(KpiError, match="KPI_TOKEN_JOBINDSATS"):
        _stamp(JOBINDSATS)
    secret = tmp_path / "key"
    monkeypatch.setenv("KPI_TOKEN_JOBINDSATS_FILE", str(secret))
    for encoding in ("utf-8", "utf-8-sig"):  # as Notepad on Windows writes it, too
        secret.write_text(f"{TOKEN}\n", encoding=encoding)
        assert _stamp(JOBINDSATS)


def test_uddannelsesstatistik_gives_its_pages_as_one_list(sources: Sources) -> None:
    sources.absence = [{"kommune": "Aarhus", "trin": str(row)} for row in range(5)]
    sources.page_rows = 2
    upload = _download(UVM)
    assert (upload.name, json.loads(upload.content)) == (
        "GS_ELEVFRAV_FRAVAAR.json",
        sources.absence,
    )
    assert [json.loads(call.body)["side"] for call in sources.calls] == [1, 2, 3, 4]
    asked = json.loads(sources.calls[0].body)
    assert (asked["område"], asked["filtre"]) == (
        "GS", {"[Klassetrin].[Skoletrin]": ["Mellemtrin"]},
    )  # fmt: skip


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"x"', b"null", b"[1", b"\xff"])
def test_an_answer_that_is_no_list_of_rows_is_reported(sources: Sources, body: bytes) -> None:
    sources.faults = [imitation.content(body)] * 2
    with pytest.raises(FetchError):
        _download(UVM)


def test_a_source_that_repeats_a_page_is_not_asked_for_ever(sources: Sources) -> None:
    row = json.dumps([{"kommune": "Aarhus", "fravær": "7,9 %"}]).encode()
    sources.faults = [imitation.content(row)] * 50
    with pytest.raises(FetchError, match="samme side"):
        _download(UVM)
    assert len(sources.calls) == 2


def test_a_file_at_an_address_keeps_its_name(sources: Sources) -> None:
    sources.file = b"a;b\n1;2\n"
    upload = _download(URL.replace("http://127.0.0.1:1/tal.csv", f"{sources.address}/filer/t.csv"))
    assert (upload.name, upload.content) == ("t.csv", sources.file)
    assert "authorization" not in sources.calls[0].headers


def test_signs_that_cannot_be_written_are_reported(sources: Sources) -> None:
    sources.faults = [imitation.content(rb'[{"kommune": "\ud800"}]'), imitation.content(b"[]")]
    with pytest.raises(FetchError, match="tegn"):
        _download(UVM)


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ("2025", "2027-10-28"), ("2026H1", "2027-04-29"), ("2026K3", "2027-01-28"),
        ("2026M09", "2026-11-28"), ("2026U43", "2026-11-04"), ("2026M10D27", "2026-10-29"),
    ],
)  # fmt: skip
def test_a_table_is_expected_anew_by_the_rhythm_of_its_own_periods(
    sources: Sources, newest: str, expected: str
) -> None:
    sources.years = ["2020", newest]
    assert _stamp(DEFINITION) == f"2026-10-28T08:00:00 {expected}"


@pytest.mark.parametrize(
    ("updated", "years"), [("2026-10-28T08:00:00", []), ("9999-12-31T08:00:00", ["2021"])]
)
def test_a_table_whose_next_day_nobody_knows_has_none(
    sources: Sources, updated: str, years: list[str]
) -> None:
    sources.updated, sources.years = updated, years
    assert _stamp(DEFINITION) == f"{updated} None"
