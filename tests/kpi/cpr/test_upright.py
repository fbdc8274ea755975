"""A CPR number in a record that stands upright, a line for each field; figures are none."""

from kpi.cpr.upright import holds_upright, names_part
from kpi.domain.personal import personal_numbers
from kpi.ingest.loading import load
from kpi.ingest.table.raw import RefusedError, Upload
from tests.empty_database import empty_database
from tests.tables import for_each

TABLE = "nøgletal;område;gruppe;periode;værdi\nemployment_rate;aarhus;all;2023;71,2\n"
# Lines of a record, each field by its name: whether its check digit fits is not asked.
RECORDS = (
    "Navn;Ida\nFødselsdato;25.12.1948\nLøbenr.;4917",
    "Fødselsdag;251248\nNavn;Ida\nSidste fire cifre;4917",
    "Løbenummer;4917\nFødt;25-12-1948",
    "Fødselsdato;70761\nKontrolcifre;2062",  # the first zero is lost
    "Fødselsdato;251248;Løbenr;4917",
    "Felt;1;2\nFødselsdato;01.02.1950;25.12.1948\nLøbenr;;4917",
    "Fødselsdato;x\n251248;x\nLøbenr;x\n4917;x",
    "Fødselsdato: 25.12.1948;x\nSidste fire: 4917;x",
    "1;fødselsdato;251248\n1;sidste4;4917\n2;fødselsdato;070761\n2;sidste4;2062",
)
FIGURES = (
    "Emne;2022;2023\nFødte;120345;121212\nLøbenr;1234;1235\nDøde;4567;4568",
    "Oprettet;25.12.2023\nLøbenr;4917",
    "Antal personnumre;120345\nAntal CPR-opslag;1234",
    "Fødselsår;1990;1991\nAntal personer;120345;121212\nLøbenr;1;2",
    "Fødselsdato;251248\nNavn;Ida",
    "Titel;Fødte efter måned\nKilde;CPR\nOpdateret;12.03.2024\nLøbenr;1234",
)


def is_refused(text: str) -> bool:
    with empty_database() as connection:
        try:
            load(connection, Upload("a.csv", text.encode()))
        except RefusedError as refused:
            return refused.problems[0].code == "personal_data"
    return False


def is_found_in_rows(text: str) -> bool:
    rows = [line.split(";") for line in text.split("\n")]
    width = max(map(len, rows))
    filled = [(line, (*row, *[""] * (width - len(row)))) for line, row in enumerate(rows, 1)]
    return bool(personal_numbers([""] * width, filled))


@for_each("record", RECORDS)
def test_a_record_is_found_in_cells_and_in_files(record: str) -> None:
    assert is_found_in_rows(record)
    assert is_refused("a;b;c;d\n" + record + "\n")
    assert is_refused(record.replace("x", "y") + "\n" + record + "\n")


@for_each("record", RECORDS[:4])
def test_a_record_above_or_below_a_table(record: str) -> None:
    assert is_refused(record + "\n\n" + TABLE)
    assert is_refused(TABLE + "\n" + record.replace(";", ": ") + "\n")


def test_the_first_row_of_a_sheet_may_be_a_records_names() -> None:
    rows = [(2, ("251248", "4917", "")), (3, ("nøgletal", "område", "værdi"))]
    for names in (("Født", "Sidste fire", ""), ("Født", "Løbenr", ""), ("Født den", "Lb.nr.", "")):
        assert personal_numbers(names, rows), names
    for names in (("Født", "Antal", ""), ("Oprettet", "Løbenr", ""), ("Fødte", "Løbenr", "")):
        assert not personal_numbers(names, rows), names


@for_each("figures", FIGURES)
def test_figures_and_facts_of_a_file_are_none(figures: str) -> None:
    assert not is_found_in_rows(figures)
    assert not holds_upright(figures, ";")


@for_each("figures", FIGURES[1:])
def test_facts_of_a_file_above_or_below_its_table_are_none(figures: str) -> None:
    assert not is_refused(figures + "\n\n" + TABLE)
    assert not is_refused(TABLE + "\n" + figures.replace(";", ": ") + "\n")


def test_parts_far_from_each_other_are_no_record() -> None:
    between = "x;y\n" * 20
    assert not is_found_in_rows(f"Fødselsdato;251248\n{between}Løbenr;4917")


@for_each(
    ("text", "is_name"),
    [("Fødselsdato", True), ("Sidste fire: 4917", True), ("CPR-nr.", True), ("Fødte", False),
     ("Antal fødte", False), ("Aarhus", False), ("Børn født i udlandet, antal", False)],
)  # fmt: skip
def test_what_names_a_part(text: str, is_name: bool) -> None:
    assert names_part(text) is is_name


@for_each("width", [1, 2])
@for_each("label", ["CPR", "CPR-nr.", "Personnummer:"])
def test_digits_in_cells_of_their_own_after_a_label(label: str, width: int) -> None:
    number = "251248-4917" if width == 1 else "2512484917"
    cells = [label, *(number[at : at + width] for at in range(0, len(number), width))]
    names = [f"c{at}" for at in range(len(cells))]
    assert personal_numbers(names, [(2, cells)])
    assert is_refused(";".join(names) + "\n" + ";".join(cells) + "\n")


def test_few_figures_after_a_label_are_none() -> None:
    assert not is_found_in_rows("CPR;1;2;3;4;5;6\nPersoner;25;12;48;49;17;5")
