"""Several indicators solved as one: what they tell is hidden, and what tells nothing is shown."""

from kpi.domain.period import parse_period
from kpi.suppression.areas import NO_AREAS
from kpi.suppression.cells import Cell, Key
from kpi.suppression.groups import NO_GROUPS
from kpi.suppression.joint import Model, Persons
from kpi.suppression.statements import Statement, Words, lines_of_count, lines_of_share
from kpi.suppression.verifying_jointly import Verifier

PEOPLE, RATE = ("people", "value"), ("rate", "numerator")
LACKING = ("rate", "remainder")
# A percentage is of the people, by whose name readers know that.
OF_PEOPLE = Persons({("rate", "denominator"): PEOPLE}, [(PEOPLE, RATE, LACKING)])


def cell(indicator_id: str, area_id: str, limit: int = 5, was_shown: bool = False) -> Cell:
    parent_id = None if area_id == "aarhus" else "aarhus"
    return Cell(
        indicator_id, area_id, "all", parse_period("2024"), 1, None, limit, "district", parent_id,
        was_shown=was_shown,
    )  # fmt: skip


def people(area_id: str, persons: int, **of_cell: bool) -> Statement:
    is_small = 0 < persons < 5
    words = Words(PEOPLE, 1, 4) if is_small else Words(PEOPLE, gap=5)
    return Statement(
        cell("people", area_id, **of_cell), lines_of_count(PEOPLE, persons, persons), words,
        (PEOPLE,), True,
    )  # fmt: skip


def rate(area_id: str, percent: float) -> Statement:
    lines = lines_of_share("rate", (percent, percent), 1, None, None)
    return Statement(cell("rate", area_id), lines, None, (RATE, LACKING), True)


def hidden_of(
    statements: list[Statement], hidden: set[tuple[str, str]], small: set[tuple[str, str]],
    persons: Persons = OF_PEOPLE,
) -> set[tuple[str, str]] | None:  # fmt: skip
    """What is hidden in the end, by indicator and area."""
    keys = {(each.cell.indicator_id, each.cell.area_id): each.cell.key for each in statements}
    model = Model(statements, persons, NO_AREAS, NO_GROUPS)

    def keys_of(places: set[tuple[str, str]]) -> set[Key]:
        return {keys[place] for place in places}

    settled = Verifier([model]).settled(keys_of(hidden), keys_of(small), set())
    if settled is None:
        return None
    return {place for place, key in keys.items() if key in settled.hidden}


def test_a_percentage_of_a_shown_number_is_hidden() -> None:
    """Ten people and 30,0 % of them are three."""
    statements = [people("gellerup", 10), rate("gellerup", 30.0)]
    hidden = hidden_of(statements, set(), set())
    assert hidden
    assert len(hidden) == 1


def test_what_guards_nothing_is_shown_again() -> None:
    """Of three areas that come to a fourth one guard is enough: of their order the last."""
    numbers = {"aarhus": 150, "gellerup": 3, "tilst": 47, "viby_syd": 100}
    statements = [people(area_id, persons) for area_id, persons in numbers.items()]
    every = {("people", area_id) for area_id in numbers}
    assert hidden_of(statements, every, {("people", "gellerup")}) == {
        ("people", "gellerup"), ("people", "viby_syd"),
    }  # fmt: skip


def test_a_guard_that_a_percentage_bounds_is_none() -> None:
    """Of twelve `<5` and others, of whom 66,7 % are whole persons: these are nine."""
    statements = [people("aarhus", 12), people("gellerup", 3), people("viby_syd", 9)]
    statements.append(rate("viby_syd", 66.7))
    before = {("people", "gellerup"), ("people", "viby_syd")}
    hidden = hidden_of(statements, before, {("people", "gellerup")})
    assert hidden is not None
    assert hidden > before


def test_who_remembers_is_not_told_either() -> None:
    """A number that was shown is no guard for one who has read it."""
    statements = [
        people("aarhus", 150), people("gellerup", 3), people("tilst", 47, was_shown=True),
        people("viby_syd", 100),
    ]  # fmt: skip
    before = {("people", "gellerup"), ("people", "tilst")}
    assert hidden_of(statements, before, {("people", "gellerup")}) == {
        ("people", "gellerup"), ("people", "viby_syd"),
    }  # fmt: skip


def test_sums_that_do_not_hold_are_no_sums() -> None:
    """Areas of which one was corrected, and the total was not."""
    statements = [people("aarhus", 200), people("gellerup", 60), people("viby_syd", 100)]
    assert hidden_of(statements, set(), set()) == set()


def test_memory_that_contradicts_itself_hides_nothing_in_vain() -> None:
    """Two areas of 60 were shown in one of 100: from who remembers that nothing can be kept.

    What is hidden guards the 3 from readers of today; the other numbers stay.
    """
    statements = [
        people("aarhus", 100, was_shown=True), people("gellerup", 60, was_shown=True),
        people("viby_syd", 60, was_shown=True), people("tilst", 3),
        people("odense", 80), people("randers", 90),
    ]  # fmt: skip
    before = {("people", "aarhus"), ("people", "tilst")}
    assert hidden_of(statements, before, {("people", "tilst")}) == before


def test_readers_of_today_are_guarded_beside_such_memory() -> None:
    """Three are 10,0 % of 30: one of the two is hidden, and no number that others remember."""
    statements = [
        people("aarhus", 100, was_shown=True), people("gellerup", 60, was_shown=True),
        people("viby_syd", 60, was_shown=True), people("tilst", 30), rate("tilst", 10.0),
    ]  # fmt: skip
    hidden = hidden_of(statements, {("people", "aarhus")}, set())
    assert hidden is not None
    assert hidden & {("people", "tilst"), ("rate", "tilst")}
    assert not hidden & {("people", "gellerup"), ("people", "viby_syd")}
