"""Periods, names, marks and documents as programs and people write them, that mean one thing."""

import json

import pytest

from kpi.domain.catalog import Catalog
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.number_hints import number_hint
from kpi.ingest.words.numbers import MISSING, NOT_A_NUMBER, NUMBER, understand
from kpi.ingest.words.written_periods import is_period_name, period_of
from tests.kpi.ingest.checked import Desk, read
from tests.tables import for_each


@for_each(
    ("text", "period"),
    [
        # midnight in Denmark, by another clock; with summer time and without
        ("2024-04-30T22:00:00.000Z", "2024M05D01"), ("2023-12-31T23:00:00Z", "2024M01D01"),
        ("2024-05-01T00:00:00+02:00", "2024M05D01"), ("2024-05-01 00:00:00Z", "2024M05D01"),
        ("2024-04-30T23:00:00Z", None), ("2023-12-31T22:00:00Z", None),
        ("2024-04-30T12:00:00Z", None), ("9999-12-31T23:00:00Z", None),
        ("FY2024", "2024"), ("FY 2024", "2024"), ("FY24", "2024"), ("Regnskabsår 2024", "2024"),
        ("SY 2025-26", "2025/2026"), ("SY2025/26", "2025/2026"), ("SY 2025-27", None),
        ("School year 2024/2025", "2024/2025"), ("Skoleåret 2024/25", "2024/2025"),
        ("M01-2024", "2024M01"), ("M1 2024", "2024M01"), ("M12/2024", "2024M12"),
        ("M13-2024", None), ("24M01", "2024M01"), ("24M13", None), ("24K4", "2024K4"),
        ("24Q5", None), ("98H2", "1998H2"),
        ("Nov 1, 2024", "2024M11D01"), ("November 1st 2024", "2024M11D01"),
        ("Nov 31, 2024", None), ("1 Nov 2024", "2024M11D01"),
        ("1.-3. kvartal 2024", "2024M01:2024M09"), ("K1-K3 2024", "2024M01:2024M09"),
        ("1.-2. kvt. 2024", "2024H1"), ("3.-1. kvartal 2024", None), ("1.-5. kvartal 2024", None),
        # Decimals of a program's format, and the sign that keeps a number text.
        ("2024,00", "2024"), ("2024.000", "2024"), ("2024,01", None), ("2024.50", None),
        ("'2024", "2024"), ("'2024K1", "2024K1"), ("''2024", None), ("'24", None),
        ("1. kvtl 2024", "2024K1"), ("1.kvtl. 2024", "2024K1"), ("2024 2. kvart.", "2024K2"),
        ("5. kvtl 2024", None), ("W01/2024", "2024U01"), ("W54/2024", None),
        ("Hele 2024", "2024"), ("hele året 2024", "2024"), ("Helår 2024", "2024"),
        ("2024 hele året", "2024"), ("2024, helår", "2024"), ("2024 (hele året)", "2024"),
        ("halve 2024", None), ("2024 hele", None), ("hele 2024K1", None),
        ("md. 1 2024", "2024M01"), ("måned 12, 2024", "2024M12"), ("2024 måned 1", "2024M01"),
        ("2024-md01", "2024M01"), ("3. md. 2024", "2024M03"), ("2024 M 1", "2024M01"),
        ("måned 13 2024", None), ("måned 0 2024", None), ("3 måneder 2024", None),
        ("3 md. 2024", None), ("Januar måned 2024", "2024M01"), ("2024, maj måned", "2024M05"),
        ("måned 2024", None), ("1. tertial 2024", "2024M01:2024M04"),
        ("2024, 3. tertial", "2024M09:2024M12"), ("4. tertial 2024", None),
        ("31DEC2024:00:00:00", "2024M12D31"), ("31DEC2024:12:00:00", None), ("2024:00:00", None),
        ("12 mdr. til dec. 2024", "2024M01:2024M12R"),
        ("12 måneder frem til marts 2024", "2023M04:2024M03"),
        ("seneste 12 måneder, december 2024", "2024M01:2024M12R"), ("12 mdr. 2024", None),
        ("12 måneder pr. 1. januar 2024", None), ("12 måneder til 1. januar 2024", None),
        ("11 måneder til dec. 2024", None), ("12 måneder til 2024K1", "2023M04:2024M03"),
        ("År 2024, K1", "2024K1"), ("Året 2024, marts", "2024M03"), ("År 2024, i alt", None),
    ],
)  # fmt: skip
def test_periods(text: str, period: str | None) -> None:
    read_period = period_of(text)
    assert (read_period.text if read_period else None) == period


@for_each("text", ["45M", "12 K1", "1024M01", "A24M01", "M1", "2024"])
def test_what_only_looks_like_a_month(text: str) -> None:
    assert is_period_name(text) is (text == "2024")


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("1082 Region Midtjylland", "region_midtjylland"), ("1082", "region_midtjylland"),
        ("1083 - Region Syddanmark", "region_syddanmark"), ("1751", None), ("1086", None),
        ("1082 Region Syddanmark", None), ("Kbh.", "koebenhavn"), ("Kbh", "koebenhavn"),
        ("Lyngby Kommune", "lyngby_taarbaek"), ("Lyngby", None), ("Faaborg Kommune", None),
        ("Frb.", "frederiksberg"), ("Fr.havn", "frederikshavn"), ("Fr.", None), ("Kb", None),
        # The word of a municipality shortened, in brackets, and first, as filters write it.
        ("Aarhus Komm.", "aarhus"), ("Aarhus kom", "aarhus"), ("Aarhus (kommune)", "aarhus"),
        ("Københavns Komm.", "koebenhavn"), ("Bornholms Regionskommune", "bornholm"),
        ("Aarhus, Kommune", "aarhus"), ("Kommune: Aarhus", "aarhus"), ("kommune_aarhus", "aarhus"),
        ("KOMMUNENAVN: ÅRHUS", "aarhus"), ("Kommunen Aarhus", "aarhus"), ("Kommune 751", "aarhus"),
        ("Område: Aarhus", "aarhus"), ("Område: Hele landet", "denmark"), ("Område Aarhus", None),
        ("Region: Midtjylland", "region_midtjylland"), ("Region: Aarhus", None),
        ("Kommune", None), ("Kommune: ", None), ("Kommuner: Aarhus", None), ("Komm.", None),
        ("Kommune 999", None), ("Telekom", None), ("Område: Område: Aarhus", "aarhus"),
        # A code with any sign before or after the name it belongs to.
        ("751, Aarhus", "aarhus"), ("751/Aarhus", "aarhus"), ("751.Aarhus", "aarhus"),
        ("Aarhus/751", "aarhus"), ("Aarhus, 751", "aarhus"), ("Aarhus: 751", "aarhus"),
        ("751/Odense", None), ("Aarhus/461", None), ("Aarhus, 461", None),
        ("'0751", "aarhus"), ("'Aarhus", "aarhus"), ("'", None), ("''751", None),
        ("Ringkøbing/Skjern", "ringkoebing_skjern"), ("Aarhus/Odense", None),
    ],
)  # fmt: skip
def test_names_and_codes_of_areas(real: Desk, text: str, area: str | None) -> None:
    catalog: Catalog = real.catalog
    assert area_lookup(catalog)(text) == area


@for_each(
    ("text", "meaning"),
    [
        ("\\N", MISSING), ("(null)", MISSING), ("<null>", MISSING), (".A", MISSING),
        (".z", MISSING), ("._", MISSING), ("(blank)", MISSING), ("#I/T", MISSING),
        (".AA", NOT_A_NUMBER), ("N", NOT_A_NUMBER), ("A.", NOT_A_NUMBER), ("(0)", NOT_A_NUMBER),
        # a rank or a line's number has fewer digits
        ("9999.", NUMBER), ("-9999.", NUMBER), ("999.", NUMBER), ("99.", NOT_A_NUMBER),
        ("9.", NOT_A_NUMBER), ("9999..", NOT_A_NUMBER), ("9.999.", NOT_A_NUMBER),
    ],
)  # fmt: skip
def test_marks_and_numbers_of_programs(text: str, meaning: str) -> None:
    assert understand(text).meaning == meaning


@pytest.mark.parametrize(
    "document",
    [
        {"Aarhus": {"2021": 71.5, "2022": 72.5}, "Odense": {"2021": 70.5, "2022": 70.25}},
        {"2021": {"Aarhus": 71.5, "Odense": 70.5}, "2022": {"Aarhus": 72.5, "Odense": 70.25}},
        {"0": {"kommune": "Aarhus", "2021": 71.5, "2022": 72.5},
         "1": {"kommune": "Odense", "2021": 70.5, "2022": 70.25}},
    ],
)  # fmt: skip
def test_tables_that_pandas_turns_to_objects(real: Desk, document: dict[str, object]) -> None:
    checked = real.check(json.dumps(document), name="x.json", indicator_id="employment_rate")
    rows = sorted((area, period, value) for area, _, period, value, _ in read(checked))
    assert rows == [
        ("aarhus", "2021", 71.5), ("aarhus", "2022", 72.5),
        ("odense", "2021", 70.5), ("odense", "2022", 70.25),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "is_error"),
    [(("1905",), True), (("1905", "2023"), True), (("1905M07D16",), True),
     (("1904", "1905"), False), (("1906M07", "1905M07"), False), (("1985", "2023"), False)],
)  # fmt: skip
def test_a_year_in_a_cell_with_a_format_of_dates(
    real: Desk, years: tuple[str, ...], is_error: bool
) -> None:
    rows = "".join(f"Aarhus;{year};71,{at}\n" for at, year in enumerate(years))
    checked = real.check(f"Kommune;Tid;Andel\n{rows}", indicator_id="employment_rate")
    messages = [problem.message for problem in checked.problems if problem.severity == "error"]
    assert any("1905" in message for message in messages) is is_error


@for_each(
    ("cell", "words"),
    [
        ("9,1k", "9.100"), ("9.1 K", "9.100"), ("45M", "45.000.000"), ("2,5 t", "2.500"),
        ("21 ud af 68", "68 i »nævner«"), ("21/68", "21 i »tæller«"), ("21 of 68", "21 i »tæller«"),
        ("4,1 %", "Er det et antal, så slet procenttegnet"), ("71.", "Slet punktummet: 71."),
        *((word, "skriv .. i feltet") for word in ("Ikke opgjort", "ej oplyst", "Ingen tal", "—")),
        *((word, "»skjult«") for word in ("For få svar", "**", "færre end fem", "Diskretion")),
        *((error, "skriv .. i cellen") for error in ("#N/A", "#I/T", "#DIV/0!", "Err:502")),
        ("'74,3", "Slet apostroffen"), ("'373'388", "Slet apostroffen"), ("'-", None),
        ("3,7 ↑", "Skriv 3,7, hvis"), ("▼3,7 %", "Skriv 3,7, hvis"), ("🟢 3,7", "Skriv 3,7, hvis"),
        ("–3,7", "skriv -3,7."), ("3,7 ± 0,2", "Skriv kun tallet: 3,7."),
        ("3,7 % (3,5-3,9)", "Skriv kun tallet: 3,7."),
        ("4,125k", None), ("21/", None), ("k", None), ("12 x", "status eller i noten"),
    ],
)  # fmt: skip
def test_what_to_write_in_place_of_a_cell(cell: str, words: str | None) -> None:
    hint = number_hint(cell)
    if words is not None:
        assert hint is not None
        assert words in hint[1]
    assert hint is None or "ud af" not in hint[0] or "68" in hint[0]


@for_each(
    ("text", "readings"),
    [
        ("72,91)", ("72,9", "72,91")), ("1.2341)", ("1.234", "1.2341")), ("721)", ("72", "721")),
        ("72,9)", ()), ("5)", ()), ("72,9 1)", ()), ("72,9*", ()), ("(72,9)", ()),
    ],
)  # fmt: skip
def test_a_note_that_is_glued_to_the_number(text: str, readings: tuple[str, ...]) -> None:
    """Without its parenthesis `72,91)` would be 72,91, and the figure may be 72,9."""
    hint = number_hint(text)
    assert hint is not None
    names_both = hint[1].startswith("Skriv ") and all(
        f"{reading}," in hint[1] for reading in readings
    )
    assert names_both is bool(readings)


def test_a_zero_with_a_minus_is_a_zero(real: Desk) -> None:
    checked = real.check("nøgletal;område;periode;værdi\nBeskæftigelse;Aarhus;2031;-0,0\n")
    (change,) = checked.changes
    assert str(change.new) == "0.0"
