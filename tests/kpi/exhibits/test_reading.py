"""The sentence under a chart that says what its figures are worth beside chance."""

from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation, Source
from kpi.exhibits.reading import NO_COUNTS, REGISTER, is_register, reading_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

RATE = indicator()
GELLERUP = observation(31, area="gellerup", of=(21, 68))
TILST = observation(23, area="tilst", of=(3, 13))
COUNTRY = observation(77.2, area="denmark")


@for_each(
    ("rows", "sentence"),
    [
        (
            [TILST, GELLERUP],
            "Tilst: 3 af 13 (23 %, sikkerhedsinterval 8-51 %). Der er ingen sikker forskel fra "
            "Gellerup (21 af 68, 31 %).",
        ),
        (
            [GELLERUP, COUNTRY],
            "Gellerup: 21 af 68 (31 %, sikkerhedsinterval 21-43 %). Andelen er lavere end i hele "
            "landet (77 %), og forskellen er statistisk sikker. Den svarer til ca. 31 af de 68 i "
            "Gellerup.",
        ),
        ([GELLERUP], "Gellerup: 21 af 68 (31 %, sikkerhedsinterval 21-43 %)."),
        # Another period is not compared with this one.
        (
            [GELLERUP, observation(23, "2021", area="tilst", of=(3, 13))],
            "Gellerup: 21 af 68 (31 %, sikkerhedsinterval 21-43 %).",
        ),
        (
            [
                observation(50, group="non_western", of=(10, 20)),
                observation(80, group="danish", of=(800, 1000)),
            ],
            "Borgere med ikke-vestlig baggrund: 10 af 20 (50 %, sikkerhedsinterval 29-71 %). "
            "Andelen er lavere end blandt borgere med dansk baggrund (800 af 1.000, 80 %), og "
            "forskellen er statistisk sikker. Den svarer til ca. 6 af de 20 borgere med "
            "ikke-vestlig baggrund i Aarhus.",
        ),
        # Of a whole population with the decimals that say something.
        (
            [
                observation(46.2, of=(123_821, 268_224)),
                observation(36.3, area="denmark", of=(1_486_629, 4_093_404)),
            ],
            "Aarhus: 123.821 af 268.224 (46,2 %, sikkerhedsinterval 45,9-46,4 %). Andelen er "
            "højere end i hele landet (1.486.629 af 4.093.404, 36,3 %), og forskellen er "
            "statistisk sikker. Den svarer til ca. 26.408 af de 268.224 i Aarhus.",
        ),
        ([observation(70.0), COUNTRY], NO_COUNTS),
        ([observation(None, status="suppressed")], ""),
        ([], ""),
    ],
)
def test_reading(rows: list[Observation], sentence: str) -> None:
    assert reading_of(rows, RATE, made_catalog()).replace("\u00a0", " ") == sentence


def test_a_bare_count_has_no_share_to_judge() -> None:
    persons = indicator("count", "persons", decimals=0)
    assert (
        reading_of([observation(12), observation(9, area="odense")], persons, made_catalog()) == ""
    )


@for_each(
    ("publisher", "register"),
    [
        ("Danmarks Statistik", True),
        ("Børne- og Undervisningsministeriet", True),
        ("Styrelsen for Arbejdsmarked og Rekruttering (jobindsats.dk)", True),
        ("Aarhus Kommune", False),
        ("Aarhus Kommune, Fagligt Sekretariat", False),
        ("Et konsulenthus", False),  # only who is known to publish registers
    ],
)
def test_figures_of_a_register_count_everyone(publisher: str, register: bool) -> None:
    source = Source("paper", "Titel", publisher, "2024", "", 0)
    assert is_register(source) is register
    made = replace(made_catalog(), sources={"paper": source})
    text = reading_of([observation(70.0), COUNTRY], RATE, made)
    assert text == (REGISTER if register else NO_COUNTS)


def test_the_default_registers_are_named_as_such(catalog: Catalog) -> None:
    registers = {source.source_id for source in catalog.sources.values() if is_register(source)}
    assert registers == {"ras200", "uvm_absence"}


def test_limits_have_no_reading() -> None:
    row = observation(30.0, status="at_least")._replace(low=30.0)
    assert reading_of([row], RATE, made_catalog()) == ""
