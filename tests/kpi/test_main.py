"""The command line: Danish messages, JSON alone on standard output, exit codes."""

import csv
import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from kpi.cli.commands import main
from tests.conftest import DATA
from tests.days import today
from tests.kpi.commands import Captured, answer, run

COMMANDS = [
    "init", "show", "check", "publish", "withdraw", "purge", "backup", "restore", "batches",
    "enter", "add", "entries", "undo", "claims", "fetch", "queue", "export", "refresh",
]  # fmt: skip
ROW_KEYS = [
    "area_id", "group_id", "period", "value", "display", "status", "measured", "numerator",
    "denominator", "low", "high", "previous", "break", "comparisons", "rank", "source_id", "note",
    "doubted", "age_months", "not_begun",
]  # fmt: skip


@pytest.mark.usefixtures("home")
def test_show_json(capsys: Captured) -> None:
    shown = answer(capsys, "show", "self_sufficiency_rate")
    assert list(shown) == ["indicator_id", "unit", "as_of", "version", "rows"]
    assert [list(row) for row in shown["rows"]] == [ROW_KEYS] * 3
    gaps = {
        row["area_id"]: {comparison["with"]: comparison["gap"] for comparison in row["comparisons"]}
        for row in shown["rows"]
    }
    assert gaps == {
        "denmark": {},
        "koebenhavn": {"denmark": 4.6, "aarhus": 11.8},
        "aarhus": {"denmark": -7.2, "koebenhavn": -11.8},
    }


@pytest.mark.usefixtures("home")
def test_show_as_text(capsys: Captured) -> None:
    code, out, err = run(capsys, "show", "self_sufficiency_rate", "--area", "aarhus")
    assert (code, err) == (0, "")
    assert "Aarhus, Ikke-vestlig baggrund, 2022: 70,0 %" in out
    assert (
        "i forhold til hele landet: −7,2 procentpoint (dårligere; usikkerhed ikke beregnet)" in out
    )


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("indicator", "area"),
    [("Beskæftigelsesfrekvens 16-64 år", "Aarhus"), ("beskæftigelse", "751"),
     ("employment_rate", "Århus")],
)  # fmt: skip
def test_show_takes_names_for_ids(capsys: Captured, indicator: str, area: str) -> None:
    by_id = answer(capsys, "show", "employment_rate", "--area", "aarhus", "--group", "all")
    assert answer(capsys, "show", indicator, "--area", area, "--group", "Alle") == by_id


@pytest.mark.usefixtures("home")
def test_show_one_group(capsys: Captured) -> None:
    shown = answer(capsys, "show", "temporary_benefit_share", "--group", "danish")
    assert [row["value"] for row in shown["rows"]] == [1.7]


@pytest.mark.some_cases
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "title", "message"),
    [
        ("show employment_rat", "Ukendt nøgletal", "Mente du »employment_rate«?"),
        ("show employment_rate --area arhuz", "Ukendt område", "Mente du »aarhus«?"),
        ("show employment_rate --group danis", "Ukendt gruppe", "Mente du »danish«?"),
        (
            "show employment_rate --area tilst",
            "Ingen tal",
            "Der er ingen tal for beskæftigelsesfrekvens",
        ),
        ("show school_absence --area gellerup --as-of 2024-06-30", "Ingen tal", "med disse valg"),
        ("show language_mentor_places", "Ingen tal", "Der er endnu ingen tal for pladser"),
        ("export csv --area arhuz", "Ukendt område", "Mente du »aarhus«?"),
        ("export csv --indicator x", "Ukendt nøgletal", "Intet af de kendte navne ligner."),
        ("export csv --theme sprogg", "Ukendt tema", "»sprogg« findes ikke"),
        ("export csv --meeting sbu", "Ukendt møde", "»sbu« findes ikke"),
        ("export pptx", "Ingen fil angivet", "Skriv --out FIL"),
        ("export pptx --out x --theme sprogg", "Ukendt tema", "»sprogg« findes ikke"),
        ("export xlsx --out x --meeting sbu", "Ukendt møde", "»sbu« findes ikke"),
        (
            "export pdf --out x --area tilst",
            "Ingen figurer",
            "ingen tal for de valgte nøgletal i Tilst",
        ),
        ("export pptx --out x --template nej.pptx", "Skabelonen kan ikke læses", "»nej.pptx«"),
        ("claims --remove viby_link_share", "Udsagnet kan ikke fjernes", "ikke registreret af"),
        ("claims --statement Vi --indicator x", "Ukendt nøgletal", "findes ikke"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_what_is_not_there_exits_1(
    capsys: Captured, arguments: str, title: str, message: str, as_json: bool
) -> None:
    code, out, err = run(capsys, *arguments.split(), *(["--json"] if as_json else []))
    assert code == 1
    assert err.startswith(f"{title}: ")
    assert message in err
    error = json.loads(out)["error"] if as_json else {"title": title, "message": err}
    assert error["title"] == title
    assert message in error["message"]
    assert as_json or out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "der mangler: KOMMANDO. Se »python -m kpi --help«."),
        ("vis", "KOMMANDO: ukendt valg: 'vis' (vælg mellem "),
        ("show", "der mangler: NØGLETAL. Se »python -m kpi show --help«."),
        ("show a b", "ukendt tilvalg: »b«."),
        ("show a --area", "--area: mangler sin værdi."),
        ("show a --a aarhus", "ukendt tilvalg: »--a aarhus«."),  # no guessing of shortened options
        ("show a --json=1", "--json: tager ingen værdi, men fik '1'."),
        ("show a --as-of 2024", "--as-of: »2024« er ikke en dato; skriv for eksempel 2025-03-19."),
        ("show a --as-of 2024-02-30", "»2024-02-30« er ikke en dato"),
        ("show a --as-of=", "»« er ikke en dato"),
        ("show a --as-of {tomorrow}", "--as-of: »{tomorrow}« ligger i fremtiden; skriv en dag"),
        ("export csv --as-of {tomorrow}", "»{tomorrow}« ligger i fremtiden"),
        ("export pdf --out x --as-of {tomorrow}", "»{tomorrow}« ligger i fremtiden"),
        ("refresh a.pptx --out b.pptx --as-of {tomorrow}", "»{tomorrow}« ligger i fremtiden"),
        ("export", "der mangler: SLAGS."),
        ("export odt", "SLAGS: ukendt valg: 'odt' (vælg mellem "),
        ("export png --size stor", "--size: ukendt valg: 'stor' (vælg mellem "),
        ("export pdf --area aarhus --area odense --out x", "Et papir handler om ét område"),
        ("claims --kind gæt", "--kind: ukendt valg: 'gæt' (vælg mellem "),
        ("claims --reported", "--reported: mangler sin værdi."),
        ("claims --remove", "--remove: mangler sin værdi."),
        ("init data", "ukendt tilvalg: »data«."),
    ],
)
def test_wrong_usage_exits_2_in_danish(capsys: Captured, arguments: str, message: str) -> None:
    # Two days on: it is no longer today where midnight passes.
    tomorrow = (today() + timedelta(days=2)).isoformat()
    arguments, message = (text.replace("{tomorrow}", tomorrow) for text in (arguments, message))
    code, out, err = run(capsys, *arguments.split())
    assert (code, out) == (2, "")
    assert err.startswith("Forkert brug: ")
    assert message in err
    assert not re.search(r"\b(argument|arguments|required|invalid|choice|choose|expected)\b", err)


def test_wrong_usage_with_json_is_one_object_too(capsys: Captured) -> None:
    code, out, _ = run(capsys, "show", "--json")
    assert code == 2
    assert json.loads(out) == {
        "error": {
            "title": "Forkert brug",
            "message": "der mangler: NØGLETAL. Se »python -m kpi show --help«.",
        }
    }


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)])
def test_help_is_danish(capsys: Captured, command: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    out, err = capsys.readouterr()
    assert (ended.value.code, err) == (0, "")
    assert out.startswith("Brug: python -m kpi")
    assert "vis denne hjælp" in out
    assert not re.search(r"usage|options|positional|arguments|show this|message and exit", out)


def test_help_names_every_command(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = re.findall(r"^ {4}(\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert listed == COMMANDS


def test_init_then_again(capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "new"))
    built = {
        "version": "000001", "changed": True, "new": 2690, "changed_rows": 0, "removed": 0,
        "set_aside": [],
    }  # fmt: skip
    assert answer(capsys, "init") == built
    assert answer(capsys, "init") == {**built, "changed": False, "new": 0}


@pytest.mark.usefixtures("home")
def test_init_with_a_broken_row_reports_it_all_and_changes_nothing(
    capsys: Captured, data: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_DATA", str(data))
    papers = data / "observations" / "status_2025.csv"
    papers.write_text(papers.read_text("utf-8").replace(",60,", ",tres,"), "utf-8")
    code, out, err = run(capsys, "init", "--json")
    assert code == 1
    assert json.loads(out)["error"]["title"] == "Tallene i data/ kan ikke bruges"
    assert "1 fejl. Den hidtidige udgave er uændret." in err
    assert "- observations/status_2025.csv, linje 7, kolonne value: »tres« Feltet er ikke" in err
    assert (home / "current").read_text("ascii") == "000001\n"


@pytest.mark.usefixtures("home")
def test_batches(capsys: Captured) -> None:
    batches = answer(capsys, "batches")
    assert [batch["batch_id"] for batch in batches["batches"]] == [7, 6, 5, 4, 3, 2, 1]
    code, out, _ = run(capsys, "batches")
    assert code == 0
    assert len(out.splitlines()) == 7


@pytest.mark.usefixtures("home")
def test_export_to_a_file(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "tal.csv"
    exported = answer(capsys, "export", "csv", "--indicator", "nsk_cases", "--out", str(out))
    assert exported == {"file": str(out), "rows": 1, "version": "000001"}
    written = out.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfindicator_id,area_id,")  # Excel needs the mark
    assert b"\r" not in written
    (row,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig")))
    assert (row["value"], row["period"], row["source_id"]) == ("60", "2025M03", "status_2025")


@pytest.mark.usefixtures("home")
def test_export_to_the_screen(capsys: Captured) -> None:
    arguments = ["--area", "aarhus", "--area", "denmark", "--indicator", "self_sufficiency_rate"]
    code, out, err = run(capsys, "export", "csv", *arguments)
    assert (code, err) == (0, "")
    assert [line.split(",")[1] for line in out.splitlines()] == ["area_id", "aarhus", "denmark"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--json"], "Skriv --out FIL, når svaret skal være JSON."),
        (["--out", "/findes/ikke/tal.csv"], "Mappen til »tal.csv« findes ikke. Vælg en anden"),
        (["--out", "/"], "Skriv et filnavn."),
    ],
)
def test_an_export_that_cannot_be_written(
    capsys: Captured, arguments: list[str], message: str
) -> None:
    code, _, err = run(capsys, "export", "csv", *arguments)
    assert code == 1
    assert message in err


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("day", "rows"),
    [
        ("2022-12-30", 0),
        ("2022-12-31", 1456),  # RAS200 is of 2022: a partial date counts as its last day
        ("2024-06-18", 1456),
        ("2024-06-19", 1471),
        ("2025-03-10", 1478),
        ("2025-03-11", 1513),
    ],
)
def test_as_of(capsys: Captured, day: str, rows: int) -> None:
    code, out, _ = run(capsys, "export", "csv", "--as-of", day)
    assert code == 0
    assert len(out.splitlines()) - 1 == rows


def test_without_a_store_the_remedy_is_named(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "nothing"))
    code, out, err = run(capsys, "show", "employment_rate")
    assert (code, out) == (1, "")
    assert err.startswith("Tallene kan ikke findes: ")
    assert "python -m kpi init" in err


@pytest.mark.usefixtures("home")
def test_a_wrong_log_level_is_no_reason_to_fail(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setenv("KPI_LOG", "snakkesalig")
    assert run(capsys, "batches")[0] == 0


# --- as a program -------------------------------------------------------------------------------


def program(
    home: Path, arguments: Sequence[str], **settings: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kpi", *arguments],
        cwd=DATA.parent,
        env={**os.environ, "KPI_HOME": str(home), **settings},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "keys"),
    [
        (["show", "self_sufficiency_rate", "--json"], 0, ["indicator_id", "unit", "as_of"]),
        (["show", "self_suficiency_rate", "--json"], 1, ["error"]),
        (["show", "--json"], 2, ["error"]),
    ],
)
def test_the_program_writes_one_json_object(
    home: Path, arguments: list[str], code: int, keys: list[str]
) -> None:
    # Windows' own code page has no true minus.
    done = program(home, arguments, PYTHONIOENCODING="cp1252")
    assert done.returncode == code
    assert list(json.loads(done.stdout.decode("utf-8")))[:3] == keys
    assert b"Traceback" not in done.stderr


def test_the_program_writes_danish_in_any_code_page(home: Path) -> None:
    done = program(home, ["show", "self_sufficiency_rate"], PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "−7,2 procentpoint" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are letters there")
def test_a_name_that_is_not_in_utf_8_is_refused(home: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"f\xe6.csv")
    (tmp_path / name).write_text("x;y\n1;2\n")
    for arguments in (["check", str(tmp_path / name)], ["show", name, "--json"]):
        done = program(home, arguments)
        assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
        assert "f?.csv« har bogstaver, der ikke er skrevet i UTF-8" in done.stderr.decode()
    done = program(tmp_path / name, ["batches"])
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Mappens navn kan ikke læses: ")


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], ["numpy", "duckdb", "pandas.core"]),
        (["show", "self_sufficiency_rate", "--area", "aarhus"], ["pandas.core", "kpi.ingest"]),
    ],
)
def test_a_command_starts_without_what_it_has_no_use_for(
    home: Path, arguments: list[str], absent: list[str]
) -> None:
    done = program(home, arguments, PYTHONPROFILEIMPORTTIME="1")
    loaded = re.findall(r"^import time:.*\| +(\S+)", done.stderr.decode(), re.M)
    assert done.returncode == 0
    assert "kpi.cli.arguments" in loaded
    assert [name for name in loaded if name in absent] == []


def test_a_reader_that_stops_early_is_no_error(home: Path) -> None:
    exporting = subprocess.Popen(
        [sys.executable, "-m", "kpi", "export", "csv"],
        cwd=DATA.parent,
        env={**os.environ, "KPI_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with exporting:
        assert exporting.stdout is not None
        assert exporting.stderr is not None
        exporting.stdout.close()
        assert exporting.stderr.read() == b""
    assert exporting.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["export", "csv"], ["show", "employment_rate", "--json"]])
def test_an_answer_that_is_led_to_a_full_disk_is_reported(home: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kpi", *arguments],
            cwd=DATA.parent,
            env={**os.environ, "KPI_HOME": str(home)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "Svaret kan ikke skrives: Der er ikke plads til »svaret«. Ryd op på disken, og prøv igen."
    ]
