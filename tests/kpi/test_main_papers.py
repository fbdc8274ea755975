"""The command line's papers: slides, annexes, pictures and packs."""

from pathlib import Path

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from kpi.export import browser
from tests.kpi.commands import Captured, answer, run


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_a_paper_needs_no_browser(
    capsys: Captured, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    out = tmp_path / f"papir.{kind}"
    written = answer(capsys, "export", kind, "--meeting", "sbu_2024_06_26", "--theme", "employment",
                   "--out", str(out))  # fmt: skip
    assert list(written) == ["files", "exhibits", "as_of", "version", "missing"]
    assert (written["files"], written["missing"]) == ([str(out)], None)
    # Of the meeting's own day.
    assert (written["as_of"], written["version"]) == ("2024-06-26", "indlæsning 1-3")
    assert "udvikling-employment_rate-all" in written["exhibits"]
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("kind", "name"), [("xlsx", "tal-2024-06-26.xlsx"),
                                            ("pptx", "oplaeg-2024-06-26.pptx")])  # fmt: skip
def test_a_folder_takes_a_paper_by_the_pages_name(
    capsys: Captured, tmp_path: Path, kind: str, name: str
) -> None:
    """A folder that is there, and one that is only written as a folder."""
    chosen = ["--indicator", "nsk_cases", "--as-of", "2025-03-19", "--meeting", "sbu_2024_06_26"]
    for folder in (str(tmp_path), f"{tmp_path}/ny/mappe/"):
        written = answer(capsys, "export", kind, *chosen, "--out", folder)
        assert written["files"] == [str(Path(folder) / name)]
        assert Path(folder, name).read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("command", [["export", "csv"], ["refresh", "papir.pptx"]])
def test_what_is_one_file_is_not_written_to_a_folder(
    capsys: Captured, tmp_path: Path, command: list[str]
) -> None:
    code, _, err = run(capsys, *command, "--out", f"{tmp_path}/ny/")
    assert (code, err) == (
        1, f"Filen kan ikke gemmes: »{tmp_path}/ny« er en mappe. Skriv et filnavn.\n"
    )  # fmt: skip
    assert not (tmp_path / "ny").exists()


@pytest.mark.usefixtures("home")
def test_a_day_goes_before_the_meetings_own(capsys: Captured, tmp_path: Path) -> None:
    out = str(tmp_path / "papir.xlsx")
    arguments = ["--meeting", "sbu_2024_06_26", "--as-of", "2025-03-19", "--out", out]
    code, printed, err = run(capsys, "export", "xlsx", "--indicator", "nsk_cases", *arguments)
    assert (code, err) == (0, "")
    assert printed == f"{out} er skrevet med 1 figur. Data som kendt 19. marts 2025.\n"


@pytest.mark.usefixtures("home")
def test_a_chosen_figure_that_there_is_none_of_is_named(capsys: Captured, tmp_path: Path) -> None:
    chosen = ["--indicator", "self_sufficiency_rate", "--indicator", "nsk_cases"]
    out = ["--meeting", "sbu_2024_06_26", "--out", str(tmp_path / "papir.xlsx")]
    said = run(capsys, "export", "xlsx", *chosen, *out)[1]
    assert said.splitlines()[1].startswith("Ingen figur af NSK-sager i Aarhus: ")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("flags", "is_told"), [([], True), (["--without-claims"], False)])
def test_the_papers_own_numbers_can_be_left_out(
    capsys: Captured, tmp_path: Path, flags: list[str], is_told: bool
) -> None:
    out = tmp_path / "papir.xlsx"
    answer(capsys, "export", "xlsx", "--indicator", "school_absence", "--out", str(out), *flags)
    sheets = CalamineWorkbook.from_path(str(out)).sheet_names
    assert ("Regnetjek" in sheets) is is_told


@pytest.mark.usefixtures("home")
def test_the_area_is_the_setting_unless_it_is_named(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_AREA", "tilst")
    out = ["--out", str(tmp_path / "papir.xlsx")]
    code, _, err = run(capsys, "export", "xlsx", *out)
    assert (code, err.partition(":")[0]) == (1, "Ingen figurer")
    assert answer(capsys, "export", "xlsx", *out, "--area", "gellerup")["exhibits"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        ("--theme language", 2),
        ("--theme language --theme social_control", 6),
        ("--theme language --indicator nsk_cases", 1),  # the narrower one holds
        ("--meeting sbu_2024_06_26", 1471),
        ("--meeting sbu_2024_06_26 --as-of 2025-03-10", 1478),
    ],
)
def test_csv_of_a_theme_or_a_meeting(capsys: Captured, arguments: str, rows: int) -> None:
    code, out, err = run(capsys, "export", "csv", *arguments.split())
    assert (code, err) == (0, "")
    assert len(out.splitlines()) - 1 == rows


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "pack"])
def test_without_a_browser_a_picture_says_what_to_install(
    capsys: Captured, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    out = tmp_path / "ud"
    code, _, err = run(capsys, "export", kind, "--indicator", "nsk_cases", "--out", str(out))
    assert code == 1
    assert err.startswith("Billedet kan ikke tegnes: ")
    assert list(tmp_path.glob("ud*")) == []


@pytest.mark.usefixtures("home")
def test_slides_of_nothing_chosen_are_those_that_the_page_offers(
    capsys: Captured, tmp_path: Path
) -> None:
    out = ["--meeting", "sbu_2025_03_19", "--out", str(tmp_path / "papir.pptx")]
    code, said, _ = run(capsys, "export", "pptx", *out)
    assert code == 0
    assert "er skrevet med 8 figurer" in said
    assert "Vælg dem med --theme eller --indicator." in said
    assert len(Presentation(str(tmp_path / "papir.pptx")).slides) <= 12
    chosen = answer(capsys, "export", "pptx", "--theme", "employment", *out)["exhibits"]
    everything = answer(capsys, "export", "xlsx", "--meeting", "sbu_2025_03_19",
                        "--out", str(tmp_path / "tal.xlsx"))["exhibits"]  # fmt: skip
    assert chosen == [key for key in everything if key in chosen]
    assert len(chosen) == 6
