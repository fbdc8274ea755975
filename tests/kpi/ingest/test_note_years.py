"""Notes that say their figure is another year's are asked about; those that explain are not."""

from kpi.ingest.checks.note_years import year_of_note
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each
from tests.tiers import some

HEAD = "nøgletal;område;periode;værdi;note\n"


@for_each(
    ("note", "year"),
    [
        ("2024-tal", 2024), ("2024 tal", 2024), ("Foreløbigt 2024-tal", 2024),
        ("tal fra 2023", 2023), ("Tallet er fra 2023.", 2023), ("data for året 2023", 2023),
        ("OBS: tallene gælder 2023", 2023), ("kopieret fra 2023", 2023),
        ("(seneste tal: 2023-tal)", None), ("2024", None), ("faldet siden 2023", None),
        ("Tal fra 2023 er revideret", None), ("uændret fra 2023", None), ("2024-priser", None),
        ("Ny opgørelsesmetode fra 2023", None), ("Reform i 2023", None), ("tal", None),
        ("Revideret i forhold til tal fra 2023", None), ("opdateret 2026", None),
    ],
)  # fmt: skip
def test_the_year_of_a_note(note: str, year: int | None) -> None:
    assert year_of_note(note) == year


def test_a_note_of_another_year_is_asked_about(real: Desk) -> None:
    cases = (
        ("2022", "tal fra 2021", True), ("2022", "2023-tal", True), ("2022", "", False),
        ("2021:2023", "2022-tal", False), ("2022M03", "2022-tal", False),
        ("2022", "2022-tal", False),
    )  # fmt: skip
    for period, note, is_asked in some(cases, 2):
        rows = f"employment_rate;Odense;2022;70,5;\nemployment_rate;Aarhus;{period};71,5;{note}\n"
        said = [p for p in real.check(HEAD + rows).problems if p.value == note and note]
        assert [p.row for p in said if p.code == "text_words"] == ([3] if is_asked else []), note
