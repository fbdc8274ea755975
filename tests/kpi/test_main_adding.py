"""The command line's `add`: what names the figures, from a file to the figures and back."""

import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from kpi.export.choice import Choice
from kpi.export.drafts import drafts, new_draft
from tests.kpi.commands import Captured, answer, run

pytestmark = pytest.mark.usefixtures("home")

AREA = "navn;områdetype;hører under\nLangkærparken;Boligområde;Aarhus\n"
INDICATOR = (
    "nøgletal;tema;slags;enhed;decimaler;definition;sammenlignes med\n"
    "Kontanthjælpsmodtagere;Beskæftigelse;Antal;personer;0;Modtagere i måneden;Hele landet\n"
)
GROUP = "gruppe;sammenlignes med\nIndskoling;Alle\n"
SOURCE = "titel;udgiver;hyppighed\nKMD Elev;Aarhus Kommune;hver måned\n"
THEME = "theme_id,name,description\nhealth,Sundhed,Trivsel og sundhed\n"
FILES = {"area": AREA, "indicator": INDICATOR, "group": GROUP, "source": SOURCE, "theme": THEME}


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.soak
def test_what_a_correction_hides_is_said_before_and_after(capsys: Captured, tmp_path: Path) -> None:
    file = written(tmp_path, "kilde.csv", "id;mindste antal\nstatus_2025;1000\n")
    checked = answer(capsys, "add", "source", file, "--check")
    assert checked["hidden"]
    text = run(capsys, "add", "source", file, "--check")[1]
    number = sum(checked["hidden"].values())
    assert f"Obs.: {number} tal, der var vist, bliver skjult" in text
    assert (
        f"Obs.: {number} tal, der var vist, er nu skjult"
        in run(capsys, "add", "source", file, "--by", "Anna")[1]
    )
    assert answer(capsys, "add", "source", file, "--check")["hidden"] == {}


@pytest.mark.parametrize(
    ("table", "row_id", "line"),
    [
        ("area", "langkaerparken", "Ny: Områder, Langkærparken: – -> id: langkaerparken; navn: "
         "Langkærparken; områdetype: Boligområde; hører under: Aarhus\n"),
        ("indicator", "kontanthjaelpsmodtagere", "slags: Antal; enhed: personer; retning: Ingen "
         "retning; decimaler: 0; på overblik: Nej; gruppe: Alle; definition: Modtagere i måneden; "
         "sammenlignes med: Hele landet"),
        ("group", "indskoling", "Ny: Grupper, Indskoling: – -> id: indskoling; navn: Indskoling; "
         "sammenlignes med: Alle"),
        ("source", "kmd_elev", "mindste antal: 5; hyppighed: hver måned"),
        ("theme", "health", "rækkefølge: 7; beskrivelse: Trivsel og sundhed"),
    ],
)  # fmt: skip
def test_a_file_is_shown_added_listed_and_withdrawn(
    capsys: Captured, tmp_path: Path, table: str, row_id: str, line: str
) -> None:
    file = written(tmp_path, "nye.csv", FILES[table])
    assert line in run(capsys, "add", table, file, "--check")[1]
    (change,) = answer(capsys, "add", table, file, "--check")["changes"]
    assert (change["kind"], change["before"]) == ("new", None)
    done = answer(capsys, "add", table, file, "--by", "Anna")
    assert (done["version"], done["ids"], done["entry_id"]) == ("000002", [row_id], 1)
    assert (done["new"], done["changed"], done["same"]) == (1, 0, 0)
    assert "Der er intet at registrere" in run(capsys, "add", table, file, "--by", "Anna")[1]
    (entry,) = answer(capsys, "entries")["entries"]
    assert entry["rows"] == {done["table"]: 1}
    answer(capsys, "undo", "1", "--by", "Bo", "--why", "Forkert")
    assert answer(capsys, "add", table, file, "--check")["changes"][0]["kind"] == "new"


def test_from_a_new_indicator_and_area_to_figures_and_back(
    capsys: Captured, tmp_path: Path
) -> None:
    for table in ("area", "indicator"):
        answer(capsys, "add", table, written(tmp_path, f"{table}.csv", FILES[table]), "--by", "A")
    figures = written(
        tmp_path,
        "tal.csv",
        "nøgletal;område;periode;værdi\nKontanthjælpsmodtagere;Langkærparken;2025M09;1780\n",
    )
    published = answer(capsys, "publish", figures, "--by", "Anna", "--note", "Nyt")
    assert published["diff"]["new"] == 1
    (row,) = answer(capsys, "show", "kontanthjaelpsmodtagere")["rows"]
    assert (row["area_id"], row["display"]) == ("langkaerparken", "1.780")
    for entry in ("1", "2"):
        code, _, err = run(capsys, "undo", entry, "--by", "Bo", "--why", "Fejl")
        assert (code, "har 1 tal. Fortryd dem først" in err) == (1, True)
    batch = str(published["batch_id"])
    answer(capsys, "withdraw", batch, "--by", "Bo", "--why", "Fejl")
    for entry in ("2", "1"):
        answer(capsys, "undo", entry, "--by", "Bo", "--why", "Fejl")
    assert run(capsys, "show", "kontanthjaelpsmodtagere")[0] == 1


def test_a_correction_is_shown_before_and_after(capsys: Captured, tmp_path: Path) -> None:
    file = written(tmp_path, "ret.csv", "id;navn;udgået\ntilst;Tilst Vest;1. juni 2025\n")
    assert run(capsys, "add", "area", file, "--by", "Anna")[1].startswith(
        "Ændret: Områder, Tilst: navn: Tilst; andre navne: –; udgået: – -> "
        "navn: Tilst Vest; andre navne: Tilst; udgået: 1. juni 2025\n"
    )


def test_a_workbook_is_read(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "områder.xlsx"
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    book.add_worksheet("Læs mig").write(0, 0, "Sådan gør du")
    sheet = book.add_worksheet("Områder")
    sheet.write_row(0, 0, ["Navn", "Områdetype", "Hører under", "Kode", "Gælder fra"])
    sheet.write_row(1, 0, ["Tilst Sogn", "Sogn", "Aarhus", 8141])
    sheet.write_number(1, 4, 45658, day)
    book.close()
    (change,) = answer(capsys, "add", "area", str(path), "--check")["changes"]
    assert (change["row"]["code"], change["row"]["valid_from"]) == ("8141", "2025-01-01")


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("area", "", "Filen er tom"),
        ("area", '{"columns": ["navn"]}', "hverken en CSV eller et regneark"),
        ("group", "by\nAarhus\n", "Filen har ikke kolonnerne til grupper"),
        ("area", "navn;områdetype\n", "Filen har ingen rækker"),
        ("area", "by;land\nX;Y\n", "Første række kan have: id, navn, områdetype"),
        ("area", "navn;områdetyp\nX;Sogn\n", "»områdetyp« kendes ikke. Mente du »områdetype«?"),
        ("area", "navn;område;områdetype\nX;Y;Sogn\n", "»navn« er der to gange"),
        ("area", AREA + "Bispehaven;Bydel;Aarhus\n", "linje 3, kolonne områdetype: »Bydel«"),
        ("area", AREA + "Tilst Sogn;Sogn;\n", "linje 3, kolonne hører under: Feltet er tomt"),
        ("indicator", INDICATOR.replace("Modtagere", "Om 010190-1234"), "CPR-nummer: linje 2"),
        ("group", GROUP + "Alle;Somaliere\nSomaliere;\n", "linje 4"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_reported_with_its_place(
    capsys: Captured, tmp_path: Path, table: str, text: str, message: str
) -> None:
    code, _, err = run(capsys, "add", table, written(tmp_path, "nye.csv", text), "--by", "Anna")
    assert code == 1
    assert message in err
    assert "010190" not in err
    assert answer(capsys, "entries") == {"entries": []}


def test_faults_are_reported_one_by_one_in_json(capsys: Captured, tmp_path: Path) -> None:
    file = written(tmp_path, "nye.csv", AREA.replace("Aarhus", "Mars"))
    code, out, _ = run(capsys, "add", "area", file, "--by", "Anna", "--json")
    (problem,) = json.loads(out)["error"]["problems"]
    assert code == 1
    assert (problem["table"], problem["row"], problem["column"], problem["value"]) == (
        "områder", 2, "hører under", "Mars",
    )  # fmt: skip


def test_a_single_column_is_a_table(capsys: Captured, tmp_path: Path) -> None:
    file = written(tmp_path, "nye.csv", "gruppe\nIndskoling\nUdskoling 2\n")
    assert answer(capsys, "add", "group", file, "--by", "Anna")["new"] == 2


def test_a_check_says_how_an_unknown_name_is_added(capsys: Captured, tmp_path: Path) -> None:
    text = "nøgletal;område;periode;værdi\nKontanthjælpsmodtagere;Langkærparken;2025;12\n"
    advice = run(capsys, "check", written(tmp_path, "tal.csv", text))[1]
    assert "»python -m kpi add indicator FIL« eller »python -m kpi add area FIL«" in advice


def test_it_needs_a_name(capsys: Captured, tmp_path: Path) -> None:
    code, _, err = run(capsys, "add", "area", written(tmp_path, "nye.csv", AREA))
    assert (code, "(--by)" in err) == (1, True)


def test_the_columns_are_in_the_help(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        run(capsys, "add", "--help")
    help_text = " ".join(capsys.readouterr().out.split())
    assert "Skal udfyldes for nye: tema, navn, slags, enhed, definition." in help_text


def test_what_was_added_is_removed_for_good(capsys: Captured, tmp_path: Path, home: Path) -> None:
    run(capsys, "add", "source", written(tmp_path, "nye.csv", SOURCE), "--by", "Anna")
    said = ("--by", "Eva", "--why", "Bedt om det")
    code, text, _ = run(capsys, "purge", "--entry", "1", *said)
    assert (code, "Registrering nr. 1 er slettet for altid." in text) == (0, True)
    (entry,) = answer(capsys, "entries")["entries"]
    assert (entry["rows"], entry["origin"], entry["withdrawn_by"]) == ({}, "(slettet)", "Eva")
    assert "slettet  Teksten er slettet for altid" in run(capsys, "entries")[1]
    (home / "packs").mkdir(exist_ok=True)
    (home / "packs" / "x.json").write_text("{}", encoding="utf-8")
    assert answer(capsys, "purge", "--pack", "x", *said) == {"left": []}
    kept = new_draft("Om Anna", Choice("aarhus"), date(2026, 1, 2), home)
    assert answer(capsys, "purge", "--draft", kept.draft_id, *said) == {"left": []}
    assert drafts(home) == []
    assert run(capsys, "purge", *said)[0] == 2
    assert run(capsys, "purge", "1", "--entry", "1", *said)[0] == 2
