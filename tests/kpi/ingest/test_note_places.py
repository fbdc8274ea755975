"""A note that names another area than that of its row is asked about."""

from tests.kpi.ingest.checked import Desk
from tests.tiers import some

HEAD = "nøgletal;område;periode;værdi;note\n"
# The area of the row, its note, and whether it is asked about.
NOTES = [
    ("Aarhus", "tal for Odense", True),
    ("Randers", "Odense", True),
    ("Vejle", "Odense Kommune", True),
    ("Horsens", "OBS: Odenses tal", True),
    ("Viborg", "fra Odense og Aarhus", True),
    ("Kolding", "samme som Odense", True),
    ("Favrskov", "inkl. Aarhus", True),
    ("Gellerup", "tal for Aarhus", True),
    ("Hele landet", "kun Aarhus", False),  # asked about as what leaves some out
    ("Aalborg", "gælder Region Nordjylland", True),
    ("Nyborg", "Hele landet", True),
    ("Assens", "landstal", True),
    ("Hele landet", "Landstal", False),
    ("Region Sjælland", "regionstal", False),
    ("Odense", "Tal for Odense", False),
    ("Esbjerg", "Højere end Odense", False),
    ("Faxe", "Kilde: Odense Kommune", False),
    ("Silkeborg", "Se også notatet om Odense", False),
    ("Syddjurs", "Region Midtjylland", False),
    ("Skanderborg", "Vejen til job", False),
    ("Norddjurs", "tal for 2025", False),
    ("Region Syddanmark", "inkl. Odense", False),
]


def asked(desk: Desk, *notes: tuple[str, str]) -> list[int | None]:
    """The rows that are asked about, of a file with these areas and notes."""
    rows = [f"employment_rate;{area};2022;70,5;{note}\n" for area, note in notes]
    problems = desk.check(HEAD + "".join(rows)).problems
    return [p.row for p in problems if "men tallet gemmes for" in p.message]


def test_notes_that_name_areas(real: Desk) -> None:
    named = [(area, note) for area, note, is_asked in NOTES if is_asked]
    for area, note in some(named, 2):
        assert asked(real, (area, note)) == [2], (area, note)
    # All of them in one file are one question, with how many rows it is of.
    rows = "".join(f"employment_rate;{area};2022;70,5;{note}\n" for area, note in named)
    (problem,) = [p for p in real.check(HEAD + rows).problems if "gemmes for" in p.message]
    assert f"Det gælder {len(named)} rækker." in problem.message


def test_notes_that_name_none_or_their_own(real: Desk) -> None:
    """All in one file, as nothing is said of any."""
    assert asked(real, *((area, note) for area, note, is_asked in NOTES if not is_asked)) == []


def test_notes_of_several_rows_are_counted(real: Desk) -> None:
    rows = "".join(
        f"employment_rate;{area};2022;70,5;Odense\n" for area in ("Aarhus", "Odense", "Vejle")
    )
    (problem,) = [p for p in real.check(HEAD + rows).problems if "gemmes for" in p.message]
    assert "Det gælder 2 rækker." in problem.message


def test_where_an_area_lies_is_no_other_area(real: Desk) -> None:
    rows = "school_absence;Gellerup;2024/2025;9,1;Aarhus\n"
    assert not any("gemmes for" in p.message for p in real.check(HEAD + rows).problems)


ROWS = "Kommune;År;Andel\nAarhus;2022;70,5\nOdense;2022;68,5\n"


def test_lines_that_take_one_areas_figure_back(real: Desk) -> None:
    lines = {
        "Odense har ikke indberettet endnu": True,
        "Aarhus = Aarhus og Favrskov": True,
        "Aarhus omfatter også Favrskov": True,
        "Odense står med Aarhus' tal": True,
        "Omfatter Aarhus og Odense": False,
        "Randers rettes senere": False,  # no row is of Randers
        "Odense og Aarhus er de største byer": False,
        "Kilde: Odense har ikke offentliggjort tallene andre steder": False,
        "Aarhus Kommune, Sociale Forhold": False,
        "Christiansø er ikke med": False,
    }
    for line, is_asked in lines.items():
        checked = real.check(f"{ROWS}\n{line}\n", indicator_id="employment_rate")
        asked = [p for p in checked.problems if p.code == "text_words"]
        assert bool(asked) is is_asked, line
        assert all(line in p.message for p in asked)
