"""What people entered is removed for good: from every version and day, in every kind of row."""

import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.backup import backup, restore
from kpi.store.entering import enter
from kpi.store.kept_files import remove_kept
from kpi.store.purging import finish_purge, purge_claim, purge_entry
from kpi.store.uploads import publish, withdraw
from kpi.store.versions import version_path, versions
from kpi.store.withdrawing_entries import remove_claim, withdraw_entry
from tests.days import today
from tests.kpi.store.tiny_store import figures, files

WORD = "hemmelighed"
PLAN = {
    "source": [{"source_id": "brev", "title": WORD, "publisher": WORD, "min_cell": "5",
                "section": WORD, "owner": WORD}],
    "initiative": [{"initiative_id": WORD, "theme_id": "work", "title": f"Indsats {WORD}",
                    "responsible": WORD, "started": "2024"}],
    "initiative_status": [{"initiative_id": "courses", "date": "2025-06-01", "state": "completed",
                           "summary": WORD, "source_id": "brev"}],
    "event": [{"event_id": WORD, "date": "2024-04", "precision": "season", "area_id": "aarhus",
               "title": WORD, "source_id": "brev"}],
    "meeting": [{"meeting_id": WORD, "date": "2026-06-24", "body": WORD, "title": WORD}],
    "target": [{"target_id": WORD, "indicator_id": "rate", "area_id": "aarhus", "group_id": "all",
                "period": "2026", "value": "80", "state": "proposed", "note": WORD,
                "source_id": "brev"}],
}  # fmt: skip
CLAIM = {
    "claim_id": WORD, "source_id": "paper", "indicator_id": "rate", "area_id": "aarhus",
    "group_id": "all", "period": "2022", "kind": "complement", "reported_value": "30",
    "explanation": WORD,
}  # fmt: skip
NAMES = {
    "theme": {"name": WORD, "description": WORD},
    "source": {"title": WORD, "publisher": WORD},
    "population_group": {"name": WORD, "note": WORD, "reference_group_id": "Alle"},
    "area": {"name": WORD, "level": "Boligområde", "parent_id": "Aarhus"},
    "indicator": {"name": WORD, "theme_id": "Arbejde", "kind": "Andel", "unit": "%",
                  "definition": WORD, "source_note": WORD},
}  # fmt: skip


def traces(home: Path) -> list[str]:
    """The files of a store that contain the word, in their bytes or their names."""
    return [
        name
        for name, content in files(home).items()
        if WORD.encode() in content.lower() or WORD in name
    ]


def entered(home: Path, as_of: date | None = None) -> list[tuple[int, str, str, str]]:
    store = open_store(home, as_of=as_of)
    rows = [
        (entry.entry_id, entry.origin, entry.withdrawn_by, entry.withdrawn_why)
        for entry in store.entries()
    ]
    store.close()
    return rows


def every_day(home: Path) -> None:
    """Each version, and each day, can be read."""
    for version in versions(home):
        figures(home, version)
    for day in (today(), today() - timedelta(days=1)):
        store = open_store(home, as_of=day)
        store.plan()
        store.catalog()
        store.close()


def test_rows_of_the_plan_of_every_kind(spor: Path) -> None:
    first = enter(PLAN, "Ida", spor, f"{WORD}.xlsx")
    enter({"meeting": [{"meeting_id": "andet", "date": "2026-07-01", "body": "Råd"}]}, "Bo", spor)
    assert traces(spor)
    before = figures(spor)
    done = purge_entry(first.entry_id or 0, "Eva", "En borger har bedt om det", spor)
    assert (done.entry_ids, done.rewritten_versions) == ((first.entry_id,), 2)
    assert traces(spor) == []
    assert figures(spor) == before
    every_day(spor)
    # The history says that, when, by whom and why, and the other entry stands.
    later, gone, *_ = entered(spor)
    assert gone == (first.entry_id, "(slettet)", "Eva", "En borger har bedt om det")
    assert later[2] == ""
    assert entered(spor, today())[1] == gone
    with pytest.raises(KpiError, match=r"allerede slettet.*Eva"):
        purge_entry(first.entry_id or 0, "Eva", "x", spor)


def test_names_that_figures_need_are_corrected_first_and_stay_without_words(spor: Path) -> None:
    numbers = [
        add(table, [row], "Ida", spor, f"{WORD}.csv").entry_id or 0 for table, row in NAMES.items()
    ]
    file = f"område;periode;nøgletal;værdi\naarhus;2022;{WORD};71,5\n"
    published = publish(Upload("a.csv", file.encode()), None, "Ida", "Ny", spor)
    assert published.batch_id
    with pytest.raises(KpiError, match=r"har 1 tal.*ret rækken") as refused:
        purge_entry(numbers[-1], "Eva", "x", spor)
    assert "slettet for altid" not in str(refused.value)
    add("indicator", [{"indicator_id": WORD, **NAMES["indicator"], "name": "Andel i job",
                       "short_name": "Jobandel", "definition": "Andel", "source_note": ""}],
        "Bo", spor)  # fmt: skip
    for number in reversed(numbers):
        purge_entry(number, "Eva", "x", spor)
    every_day(spor)
    store = open_store(spor)
    assert store.catalog().indicators[WORD].name == "Andel i job"
    assert WORD not in {*store.catalog().areas, *store.catalog().groups, *store.catalog().themes}
    store.close()
    # The id is left, of figures that stand; with them it goes.
    with duckdb.connect(str(version_path(spor, versions(spor)[-1])), read_only=True) as connection:
        rows = connection.sql("SELECT name, definition FROM indicator_row").fetchall()
        assert ("(slettet)", "(slettet)") in rows
        for table in ("area_row", "area_set_row", "population_group_row", "theme_row",
                      "source_row", "ever_within", "ever_part_of", "strictest_limit"):  # fmt: skip
            assert WORD not in repr(connection.table(table).fetchall()), table


def test_what_was_undone_before_goes_as_well_and_is_not_current_again(spor: Path) -> None:
    number = add("indicator", [NAMES["indicator"]], "Ida", spor).entry_id or 0
    batch = publish(
        Upload("a.csv", f"område;periode;nøgletal;værdi\naarhus;2022;{WORD};71,5\n".encode()),
        None, "Ida", "Ny", spor,
    ).batch_id  # fmt: skip
    withdraw(batch or 0, "Ida", WORD, spor)
    withdraw_entry(number, "Ida", WORD, spor)
    purge_entry(number, "Eva", "x", spor)
    store = open_store(spor)
    assert WORD not in store.catalog().indicators
    store.close()
    every_day(spor)


def test_a_statement_removed_before_is_out_of_the_versions_that_had_it(spor: Path) -> None:
    enter({"claim": [CLAIM]}, "Ida", spor)
    remove_claim(WORD, spor)
    assert traces(spor)
    assert len(purge_claim(WORD, "Eva", "x", spor).entry_ids) == 1
    assert traces(spor) == []
    with pytest.raises(KpiError, match="Udsagnet findes ikke"):
        purge_claim(WORD, "Eva", "x", spor)


def test_a_backup_does_not_bring_it_back(spor: Path, tmp_path: Path) -> None:
    number = enter(PLAN, "Ida", spor).entry_id or 0
    backup(tmp_path / "kopi", spor)
    assert purge_entry(number, "Eva", "x", spor).backups
    restore(tmp_path / "kopi", spor, replace=True)
    assert traces(spor) == []


def test_cut_short_it_is_finished(spor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = enter(PLAN, "Ida", spor).entry_id or 0
    with monkeypatch.context() as patched:
        patched.setattr("kpi.store.purging.place.take_place_of", lambda *_: sys.exit(9))
        with pytest.raises(SystemExit):
            purge_entry(number, "Eva", "x", spor)
    done = finish_purge(spor)
    assert done is not None
    assert done.entry_ids == (number,)
    assert traces(spor) == []


@pytest.mark.parametrize(
    ("kind", "ending"), [("recipes", "toml"), ("packs", "json"), ("drafts", "json")]
)
def test_a_recipe_a_pack_or_a_draft(spor: Path, kind: str, ending: str) -> None:
    (spor / kind).mkdir(exist_ok=True)
    for name in (WORD, "andet"):
        (spor / kind / f"{name}.{ending}").write_text("", encoding="utf-8")
    assert remove_kept(kind, WORD, "Eva", "x", spor) == ["andet"]  # type: ignore[arg-type]
    assert traces(spor) == []
    for name in (WORD, "../current", f"../{kind}/andet"):
        with pytest.raises(KpiError, match="findes ikke"):
            remove_kept(kind, name, "Eva", "x", spor)  # type: ignore[arg-type]
