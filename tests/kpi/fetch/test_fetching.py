"""What becomes of a fetch: every outcome, from the request to the figures and the queue."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.fetch import fetching
from kpi.fetch.deciding import approve, throw_away
from kpi.fetch.definition import DefinitionError, recipe_of
from kpi.fetch.fetching import Fetched, fetch
from kpi.fetch.http import Client, Limits
from kpi.fetch.journal import Entry, read_entry
from kpi.fetch.queue import NotWaitingError, waiting_files
from kpi.fetch.taking_turns import alone
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish, withdraw
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.conftest import DEFINITION, write_definition
from tests.kpi.fetch.sources import Sources
from tests.kpi.fetch.test_definition import JOBINDSATS

NAME = "try_ras200"


def _client() -> Client:
    return Client(Limits(most_bytes=20_000_000), sleep=lambda _: None)


def _fetch(home: Path, is_trial: bool = False, now: datetime | None = None) -> Fetched:
    return fetch(NAME, home, is_trial, _client, now)


def _realistic(sources: Sources) -> None:
    """Each area moves in its own way, as real ones do."""
    for place, area in enumerate(imitation.AREAS):
        for year in range(2019, 2025):
            since = year - 2019
            own = (place % 11) * 0.37 + since * (place % 5 - 2) * 0.13 + (place * year % 7) / 9
            # The country and its regions lie among their parts.
            sources.bump[area, "00", str(year)] = 2.0 if area in imitation.WHOLES else own


@pytest.fixture(scope="session")
def fetched_home(
    built_home: Path, served_sources: Sources, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A store whose figures are the source's, so that a new year is an ordinary one."""
    home = tmp_path_factory.mktemp("fetched") / "home"
    shutil.copytree(built_home, home)
    write_definition(home)
    _realistic(served_sources)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_STATBANK_URL", f"{served_sources.address}/v1")
        assert _fetch(home).entry.outcome == "waiting"  # other figures than those published
    [waiting] = waiting_files(home)
    assert approve(waiting.id, "Anna", "De nye tal er rigtige", home).batch_id is not None
    return home


@pytest.fixture
def prepared(
    fetched_home: Path, sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of it, and the source that it was fetched from."""
    home = tmp_path / "home"
    shutil.copytree(fetched_home, home)
    monkeypatch.setenv("KPI_HOME", str(home))
    _realistic(sources)
    return home


def _new_year(sources: Sources) -> None:
    sources.years.append(str(int(sources.years[-1]) + 1))
    sources.updated = f"{int(sources.updated[:4]) + 1}{sources.updated[4:]}"


def test_a_new_year_is_published_by_itself_and_not_downloaded_again(
    prepared: Path, sources: Sources
) -> None:
    assert _fetch(prepared).entry.outcome == "same"
    assert sources.paths() == ["/v1/tableinfo"]
    _new_year(sources)
    fetched = _fetch(prepared)
    assert fetched.checked is not None
    assert fetched.entry.outcome == "published", fetched.checked.problems
    assert (fetched.entry.new, fetched.entry.changed) == (len(imitation.AREAS), 0)
    batch = open_store(prepared).batches()[0]
    assert batch.published_by == "hentning"
    assert batch.note == "Hentet fra RAS200, opdateret 28.10.2027"
    assert (batch.batch_id, batch.original_name) == (fetched.entry.batch_id, "RAS200.csv")
    assert list((prepared / "originals").glob(f"{fetched.entry.sha256}.*"))
    sources.calls.clear()
    assert _fetch(prepared).entry.outcome == "same"
    assert sources.paths() == ["/v1/tableinfo"]


def test_the_same_figures_under_a_new_stamp_are_nothing_new(
    prepared: Path, sources: Sources
) -> None:
    sources.updated = "2026-11-02T08:00:00"
    fetched = _fetch(prepared)
    assert (fetched.entry.outcome, fetched.entry.batch_id) == ("nothing_new", None)
    assert fetched.entry.source_updated == "2026-11-02T08:00:00"


def test_a_big_change_waits_and_the_newest_file_alone(prepared: Path, sources: Sources) -> None:
    _new_year(sources)
    sources.bump["751", "00", "2022"] = -30.0
    version = open_store(prepared).version
    first = _fetch(prepared)
    assert (first.entry.outcome, first.entry.batch_id) == ("waiting", None)
    assert open_store(prepared).version == version
    assert _fetch(prepared).entry.outcome == "same"  # but it still waits
    assert [waiting.sha256 for waiting in waiting_files(prepared)] == [first.entry.sha256]
    sources.bump["751", "00", "2022"] = -31.0
    sources.updated = "2027-11-01T08:00:00"
    second = _fetch(prepared)
    assert [waiting.sha256 for waiting in waiting_files(prepared)] == [second.entry.sha256]
    kept = {path.name.partition(".")[0] for path in (prepared / "queue").iterdir()}
    assert kept == {second.entry.sha256}


def test_what_waits_is_approved_by_one_and_another_rejected(
    prepared: Path, sources: Sources
) -> None:
    _new_year(sources)
    sources.bump["751", "00", "2022"] = -30.0
    _fetch(prepared)
    [waiting] = waiting_files(prepared)
    with pytest.raises(KpiError, match="note"):
        approve(waiting.id, "Anna", " ", prepared)
    done = approve(waiting.id, "Anna", "Kilden bekræfter", prepared)
    assert done.batch_id is not None
    batch = open_store(prepared).batches()[0]
    assert batch.note == "Hentet fra RAS200, opdateret 28.10.2027. Kilden bekræfter"
    assert not waiting_files(prepared)
    assert read_entry(prepared, NAME).batch_id == done.batch_id
    sources.bump["751", "00", "2022"] = 20.0
    sources.updated = "2027-12-01T08:00:00"
    _fetch(prepared)
    [waiting] = waiting_files(prepared)
    throw_away(waiting.id, "Bent", "Fejl hos kilden", prepared)
    assert not waiting_files(prepared)
    sources.updated = "2027-12-02T08:00:00"  # the very same bytes
    assert _fetch(prepared).entry.outcome == "nothing_new"
    assert not waiting_files(prepared)
    assert open_store(prepared).batches()[0].batch_id == done.batch_id


def test_a_definition_that_asks_lets_everything_wait(prepared: Path, sources: Sources) -> None:
    write_definition(prepared, text=DEFINITION.replace('"when_clean"', '"ask"'))
    _new_year(sources)
    assert _fetch(prepared).entry.outcome == "waiting"


def test_an_answer_without_a_figure_of_ours_waits(prepared: Path, sources: Sources) -> None:
    path = prepared / "recipes" / f"{NAME}.toml"
    more = 'groups = ["*"]\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert _fetch(prepared).entry.outcome == "waiting"


def test_a_trial_changes_nothing(prepared: Path, sources: Sources) -> None:
    """It makes no lock either: a store that may only be read can be tried."""
    _new_year(sources)
    (prepared / "fetch" / f"{NAME}.lock").unlink(missing_ok=True)
    before = {path: path.stat().st_mtime_ns for path in prepared.rglob("*") if path.is_file()}
    trial = _fetch(prepared, is_trial=True)
    assert (trial.entry.outcome, trial.entry.new) == ("published", len(imitation.AREAS))
    assert [question.method for question in trial.questions] == ["POST", "POST"]
    after = {path: path.stat().st_mtime_ns for path in prepared.rglob("*") if path.is_file()}
    assert after == before
    assert _fetch(prepared).entry.outcome == "published"


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
    fetched = _fetch(prepared)
    assert (fetched.entry.outcome, fetched.entry.sha256) == ("refused", "")
    assert not waiting_files(prepared)
    for path in prepared.rglob("*"):
        assert path.is_dir() or number.encode() not in path.read_bytes()
    # It is said until another answer came, also after a fetch that failed for another reason.
    assert (again := _fetch(prepared)).entry.outcome == "refused"
    assert again.entry.error == fetched.entry.error
    sources.fault_path, sources.faults = "/v1/tableinfo", [imitation.status(404)]
    assert _fetch(prepared).entry.outcome == "failed"
    assert _fetch(prepared).entry.error == fetched.entry.error
    sources.updated = "2026-11-03T08:00:00"
    assert [_fetch(prepared).entry.outcome for _ in range(2)] == ["nothing_new", "same"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("new_variable", "»BRANCHE«"), ("gone_variable", "»ALDER2«"), ("unknown_value", "»17-99«"),
        ("inactive", "RAS200"),
    ],
)  # fmt: skip
def test_a_changed_table_is_told_by_name_and_not_downloaded(
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
    fetched = _fetch(prepared)
    assert fetched.entry.outcome == "changed"
    assert named in fetched.entry.error
    assert sources.paths() == ["/v1/tableinfo"]
    assert fetched.entry.fetched_at == read_entry(prepared, NAME).fetched_at


def test_a_source_that_fails_is_tried_again(prepared: Path, sources: Sources) -> None:
    _new_year(sources)
    sources.faults = [imitation.status(503)] * 4
    fetched = _fetch(prepared)
    assert (fetched.entry.outcome, fetched.entry.failures) == ("failed", 1)
    assert len(sources.calls) == 4
    sources.faults = [imitation.web_page]
    assert _fetch(prepared).entry.failures == 2
    sources.faults = [imitation.status(503)] * 3
    fetched = _fetch(prepared)
    assert (fetched.entry.outcome, fetched.entry.failures) == ("published", 0)


def test_a_source_that_asks_for_time_is_given_it(prepared: Path, sources: Sources) -> None:
    _new_year(sources)
    sources.faults = [imitation.status(429, {"Retry-After": "600"})]
    entry = _fetch(prepared).entry
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
    _new_year(sources)
    version = open_store(prepared).version
    sources.fault_path = "/v1/data"
    sources.faults = [fault] * 4
    assert _fetch(prepared).entry.outcome == "failed"
    assert (open_store(prepared).version, waiting_files(prepared)) == (version, [])
    sources.faults = []
    assert _fetch(prepared).entry.outcome == "published"


def test_hidden_cells_are_published_as_hidden(prepared: Path, sources: Sources) -> None:
    _new_year(sources)
    sources.hidden.add(("461", "00", "2022"))
    fetched = _fetch(prepared)
    assert fetched.entry.outcome == "published"
    figures = open_store(prepared).series(["employment_rate"], ["odense"], ["all"])
    newest = max(figures, key=lambda figure: figure.period.end)
    assert (newest.period.text, newest.status, newest.value) == ("2022", "missing", None)


def test_a_kill_between_download_and_journal_is_made_good(
    prepared: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    _new_year(sources)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for door in ("publish", "write_entry"):
        with monkeypatch.context() as patch:
            patch.setattr(fetching, door, killed)
            with pytest.raises(KeyboardInterrupt):
                _fetch(prepared)
    assert _fetch(prepared).entry.outcome == "nothing_new"
    mine = [each for each in open_store(prepared).batches() if each.published_by == "hentning"]
    assert [batch.rows_new for batch in mine] == [len(imitation.AREAS)]


def test_a_definition_is_fetched_by_one_at_a_time(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        alone(prepared, NAME),
        pytest.raises(KpiError, match="hentes eller behandles lige nu"),
    ):
        _fetch(prepared)


def test_a_changed_definition_or_recipe_asks_anew(prepared: Path, sources: Sources) -> None:
    assert _fetch(prepared).entry.outcome == "same"
    write_definition(prepared, text=DEFINITION.replace("400", "300"))
    assert _fetch(prepared).entry.outcome == "nothing_new"
    path = prepared / "recipes" / f"{NAME}.toml"
    more = 'columns = ["NOGET"]\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert _fetch(prepared).entry.outcome == "nothing_new"
    assert _fetch(prepared).entry.outcome == "same"


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"rows": "mange"}', '{"outcome": "fint"}', '{"fetched_at": "i går"}'],
)
def test_a_spoiled_journal_costs_a_download_and_no_figure(prepared: Path, content: str) -> None:
    (prepared / "fetch" / f"{NAME}.json").write_text(content, encoding="utf-8")
    assert read_entry(prepared, NAME) == Entry()
    assert _fetch(prepared).entry.outcome == "nothing_new"


def test_a_file_in_the_queue_that_somebody_changed_is_not_published(
    prepared: Path, sources: Sources
) -> None:
    _new_year(sources)
    sources.bump["751", "00", "2022"] = -30.0
    _fetch(prepared)
    [waiting] = waiting_files(prepared)
    path = prepared / "queue" / f"{waiting.sha256}.{NAME}.csv"
    path.write_bytes(path.read_bytes() + b"751;00;16-64;TOT;BFK;2023;1,0\r\n")
    with pytest.raises(KpiError, match="ikke den, der blev hentet"):
        approve(waiting.id, "Anna", "ja", prepared)
    throw_away(waiting.id, "Anna", "Filen er ændret", prepared)  # as the message says
    assert not waiting_files(prepared)
    with pytest.raises(NotWaitingError):
        approve(waiting.id, "Bent", "ja", prepared)


def test_an_unknown_name_or_recipe_is_wrong_usage(prepared: Path) -> None:
    with pytest.raises(DefinitionError, match="try_ras200"):
        fetch("try_ras20", prepared)
    write_definition(prepared, text=DEFINITION.replace('recipe = "try_', 'recipe = "no_'))
    with pytest.raises(DefinitionError, match="no_ras200"):
        fetch(NAME, prepared)


def test_what_is_approved_is_checked_against_todays_figures(
    prepared: Path, sources: Sources
) -> None:
    _new_year(sources)
    sources.bump["751", "00", "2022"] = -30.0
    _fetch(prepared)
    [waiting] = waiting_files(prepared)
    content = (prepared / "queue" / f"{waiting.sha256}.{NAME}.csv").read_bytes()
    assert waiting.new == len(imitation.AREAS)
    recipe = recipe_of(NAME, prepared)
    publish(Upload("same.csv", content), Choices(recipe), "Bent", "i hånden", prepared)
    assert approve(waiting.id, "Anna", "ja", prepared).batch_id is None
    assert not waiting_files(prepared)


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
    entry = _fetch(prepared).entry
    assert (entry.outcome, "KPI_TOKEN_JOBINDSATS" in entry.error) == ("failed", True)
    assert not sources.calls


def test_an_address_of_a_gateway_that_may_not_be_asked_is_told(
    prepared: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_STATBANK_URL", "http://gateway.example/v1")
    entry = _fetch(prepared).entry
    assert (entry.outcome, "https" in entry.error) == ("failed", True)


def test_values_may_be_named_by_their_texts(prepared: Path, sources: Sources) -> None:
    _new_year(sources)
    text = DEFINITION.replace('["TOT"]', '["i alt"]').replace(
        '["BFK"]', '["Beskæftigelsesfrekvens"]'
    )
    write_definition(prepared, text=text)
    assert _fetch(prepared).entry.outcome == "published"
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
    _new_year(sources)
    path = prepared / "recipes" / f"{NAME}.toml"
    recipe = path.read_text(encoding="utf-8").replace('"KØN" = "TOT"', f'"KØN" = {kept}')
    path.write_text(recipe, encoding="utf-8")
    entry = _fetch(prepared).entry
    assert entry.outcome == outcome
    if outcome == "changed":
        assert "»TOT« i KØN" in entry.error
        assert sources.paths() == ["/v1/tableinfo"]


def test_what_a_person_has_withdrawn_does_not_come_back_by_itself(
    prepared: Path, sources: Sources
) -> None:
    _new_year(sources)
    batch_id = _fetch(prepared).entry.batch_id
    assert batch_id is not None
    withdraw(batch_id, "Anna", "Kilden har regnet forkert", prepared)
    assert _fetch(prepared).entry.outcome == "same"
    _new_year(sources)
    assert _fetch(prepared).entry.outcome == "waiting"
    [waiting] = waiting_files(prepared)
    assert approve(waiting.id, "Anna", "Nu er de rettet", prepared).batch_id is not None
    _new_year(sources)
    assert _fetch(prepared).entry.outcome == "published"


def test_what_was_withdrawn_stays_so_without_a_journal(prepared: Path, sources: Sources) -> None:
    _new_year(sources)
    batch_id = _fetch(prepared).entry.batch_id
    assert batch_id is not None
    withdraw(batch_id, "Anna", "Kilden har regnet forkert", prepared)
    (prepared / "fetch" / f"{NAME}.json").write_text("{", encoding="utf-8")
    assert _fetch(prepared).entry.outcome == "waiting"


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_a_file_that_was_deleted_from_the_queue_is_fetched_anew(
    prepared: Path, sources: Sources, ending: str
) -> None:
    _new_year(sources)
    sources.bump["751", "00", "2022"] = -30.0
    _fetch(prepared)
    assert _fetch(prepared).entry.outcome == "same"
    for path in (prepared / "queue").glob(f"*{ending}"):
        path.unlink()
    assert _fetch(prepared).entry.outcome == "waiting"
    [waiting] = waiting_files(prepared)
    throw_away(waiting.id, "Anna", "Fejl hos kilden", prepared)
    assert _fetch(prepared).entry.outcome == "same"


def test_a_decision_hides_no_later_failure(prepared: Path, sources: Sources) -> None:
    _new_year(sources)
    sources.bump["751", "00", "2022"] = -30.0
    _fetch(prepared)
    sources.faults = [imitation.status(404)]
    assert _fetch(prepared).entry.outcome == "failed"
    [waiting] = waiting_files(prepared)
    batch_id = approve(waiting.id, "Anna", "Kilden bekræfter", prepared).batch_id
    entry = read_entry(prepared, NAME)
    assert (entry.outcome, entry.failures, entry.batch_id) == ("failed", 1, batch_id)
    assert entry.error
