"""The commands fetch and queue: what they answer, and the code they end with."""

import json
from pathlib import Path

import pytest

from tests.kpi.commands import Captured, answer, run
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.conftest import served_sources, sources
from tests.kpi.fetch.ras200 import DEFINITION, write_definition
from tests.kpi.fetch.sources import Sources
from tests.kpi.fetch.test_definition import JOBINDSATS

__all__ = ["served_sources", "sources"]


def test_fetch_list_and_queue_from_nothing_to_published(
    home: Path, sources: Sources, capsys: Captured
) -> None:
    write_definition(home)
    assert answer(capsys, "queue") == {"waiting": []}
    [state] = answer(capsys, "fetch", "--list")["definitions"]
    assert (state["outcome"], state["due"], state["overdue"]) == (None, True, False)
    code, out, _ = run(capsys, "fetch", "--dry-run")
    assert (code, "/v1/data" in out, "ville blive" in out) == (1, True, True)
    code, out, err = run(capsys, "fetch", "--due")
    assert (code, err) == (1, "")
    assert "venter på godkendelse" in out
    assert run(capsys, "fetch", "--due")[:2] == (0, "Der er intet at hente nu.\n")
    code, out, _ = run(capsys, "fetch")  # asked by hand: still something waits
    assert (code, "kilden er ikke opdateret" in out) == (1, True)
    [waiting] = answer(capsys, "queue")["waiting"]
    assert {problem["code"] for problem in waiting["problems"]} >= {"big_change"}
    listed = run(capsys, "queue")[1]
    assert (waiting["id"] in listed, "--approve NUMMER" in listed) == (True, True)
    assert run(capsys, "fetch", "--list")[1].count("venter på godkendelse") == 1
    assert run(capsys, "queue", "--approve", waiting["id"], "--by", "Anna")[0] == 2
    assert run(capsys, "queue", "--approve", "ffff", "--by", "A", "--note", "b")[0] == 1
    done = answer(capsys, "queue", "--approve", waiting["id"], "--by", "Anna", "--note", "set")
    assert (done["batch_id"], done["publishable"]) == (8, True)
    [fetched] = answer(capsys, "fetch")["fetched"]
    assert (fetched["outcome"], fetched["waiting"], len(fetched["requests"])) == ("same", None, 1)
    # Taken back it is not put out again by itself, but it can be asked for.
    assert run(capsys, "withdraw", "8", "--by", "Anna", "--why", "en fejl")[0] == 0
    code, out, _ = run(capsys, "fetch")
    assert (code, "»fetch try_ras200 --again«" in out) == (0, True)
    assert "nr. 8 er fortrudt. Hent den igen med" in run(capsys, "fetch", "--list")[1]
    [state] = answer(capsys, "fetch", "--list")["definitions"]
    assert (state["outcome"], state["withdrawn"], fetched["withdrawn"]) == ("same", 8, None)
    code, out, _ = run(capsys, "fetch", "try_ras200", "--again", "--json")
    [fetched] = json.loads(out)["fetched"]
    assert (code, fetched["outcome"], fetched["withdrawn"]) == (1, "waiting", 8)


def test_a_rejected_file_is_gone(home: Path, sources: Sources, capsys: Captured) -> None:
    write_definition(home, text=DEFINITION.replace('"when_clean"', '"ask"'))
    run(capsys, "fetch")
    [waiting] = answer(capsys, "queue")["waiting"]
    assert run(capsys, "queue", "--reject", waiting["id"], "--by", "Anna")[0] == 2
    code, _, err = run(
        capsys, "queue", "--reject", waiting["id"], "--by", "Anna", "--why", "251248-4916"
    )
    assert (code, "CPR" in err) == (1, True)
    done = answer(capsys, "queue", "--reject", waiting["id"], "--by", "Anna", "--why", "fejl")
    assert done["rejected"] == waiting["id"]
    assert answer(capsys, "queue") == {"waiting": []}


def test_a_fault_is_wrong_usage_and_a_source_that_fails_is_not(
    home: Path, sources: Sources, capsys: Captured
) -> None:
    write_definition(home)
    assert run(capsys, "fetch", "ukendt")[0] == 2
    assert run(capsys, "fetch", "try_ras200", "--due")[0] == 2
    sources.faults = [imitation.status(404, body='{"message": "Tabel findes ikke"}')]
    code, out, err = run(capsys, "fetch")
    assert (code, err, "»Tabel findes ikke«" in out) == (1, "", True)
    write_definition(home, text=DEFINITION.replace("title", "titel"))
    code, _, err = run(capsys, "fetch", "try_ras200")
    assert (code, "»titel«" in err) == (2, True)
    [state] = answer(capsys, "fetch", "--list")["definitions"]
    assert "»titel«" in state["fault"]


def test_a_faulty_definition_keeps_no_other_from_being_fetched(
    home: Path, sources: Sources, capsys: Captured
) -> None:
    write_definition(home, "a_key", DEFINITION.replace("title", "titel"))
    write_definition(home, "b_recipe", DEFINITION.replace("try_ras200", "no_ras200"))
    write_definition(home)
    (home / "fetch" / "._try_ras200.toml").write_bytes(b"\x00")  # as another system leaves them
    for options in (("--due",), ()):
        code, out, err = run(capsys, "fetch", *options)
        assert (code, err) == (2, "")
        lines = out.splitlines()
        assert [line for line in lines if line.startswith("try_ras200: ")]
        assert [line for line in lines if line.startswith("a_key: ") and "»titel«" in line]
        assert [line for line in lines if line.startswith("b_recipe: ") and "no_ras200" in line]
    assert run(capsys, "fetch", "try_ras200", "b_recipe")[0] == 2


def test_a_slip_in_the_options_is_wrong_usage(
    home: Path, sources: Sources, capsys: Captured
) -> None:
    write_definition(home)
    for arguments in (
        ("fetch", "--list", "try_ras20"), ("queue", "--approve", "", "--by", "A", "--note", "b"),
        ("fetch", "--list", "--due"), ("fetch", "--list", "--dry-run"), ("fetch", "--again"),
        ("fetch", "--list", "--again", "try_ras200"), ("fetch", "--due", "--again", "try_ras200"),
        ("queue", "--approve", "ab", "--by", " ", "--note", "b"),
        ("queue", "--approve", "ab", "--by", "A", "--note", " "),
        ("queue", "--approve", "ab", "--by", "A", "--note", "b", "--why", "c"),
        ("queue", "--reject", "ab", "--by", "A", "--why", " "),
        ("queue", "--reject", "ab", "--by", "A", "--why", "b", "--note", "c"),
        ("queue", "--by", "Anna", "--note", "set"), ("queue", "--reject", "", "--by", "A"),
    ):  # fmt: skip
        assert run(capsys, *arguments)[0] == 2
    [state] = answer(capsys, "fetch", "--list", "try_ras200")["definitions"]
    assert state["name"] == "try_ras200"


def test_what_failed_says_when_it_is_tried_again(
    home: Path, sources: Sources, capsys: Captured
) -> None:
    write_definition(home)
    sources.faults = [imitation.status(404), imitation.status(429, {"Retry-After": "600"})]
    assert "Det prøves igen ved næste hentning." in run(capsys, "fetch")[1]
    assert "prøv igen efter" in run(capsys, "fetch")[1]


def test_a_source_whose_key_is_not_set_is_passed_over_unless_it_is_named(
    home: Path, sources: Sources, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = "KPI_TOKEN_JOBINDSATS"
    monkeypatch.delenv(setting)
    write_definition(home, text=JOBINDSATS.replace('"y60a02"', '"try_ras200"', 1))
    for options in (("--due",), ()):
        code, out, err = run(capsys, "fetch", *options)
        assert (code, err, setting in out) == (0, "", True)
    given = answer(capsys, "fetch", "--due")
    assert given["lacking_key"] == [{"name": "try_ras200", "setting": setting}]
    assert (given["fetched"], given["refused"]) == ([], [])
    code, out, _ = run(capsys, "fetch", "try_ras200")
    assert (code, setting in out) == (1, True)
    # It has failed since, for want of the key: it is passed over as before.
    assert run(capsys, "fetch", "--due")[0] == 0
    [state] = answer(capsys, "fetch", "--list")["definitions"]
    assert (state["lacking_key"], state["due"]) == (setting, False)
    assert setting in run(capsys, "fetch", "--list")[1]
    monkeypatch.setenv(setting, imitation.TOKEN)
    [state] = answer(capsys, "fetch", "--list")["definitions"]
    assert (state["lacking_key"], state["due"]) == (None, True)
