"""What becomes of a fetch: every outcome, from the request to the figures."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.fetch import fetching
from kpi.fetch.definition import DefinitionError
from kpi.fetch.fetching import fetch
from kpi.fetch.journal import Entry, read_entry
from kpi.fetch.queue import waiting_files
from kpi.fetch.taking_turns import alone
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.uploads import withdraw
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.ras200 import (
    DEFINITION,
    NAME,
    fetch_once,
    make_realistic,
    new_year,
    write_definition,
)
from tests.kpi.fetch.sources import Sources
from tests.kpi.fetch.test_definition import JOBINDSATS

_YEARS_LATER = datetime(2041, 1, 1, tzinfo=UTC)


def test_a_new_year_is_published_by_itself_and_not_downloaded_again(
    prepared: Path, sources: Sources
) -> None:
    assert fetch_once(prepared).entry.outcome == "same"
    assert sources.paths() == ["/v1/tableinfo"]
    new_year(sources)
    fetched = fetch_once(prepared)
    assert fetched.checked is not None
    assert fetched.entry.outcome == "published", fetched.checked.problems
    assert (fetched.entry.new, fetched.entry.changed) == (len(imitation.AREAS), 0)
    batch = open_store(prepared).batches()[0]
    assert batch.published_by == "hentning"
    assert batch.note == "Hentet fra RAS200, opdateret 28.10.2027"
    assert (batch.batch_id, batch.original_name) == (fetched.entry.batch_id, "RAS200.csv")
    assert list((prepared / "originals").glob(f"{fetched.entry.sha256}.*"))
    sources.calls.clear()
    assert fetch_once(prepared).entry.outcome == "same"
    assert sources.paths() == ["/v1/tableinfo"]


def test_the_same_figures_under_a_new_stamp_are_nothing_new(
    prepared: Path, sources: Sources
) -> None:
    first = fetch_once(prepared).entry
    assert first.since <= first.tried_at
    sources.updated = "2026-11-02T08:00:00"
    fetched = fetch_once(prepared, now=_YEARS_LATER)
    assert fetched.entry.since == _YEARS_LATER.isoformat()
    assert (fetched.entry.outcome, fetched.entry.batch_id) == ("nothing_new", None)
    assert fetched.entry.source_updated == "2026-11-02T08:00:00"


def test_a_definition_that_asks_lets_everything_wait(prepared: Path, sources: Sources) -> None:
    write_definition(prepared, text=DEFINITION.replace('"when_clean"', '"ask"'))
    new_year(sources)
    assert fetch_once(prepared).entry.outcome == "waiting"


def test_an_answer_without_a_figure_of_ours_waits(prepared: Path, sources: Sources) -> None:
    path = prepared / "recipes" / f"{NAME}.toml"
    more = 'groups = ["*"]\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    entry = fetch_once(prepared).entry
    assert entry.outcome == "waiting", entry.error


def test_a_trial_changes_nothing(prepared: Path, sources: Sources) -> None:
    """It makes no lock either: a store that may only be read can be tried."""
    new_year(sources)
    (prepared / "fetch" / f"{NAME}.lock").unlink(missing_ok=True)
    before = {path: path.stat().st_mtime_ns for path in prepared.rglob("*") if path.is_file()}
    trial = fetch_once(prepared, is_trial=True)
    assert (trial.entry.outcome, trial.entry.new) == ("published", len(imitation.AREAS))
    assert [question.method for question in trial.questions] == ["POST", "POST"]
    after = {path: path.stat().st_mtime_ns for path in prepared.rglob("*") if path.is_file()}
    assert after == before
    assert fetch_once(prepared).entry.outcome == "published"


def test_personal_data_is_refused_and_kept_nowhere(prepared: Path, sources: Sources) -> None:
    sources.updated = "2026-11-02T08:00:00"
    number = "2512484916"
    sources.fault_path = "/v1/data"
    sources.faults = [
        imitation.content(
            "OMRÅDE;HERKOMST;ALDER;KØN;BEREGNING;TID;INDHOLD;CPR\r\n"
            f"751;00;16-64;TOT;BFK;2019;70,0;{number}\r\n".encode()
        )
    ]
    fetched = fetch_once(prepared)
    assert (fetched.entry.outcome, fetched.entry.sha256) == ("refused", "")
    assert not waiting_files(prepared)
    for path in prepared.rglob("*"):
        assert path.is_dir() or number.encode() not in path.read_bytes()
    # It is said until another answer came, also after a fetch that failed for another reason.
    assert (again := fetch_once(prepared)).entry.outcome == "refused"
    assert again.entry.error == fetched.entry.error
    sources.fault_path, sources.faults = "/v1/tableinfo", [imitation.status(404)]
    assert fetch_once(prepared).entry.outcome == "failed"
    assert fetch_once(prepared).entry.error == fetched.entry.error
    sources.updated = "2026-11-03T08:00:00"
    assert [fetch_once(prepared).entry.outcome for _ in range(2)] == ["nothing_new", "same"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("new_variable", "»BRANCHE«"), ("gone_variable", "»ALDER2«"), ("unknown_value", "»17-99«"),
        ("inactive", "RAS200"),
    ],
)  # fmt: skip
def test_a_changed_table_is_reported_by_name_and_not_downloaded(
    prepared: Path, sources: Sources, change: str, named: str
) -> None:
    sources.updated = "2026-11-02T08:00:00"
    if change == "new_variable":
        sources.extra_variable = {
            "id": "BRANCHE", "text": "branche", "elimination": True, "time": False,
            "values": [{"id": "TOT", "text": "I alt"}],
        }  # fmt: skip
    elif change == "inactive":
        sources.active = False
    else:
        old, new = ("ALDER =", "ALDER2 =") if change == "gone_variable" else ("16-64", "17-99")
        write_definition(prepared, text=DEFINITION.replace(old, new))
    fetched = fetch_once(prepared)
    assert fetched.entry.outcome == "changed"
    assert named in fetched.entry.error
    assert sources.paths() == ["/v1/tableinfo"]
    assert fetched.entry.fetched_at == read_entry(prepared, NAME).fetched_at


def test_a_source_that_fails_is_tried_again(prepared: Path, sources: Sources) -> None:
    new_year(sources)
    sources.faults = [imitation.status(503)] * 4
    fetched = fetch_once(prepared)
    assert (fetched.entry.outcome, fetched.entry.failures) == ("failed", 1)
    assert len(sources.calls) == 4
    sources.faults = [imitation.web_page]
    assert fetch_once(prepared).entry.failures == 2
    sources.faults = [imitation.status(503)] * 3
    fetched = fetch_once(prepared)
    assert (fetched.entry.outcome, fetched.entry.failures) == ("published", 0)


def test_a_source_that_asks_for_time_is_given_it(prepared: Path, sources: Sources) -> None:
    new_year(sources)
    sources.faults = [imitation.status(429, {"Retry-After": "600"})]
    entry = fetch_once(prepared).entry
    assert entry.outcome == "failed"
    later = entry.moment(entry.not_before)
    assert later is not None
    assert timedelta(minutes=9) < later - datetime.now(UTC) <= timedelta(minutes=10)
    assert len(sources.calls) == 1


@pytest.mark.parametrize(
    "fault",
    [
        imitation.web_page, imitation.truncated, imitation.content(b""),
        imitation.content(b"\xff\xfe\x00\xd8"), imitation.content(b"PK\x03\x04 ikke en tabel"),
        imitation.content(b"a;b\n1;2\n"[:3]), imitation.moved("https://example.org/data"),
        imitation.bomb(21), imitation.huge(21),
    ],
)  # fmt: skip
def test_nonsense_changes_nothing_and_is_asked_for_again(
    prepared: Path, sources: Sources, fault: imitation.Fault
) -> None:
    new_year(sources)
    version = open_store(prepared).version
    sources.fault_path = "/v1/data"
    sources.faults = [fault] * 4
    assert fetch_once(prepared).entry.outcome == "failed"
    assert (open_store(prepared).version, waiting_files(prepared)) == (version, [])
    sources.faults = []
    assert fetch_once(prepared).entry.outcome == "published"


def test_hidden_cells_are_published_as_hidden(prepared: Path, sources: Sources) -> None:
    new_year(sources)
    sources.hidden.add(("461", "00", "2022"))
    fetched = fetch_once(prepared)
    assert fetched.entry.outcome == "published"
    figures = open_store(prepared).series(["employment_rate"], ["odense"], ["all"])
    newest = max(figures, key=lambda figure: figure.period.end)
    assert (newest.period.text, newest.status, newest.value) == ("2022", "missing", None)


def test_a_kill_between_download_and_journal_is_made_good(
    prepared: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_year(sources)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for door in ("publish", "write_entry"):
        with monkeypatch.context() as patch:
            patch.setattr(fetching, door, killed)
            with pytest.raises(KeyboardInterrupt):
                fetch_once(prepared)
    assert fetch_once(prepared).entry.outcome == "nothing_new"
    mine = [each for each in open_store(prepared).batches() if each.published_by == "hentning"]
    assert [batch.rows_new for batch in mine] == [len(imitation.AREAS)]


def test_a_definition_is_fetched_by_one_at_a_time(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        alone(prepared, NAME, "RAS200", is_decision=False),
        pytest.raises(KpiError, match="»RAS200: beskæftigelsesfrekvens« bliver hentet"),
    ):
        fetch_once(prepared)


def test_a_changed_definition_or_recipe_asks_anew(prepared: Path, sources: Sources) -> None:
    assert fetch_once(prepared).entry.outcome == "same"
    write_definition(prepared, text=DEFINITION.replace("400", "300"))
    assert fetch_once(prepared).entry.outcome == "nothing_new"
    path = prepared / "recipes" / f"{NAME}.toml"
    more = 'columns = ["NOGET"]\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert fetch_once(prepared).entry.outcome == "nothing_new"
    assert fetch_once(prepared).entry.outcome == "same"


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"rows": "mange"}', '{"outcome": "fint"}', '{"fetched_at": "i går"}'],
)
def test_a_spoiled_journal_costs_a_download_and_no_figure(prepared: Path, content: str) -> None:
    (prepared / "fetch" / f"{NAME}.json").write_text(content, encoding="utf-8")
    assert read_entry(prepared, NAME) == Entry()
    assert fetch_once(prepared).entry.outcome == "nothing_new"


def test_an_unchanged_answer_is_judged_again_when_metadata_or_program_are_others(
    prepared: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_year(sources)
    sources.fault_path = "/v1/data"
    unknown = (
        "OMRÅDE;HERKOMST;ALDER;KØN;BEREGNING;TID;INDHOLD\r\n999;00;16-64;TOT;BFK;2022;70,0\r\n"
    )
    sources.faults = [imitation.content(unknown.encode())]
    assert fetch_once(prepared).entry.outcome == "waiting"  # for an area that nobody knows
    assert fetch_once(prepared).entry.outcome == "same"
    row = {"name": "Ny Kommune", "level": "municipality", "parent_id": "denmark", "code": "999"}
    add("area", [row], "Anna", prepared)
    sources.faults = []
    assert fetch_once(prepared).entry.outcome == "published"
    assert fetch_once(prepared).entry.outcome == "same"
    monkeypatch.setattr("kpi.fetch.judging.program_hash", lambda: b"a later program")
    assert [fetch_once(prepared).entry.outcome for _ in range(2)] == ["nothing_new", "same"]


def test_a_newest_year_that_the_source_has_withdrawn_is_reported(
    prepared: Path, sources: Sources
) -> None:
    new_year(sources)
    batch_id = fetch_once(prepared).entry.batch_id
    assert batch_id is not None
    sources.years.pop()
    sources.updated = "2028-11-02T08:00:00"
    entry = fetch_once(prepared).entry
    assert (entry.outcome, "har ikke længere 2022" in entry.error) == ("changed", True)
    withdraw(batch_id, "Anna", "Kilden har trukket året tilbage", prepared)
    assert fetch_once(prepared).entry.outcome == "nothing_new"


def test_an_unknown_name_or_recipe_is_wrong_usage(prepared: Path) -> None:
    with pytest.raises(DefinitionError, match="try_ras200"):
        fetch("try_ras20", prepared)
    write_definition(prepared, text=DEFINITION.replace('recipe = "try_', 'recipe = "no_'))
    with pytest.raises(DefinitionError, match="no_ras200"):
        fetch(NAME, prepared)


def test_the_journal_has_what_the_contract_names(prepared: Path) -> None:
    written = json.loads((prepared / "fetch" / f"{NAME}.json").read_text(encoding="utf-8"))
    assert {
        "tried_at", "fetched_at", "source_updated", "next_expected", "not_before", "outcome",
        "error", "sha256", "rows", "new", "changed", "batch_id", "failures",
    } <= written.keys()  # fmt: skip
    assert (written["source_updated"], written["next_expected"]) == (
        "2026-10-28T08:00:00", "2027-10-28",
    )  # fmt: skip


def test_a_key_that_is_missing_is_a_source_that_gave_no_answer(
    prepared: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KPI_TOKEN_JOBINDSATS")
    text = JOBINDSATS.replace('"y60a02"', '"try_ras200"', 1)
    write_definition(prepared, text=text)
    entry = fetch_once(prepared).entry
    assert (entry.outcome, "KPI_TOKEN_JOBINDSATS" in entry.error) == ("failed", True)
    assert not sources.calls


def test_an_address_of_a_gateway_that_may_not_be_asked_is_reported(
    prepared: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_STATBANK_URL", "http://gateway.example/v1")
    entry = fetch_once(prepared).entry
    assert (entry.outcome, "https" in entry.error) == ("failed", True)


def test_values_may_be_named_by_their_texts(prepared: Path, sources: Sources) -> None:
    new_year(sources)
    text = DEFINITION.replace('["TOT"]', '["i alt"]').replace(
        '["BFK"]', '["Beskæftigelsesfrekvens"]'
    )
    write_definition(prepared, text=text)
    assert fetch_once(prepared).entry.outcome == "published"
    asked = {
        each["code"]: each["values"] for each in json.loads(sources.calls[-1].body)["variables"]
    }
    assert (asked["KØN"], asked["BEREGNING"]) == (["TOT"], ["BFK"])


@pytest.mark.parametrize(
    ("kept", "outcome"),
    [
        ('["TOT", "I alt"]', "published"), ('["TOT", "i ALT"]', "published"),
        ('["TOT", "Begge køn"]', "changed"), ('["TOT", "M"]', "published"),
    ],
)  # fmt: skip
def test_a_code_that_means_something_else_than_the_recipe_says_publishes_nothing(
    prepared: Path, sources: Sources, kept: str, outcome: str
) -> None:
    new_year(sources)
    path = prepared / "recipes" / f"{NAME}.toml"
    recipe = path.read_text(encoding="utf-8").replace('"KØN" = "TOT"', f'"KØN" = {kept}')
    path.write_text(recipe, encoding="utf-8")
    entry = fetch_once(prepared).entry
    assert entry.outcome == outcome
    if outcome == "changed":
        assert "»TOT« i KØN" in entry.error
        assert sources.paths() == ["/v1/tableinfo"]


def test_a_year_that_is_not_filled_in_or_is_an_earlier_one_waits(
    home: Path, sources: Sources
) -> None:
    """No figure of it is unlikely: most of them are not there, or are those of two years before."""
    write_definition(home)
    make_realistic(sources)
    year, before = "2022", "2020"
    sources.years.append(year)
    municipalities = [area for area in imitation.AREAS if area not in imitation.WHOLES]

    def asked_about() -> set[str]:
        checked = fetch_once(home, is_trial=True).checked
        assert checked is not None
        return {problem.code for problem in checked.problems}

    assert not {"fewer_areas", "unchanged_period"} & asked_about()
    sources.hidden = {(area, "00", year) for area in municipalities[30:]}
    assert "fewer_areas" in asked_about()
    sources.fault_path = "/v1/data"
    header = '"OMRÅDE";HERKOMST;ALDER;"KØN";BEREGNING;TID;INDHOLD\r\n'
    alone = f"{header}751;00;16-64;TOT;BFK;{year};62,1\r\n"
    # As an upload it would be a municipality's own extract.
    sources.faults = [imitation.content(alone.encode())]
    assert "fewer_areas" in asked_about()
    # Those of which most years are known are compared, not those that stand first.
    sources.hidden = {(area, "00", year) for area in imitation.WHOLES}
    for area in municipalities:
        sources.bump[area, "00", year] = sources.bump[area, "00", before] - 1.0
    assert "unchanged_period" in asked_about()
