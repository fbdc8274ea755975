"""Files as people have met them, on the command line: whether each can be published, and why."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.kpi.commands import Captured, run

_CASES = Path(__file__).parent / "ingest" / "cases"
# Of each case the exit code, and words of what is said; `!` before what must not be said.
_SAID: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "01": (0, ("(»¹«)", "(»²«)")),
    "03": (1, ("Er tallene andele (0-1)?", "--scale 100")),
    "05": (1, ("ambiguous_number", "--decimal comma")),
    "07": (0, ("2025M01", "!2025M01D01")),
    "08": (0, ("2 skjulte rækker er læst med",)),
    "10": (1, ("Kolonnen siger »Dansk«, men tallene gemmes som »Ikke-vestlig baggrund«",)),
    "11": (1, ("Kolonnen har 2 værdier, som opskriften ikke skelner mellem",)),
    "12-first": (1, ("Filen siger ikke, hvilket nøgletal tallene er",)),
    "12-other": (1, ("»Personer på kontanthjælp, antal« har ingen ord til", "--accept-recipe")),
    "13": (0, ("4 tal", "suppressed")),
    "14": (1, ('dash = "zero"', 'dash = "missing"')),
    "17": (1, ("har 2 mål: »Andel« og »Antal«. Vælg ét", "!duplicate_key")),
    "20": (0, ("5 tal", "!unknown_period")),
    "21": (0, ("1 nyt tal",)),
    "24": (0, ("1 nyt tal",)),
    "25": (0, ("6 tal", "!»område« mangler")),
    "26-footer-notes.csv": (0, ("Rækkerne 4-5 er tekst under tabellen og springes over",)),
    "26-footer-notes.xlsx": (0, ("Rækkerne 6-7 er tekst under tabellen og springes over",)),
    "28": (1, ("Er tallene andele (0-1)?", "en sum af de andre")),
    "32": (1, ("gemt med forkert tegnsæt: der står »nÃ¸gletal« for »nøgletal«", "UTF-8")),
    "35": (1, ("Status »F« kendes ikke", "!final", "!preliminary")),
    "36": (1, ("python -m kpi add indicator FIL",)),
    "37": (1, ("python -m kpi add area FIL", "!Frederikssund")),
    "38": (1, ("kpi add group FIL", "kpi add source FIL", "!Udskoling")),
    "40": (0, ("1 nyt tal", "!missing_column")),
    "41": (1, ("»*« efter tallet er et mærke", "Skriv 0 eller .. i feltet")),
    "43": (1, ("Mente du »Aarhus«?", "Mente du »Udskoling«?", "Skriv 2025/2026 for et skoleår")),
}  # fmt: skip
# The file that the recipe of case 12 was made from comes before it.
_WITHOUT_RECIPE = "12-first"
_AT_ONCE = frozenset(("01", "10"))


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case in _AT_ONCE else pytest.mark.soak) for case in _SAID],
)
def test_the_command_line_answers_each_case(
    case: str, built_home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(built_home))
    (path,) = (path for path in _CASES.glob(f"{case}*") if path.suffix != ".toml")
    recipe = _CASES / f"{case[:2]}-recipe.toml"
    is_read_by_it = recipe.exists() and case != _WITHOUT_RECIPE
    expected, said = _SAID[case]
    code, out, _ = run(
        capsys, "check", str(path), *(("--recipe", str(recipe)) if is_read_by_it else ())
    )
    assert code == expected, out
    assert not [text for text in said if not text.startswith("!") and text not in out], out
    assert not [text for text in said if text.startswith("!") and text[1:] in out], out


def test_no_case_is_left_out() -> None:
    files = {path.name for path in _CASES.iterdir() if path.suffix != ".toml"}
    assert all(any(name.startswith(case) for case in _SAID) for name in files)
