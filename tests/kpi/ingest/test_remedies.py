"""What people write that is no figure, period, group or area: the remedy says what to do."""

from pathlib import Path
from typing import Any

import pytest

from kpi.ingest.words.labels import group_guess
from kpi.store import Store
from tests.kpi.ingest.checked import Desk, codes
from tests.tables import for_each

RATE = "employment_rate"
HEAD = "Område;År;Andel\n"


@pytest.fixture(scope="module")
def shipped_desk(shipped_home: Path) -> Desk:
    """All indicators, groups and areas that Spor is shipped with."""
    return Desk.of(shipped_home)


def _of_periods(period: str) -> str:
    return f"{HEAD}Aarhus;{period};74,9\n"


@for_each(
    ("content", "words"),
    [
        # a column too narrow for its content, copied as text
        (_of_periods("####"), "for smal til indholdet. Gør kolonnen bredere"),
        (f"{HEAD}Aarhus;2022;####\nOdense;2022;70,1\n", "for smal til indholdet. Gør kolonnen"),
        (f"{HEAD}###;2022;74,9\nOdense;2022;70,1\n", "for smal til indholdet. Gør kolonnen"),
        # weeks
        (_of_periods("2024-W53"), "ingen uge 53 i 2024, som har 52 uger. Skriv 2024U52"),
        (_of_periods("uge 53 2024"), "UGE.NR"),
        (_of_periods("Uge 60 2024"), "Der er ingen uge 60 i 2024. Skriv for eksempel 2024U05"),
        (_of_periods("u. 3, 2025"), "Skriv 2025U03 for uge 3 i 2025."),
        (_of_periods("uge 12"), "Ugen mangler sit år."),
        # lines that are no rows
        (f"{HEAD}Aarhus;2022;74,9\nKvinder\nOdense;2022;70,1\n", "»Kvinder« står alene mellem"),
        (f"{HEAD}Aarhus;2022;74,9\n--- databrud ---\nAarhus;2023;70,1\n", "»brud i serien«"),
        (f"{HEAD}Aarhus;2022;74,9\n--- databrud ---;;\nAarhus;2023;70,1\n", "»brud i serien«"),
        (f"{HEAD}Kvinder;;\nAarhus;2022;74,9\nMænd;;\nAarhus;2022;70,1\n", "»Kvinder« siger, hvad"),
        ("Område;2022;2023\nKvinder;;\nAarhus;74,9;70\n", "»Kvinder« siger, hvad tallene er for"),
        (f"{HEAD}Aarhus;2022\nOdense;2022;70,1\n", "Rækken har 2 felter, men tabellen har 3"),
    ],
)  # fmt: skip
def test_a_remedy_says_what_to_do(shipped_desk: Desk, content: str, words: str) -> None:
    errors = [
        p for p in shipped_desk.check(content, indicator_id=RATE).problems if p.severity == "error"
    ]
    assert any(words in f"{problem.message} {problem.hint}" for problem in errors), errors


# What sources call a group, and which it is.
GROUPS: list[tuple[str, str | None]] = [
    ("dansk herkomst", "danish"), ("Danskere", "danish"), ("etnisk danske", "danish"),
    ("Danish origin", "danish"), ("Danske kvinder", "danish_women"),
    ("Ikke vestlige lande", "non_western"), ("Non-western", "non_western"),
    ("ikkevestlig", "non_western"), ("ikke-vestl. herkomst", "non_western"),
    ("Kvinder, ikke-vestlige lande", "non_western_women"),
    ("Indv. fra ikke-vestlige lande", "non_western_immigrants"),
    ("Descendants from non-western countries", "non_western_descendants"),
    ("Indvandrere og efterk. fra ikke-vestlige lande", "non_western"),
    ("Vestlige lande", "western"), ("Western", "western"),
    # others, whatever they share with these
    ("Indvandrere fra vestlige lande", None), ("Mænd, ikke-vestlig", None),
    ("Ikke dansk", None), ("anden etnisk herkomst end dansk", None), ("Indvandrere", None),
    ("Danske statsborgere", None), ("Indskoling", None), ("Kvinder", None), ("Lande", None),
]  # fmt: skip


@for_each(("label", "group"), GROUPS)
def test_groups_as_sources_call_them(shipped: Store, label: str, group: str | None) -> None:
    assert group_guess(shipped.catalog())(label) == group


def test_the_remedy_names_the_group_that_is_meant(shipped_desk: Desk) -> None:
    meant = {label: group for label, group in GROUPS if group}
    rows = "".join(f"{RATE};Aarhus;2022;{label};50\n" for label in meant)
    problems = shipped_desk.check(f"nøgletal;område;periode;gruppe;værdi\n{rows}").problems
    unknown = {p.value or "": p.hint for p in problems if p.code == "unknown_group"}
    assert len(unknown) > len(meant) / 2
    for label, hint in unknown.items():
        name = shipped_desk.catalog.groups[meant[label]].name
        assert f"Mente du »{name}«?" in hint


# What people are called by and no known group is.
OPEN = {
    "MENAPT er Mellemøsten": ("MENAPT", "MENAPT-lande", "Ikke-MENAPT"),
    "hvem der er talt med": (
        "Nydanskere", "Nydansker", "tosprogede", "Indvandrere", "Efterkommere",
        "Indvandrere og efterkommere", "anden etnisk baggrund end dansk", "Etniske minoriteter",
        "ikke-danskere",
    ),
    "efter opholdsgrundlag": ("Flygtninge", "Udlændinge", "Udenlandske statsborgere", "Ukrainere"),
}  # fmt: skip


def test_a_word_that_leaves_open_who_is_counted_is_no_groups(shipped_desk: Desk) -> None:
    labels = [label for of_words in OPEN.values() for label in of_words]
    rows = "".join(f"{RATE};Aarhus;2022;{label};50\n" for label in labels)
    problems = shipped_desk.check(f"nøgletal;område;periode;gruppe;værdi\n{rows}").problems
    hints = {p.value: p.hint for p in problems if p.code == "unknown_group"}
    assert hints.keys() == set(labels)
    for words, of_words in OPEN.items():
        for label in of_words:
            assert words in hints[label], label
            assert "Mente du" not in hints[label]


def test_names_of_groups_are_guessed_as_themselves(shipped: Store) -> None:
    catalog = shipped.catalog()
    guess = group_guess(catalog)
    for group in catalog.groups.values():
        assert {guess(name) for name in (group.group_id, group.name, *group.aliases)} == {
            group.group_id
        }


@for_each(
    ("periods", "read"),
    [
        (("2022 i alt", "2023 i alt"), {"2022", "2023"}),
        (("2022", "I alt 2023"), {"2022", "2023"}),
        # beside parts of the year it is their sum
        (("2022K1", "2022K2", "2022 i alt"), {"2022K1", "2022K2"}),
        (("2022M11", "2022M12", "2023 i alt"), {"2022M11", "2022M12", "2023"}),
    ],
)
def test_a_year_in_all(shipped_desk: Desk, periods: tuple[str, ...], read: set[str]) -> None:
    rows = "".join(f"Aarhus;{period};7{at},9\n" for at, period in enumerate(periods))
    checked = shipped_desk.check(HEAD + rows, indicator_id=RATE)
    assert checked.publishable
    assert {change.period for change in checked.changes} == read


@for_each("head", ["Periode", "Tid", "Måned", "period", "Dato", "Kommune"])
def test_the_corner_is_called_as_the_heads(shipped_desk: Desk, head: str) -> None:
    text = f"{head};2022;2023\nAarhus;74,9;75,1\nOdense;72,1;72,3\n"
    changes = shipped_desk.check(text, indicator_id=RATE).changes
    assert [(c.area_id, c.period, c.new) for c in changes] == [
        ("aarhus", "2022", 74.9), ("aarhus", "2023", 75.1),
        ("odense", "2022", 72.1), ("odense", "2023", 72.3),
    ]  # fmt: skip


def test_a_column_of_periods_beside_heads_that_are_years_is_none(shipped_desk: Desk) -> None:
    for rows in ("45292;74,9;75,1\n", "maj;74,9;75,1\njuni;72,1;72,3\n", "2023;74,9;75,1\n"):
        assert not shipped_desk.check(f"Periode;2022;2023\n{rows}", indicator_id=RATE).changes


COUNTS = "Område;År;Beskæftigede;Befolkning;Andel\n"


@for_each(
    ("rows", "is_contradicted"),
    [
        ("Aarhus;2022;180000;240000;70,1\nOdense;2022;90000;130000;71,2\n", True),
        ("Aarhus;2022;180000;240000;75,0\nOdense;2022;90000;130000;69,2\n", False),
        # a share of something else
        ("Aarhus;2022;180000;240000;12,1\nOdense;2022;90000;130000;71,2\n", False),
        ("Aarhus;2022;180000;240000;70,1\n", False),
    ],
)
def test_a_share_beside_counts_that_it_is_not_of(
    shipped_desk: Desk, rows: str, is_contradicted: bool
) -> None:
    chosen: list[dict[str, Any]] = [{}, {"indicator_id": RATE}]
    for said in [*chosen, {"indicator_id": RATE, "measure": "Andel"}]:
        checked = shipped_desk.check(COUNTS + rows, **said)
        assert ("value_mismatch" in codes(checked)) is is_contradicted
        if is_contradicted:
            (problem,) = [p for p in checked.problems if p.code == "value_mismatch"]
            assert "180.000 af 240.000 er 75,0" in problem.message
            assert problem.severity == "warning"


@for_each(
    ("title", "indicator", "is_asked"),
    [
        ("Modtagere i alt i året", "cash_benefit_recipients", True),
        ("Modtagere, lagt sammen over årets måneder", "cash_benefit_recipients", True),
        ("Modtagere af kontanthjælp", "cash_benefit_recipients", False),
        ("Modtagere i alt", "cash_benefit_recipients", False),
        ("Underretninger i alt i året", "notifications_received", False),
    ],
)
def test_a_year_of_months_in_the_title(
    shipped_desk: Desk, title: str, indicator: str, is_asked: bool
) -> None:
    text = f"{title}\nnøgletal;område;periode;værdi\n{indicator};Aarhus;2022;5200\n"
    asked = [p.message for p in shipped_desk.check(text).problems if p.code == "text_words"]
    assert any("året" in m or "måneder" in m for m in asked) is is_asked
