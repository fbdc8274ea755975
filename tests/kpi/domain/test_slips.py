"""A suggestion is for a slip of the hand, and never points at another real thing."""

import csv
import re
import string
from itertools import permutations
from pathlib import Path

from kpi.domain.slips import is_place, is_slip
from tests.tables import for_each

DATA = Path(__file__).resolve().parents[3] / "data"
PLACES = (
    (DATA.parent / "kpi" / "domain" / "danish_places.txt").read_text(encoding="utf-8").splitlines()
)


def names(table: str, *columns: str) -> list[str]:
    """The names of a table of data/, each once."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return list(dict.fromkeys(row[column] for row in rows for column in columns if row[column]))


AREAS = names("area", "name")
GROUPS = names("population_group", "name")
INDICATORS = names("indicator", "name", "short_name")


@for_each(
    ("wanted", "known"),
    [
        ("Århuss", "Aarhus"),
        ("Aahrus", "Aarhus"),  # swapped
        ("Arhus", "Aarhus"),
        ("ÅRHUS", "Aarhus"),
        ("Gelerup", "Gellerup"),
        ("Koebenhavn", "København"),
        ("Kobenhavn", "København"),
        ("VibySyd", "Viby Syd"),
        ("Viby-Syd", "Viby Syd"),
        ("Lyngby Taarbaek", "Lyngby-Taarbæk"),
        ("Udskolling", "Udskoling"),
        ("Ikke-vestlig bagrund", "Ikke-vestlig baggrund"),
        ("Selvforsorgelsegrad", "Selvforsørgelsesgrad"),
        ("Unikke sager med NSK vejleder", "Unikke sager med NSK-vejleder"),
        ("employment_rat", "employment_rate"),
    ],
)
def test_a_slip_of_the_hand(wanted: str, known: str) -> None:
    assert is_slip(wanted, known)


@for_each(
    ("wanted", "known"),
    [
        ("Indskoling", "Udskoling"),
        ("Frydenlund", "Frederikssund"),
        ("Langkærparken", "Lemvig"),
        ("Harlev", "Herlev"),  # a letter apart, and both are places
        ("Hellerup", "Gellerup"),
        ("Viby", "Viby Syd"),
        ("Viby Nord", "Viby Syd"),
        ("Aarhus Domsogn", "Aarhus"),
        ("Ufaglært", "Faglært"),
        ("Inaktive", "Aktive"),
        ("Udvandrere", "Indvandrere"),
        ("Fraflyttede", "Tilflyttede"),
        ("Kvinder", "Mænd"),
        ("18-64 år", "16-64 år"),
        ("Beskæftigelsesfrekvens 16-66 år", "Beskæftigelsesfrekvens 16-64 år"),
        ("Skole 2", "Skole 1"),
        ("2023", "2022"),
        ("Østjylland", "Vestjylland"),
        ("Ikke-vestlig baggrund", "Vestlig baggrund"),
        ("Ry", "By"),
        ("Kontanthjælpsmodtagere", "Selvforsørgelsesgrad"),
        ("Dagpengemodtagere", "Sygedagpengemodtagere"),
        ("", "Aarhus"),
        ("?", "Aarhus"),
    ],
)
def test_another_real_thing_is_no_slip(wanted: str, known: str) -> None:
    assert not is_slip(wanted, known)


def test_no_real_name_is_a_slip_for_another() -> None:
    """Places that Spor does not follow beside the ones it does; groups; indicators."""
    assert not [(w, k) for w in PLACES for k in AREAS if w != k and is_slip(w, k)]
    assert not [pair for pair in permutations(AREAS, 2) if is_slip(*pair)]
    assert not [pair for pair in permutations([*GROUPS, "Indskoling"], 2) if is_slip(*pair)]
    # These two are the long and the short name of the same indicator.
    twins = {"Familier med børn i fritidsjob", "Familier med barn i fritidsjob"}
    alike = [set(pair) for pair in permutations(INDICATORS, 2) if is_slip(*pair)]
    assert [pair for pair in alike if pair != twins] == []


def test_every_single_slip_of_a_known_name_is_suggested() -> None:
    """A letter left out, doubled, changed or swapped, in every word that is long enough."""
    missed = []
    for name in [*AREAS, *GROUPS, "Indskoling"]:
        for place, letter in enumerate(name):
            if not letter.isalpha():
                continue
            swapped = name[:place] + name[place + 1 : place + 2] + letter + name[place + 2 :]
            changed = string.ascii_lowercase[(string.ascii_lowercase.find(letter) + 3) % 26]
            slips = [
                name[:place] + name[place + 1 :],
                name[:place] + letter + name[place:],
                name[:place] + changed + name[place + 1 :],
                swapped if name[place + 1 : place + 2].isalpha() else name,
            ]
            before, after = re.findall(r"^.*?(\w*)$", name[:place]), re.match(r"\w*", name[place:])
            assert after
            word = before[0] + after[0]
            # The first letter of "under" left out may be an opposite taken away.
            slips = slips[1:] if word == after[0] and letter.casefold() == "u" else slips
            missed += [
                (slip, name)
                for slip in slips
                if len(word) > 4 and not is_place(slip) and not is_slip(slip, name)
            ]
    assert missed == []
