"""Recipes: every key, every fault with its line, and where they are found."""

from pathlib import Path

import pytest

from kpi.ingest.mapping.recipe import (
    Labels,
    MadeFrom,
    Recipe,
    all_recipes,
    find_recipe,
    parse_recipe,
    place_of,
)
from kpi.ingest.mapping.recipe_sections import RecipeError
from kpi.ingest.table.raw import TYPED, RawTable
from tests.conftest import DATA
from tests.tables import for_each

LEAST = 'source_id = "paper"\nindicator_id = "rate"\narea = "område"\nperiod = "tid"\n'
EVERY = """
title = "Alt"
source_id = "paper"
value = "tal"
numerator = "tæller"
denominator = "nævner"
note = "note"
decimal = "comma"
dash = "zero"
absent = "missing"
scale = 100
[indicator]
column = "emne"
"I job" = "rate"
[group]
column = "herkomst"
Total = "all"
sum = true
[area]
column = "område"
Copenhagen = "kobenhavn"
[status]
column = "status"
p = "foreløbig"
[constant]
period = "2022"
[keep]
"køn" = "I alt"
alder = ["16-64 år", "I alt"]
[ignore]
areas = ["Landsdel *"]
groups = "Uoplyst"
indicators = ["Andet"]
periods = ["*QMAT*"]
columns = ["løbenr", "note *"]
[made_from]
title = "Ledige"
unit = "antal"
[made_from.labels]
branche = "I alt"
"""


def test_the_least() -> None:
    assert parse_recipe(LEAST, "kort") == Recipe(
        name="kort", title="kort", source_id="paper", indicator_id="rate", area="område",
        period="tid",
    )  # fmt: skip


def test_every_key() -> None:
    assert parse_recipe(EVERY, "alt") == Recipe(
        name="alt",
        title="Alt",
        source_id="paper",
        indicator=Labels("emne", {"I job": "rate"}),
        group=Labels("herkomst", {"Total": "all"}, is_sum=True),
        area="område",
        value="tal",
        numerator="tæller",
        denominator="nævner",
        status="status",
        note="note",
        decimal="comma",
        dash="zero",
        absent="missing",
        scale=100.0,
        area_ids={"Copenhagen": "kobenhavn"},
        statuses={"p": "preliminary"},
        constant={"period": "2022"},
        keep={"køn": ("I alt",), "alder": ("16-64 år", "I alt")},
        ignore={
            "areas": ("Landsdel *",),
            "groups": ("Uoplyst",),
            "indicators": ("Andet",),
            "periods": ("*QMAT*",),
            "columns": ("løbenr", "note *"),
        },
        made_from=MadeFrom(title="Ledige", unit="antal", labels={"branche": "I alt"}),
    )


def test_columns_are_named_once() -> None:
    assert parse_recipe(EVERY, "alt").columns() == (
        "område", "tal", "tæller", "nævner", "status", "note", "køn", "alder", "emne", "herkomst",
    )  # fmt: skip


@for_each(
    ("text", "said"),
    [
        (LEAST + "x = \n", "Linje 5: Den er ikke gyldig TOML."),
        (LEAST + 'title = "x', "Linje 5: Den er ikke gyldig TOML."),
        (
            LEAST + '[keep]\nkøn = "x"\n',
            "Linje 6: Den er ikke gyldig TOML. Navne med æ, ø, å eller",
        ),
        (LEAST + 'area = "x"\n', "Linje 5: Den er ikke gyldig TOML."),
        (LEAST + "x = " + "[" * 4000, "Den har for mange niveauer."),
        (LEAST + 'titel = "x"\n', "Linje 5: Ukendt nøgle »titel«. Mente du »title«?"),
        (
            LEAST.replace('area = "område"\n', "") + '[area]\nA = "a"\n',
            "Linje 4: [area] skal nævne sin »column«.",
        ),
        (LEAST + '[status]\ncolumn = "s"\np = "måske"\n', "Linje 7: »måske« under [status]"),
        (LEAST + '[status]\ncolumn = "s"\np = "final"\nsum = true\n', "Linje 5: »sum« hører til"),
        (LEAST + '[made_from]\ntitel = "x"\n', "Linje 6: Ukendt nøgle »titel« under [made_from]."),
        (LEAST + "[made_from]\nunit = 1\n", "Linje 6: »unit« under [made_from] skal være tekst."),
        (LEAST + '[made_from]\nlabels = "x"\n', "Linje 6: »labels« skal være et afsnit"),
        (LEAST + "[holde]\n", "Linje 5: Ukendt nøgle »holde«."),
        (LEAST + "scale = 0\n", "Linje 5: »scale« skal være et tal over 0."),
        (LEAST + "scale = -1\n", "Linje 5: »scale« skal være et tal over 0."),
        (LEAST + "scale = inf\n", "Linje 5: »scale« skal være et tal over 0."),
        (LEAST + "scale = true\n", "Linje 5: »scale« skal være et tal over 0."),
        (LEAST + 'scale = "100"\n', "Linje 5: »scale« skal være et tal over 0."),
        (LEAST + "value = 3\n", "Linje 5: »value« skal være tekst."),
        (LEAST + 'decimal = ","\n', "Linje 5: »decimal« skal være »comma« eller »point«."),
        (LEAST + 'dash = "0"\n', "Linje 5: »dash« skal være »zero« eller »missing«."),
        (LEAST + 'absent = ""\n', "Linje 5: »absent« skal være »zero« eller »missing«."),
        (LEAST + 'keep = "x"\n', "Linje 5: »keep« skal være et afsnit: [keep]."),
        (LEAST + "[keep]\nalder = 16\n", "Linje 6: »alder« under [keep] skal være tekst"),
        (LEAST + "[keep]\nalder = []\n", "Linje 6: »alder« under [keep] skal være tekst"),
        (LEAST + "[keep]\nalder = [16]\n", "Linje 6: »alder« under [keep] skal være tekst"),
        (LEAST + '[ignore]\nrows = "x"\n', "Linje 6: Ukendt nøgle »rows« under [ignore]."),
        (LEAST + '[constant]\nvalue = "1"\n', "Linje 6: Ukendt nøgle »value« under [constant]."),
        (LEAST + '[group]\nTotal = "all"\n', "Linje 5: [group] skal nævne sin »column«."),
        (LEAST + '[group]\ncolumn = "køn"\n', "Linje 5: [group] skal oversætte mindst én værdi."),
        (LEAST + '[group]\ncolumn = "køn"\nA = 1\n', "Linje 7: »A« under [group] skal være tekst."),
        (
            LEAST + '[group]\ncolumn = "køn"\nA = "all"\n[constant]\ngroup = "all"\n',
            "Linje 5: Skriv enten [group] eller »group« under [constant].",
        ),
        (LEAST + '[constant]\narea = "x"\n', "Linje 3: Skriv enten kolonnen »area« eller »area«"),
        (
            LEAST + '[indicator]\ncolumn = "a"\nb = "rate"\n',
            "Linje 2: Skriv enten »indicator_id« eller afsnittet [indicator].",
        ),
        ("", "»source_id« mangler."),
        ('source_id = "paper"\narea = "a"\nperiod = "b"\n', "Skriv enten »indicator_id«"),
        ('source_id = "paper"\nindicator_id = "r"\nperiod = "b"\n', "Skriv enten kolonnen »area«"),
        ('source_id = "paper"\nindicator_id = "r"\narea = "b"\n', "Skriv enten kolonnen »period«"),
    ],
)
def test_faults(text: str, said: str) -> None:
    with pytest.raises(RecipeError) as refused:
        parse_recipe(text, "prøve")
    assert f"Opskriften »prøve«: {said}" in refused.value.message


@for_each(
    ("pattern", "text", "ignored"),
    [
        ("Province *", "Province Fyn", True),
        ("Province *", "Provinces", False),
        ("Uoplyst", "Uoplyst", True),
        ("Uoplyst", "Uoplyst alder", False),
        ("*QMAT*", "2024QMAT01", True),
        ("I alt?", "I alt1", False),  # only * is a pattern
        ("Alder [0-5]", "Alder 3", False),
        ("Alder [0-5]", "Alder [0-5]", True),
        ("2020", f"{TYPED}2020", True),  # a number that the file typed
        ("*", "", True),
    ],
)
def test_what_a_recipe_ignores(pattern: str, text: str, ignored: bool) -> None:
    recipe = parse_recipe(f'{LEAST}[ignore]\nareas = "{pattern}"\n', "prøve")
    assert recipe.ignores("areas", text) == ignored
    assert not recipe.ignores("periods", text)


@for_each(
    ("columns", "fits"),
    [
        (("område", "tid", "INDHOLD"), True),
        (("Område", "T I D", "x", "y"), True),
        (("område", "periode", "INDHOLD"), False),
    ],
)
def test_whether_it_fits(columns: tuple[str, ...], fits: bool) -> None:
    assert (
        parse_recipe(LEAST, "prøve").has_columns_in(RawTable("statbank_csv", columns, [])) == fits
    )


TABLE = RawTable(
    "jsonstat",
    ("Indhold", "time", "Ind hold", "INDHOLD", "[Tid].[Skoleår].[Skoleår]"),
    [],
    other_names={1: ("Tid",), 4: ("Skoleår",)},
)


@for_each(
    ("name", "place"),
    [
        ("INDHOLD", 3),  # as it is written goes first
        ("Indhold", 0),
        ("indhold", 0),
        ("Ind hold", 2),
        ("Tid", 1),
        ("TID", 1),
        ("time", 1),
        ("skoleår", 4),
        ("skolea\u030ar", 4),
        ("[Tid].[Skoleår].[Skoleår]", 4),
        ("Skole", None),
    ],
)
def test_the_place_of_a_column(name: str, place: int | None) -> None:
    assert place_of(name, TABLE) == place


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two folders with recipes, as of the program and of the store, and one that is not there."""
    for folder, name in (("program", "a"), ("program", "b"), ("store", "b"), ("store", "c")):
        (tmp_path / folder).mkdir(exist_ok=True)
        text = f'title = "{folder} {name}"\n{LEAST}'
        (tmp_path / folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return [tmp_path / "program", tmp_path / "store", tmp_path / "none"]


def test_all_recipes_of_both_folders(folders: list[Path]) -> None:
    assert [(recipe.name, recipe.title) for recipe in all_recipes(folders)] == [
        ("a", "program a"),
        ("b", "store b"),
        ("c", "store c"),
    ]


def test_by_name_or_path(folders: list[Path]) -> None:
    assert find_recipe("b", folders).title == "store b"
    assert find_recipe(str(folders[0] / "b.toml"), folders).title == "program b"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("d", "Der er ingen opskrift »d«."),
        ("../a", "Der er ingen opskrift »../a«."),
        ("none.toml", "»none.toml« findes ikke eller er ikke UTF-8."),
    ],
)
def test_a_recipe_that_is_not_there_is_refused(folders: list[Path], wanted: str, said: str) -> None:
    with pytest.raises(RecipeError) as refused:
        find_recipe(wanted, folders)
    assert said in refused.value.message


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(LEAST.encode("cp1252"))
    with pytest.raises(RecipeError, match="UTF-8"):
        find_recipe(str(path), ())


def test_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(LEAST.encode("utf-8-sig"))
    assert find_recipe(str(path), ()).source_id == "paper"


def test_our_own_can_all_be_read() -> None:
    assert {recipe.name for recipe in all_recipes([DATA / "recipes"])} >= {
        "ras200",
        "uvm_absence",
        "uvm_absence_api",
    }


def test_our_own_know_what_they_leave_out() -> None:
    """A label that a recipe keeps nothing of is new, unless its own file had it."""
    for recipe in all_recipes([DATA / "recipes"]):
        known = recipe.made_from.left_out if recipe.made_from else {}
        assert set(recipe.keep) <= set(known), recipe.name


@for_each(
    "line",
    [
        'title = "\\u0030\\u0031\\u0030190-1234"', "# ring til 010190-1234",
        'note = """0101\\\n90-1234"""', '"010190-1234" = "x"', "cpr = 101901234",
        '"\\u0063pr" = 101901234', 'title = "010190-1234"',
    ],
)  # fmt: skip
def test_a_recipe_is_searched_as_it_is_read(line: str) -> None:
    with pytest.raises(RecipeError) as raised:
        parse_recipe(f'source_id = "x"\n{line}\n', "x")
    assert "CPR" in str(raised.value)
    assert "1234" not in str(raised.value)
