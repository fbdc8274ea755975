"""Words of time, zeros before a number, the year first, and a serial that is named."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

from kpi.cpr.texts import text_holds_number
from kpi.domain.personal import holds_personal_number, personal_numbers
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from tests.kpi.cpr.test_joined import is_refused
from tests.kpi.ingest.planted_places import made
from tests.tables import for_each


@for_each(
    "text",
    ["Opgjort 251223-1430", "pr. 311223-2400", "Fra 010120-2024 er tallene nye",
     "beregnet 220124-0915",
     "pr. 751012-2024", "opgjort 751012-2024", "https://doi.org/10.1080/0101901234",
     "doi:10.1016/2512484916", "01012345678", "0012,2512484916", "nr. 00707612119",
     "løbenr. 00707612119", "konto 02512484916"],
)  # fmt: skip
def test_moments_codes_and_publications(text: str) -> None:
    assert not holds_personal_number(text)
    assert not is_refused(("sted", "note"), [("Aarhus", text)])


@for_each(
    "text",
    ["Opgjort 251248-4916", "pr. 251248-4916", "Fra 251248-4916", "borger 251223-1430",
     "10.1080 0101901234", "se 02512484916", "cpr 02512484916", "cpr 00707612119",
     "x 01412561666 y",
     "1965-12-22-1152", "1940-07-26-0868", "1976-12-08 1560", "borger 1965-09-25 0694",
     "1995-12-22-0168", "1965.12.22-1152", "cpr-nr. slutter på 4916, født 25.12.1948",
     "CPR: xxxxxx-4916, født 25.12.1948", "CPR ******-4916, f. 25.12.48",
     "Født 25.12.1948, cpr ender på 4916", "Cpr 251248 (Ida Hansen) 4916",
     "født 25.12.48, endetal 4916", "endetal 4916, født 25.12.48",
     "fødselsdag 251248 og endecifre 4916"],
)  # fmt: skip
def test_persons_beside_the_same_words(text: str) -> None:
    assert holds_personal_number(text)
    assert is_refused(("sted", "note"), [("Aarhus", text)])


def test_a_column_of_numbers_with_a_zero_before() -> None:
    assert is_refused(("sted", "Borger"), [("Aarhus", "02512484916"), ("Odense", "01412561666")])
    orders = [f"0{1_000_000_000 + step * 104_729_561}" for step in range(30)]
    assert not is_refused(("Ordre", "b"), [(order, "x") for order in orders])


@for_each("clock", ["0000", "0930", "1152", "1430", "2359"])
@for_each("between", [" ", "-", "_", "T"])
def test_moments_of_our_time_with_their_year_first(clock: str, between: str) -> None:
    days = [date(1990, 1, 1) + timedelta(days=37 * step) for step in range(360)]
    texts = [f"{day:{form}}{between}{clock}" for day in days for form in ("%Y-%m-%d", "%Y%m%d")]
    assert [text for text in texts if holds_personal_number(text)] == []


@for_each(
    "text",
    ["målt 1965-12-22 1152", "kl. 1965-12-22-1152", "1965-12-22 1152:30", "pr. 1965-12-22 1152",
     "1965-12-22 1152", "19651222_1152", "1976-12-08 1560 borgere", "1965-12-22-0000",
     "CPR-kontoret, tlf. ender på 4916",
     "CPR: 25.12.2023, siden slutter på 2024"],
)  # fmt: skip
def test_older_days_with_a_word_of_time_or_a_count(text: str) -> None:
    assert not holds_personal_number(text)


def test_a_column_of_old_moments() -> None:
    rows = [("Aarhus", f"1965-12-22-{clock}") for clock in ("1152", "1152", "0915")]
    assert not is_refused(("sted", "tid"), rows)
    assert is_refused(("sted", "borger"), rows)


@for_each(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="1" x="%s"'),
        ("xl/styles.xml", b"<fonts ", b'<fonts x="%s" '),
        ("xl/workbook.xml", b"<sheets", b'<sheets x="%s"'),
    ],
)
@for_each(("digits", "is_found"), [(b"2512484916", True), (b"4294967295", False)])
def test_ten_digits_in_an_attribute_that_is_kept(
    part: str, old: bytes, new: bytes, digits: bytes, is_found: bool
) -> None:
    out = BytesIO()
    with ZipFile(BytesIO(made())) as archive, ZipFile(out, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new % digits, 1)
            changed.writestr(name, content)
    assert bool(unseen_personal_numbers(out.getvalue(), "xlsx")) is is_found


def test_glued_to_other_digits_beside_the_word() -> None:
    for glued in ("251248-49168220 Brabrand", "251248-49162023", "2023251248-4916"):
        assert text_holds_number(f"CPR: {glued}"), glued
        wrong = glued.replace("4916", "4917")
        assert not text_holds_number(f"CPR: {wrong}"), wrong
        assert not text_holds_number(f"Journalnr. {glued}"), glued
    # Behind a postcode the town says that an address goes on; other digits may be anything.
    assert text_holds_number("Ida 251248-49168220 Brabrand")
    for other in ("251248-49178220 Brabrand", "251248-49168220 borgere", "251248-49162023"):
        assert not text_holds_number(f"Ida {other}"), other


def test_glued_to_other_digits_in_a_column_named_for_the_number() -> None:
    for cell in ("251248-49168220 Brabrand", "251248-49168220", "25124849168220", "251248-491612"):
        assert personal_numbers(("navn", "cpr"), [(2, ("Ida", cell)), (3, ("Bo", "ukendt"))]), cell
        other = cell.replace("4916", "4917")
        assert not personal_numbers(("navn", "cpr"), [(2, ("Ida", other)), (3, ("Bo", "-"))]), other
    assert personal_numbers(("navn", "cpr"), [(2, ("Ida", "251219484917"))])
