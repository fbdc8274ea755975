"""What a file is called: of a service only where something in it shows that."""

from tests.kpi.ingest.checked import Desk

_LABOUR = "Styrelsen for Arbejdsmarked og Rekruttering"
_EDUCATION = "Børne- og Undervisningsministeriet"
_CUBE = '{"version": "2.0", "class": "dataset", "label": "%s", "id": ["område", "tid"], '\
    '"size": [1, 1], "dimension": {"område": {"category": {"index": ["751"]}}, '\
    '"tid": {"category": {"index": ["2024"]}}}, "value": [7.5]}'  # fmt: skip
_ROWS = "Aarhus;2023;12,5\nOdense;2023;13,5\n"


def test_a_table_that_anybody_could_have_made_is_of_no_service(tiny: Desk) -> None:
    for name, content, label, publisher in (
        ("tal.csv", f"Område;Periode;Andel\n{_ROWS}", "CSV", ""),
        ("tal.csv", "Område;2023;2024\nAarhus;1;2\nOdense;3;4\n", "CSV", ""),
        ("y60a02.csv", f"Område;Periode;Andel\n{_ROWS}", "tabel fra jobindsats", _LABOUR),
        ("a.csv", f"Kilde: jobindsats.dk\n\nOmråde;Periode;Andel\n{_ROWS}",
         "tabel fra jobindsats", _LABOUR),
        ("tal.csv", f"Klassetrin;Skoleår;Fravær\n{_ROWS}", "CSV", ""),
        ("uvm_fravaer.csv", f"Klassetrin;Skoleår;Fravær\n{_ROWS}",
         "CSV fra uddannelsesstatistik", _EDUCATION),
        ("tal.csv", f"[Institution].[Navn];[Skoleår].[Skoleår];Fravær\n{_ROWS}",
         "CSV fra uddannelsesstatistik", _EDUCATION),
        ("tal.json", _CUBE % "Andel", "JSON-stat", ""),
        ("tal.json", _CUBE % "Andel, Danmarks Statistik", "JSON-stat fra Statistikbanken",
         "Danmarks Statistik"),
        ("tal.json", (_CUBE % "Andel").replace('"id"', '"source": "Danmarks Statistik", "id"'),
         "JSON-stat fra Statistikbanken", "Danmarks Statistik"),
        ("tal.json", (_CUBE % "Andel").replace('"id"', '"source": "Eurostat", "id"'),
         "JSON-stat", ""),
        ("svar.json", '[{"[Institution].[Kommune].[Kommune]": "Aarhus", "År": "2023", "A": 12.5}]',
         "JSON fra uddannelsesstatistik", _EDUCATION),
        ("tal.json", '[{"Område": "Aarhus", "Periode": "2023", "Andel": 12.5}]', "JSON", ""),
    ):  # fmt: skip
        checked = tiny.check(content, name=name)
        assert (checked.label, checked.publisher) == (label, publisher), (name, content)


def test_the_column_of_measures_is_called_as_services_call_it(real: Desk) -> None:
    """»Mål« is no target and »BEREGNING« no calculation of one's own over names of indicators."""
    for name in ("BEREGNING", "Mål", "Variabel"):
        checked = real.check(f"OMRÅDE;{name};TID;INDHOLD\nAarhus;Beskæftigelsesfrekvens;2025;74\n")
        assert [p.code for p in checked.problems if p.severity == "error"] == [], name
