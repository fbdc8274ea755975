"""CPR numbers in columns and tables: other numbers are known by what is beside them."""

from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.personal import (
    PersonalNumber,
    holds_personal_number,
    is_number_under_head,
    is_shortened_personal_number,
    numbers_under_heads,
    personal_numbers,
)
from tests.tables import for_each


@for_each("name", ["kWh", "Areal", "Ultimo", "Tal", "Besøg på siden"])
@for_each(
    "cells",
    [
        ["2512484916", "1870422000", "998000123", "34000555"],  # large ones that are nobody's
        ["2512484916,00", "1870422000,55", "1234567,10"],
        ["2512484000", "1870422000", "1112123000", "5"],
    ],
)
def test_figures_are_known_by_each_other(name: str, cells: list[str]) -> None:
    rows = [(at, (cell,)) for at, cell in enumerate(cells, start=2)]
    assert not personal_numbers([name], rows)
    assert personal_numbers(["Borger"], rows)


@for_each("name", ["kWh", "Areal", "Tal", "id", "Enhed"])
@for_each(
    "others", [["71,2", "75,1", "74,1"], ["12", "345", "99120"], ["0101901234", "1003621234"], []]
)
def test_a_number_among_small_figures_or_its_like_is_one(name: str, others: list[str]) -> None:
    rows = [(at, (cell,)) for at, cell in enumerate(["2512484916", *others], start=2)]
    assert personal_numbers([name], rows)


def test_units_of_companies_are_known_whatever_their_column_is_called() -> None:
    units = ["1003481231", "1012345678", "1008221234", "1024100777", "1001012233"]
    rows = [(at, (cell,)) for at, cell in enumerate(units, start=2)]
    assert not personal_numbers(["Institution"], rows)
    assert personal_numbers(["Institution"], [*rows, (9, ("2512484916",))])


@for_each(
    "cell",
    ["2,512484916E9", "2.512484916e+09", "2.512.484.916", "2512484916,0", "101901234,00",
     "251248.4916", "17892-4916", "178924916", "251219484916", "19481225-4916", "2,512,484,916",
     "251248AB12",
     "\x022512484916.0", "251248-49 16"],
)  # fmt: skip
@for_each("head", ["cpr", "CPR-nr.", "personnummer", "Fødselsnr.", "cprnummer"])
def test_head_and_content_of_a_column_are_judged_together(head: str, cell: str) -> None:
    assert personal_numbers((head,), [(2, (cell,))])


@for_each("cell", ["", "ja", "12", "2024", "17,5", "1.012.021", "010190-xxxx", "3120", "2,5E9"])
def test_other_cells_of_a_column_that_is_named_for_numbers(cell: str) -> None:
    assert not personal_numbers(("Antal med cpr-nr.",), [(2, (cell,))])


def test_days_with_their_times_are_known_by_their_column() -> None:
    given = "071020-0114", "050922-1344", "141121-0907"  # the check digit of one fits
    rows = [(line, (cell,)) for line, cell in enumerate(given, 2)]
    assert not personal_numbers(("x",), rows)
    assert personal_numbers(("borger",), [*rows, (9, ("251248-4916",))])


@for_each("cell", ["251248;4916", "251248,4916", "251248. 4916"])
def test_a_cell_parted_as_figures_are_is_judged_with_its_column(cell: str) -> None:
    assert not holds_personal_number(f"Se {cell}.")
    assert personal_numbers(("borger",), [(2, (cell,)), (3, ("Ida",))])
    decimals = [
        (line, (f"{line * 9473}{cell[6] if cell[6] in ',.' else ','}1234",))
        for line in range(12, 40)
    ]
    if cell[6] in ",.":
        assert not personal_numbers(("vægt",), [*decimals, (99, (cell.replace(" ", ""),))])


DATES = ("2020-12-21", "21.12.2020", "2020M12D21")


@for_each("day", DATES)
def test_a_moment_in_seconds_stands_beside_its_day(day: str) -> None:
    assert not personal_numbers(("dag", "x"), [(2, (day, "1608584803"))])
    assert not personal_numbers(("dag", "x"), [(2, (day, "\x021608584803"))])
    assert personal_numbers(("dag", "x"), [(2, ("2019-12-21", "1608584803"))])


@for_each("name", ["Sagsnr.", "Journalnummer", "nr", "sag_id"])
def test_a_case_number_stands_in_a_column_that_says_so(name: str) -> None:
    assert not personal_numbers((name,), [(2, ("1608584803",))])
    # What the register may have given is a CPR number whatever the column is called.
    assert personal_numbers((name,), [(2, ("1608584818",))])
    assert personal_numbers((name,), [(2, ("160858-4803",))])


def test_numbers_that_rise_beside_dates_are_no_persons() -> None:
    rows = [(n, (f"{n:02}.03.2024", f"16085848{n:02}")) for n in range(3, 20)]
    assert not personal_numbers(("dato", "x"), rows)
    # Of one counter they are nobody's whatever the column is called; these are of several days.
    assert not personal_numbers(("dato", "borger"), rows)
    rows = [(n, (f"{n:02}.03.2024", f"{n:02}085848{n:02}")) for n in range(3, 20)]
    assert personal_numbers(("dato", "borger"), rows)


def test_chance_digits_of_a_column_are_no_persons() -> None:
    many = [(n, (f"{4_000_000_019 + n * 99_999_989}",)) for n in range(40)]
    assert not personal_numbers(("x",), [*many, (99, ("1608584803",))])


@for_each(
    ("columns", "cells", "count"),
    [
        (("fødselsdato", "løbenr"), [("25-12-1948", "4916")], 1),
        (("Født", "x"), [("251248", "4916"), ("x", "4916")], 1),
        (("x", "sidste 4"), [("1948M12D25", "\x024916")], 1),
        (("Født", "x"), [("25-12-2008", "1234")], 0),  # no number of that century
        (("dato", "antal"), [("25-12-1948", "4916")], 0),
        (("dato", "antal"), [(f"{n:02}-12-2024", f"{4000 + n}") for n in range(2, 29)], 0),
        (("a", "b"), [("25-12-1948", "4916"), ("13-02-1979", "0123"), ("14-06-1956", "1111")], 1),
        (("a", "b", "c"), [("CPR-nr.:", "251248", "4916")], 1),
        (("a", "b"), [("CPR", "101901234")], 1),
        (("a", "b", "c"), [("Kilde: CPR-registeret", "25-12-1998", "4916")], 0),
    ],
)
def test_a_number_split_over_two_cells(
    columns: tuple[str, ...], cells: list[tuple[str, ...]], count: int
) -> None:
    numbers = personal_numbers(columns, list(enumerate(cells, start=2)))
    assert bool(numbers) == bool(count)


@for_each(
    ("text", "shortened"),
    [
        ("101901234", True),
        ("\x02101901234", True),
        ("\x02101901234.0", True),
        (" 101901234 ", True),
        ("0101901234", False),
        ("991901234", False),
        ("101901234.5", False),
        ("x101901234", False),
        ("", False),
    ],
)
def test_the_lost_zero(text: str, shortened: bool) -> None:
    assert is_shortened_personal_number(text) is shortened


NINE = ("101901234", "202902345", "303913456")


@for_each(
    ("columns", "cells", "places"),
    [
        (("Navn",), [("Hansen",), ("010190-1234",)], [(3, "Navn")]),
        (("CPR-nr.",), [(NINE[0],)], [(2, "CPR-nr.")]),
        (("Person nr",), [(NINE[0],)], [(2, "Person nr")]),
        (("Fødselsnummer",), [("\x02" + NINE[0],)], [(2, "Fødselsnummer")]),
        (("Antal",), [(NINE[0],), (NINE[1],)], []),  # two are too few to tell
        (("Antal",), [(nine,) for nine in NINE], [(2, "Antal"), (3, "Antal"), (4, "Antal")]),
        (("Antal",), [*((nine,) for nine in NINE), ("17",)], []),
        (("",), [("0101901234",)], [(2, "nr. 1")]),
        (("A", "0101901234"), [("x", "y")], [(None, "nr. 2 (overskriften)")]),
        (
            ("0101901234",),  # a file without a header: its first number names the column
            [("0202902345",)],
            [(None, "nr. 1 (overskriften)"), (2, "nr. 1")],
        ),
        ((NINE[0],), [(nine,) for nine in NINE], [(None, "nr. 1 (overskriften)"), *((row, "nr. 1") for row in (2, 3, 4))]),  # noqa: E501
        (("A", "B"), [("010190", "1234")], []),
        (("A",), [], []),
    ],
)  # fmt: skip
def test_places_in_a_table(
    columns: tuple[str, ...],
    cells: list[tuple[str, ...]],
    places: list[tuple[int | None, str]],
) -> None:
    numbers = personal_numbers(columns, list(enumerate(cells, start=2)))
    assert numbers == [PersonalNumber(*place) for place in places]


def test_one_number_among_many_rows() -> None:
    rows = [(row, (f"Kommune {row % 98}", f"{row / 7:.4f}", "")) for row in range(2, 20_002)]
    rows[12_345] = (12_347, ("x", "y", "ring til 010190-1234"))
    assert personal_numbers(("a", "b", "note"), rows) == [PersonalNumber(12_347, "note")]


@for_each("apart", [*"\u2002\u2003\u200a\u200e\u205f\u3000\ufeff\u2043\ufe63\uff0d"])
def test_signs_of_every_width_stand_between_the_two_parts(apart: str) -> None:
    assert holds_personal_number(f"Borger 010190{apart}1234")


def test_a_dash_makes_no_decimals_of_what_follows_a_point() -> None:
    assert holds_personal_number("afsnit 2.010190-1234")
    assert not holds_personal_number("2.0101901234")


def test_a_title_of_several_cells_above_the_names_hides_no_column() -> None:
    rows = [(1, ("Liste", "2024")), (2, ("CPR", "Navn")), (3, ("101901234", "Ida"))]
    assert [number.row for number in numbers_under_heads(rows)] == [3]
    rows[1] = (2, ("Antal", "Navn"))
    assert numbers_under_heads(rows) == []


def test_a_label_above_its_number() -> None:
    rows = [(2, ("CPR-nr.", "x")), (3, ("101901234", "Ida")), (4, ("101901234", "Bo"))]
    assert [number.row for number in personal_numbers(["a", "b"], rows)] == [3]


@for_each(
    ("name", "cells", "is_found"),
    [
        ("beløb i kr.", ["2512484916", "998000123"], False),
        ("Værdi", ["\x022512484916", "\x0271.5"], True),
        ("Budget", ["1012021234", "3112201234"], False),
        ("beløb", ["2512484916"], True),  # nothing says that it is an amount of its size
        ("beløb", ["2512484917"], False),
        ("beløb", ["2505124567"], False),  # since 2007 there are numbers without a check digit
        ("værdi", ["2512484916"], True),
        ("beløb", ["1608584803", "5"], False),
        ("beløb", ["2512484916", "12000"], False),  # the register gives no such number
        ("værdi", ["1608584803"], True),
        ("beløb", ["2512484916", "5", "70"], True),
        ("beløb", ["2512484916", "ukendt"], True),
        ("beløb", ["0101901234", "998000123"], True),
        ("værdi", ["2512484916", "2512484916", "71"], True),
        ("note", ["2512484916", "998000123"], True),
        ("beløb pr. borger", ["2512484916", "998000123"], True),
        ("beløb", ["251248-4916", "998000123"], True),
    ],
)
def test_amounts_of_ten_digits(name: str, cells: list[str], is_found: bool) -> None:
    rows = [(at, (cell,)) for at, cell in enumerate(cells, start=2)]
    assert bool(personal_numbers([name], rows)) == is_found


@for_each("beside", ["kr.", "Udgifter i alt", "1.000 kr."])
def test_an_amount_is_known_by_the_cells_beside_it(beside: str) -> None:
    assert not personal_numbers(("x", "værdi"), [(2, (beside, "2512484917"))])
    assert not personal_numbers(("x", "2023", "2024"), [(2, (beside, "2512484916", "998000123"))])
    assert personal_numbers(("x", "værdi"), [(2, (beside, "2512484916"))])
    assert personal_numbers(("x", "værdi"), [(2, ("Ida", "2512484916"))])
    assert personal_numbers(("x", "værdi"), [(2, (beside, "251248-4916"))])


@given(
    st.lists(
        st.tuples(st.integers(0, 99_999), st.text("0123456789", min_size=1, max_size=12)),
        min_size=1, max_size=6,
    ),
    st.sampled_from((".", ",")),
    st.sampled_from((", ", "; ", " ", "\n", "\t", " | ")),
)  # fmt: skip
def test_decimals_beside_each_other_are_not(
    figures: list[tuple[int, str]], mark: str, apart: str
) -> None:
    assert not holds_personal_number(apart.join(f"{whole}{mark}{part}" for whole, part in figures))


@for_each(
    ("text", "is_number"),
    [
        ("251248|4916", True), ("251248 nr 4916", True), ("251248>4916", True),
        ('="251248"&"-"&"4916"', True), ("4916 251248", True), ("25.12.48 / 4916", True),
        ("251348|4916", False), ("251248|491", False), ("1234 borgere", False),
        ("2024-01-15 til 24", False),
    ],
)  # fmt: skip
def test_the_parts_of_a_number_under_its_own_head(text: str, is_number: bool) -> None:
    assert is_number_under_head(text) is is_number
