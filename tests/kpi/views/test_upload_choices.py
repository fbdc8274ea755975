"""What the page asks of a file: read out of the problems as the reading words them."""

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views.upload_choices import Questions, questions, scale_words
from tests.tables import for_each

TEMPLATE = ("nøgletal", "område", "periode", "værdi")


def asked(
    code: ProblemCode, message: str = "Galt.", hint: str = "Ret det.", **said: object
) -> Questions:
    problem = Problem(code, "", None, None, None, message, hint)
    checked = Checked("x.csv", "table_csv", 1, 1, (problem,), columns=TEMPLATE)
    return questions(checked, Choices(**said))  # type: ignore[arg-type]


@for_each(
    ("hint", "scales"),
    [
        ("Ja, gang med 100: --scale 100. Er tallene procent, som de er: --scale 1.", (1, 100)),
        ("Er tallene rigtige, som de står i filen: --scale 1.", (1,)),
        ("Vælg, hvad tallene skal ganges med: --scale 1 giver 57, --scale 0.01 giver 0.57.",
         (1, 0.01)),
        ("Ja, gang med 0,001: --scale 0.001. Er tallene rigtige, som de er: --scale 1.",
         (1, 0.001)),
        ("Ret det.", ()),
    ],
)  # fmt: skip
def test_scales_are_those_that_the_reading_names(hint: str, scales: tuple[float, ...]) -> None:
    assert asked("scale", hint=hint).scales == scales


def test_an_answer_can_be_withdrawn() -> None:
    nothing = asked("not_a_number")
    assert not nothing
    assert asked("not_a_number", scale=100.0).scales == (1, 100)
    assert asked("not_a_number", scale=1.0).scales == (1,)
    assert asked("not_a_number", measure="persons").measures == ("persons",)
    assert asked("not_a_number", sheet="Ark 1").sheets == ("Ark 1",)
    assert asked("not_a_number", accept_recipe=True).accept_recipe
    assert asked("not_a_number", decimal="comma").decimal


def test_parts_are_sheets_of_a_workbook_or_tables_of_a_document() -> None:
    sheets = asked("not_a_table", hint="Vælg arket med --sheet NAVN: »A« eller »B«.")
    assert (sheets.sheets, sheets.tables) == (("A", "B"), ())
    tables = asked("not_a_table", hint="Vælg tabellen med --sheet NAVN: »A« eller »B«.")
    assert (tables.sheets, tables.tables) == ((), ("A", "B"))


def test_measures_are_those_of_the_message() -> None:
    message = "Kolonnen »måling« har 4 mål: »Antal«, »Andel« og 2 til."
    question = asked("several_measures", message, "Vælg ét: --measure NAVN.")
    assert question.measures == ("Antal", "Andel")
    assert asked("recipe_mismatch").accept_recipe
    assert asked("ambiguous_number").decimal


@for_each(
    ("factor", "words"),
    [(1.0, "Som de står"), (100.0, "Gang med 100"), (1000.0, "Gang med 1.000"),
     (0.01, "Gang med 0,01"), (0.5, "Gang med 0,5")],
)  # fmt: skip
def test_scale_words(factor: float, words: str) -> None:
    assert scale_words(factor) == words
