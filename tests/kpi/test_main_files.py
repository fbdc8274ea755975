"""check and publish on the command line: ZIPs, the file of changes, and what is not there."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from kpi.store import open_store
from tests.kpi.commands import Captured, answer, run

HEADER = "nøgletal;område;periode;værdi\n"
GOOD = HEADER + "school_absence;Viby Syd;2025H1;9,1\n"
OTHER = HEADER + "school_absence;Gellerup;2025H1;9,3\n"


def zipped(folder: Path, files: dict[str, str]) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path = folder / "tal.zip"
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.usefixtures("home")
def test_a_file_of_a_zip_is_chosen_by_name(capsys: Captured, tmp_path: Path) -> None:
    path = str(zipped(tmp_path, {"a.csv": GOOD, "b.csv": OTHER}))
    code, out, _ = run(capsys, "check", path)
    assert code == 1
    assert (
        "ZIP-filen indeholder 2 filer. Vælg én af dem med --member NAVN: »a.csv« og »b.csv«." in out
    )
    checked = answer(capsys, "check", path, "--member", "b.csv")
    assert (checked["file"], checked["diff"]["changes"][0]["area_id"]) == ("b.csv", "gellerup")
    code, _, err = run(capsys, "check", path, "--member", "c.csv")
    assert code == 1
    assert "ZIP-filen har ingen fil med navnet »c.csv«." in err


def test_what_is_kept_of_a_zip_is_the_file(home: Path, capsys: Captured, tmp_path: Path) -> None:
    path = str(zipped(tmp_path, {"2025/a.csv": GOOD, "__MACOSX/._a.csv": "010190-1234"}))
    said = ("--by", "Mette", "--note", "Forår")
    code, out, _ = run(capsys, "publish", path, *said)
    assert (code, "Udgivet som indlæsning nr." in out) == (0, True)
    (kept,) = (home / "originals").iterdir()
    assert kept.read_text(encoding="utf-8") == GOOD
    assert open_store(home).batches()[0].original_name == "2025/a.csv"
    code, out, _ = run(capsys, "publish", path, *said)
    assert code == 0
    assert out.endswith("Der er intet at udgive: Filens ene tal er udgivet i forvejen.\n")


@pytest.mark.usefixtures("home")
def test_rows_that_are_not_used_are_not_said_to_be_published(
    capsys: Captured, tmp_path: Path
) -> None:
    path = tmp_path / "tal.csv"
    known = "programme_families;Gellerup;2024:2025M03;75\n"
    path.write_text(HEADER + known + "school_absence;Viby Syd;2025H1;\n", encoding="utf-8")
    code, out, _ = run(capsys, "publish", str(path), "--by", "Mette", "--note", "x")
    assert code == 0
    assert "1 tal i filen er udgivet i forvejen. 1 række bruges ikke." in out


@pytest.mark.usefixtures("home")
def test_every_change_is_written_on_request(capsys: Captured, tmp_path: Path) -> None:
    path, out = tmp_path / "tal.csv", tmp_path / "ændringer.csv"
    path.write_text(GOOD, encoding="utf-8")
    code, text, _ = run(capsys, "check", str(path), "--changes", str(out))
    assert (code, f"Ændringerne er skrevet til {out}." in text) == (0, True)
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig")), delimiter=";")
    assert (row["Række"], row["Område"], row["Efter"]) == ("2", "viby_syd", "9,1")
    path.write_text("ikke en tabel", encoding="utf-8")
    other = tmp_path / "intet.csv"
    assert run(capsys, "check", str(path), "--changes", str(other))[0] == 1
    assert not other.exists()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["findes ikke.csv", "mappe/findes ikke.xlsx"])
def test_a_missing_file_is_reported_in_danish(capsys: Captured, tmp_path: Path, name: str) -> None:
    code, out, err = run(capsys, "check", str(tmp_path / name))
    assert (code, out) == (2, "")
    assert err == (
        f"Filen kan ikke læses: »{Path(name).name}« findes ikke. Kontrollér navn og mappe.\n"
    )


@pytest.mark.usefixtures("home")
def test_a_file_is_removed_for_good(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "tal.csv"
    path.write_text(HEADER + "school_absence;Viby Syd;2031H1;9,1\n", encoding="utf-8")
    published = answer(capsys, "publish", str(path), "--by", "Ida", "--note", "x")
    batch = str(published["batch_id"])
    code, text, _ = run(capsys, "purge", batch, "--by", "Eva", "--why", "Bedt om det")
    assert code == 0
    assert f"Indlæsning nr. {batch} er slettet for altid: 1 original fil" in text
    assert "sikkerhedskopier" in text
    (gone, *_) = answer(capsys, "batches")["batches"]
    assert (gone["state"], gone["original_name"], gone["withdrawn_by"]) == ("purged", "", "Eva")
    assert "slettet" in run(capsys, "batches")[1]
    code, _, err = run(capsys, "purge", batch, "--by", "Eva", "--why", "Bedt om det")
    assert (code, "allerede slettet" in err) == (1, True)


@pytest.mark.parametrize("name", ["251248-4916", "2512484916", "25.12.48-4916", "x/251248-4916/y"])
def test_no_command_writes_to_a_path_with_a_personal_number(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    extract = tmp_path / "a.csv"
    extract.write_text(GOOD, encoding="utf-8")
    place = str(tmp_path / name)
    commands = (
        ("check", str(extract), "--changes", f"{place}.csv"),
        ("export", "csv", "--out", f"{place}.csv"),
        ("export", "pptx", "--out", f"{place}.pptx"),
        ("export", "png", "--out", place),
        ("backup", place),
    )
    for command in commands:
        code, out, err = run(capsys, *command)
        assert (code, out) == (2, ""), command
        assert "CPR-nummer" in err
        assert name not in err
    assert list(tmp_path.iterdir()) == [extract]
