"""The command line's entering: statements of papers, and the action plan's upkeep."""

import json
from pathlib import Path

import pytest

from tests.kpi.commands import Captured, answer, run

# --- statements of papers -----------------------------------------------------------------------

STATEMENT = [
    "claims", "--statement", "Faldet er på en fjerdedel", "--indicator", "school_absence",
    "--area", "gellerup", "--group", "programme_children", "--period", "2024H2", "--from", "2024H1",
    "--kind", "relative_change", "--source", "oto_status_2025", "--by", "Anna",
]  # fmt: skip


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("written", "verdict"),
    # A Danish number that begins with a minus is no option.
    [("-25,4", "agrees"), ("-25.4", "agrees"), ("-34", "differs")],
)
def test_a_statement_is_entered_computed_and_withdrawn(
    capsys: Captured, written: str, verdict: str
) -> None:
    before = answer(capsys, "claims")["claims"]
    claims = answer(capsys, *STATEMENT, "--reported", written)["claims"]
    assert claims[:-1] == before
    entered = claims[-1]
    assert (entered["claim_id"], entered["verdict"]) == ("indfoert_1", verdict)
    assert answer(capsys, "claims", "--remove", "indfoert_1")["claims"] == before


@pytest.mark.usefixtures("home")
def test_a_statement_with_faults_is_reported_and_not_entered(capsys: Captured) -> None:
    code, out, err = run(capsys, *STATEMENT[:-4], "--reported", "en fjerdedel", "--by", "Anna")
    assert (code, out) == (1, "")
    assert "kolonne papirets tal: »en fjerdedel«" in err
    assert "kolonne kilde" in err
    assert len(answer(capsys, "claims")["claims"]) == 6


@pytest.mark.usefixtures("home")
def test_a_statement_needs_a_name(capsys: Captured) -> None:
    code, _, err = run(capsys, *STATEMENT[:-2], "--reported", "-25,4")
    assert code == 1
    assert "(--by)" in err


# --- the plan's upkeep --------------------------------------------------------------------------


@pytest.fixture
def statuses(tmp_path: Path) -> str:
    """A file with a new status, and one that exists already."""
    file = tmp_path / "status.csv"
    file.write_text(
        "indsats;dato;status;beskrivelse;kilde\n"
        "gang_exit;2025-06-01;Afsluttet;Evalueret;status_2025\n",
        encoding="utf-8",
    )
    return str(file)


@pytest.mark.usefixtures("home")
def test_a_status_is_shown_entered_listed_and_withdrawn(capsys: Captured, statuses: str) -> None:
    (change,) = answer(capsys, "enter", statuses, "--check")["changes"]
    assert (change["table"], change["kind"]) == ("initiative_status", "new")
    assert change["before"]["state"] == "in_progress"
    assert answer(capsys, "entries") == {"entries": []}
    done = answer(capsys, "enter", statuses, "--by", "Anna")
    assert done == {
        "version": "000002", "rows": {"initiative_status": 1}, "unchanged": 0, "entry_id": 1,
    }  # fmt: skip
    again = answer(capsys, "enter", statuses, "--by", "Anna")
    assert (again["version"], again["unchanged"], again["entry_id"]) == ("000002", 1, None)
    back = answer(capsys, "undo", "1", "--by", "Bo", "--why", "Forkert")
    assert back == {"entry_id": 1, "version": "000003"}
    (entry,) = answer(capsys, "entries")["entries"]
    assert (entry["entered_by"], entry["origin"]) == ("Anna", "status.csv")
    assert (entry["rows"], entry["withdrawn_by"]) == ({"initiative_status": 1}, "Bo")


@pytest.mark.usefixtures("home")
def test_the_same_as_text(capsys: Captured, statuses: str) -> None:
    _, lines, _ = run(capsys, "enter", statuses, "--check")
    assert "-> Afsluttet (1. juni 2025): Evalueret" in lines
    assert run(capsys, "entries")[1] == "Der er ingen registreringer.\n"
    assert "Registrering nr. 1; udgave 000002" in run(capsys, "enter", statuses, "--by", "Anna")[1]
    assert "Der er intet at registrere" in run(capsys, "enter", statuses, "--by", "Anna")[1]
    assert "nr. 1 er fortrudt" in run(capsys, "undo", "1", "--by", "Bo", "--why", "Forkert")[1]
    assert "fortrudt  1 status  Anna" in run(capsys, "entries")[1]


@pytest.mark.usefixtures("home")
def test_entering_needs_a_name(capsys: Captured, statuses: str) -> None:
    code, _, err = run(capsys, "enter", statuses)
    assert code == 1
    assert "(--by)" in err


@pytest.mark.usefixtures("home")
def test_faults_are_reported_row_by_row_in_json_too(capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "status.csv"
    file.write_text(
        "indsats;dato;status;kilde\ngang_exit;2025-06-01;Pause;status_2025\n", encoding="utf-8"
    )
    code, out, _ = run(capsys, "enter", str(file), "--by", "Anna", "--json")
    (problem,) = json.loads(out)["error"]["problems"]
    assert code == 1
    assert (problem["table"], problem["row"], problem["column"], problem["value"]) == (
        "status på indsatser", 2, "status", "Pause",
    )  # fmt: skip
