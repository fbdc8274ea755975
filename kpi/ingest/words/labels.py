"""What labels of an extract most likely mean: totals, groups, and columns that name a group.

Only guesses, for proposals and questions. Nothing is stored because of them.
"""

import re

from kpi.domain.catalog import Catalog
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.lookup import Lookup, folded, group_lookup, in_two_letters, kept

ALL_GROUP = "all"
# What is reported of a cell that should have a name, and of a line that repeats the head.
BLANK, REPEATS = "Feltet er tomt.", "gentager kolonnernes navne"
_TOTAL = re.compile(
    r"(?:i alt|(?:hoved)?total|tot|alle|all|both sexes|begge køn|hele befolkningen)"
    r"|.*[\s,]i alt|.*,\s?total|.*\stotal|(?:total|i alt)[,\s].*",
)
# What pivot tables call the rows that end each label's own.
_SUM_OF = re.compile(
    r"(?:(?:hoved|sub|del)?total|(?:del|mellem)?sum|resultat|gennemsnit|middel)"
    r"(?: (?:af|for|of|på))? (?P<after>.+)"
    r"|(?P<before>(?!grand ).+) (?:i alt|resultat|(?:sub-?|hoved|del)?total|(?:del|mellem)?sum)",
)
# What tables over several levels write beside each area.
_LEVELS = {
    word: level
    for level, words in {
        "country": ("land", "lande", "landsplan", "hele landet", "landet", "nation", "country"),
        "region": ("region", "regioner", "regionsniveau"),
        "municipality": ("kommune", "kommuner", "kommuneniveau", "municipality"),
        "housing_area": ("boligområde", "boligområder"),
        "parish": ("sogn", "sogne"),
        "school": ("skole", "skoler"),
    }.items()
    for word in map(folded, words)
}
_OF_ROWS = re.compile(
    r"(?:row ?|object ?|række ?|post ?)?id|guid|uuid|url|link|doi|ansvarlig(?: person)?|forfatter"
    r"|sagsbehandler|kontaktperson|(?:udfyldt|indtastet|oprettet|ændret|indberettet|opdateret) af"
    r"|(?:created|modified|updated) by|rapporttekst"
)
_EVERYBODY = frozenset(
    ("ialt", "total", "totalt", "tot", "alle", "all", "beggekøn", "bothsexes", "helebefolkningen",
     "allepersoner", "alleborgere", "personerialt", "befolkningenialt")
)  # fmt: skip
# Names of the column that says whom a figure is about: people's background above all.
_ORIGIN = frozenset(
    map(
        folded,
        (
            "herkomst", "oprindelse", "afstamning", "baggrund", "etnicitet", "etnisk baggrund",
            "etnisk herkomst", "oprindelsesgruppe", "ancestry", "origin", "background", "herk",
            "ethnicity", "gruppe", "group", "befolkningsgruppe", "population_group",
            "population group",
        ),
    )
)  # fmt: skip
_LANGUAGE = frozenset(map(folded, ("sprog", "language", "modersmål", "lang")))
_CITIZENSHIP = frozenset(
    map(folded, ("statsborgerskab", "nationalitet", "citizenship", "nationality", "fødeland"))
)
_FREQUENCY = frozenset(map(folded, ("freq", "frequency", "frekvens", "periodetype", "time_format")))
_DIMENSIONS = frozenset(
    map(
        folded,
        ("alder", "age", "aldersgruppe", "age group", "klassetrin", "trin", "årgang", "cohort"),
    )
)
_INDICATOR = frozenset(map(folded, ("nøgletal", "indikator", "indicator", "nøgletal_id")))
# Columns that distinguish people or things: one label of theirs is a part of all.
_SELECTIONS = frozenset(
    map(
        in_two_letters,
        (
            "køn", "sex", "gender", "alder", "age", "aldersgruppe", "aldersinterval", "branche",
            "industry", "nace", "sektor", "sector", "a-kasse", "akasse", "ydelse", "ydelsesgruppe",
            "ydelsestype", "målgruppe", "visitationsgruppe", "matchgruppe", "civilstand",
            "civilstatus", "familietype", "husstandstype", "familiestatus", "ejerform",
            "boligtype", "anvendelse", "skoletype", "institutionstype", "uddannelse",
            "uddannelsesniveau", "uddannelsestype", "fag", "prøve", "prøveform", "klassetrin",
            "socioøkonomisk status", "socio", "stilling", "ansættelsesform", "indkomstgruppe",
            "varighed", "ledighedslængde", "arbejdstid", "indsats", "indsatstype", "tilbud",
            "tilbudstype", "undergruppe", "delgruppe", "population", "segment", "kategori",
        ),
    )
)  # fmt: skip
# Columns whose one label says where figures are from, what they count in, or how they were made.
_NOT_OF_PEOPLE = re.compile(
    r"(?:data)?kilder?|(?:data)?source|tabel\w*|table\w*|data(?:set|sæt)\w*|land|lande|country|"
    r"\w*enhed(?:er)?|unit\w*|frekvens|freq\w*|periodetype|time_format|udtræk\w*|data ?udtræk\w*|"
    r"\w*opdater\w*|version\w*|revision|\w*not(?:e|er|at)|bem(?:æ|ae)rkning\w*|kommentar\w*|"
    r"remarks?|comments?|beskrivelse|description|definition\w*|titel|title|overskrift|emne|tema|"
    r"(?:\w*_)?id|\w*nr\.?|\w*kode|code|\w*nummer|url|link|doi|ansvarlig|forfatter|leverandør|"
    r"myndighed|udgiver|publisher|fil(?:navn)?|file(?:name)?|ark|sti|path|bilag|side|licens|"
    r"language|sprog|dataflow|structure\w*|action|decimals?|obs_\w+|conf_\w+|\w*dato|opgjort\w*|"
    r"metode|opgørelsesmetode|tilgængelig|offentliggjort|ejer|kontakt\w*|indlæst\w*|bruger|"
    r"forvaltning|magistratsafdeling|klynge|last_update|kørsel\w*|job\w*id|batch\w*",
    re.IGNORECASE,
)
_UNIT_NAME = re.compile(
    r"\w*enhed(?:er)?|unit\w*|_?stat(?:isti[ck]\w*)?_?|measure\w*|beregning\w*", re.IGNORECASE
)
_TOTAL_CODES = frozenset(
    ("_t", "t", "tot", "total", "_z", "0-99", "begge", "mf", "m/k", "all", "alle")
)
# What reports write beside a figure: traffic lights, arrows, whether a target is met.
_JUDGEMENTS = frozenset(
    map(
        folded,
        (
            "grøn", "gul", "rød", "grå", "orange", "green", "yellow", "red", "amber", "grey",
            "grønt", "gult", "rødt", "●", "○", "■", "🟢", "🟡", "🔴", "▲", "▼", "►", "↑", "↓", "→",
            "↗", "↘", "⬆", "⬇", "op", "ned", "uændret", "stigende", "faldende", "stabil", "bedre",
            "dårligere", "opfyldt", "ikke opfyldt", "delvist opfyldt", "på sporet", "i mål",
            "ikke i mål", "nået", "ikke nået", "positiv", "negativ", "neutral", "over mål",
            "under mål", "tilfredsstillende", "ikke tilfredsstillende",
        ),
    )
)  # fmt: skip
# Said of a group or left out: the rest is what distinguishes groups.
_FILLING_WORDS = """
personer borgere people persons folk med fra af i og with of from and baggrund oprindelse herkomst
background origin descent lande land countries country etnisk etniske
"""
_FILLING = frozenset(_FILLING_WORDS.split())
# Other forms, shorter and English ones of the words that distinguish them.
_NOT_WESTERN = re.compile(r"\b(?:ikke|non|not)[-\s_]?(?:vestl\w*|western)\b\.?")
_NOT = re.compile(r"\b(?:ikke|non|not)[-\s_]+")
_ONE_FORM = {
    "vestlige": "vestlig", "vestl": "vestlig", "western": "vestlig",
    "danske": "dansk", "danskere": "dansk", "danish": "dansk", "danes": "dansk",
    "indv": "indvandrere", "indvandrer": "indvandrere", "immigrants": "indvandrere",
    "efterk": "efterkommere", "efterkommer": "efterkommere", "descendants": "efterkommere",
    "kvinde": "kvinder", "women": "kvinder", "female": "kvinder", "females": "kvinder",
    "excl": "ekskl", "eksklusive": "ekskl", "uden": "ekskl", "udskolingen": "udskoling",
    "mellemtrinnet": "mellemtrin",
}  # fmt: skip


def is_total(label: str) -> bool:
    """Whether a label means all values of its column: `I alt`, `Age, total`, `TOT`."""
    plain = " ".join(label.removeprefix(TYPED).casefold().split())
    return _TOTAL.fullmatch(plain) is not None


def names_sum(label: str) -> bool:
    """Whether a label is of a sum of other rows, as pivots write it: `Resultat af Aarhus`."""
    plain = " ".join(label.removeprefix(TYPED).casefold().split())
    return is_total(label) or _SUM_OF.fullmatch(plain) is not None


def sum_of(label: str) -> str:
    """What a sum is of (`Aarhus Total`, `Resultat af Aarhus`); empty of any other label."""
    plain = " ".join(label.removeprefix(TYPED).split())
    match = _SUM_OF.fullmatch(plain.casefold())
    return "" if match is None else plain[slice(*match.span(match.lastgroup or 0))]


def level_called(label: str) -> str:
    """The level of areas that a label is a word for, `Region` or `Kommuner`; empty for others."""
    return _LEVELS.get(folded(label.removeprefix(TYPED)), "")


def describes_rows(column: str) -> bool:
    """Whether a column says who made a row, its number or address, or what is written of it.

    It tells no people apart, whatever its labels are.
    """
    return _OF_ROWS.fullmatch(" ".join(column.replace("_", " ").split()).casefold()) is not None


def is_everybody(label: str) -> bool:
    """Whether a group is all people: `I alt`, `Total`, and not `Mænd i alt`."""
    return folded(label).rstrip(".:") in _EVERYBODY


def names_origin(column: str) -> bool:
    """Whether a column is called what sources call people's background, or a group."""
    return folded(column.rpartition("[")[2].rstrip("]")) in _ORIGIN


def names_citizenship(column: str) -> bool:
    """Whether `Ikke-vestlig` in a column of that name is no background: a passport is none."""
    return folded(column.rpartition("[")[2].rstrip("]")) in _CITIZENSHIP


def names_frequency(column: str) -> bool:
    """Whether a column is called as one of the lengths of the rows' periods."""
    return folded(column) in _FREQUENCY


def names_language(column: str) -> bool:
    """Whether `Dansk` in a column of that name is a language and no background."""
    return folded(column) in _LANGUAGE


def names_dimension(column: str) -> bool:
    """Whether numbers in a column of that name are labels: ages, school years, age groups."""
    return folded(column) in _DIMENSIONS


def names_selection(column: str) -> bool:
    """Whether a column is called as one that distinguishes people or things: `Køn`, `A-kasse`."""
    name = folded(column.rpartition("[")[2].rstrip("]"))
    return in_two_letters(name) in _SELECTIONS or names_dimension(name) or names_origin(name)


def says_nothing_of_people(column: str) -> bool:
    """Whether a column is called as one of the source, the unit or the making of the figures."""
    return _NOT_OF_PEOPLE.fullmatch(column.rpartition("[")[2].rstrip("]").strip()) is not None


def names_unit(column: str) -> bool:
    """Whether a column is called as one of units or of statistical measures: `Enhed`, `_STAT_`."""
    return _UNIT_NAME.fullmatch(column.rpartition("[")[2].rstrip("]").strip()) is not None


def is_total_code(label: str) -> bool:
    """Whether a label is a code of all, as SDMX and registers write it: `_T`."""
    return folded(label) in _TOTAL_CODES


def is_judgement(label: str) -> bool:
    """Whether a label says how a figure is doing: `Gul`, `▲`, `Ikke opfyldt`. Blank ones are."""
    plain = folded(label.removeprefix(TYPED).strip())
    return not plain or plain in _JUDGEMENTS


def is_no_status(label: str) -> bool:
    """Whether a label in a column called `Status` says nothing of how sure a figure is."""
    return is_judgement(label) or is_total(label)


def names_indicator(column: str) -> bool:
    """Whether a column is called as one that names indicators."""
    return folded(column) in _INDICATOR


@kept
def group_guess(catalog: Catalog) -> Lookup:
    """Groups as sources call them: `Dansk`, `Ikke-vestlige lande`, `Personer med dansk oprindelse`.

    Totals are no group here: whether `I alt` is everybody depends on its column.
    """
    known = group_lookup(catalog)
    by_core: dict[str, str | None] = {}
    for group in catalog.groups.values():
        for name in (group.group_id, group.name, group.note, *group.aliases):
            core = _core(name or "")
            if core and by_core.setdefault(core, group.group_id) != group.group_id:
                by_core[core] = None  # of a name that two groups share neither is meant
    return lambda label: known(label) or by_core.get(_core(label))


def _core(name: str) -> str:
    """The words that distinguish a group, each in one form, in whatever order they stand."""
    plain = _NOT_WESTERN.sub("ikkevestlig ", name.removeprefix(TYPED).casefold())
    words = re.findall(r"[^\W_]+", _NOT.sub("ikke", plain))
    return " ".join(sorted({_ONE_FORM.get(word, word) for word in words} - _FILLING))
