"""Words that say figures are not final are never passed by where they are stored as final."""

import pytest

from tests.kpi.ingest.checked import Desk

RATE = "employment_rate"
ROWS = "Kommune;År;Andel\nAarhus;2022;71,5\nOdense;2022;70,5\n"


def _asked(real: Desk, text: str, name: str = "udtræk.csv") -> list[tuple[int | None, str | None]]:
    checked = real.check(text, name=name, indicator_id=RATE)
    return [
        (problem.row, problem.column) for problem in checked.problems
        if problem.code == "text_words" and "endelig" in problem.message
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"Foreløbige tal\n\n{ROWS}", (1, None)),
        (f"Beskæftigelse, ikke endelige tal\n\n{ROWS}", (1, None)),
        (f"{ROWS}\n* Tal for 2022 er foreløbige\n", (5, None)),
        # The mark that it would be the meaning of is at none of the figures.
        (f"{ROWS}\n* Foreløbige tal\n", (5, None)),
        (f"1) Foreløbige tal.\n\n{ROWS}", (1, None)),
        (ROWS.replace("Andel", "Andel (foreløbig)"), (None, "Andel (foreløbig)")),
        (ROWS.replace("Andel\n", "Andel;note\n").replace("71,5", "71,5;foreløbigt tal")
         .replace("70,5", "70,5;"), (2, "note")),
    ],
)  # fmt: skip
def test_not_final(real: Desk, text: str, place: tuple[int | None, str | None]) -> None:
    assert _asked(real, text) == [place]


def test_a_note_that_is_asked_about_is_not_also_said_to_need_nothing(real: Desk) -> None:
    checked = real.check(f"{ROWS}\nNote: Tallene er foreløbige\n", indicator_id=RATE)
    assert [problem.code for problem in checked.problems if problem.row == 5] == ["text_words"]


def test_the_name_of_the_file(real: Desk) -> None:
    assert _asked(real, ROWS, "beskaeftigelse_foreloebig.csv") == [(None, None)]


@pytest.mark.parametrize(
    "text",
    [
        ROWS,
        f"Endelige tal\n\n{ROWS}",
        f"{ROWS}\n* foreløbigt tal\n",  # of a figure with the mark, and there is none
        f"{ROWS}\nDe foreløbige tal er erstattet af endelige\n",
        f"{ROWS}\nKilde: Foreløbig udgivelse fra Danmarks Statistik\n",
        f"{ROWS.replace('2022', '2022*')}\n* Foreløbige tal\n",  # stored so
        "Foreløbige tal\n\nKommune;År;Andel;status\nAarhus;2022;71,5;foreløbig\n",
    ],
)
def test_what_is_not_asked_about(real: Desk, text: str) -> None:
    assert _asked(real, text) == []


@pytest.mark.parametrize(
    ("column", "label"),
    [("FREKVENS", "Erhvervsfrekvens"), ("frequency", "Activity rate"), ("Mål", "Bruttoledighed")],
)
def test_a_neighbouring_measure_in_a_column_is_an_error(
    real: Desk, column: str, label: str
) -> None:
    rows = f"Kommune;{column};År;Andel\nAarhus;{label};2022;71,5\nOdense;{label};2022;70,5\n"
    assert not real.check(rows, indicator_id=RATE).publishable


def test_years_of_accounts(real: Desk) -> None:
    rows = "Kommune;Regnskabsår;Beløb\nAarhus;R2024;450000\nAarhus;B2025;460000\n"
    checked = real.check(rows, indicator_id="nsk_budget")
    assert [change.period for change in checked.changes] == ["2024"]
    (problem,) = [problem for problem in checked.problems if problem.code == "unknown_period"]
    assert "skriv 2025" in problem.hint


UNSURE = (
    "skøn", "estimat", "spørgeskema", "spørgeskemaundersøgelse", "stikprøve",
    "brugerundersøgelse", "Survey", "interviews", "selvrapporteret", "AKU", "forårsskøn",
)  # fmt: skip


# Each word in one place, and all three places with four words at least.
@pytest.mark.parametrize(("number", "word"), list(enumerate(UNSURE)))
def test_how_figures_came_about(real: Desk, number: int, word: str) -> None:
    noted = ROWS.replace("Andel\n", "Andel;note\n").replace("71,5", f"71,5;{word}")
    places = (
        (f"Beskæftigelse, {word}\n\n{ROWS}", 1),
        (f"{ROWS}\nTallene er fra {word}\n", 5),
        (noted.replace("70,5", "70,5;"), 2),
    )
    # The first of them in all.
    for text, row in places if number == 0 else (places[number % len(places)],):
        checked = real.check(text, indicator_id=RATE)
        asked = [problem for problem in checked.problems if problem.code == "text_words"]
        assert [problem.row for problem in asked] == [row]
        assert "skriv »cirka« i status" in asked[0].hint


def test_figures_that_are_stored_as_approximate_are_not_asked_about(real: Desk) -> None:
    rows = "Kommune;År;Andel;status;note\nAarhus;2022;71,5;skøn;stikprøve\nOdense;2022;70,5;skøn;\n"
    checked = real.check(f"Beskæftigelse, stikprøve\n\n{rows}", indicator_id=RATE)
    assert [problem.code for problem in checked.problems if problem.code == "text_words"] == []


@pytest.mark.parametrize(
    "title",
    [
        "Prognose",
        "Befolkningsprognose",
        "Fremskrivning",
        "Beskæftigelsesfremskrivning",
        "Scenarier",
    ],
)
def test_forecasts(real: Desk, title: str) -> None:
    checked = real.check(f"{title} for beskæftigelse\n\n{ROWS}", indicator_id=RATE)
    assert "text_words" in [problem.code for problem in checked.problems]


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        ("skjult", True), ("må ikke vises", True), ("<5", True), ("under 5", True),
        ("mere end 30 %", True), ("skjulte talenter", False), ("under 5 år i landet", False),
        ("over landsgennemsnittet", False),
    ],
)  # fmt: skip
def test_a_note_that_a_figure_is_hidden_or_a_limit(real: Desk, note: str, is_asked: bool) -> None:
    noted = ROWS.replace("Andel\n", "Andel;note;status\n").replace("71,5", f"71,5;{note};endelig")
    for text in (noted, noted.replace("endelig", "mindst")):
        checked = real.check(text.replace("70,5", "70,5;;endelig"), indicator_id=RATE)
        asked = [p.row for p in checked.problems if "skjult eller kun en grænse" in p.message]
        assert asked == ([2] if is_asked and text is noted else []), text


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [("gennemsnit", True), ("median", True), ("over gennemsnittet i landet", False),
     ("fald", False)],
)  # fmt: skip
def test_a_note_of_a_word_or_two_is_read_as_a_head(real: Desk, note: str, is_asked: bool) -> None:
    noted = ROWS.replace("Andel\n", "Andel;note\n").replace("71,5", f"71,5;{note}")
    checked = real.check(noted.replace("70,5", "70,5;"), indicator_id=RATE)
    assert [p.row for p in checked.problems if p.code == "text_words"] == [2] * is_asked


def test_a_note_to_a_figure_that_is_missing(real: Desk) -> None:
    rows = "Kommune;År;Andel;note\nAarhus;2022;;mangler data\nOdense;2022;70,5;\n"
    checked = real.check(rows, indicator_id=RATE)
    assert not [p for p in checked.problems if p.code == "text_words"]
