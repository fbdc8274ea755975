"""Files as people have met them, on the page: the same answers as tests/kpi/ingest/test_cases.py.

Of each file what a person reads: the title, and words of the table of problems or around it.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kpi.store.uploads import recipe_folders
from tests.pages.test_indlaes_queue import queue
from tests.pages.upload_page import assert_no_fault, button, cells, choose, hand_in
from tests.pages.visit import open_page, texts_of, title_of

CASES = Path(__file__).resolve().parents[1] / "kpi" / "ingest" / "cases"
_ASKED = "Ét spørgsmål skal besvares, før filen kan udgives"
_WHICH = "Vælg det nøgletal, som filen er om"
_ONE = "Ét nyt tal er klar til udgivelse"

# Of each case the title and what is said; `!` before what must not be said.
SAID: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "01": ("Fire nye tal er klar til udgivelse", ("»¹«", "»²«", "12,4 %", "!12,41", "!752")),
    "03": (_ASKED, ("Alle 4 tal er højst 1. Er tallene andele (0-1)?", "Gang med 100")),
    "05": ("Tre fejl skal rettes, før filen kan udgives",
           ("kan læses på to måder", "Vælg filens decimaltegn ovenfor.", "Komma (1.234,5)",
            "!1.803 ·")),
    "07": ("Tre nye tal er klar til udgivelse", ("januar 2025", "!1. januar 2025")),
    "08": ("Tre nye tal er klar til udgivelse", ("2 skjulte rækker er læst med",)),
    "13": ("Fire nye tal er klar til udgivelse", ("56,2 % (foreløbig)", "skjult")),
    "14": ("To nye tal er klar; to fejl skal rettes, før filen kan udgives",
           ("»-« kan betyde 0, eller at tallet mangler.", "vælg i opskriften, hvad »-« betyder",
            "En streg (-) betyder")),
    "17": (_WHICH, ("Filen har to mål. Hvilket er det?", "Andel", "Antal", "!står også i række")),
    "20": (_WHICH, ("område i »GEO«, periode i »TIME_PERIOD«, tallet i »OBS_VALUE« og status i "
                    "»OBS_STATUS«",)),
    "21": (_ONE, ("vores skabelon (Excel)", "56,3 %")),
    "24": (_ONE, ("vores skabelon (CSV, tabulator, Windows-1252)", "56,3 %")),
    "25": ("Fem nye tal er klar til udgivelse", ("72,2 %", "62,2 %", "!Advarsel")),
    "26-footer-notes.csv": (_ONE, ("Rækkerne 4-5 er tekst under tabellen og springes over.",)),
    "26-footer-notes.xlsx": (_ONE, ("Rækkerne 6-7 er tekst under tabellen og springes over.",)),
    "28": (_ASKED, ("Alle 2 tal er højst 1", "Gang med 100", "en sum af de andre")),
    "32": ("Filen kan ikke læses", ("Filen er gemt med forkert tegnsæt", "UTF-8")),
    "35": ("To nye tal er klar; én fejl skal rettes, før filen kan udgives",
           ("Er »F« et foreløbigt tal, så skriv »foreløbig«.", "!final", "!preliminary")),
    "36": ("Ét navn kendes ikke: Opret det, eller ret filen", ("Opret nøgletal",)),
    "37": ("To fejl skal rettes, før filen kan udgives", ("Opret område", "!Frederikssund")),
    "38": ("To fejl skal rettes, før filen kan udgives",
           ("Opret gruppe", "Opret kilde", "!Udskoling")),
    "40": (_ONE, ("værdi (pct.)", "!»område«")),
    "41": ("Otte nye tal er klar; tre fejl skal rettes, før filen kan udgives",
           ("»*« efter tallet er et mærke", "Skriv 0 eller .. i feltet", "ikke oplyst",
            "!Skriv tallet med cifre og ét decimaltegn.")),
    "43": ("To nye tal er klar; seks fejl skal rettes, før filen kan udgives",
           ("Mente du »Aarhus«?", "Mente du »Udskoling«?", "Skriv 2025/2026 for et skoleår",
            "Slet mærket.", "står også i række 8", "står også i række 7")),
}  # fmt: skip
_IN_QUEUE = {
    "03": "1 spørgsmål", "05": "3 fejl", "12": "mangler en opskrift", "25": "klar",
    "32": "kan ikke læses", "40": "2 advarsler", "43": "6 fejl",
}  # fmt: skip
# One of each kind of answer, and the table with the most problems. Of the others
# `make test` asks the check alone (tests/kpi/ingest/test_cases.py).
_AT_ONCE = frozenset(("01", "03", "14", "17", "25", "32", "36", "43"))
# Those whose trouble is a recipe that is there already.
_OF_RECIPES = frozenset(("10", "11", "12"))


def _path(case: str) -> Path:
    (path,) = (path for path in CASES.glob(f"{case}*") if path.suffix != ".toml")
    return path


def _read_on_page(path: Path) -> tuple[str, str]:
    app = hand_in(open_page("indlaes"), path.name, path.read_bytes())
    assert_no_fault(app)
    words = [texts_of(app)]
    words += [text for alt in ("Problemer", "Tal, der", "Filens") for text in _table(app, alt)]
    words += [each.label for each in [*app.button, *app.selectbox, *app.button_group]]
    words += [option for each in app.button_group for option in each.options]
    return title_of(app), "\n".join(words)


def _table(app: object, alt: str) -> list[str]:
    try:
        return [cell for row in cells(app, alt) for cell in row]  # type: ignore[arg-type]
    except ValueError:  # no such table, or two
        return []


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case in _AT_ONCE else pytest.mark.soak) for case in SAID],
)
def test_the_page_answers_each_case(case: str) -> None:
    title, words = _read_on_page(_path(case))
    expected, said = SAID[case]
    assert title == expected
    missing = [text for text in said if not text.startswith("!") and text not in words]
    assert not missing, words
    assert not [text for text in said if text.startswith("!") and text[1:] in words]


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_all_cases_in_one_zip_have_each_their_own_finding() -> None:
    files = sorted(path for path in CASES.iterdir() if path.suffix != ".toml")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in files:
            archive.writestr(f"mappe/{path.name}", path.read_bytes())
    app = hand_in(open_page("indlaes"), "alt.zip", out.getvalue())
    assert_no_fault(app)
    findings = dict(queue(app))
    assert [*findings] == [f"mappe/{path.name}" for path in files]
    assert {name[6:8]: findings[name] for name in findings if name[6:8] in _IN_QUEUE} == _IN_QUEUE


def test_no_case_is_left_out() -> None:
    numbers = {path.name[:2] for path in CASES.iterdir()}
    assert numbers == {case[:2] for case in SAID} | _OF_RECIPES


@pytest.mark.parametrize("case", ["10", "11"])
def test_a_recipe_that_fits_the_columns_alone_changes_no_meaning(home: Path, case: str) -> None:
    folder = recipe_folders(home)[1]
    folder.mkdir(exist_ok=True)
    recipe = (CASES / f"{case}-recipe.toml").read_text(encoding="utf-8")
    (folder / "gemt.toml").write_text(recipe, encoding="utf-8")
    path = _path(case)
    app = hand_in(open_page("indlaes"), path.name, path.read_bytes())
    if case == "11":  # each row says its indicator itself
        assert "Elevfravær · Hjemmeboende børn" in str(cells(app, "Tal, der"))
        return
    assert title_of(app) == _WHICH
    assert "passer til kolonnerne. Spor kan ikke se" in texts_of(app)
    button(app, "Brug opskriften").click().run()
    assert_no_fault(app)
    assert title_of(app) == "Fire nye tal er klar; én fejl skal rettes, før filen kan udgives"
    first, *_ = cells(app, "Problemer i filen")
    assert first[2:5] == [
        "Herkomst", "Dansk",
        "Kolonnen siger »Dansk«, men tallene gemmes som »Ikke-vestlig baggrund«.",
    ]  # fmt: skip
    assert "Selvforsørgelsesgrad · Ikke-vestlig baggrund" in str(cells(app, "Tal, der"))


def test_a_recipe_is_not_used_unasked_for_another_measure(home: Path) -> None:
    first = _path("12-first")
    app = hand_in(open_page("indlaes"), first.name, first.read_bytes())
    choose(app, "Nøgletal", "workshops_held")
    choose(app, "Kilde", "own_upload")
    button(app, "Gem opskriften, og læs filen med den").click().run()
    assert title_of(app) == "18 nye tal er klar til udgivelse"
    assert [*recipe_folders(home)[1].glob("*.toml")]
    other = _path("12-other")
    app = hand_in(open_page("indlaes"), other.name, other.read_bytes())
    assert title_of(app) == _WHICH
    assert (
        "»Sanktioner, antal berørte personer«. Filen siger »Personer på kontanthjælp, antal«"
        in (texts_of(app))
    )
    assert [each.label for each in app.button if each.label.startswith("Brug")] == [
        "Brug opskriften alligevel"
    ]
