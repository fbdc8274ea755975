"""What a label in place of an area is that sums up, or computes with, others: words for it."""

import re
from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.heading_lines import heading_in_row
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import Lookup, folded

# What sources list among the municipalities and Spor has no figures of.
NO_AREAS = (
    "Province *", "Landsdel *", "Abroad", "Outside Denmark", "Udlandet", "Uden for Danmark",
    "Not stated*", "Unknown*", "Uoplyst*", "Ukendt*",
)  # fmt: skip
# What Statistics Denmark groups municipalities to, in a table of them; elsewhere they may be meant.
GROUPS_OF_AREAS = (
    "Hovedstadskommune*", "Storbykommune*", "Provinsbykommune*", "Oplandskommune*", "Landkommune*",
    "Byen København", "Københavns omegn", "Nordsjælland", "Østsjælland", "Vest- og Sydsjælland",
    "Fyn", "Sydjylland", "Østjylland", "Vestjylland",
)  # fmt: skip
_TOTAL = re.compile(
    r"(?P<name>.+?)\s*[,:–-]?\s*\(?(?:i\s?alt|total|totalt|samlet|sum|"
    r"resultat|subtotal|delsum|mellemsum)\)?\.?"
    r"|(?:i\s?alt|total|totalt|samlet|hele|sum)\s*[,:–-]?\s+(?P<after>.+)",
    re.IGNORECASE,
)
_CODE_AND_NAME = re.compile(r"(?P<code>0?[0-9]{3})\s*[-:]?\s+(?P<name>.+)", re.DOTALL)
_NAME_AND_CODE = re.compile(r"(?P<name>.+?)\s*\(?(?P<code>0?[0-9]{3})\)?", re.DOTALL)
_WIDE = ("country", "region")
_ITSELF = frozenset(("kommunen", "landet", "området", "byen", "regionen"))
_COUNTRY = frozenset(
    (
        "landet",
        "landstal",
        "landstallet",
        "landsplan",
        "pålandsplan",
        "landetsomhelhed",
        "helelandetsomhelhed",
    )
)
# What is computed from the rows of others, whatever stands behind it (`Gns. af kommuner`).
_COMPUTED = re.compile(
    r"(?:u?vægtet |simpelt |lands )?"
    r"(?:\w*gennemsnit(?:tet)?|\w*gns\.?|snit|median(?:en)?|average|mean|"
    r"(?:standard|std\.? ?)afvigelse|spredning|min(?:imum|\.)?|ma(?:ks|x)(?:imum|\.)?|"
    r"(?:nedre |øvre |[1-4]\. ?)?(?:kvartil|fraktil|percentil)|varians|antal kommuner)(?:\W.*)?",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?:øvrige|andre|resten|resterende)\b.*|(?:6|seks|de seks)[- ]?(?:store )?by(?:erne|er)?|"
    r"(?:alle|samtlige) (?:kommuner|områder)|(?:kommuner(?:ne)?|områder(?:ne)?)(?: i alt| samlet)?|"
    r"sum af (?:ovenstående|alle|de|kommuner|områder|rækker|tallene)\b.*|"
    r"(?:sammenlignings|kommune|benchmark)[- ]?(?:gruppen?|kommuner(?:ne)?)",
    re.IGNORECASE,
)
_AVERAGE_OF = re.compile(
    r"(?P<name>.+?)\s*[,:–(-]?\s*\(?(?:vægtet )?(?:gennemsnit|gns\.?|snit)\)?", re.IGNORECASE
)

# Averages and figures of more than the area of a row, in a column beside its own.
_OF_OTHERS = re.compile(
    r"(?:\w+[ -])?(?:lands|regions|kommune|by|storby|region|amts)"
    r"(?:gennemsnit(?:tet)?|gns\.?|snit(?:tet)?|tal(?:let)?|median(?:en)?|resultat(?:et)?)"
    r"|(?:gennemsnit|gns\.?|snit|median|average) (?:af|for|i|of) "
    r"(?:hele |alle |de |øvrige )*(?:landet|kommuner(?:ne)?|regioner(?:ne)?|danmark|denmark)"
    r"|(?:national|country)[ -]average",
    re.IGNORECASE,
)

# Message and remedy.
Told = tuple[str, str]


def whole_area(text: str, find: Lookup, catalog: Catalog) -> str | None:
    """The country where a label is its name and a total: `Hele landet i alt`; else None.

    A total of a municipality may be of the rows above it alone.
    """
    area = find(_named(text))
    if {folded(_named(text)), folded(text.removeprefix(TYPED))} & _COUNTRY:
        area = find("Hele landet")
    return area if area and catalog.areas[area].level == "country" else None


def region_among_regions(texts: Sequence[str], find: Lookup, catalog: Catalog) -> dict[str, str]:
    """`Sjælland` as a region, where all other areas of a column are regions or the country.

    By itself, or among parts of the country, it may be the island.
    """
    names = [text for text in texts if not is_total(text)]
    unknown = [text for text in names if find(text) is None]
    known = {catalog.areas[area].level for text in names if (area := find(text))}
    if len(unknown) != 1 or "region" not in known or known - {*_WIDE}:
        return {}
    region = find(f"Region {unknown[0].removeprefix(TYPED).strip()}")
    return {unknown[0]: region} if region else {}


def are_parts(texts: Sequence[str], find: Lookup, catalog: Catalog) -> bool:
    """Whether most areas of a column are smaller than regions."""
    areas = [area for text in texts if (area := find(text))]
    return 2 * sum(catalog.areas[area].level not in _WIDE for area in areas) > len(areas)


def ignored_words(text: str) -> str:
    """Why a row is ignored whose label computes with other areas; empty of any other label.

    An average is no figure of the country: whoever means the country writes its name.
    """
    plain = text.removeprefix(TYPED).strip()
    if _COMPUTED.fullmatch(plain):
        return "Rækken er beregnet af andre områder og springes over"
    if _SEVERAL.fullmatch(plain):
        return "Rækken er flere områder under ét og springes over"
    return ""


def names_other_areas(column: str) -> bool:
    """Whether a column is called as figures of several areas or the country: `Landsgennemsnit`."""
    plain = column.strip()
    is_several = _SEVERAL.fullmatch(plain) or _OF_OTHERS.fullmatch(plain)
    return is_several is not None or folded(plain) in _COUNTRY


def area_problem(text: str, find: Lookup, catalog: Catalog) -> Told | None:
    """Message and remedy for a label that may be an area or a sum; None for all else."""
    plain = text.removeprefix(TYPED).strip()
    if contradiction := _code_of_another(plain, find, catalog):
        return contradiction
    if plain and (region := find(f"Region {plain}")):
        return (
            f"»{plain}« kan være regionen eller en mindre del af landet.",
            f"Er tallet for regionen, så skriv »{catalog.areas[region].name}«. Ellers slet rækken.",
        )
    if (average := _AVERAGE_OF.fullmatch(plain)) and (of := find(average["name"])):
        return (
            f"»{plain}« kan være tallet for hele området eller et gennemsnit af dets dele.",
            f"Er tallet for hele området, så skriv »{catalog.areas[of].name}«. Ellers slet rækken.",
        )
    name = _named(text)
    area = find(name)
    if area is None and folded(name) not in _ITSELF:
        return heading_in_row(plain)
    called = catalog.areas[area].name if area else "områdets navn"
    return (
        f"»{plain}« kan være hele området eller en sum af rækkerne over den.",
        f"Er tallet for hele området, så skriv {'»' + called + '«' if area else called}. Er det en "
        "sum, så slet rækken.",
    )


def _code_of_another(plain: str, find: Lookup, catalog: Catalog) -> Told | None:
    """Message and remedy for a code beside another area's name: `751: Odense`."""
    match = _CODE_AND_NAME.fullmatch(plain) or _NAME_AND_CODE.fullmatch(plain)
    if match is None:
        return None
    of_code, of_name = find(match["code"]), find(match["name"])
    if of_code is None or of_name is None or of_code == of_name:
        return None
    return (
        f"Koden {match['code']} er {catalog.areas[of_code].name}, men navnet er "
        f"{catalog.areas[of_name].name}.",
        "Ret det, der er forkert, så kode og navn er det samme område.",
    )


def _named(text: str) -> str:
    """The name beside the word of a total; empty where there is none."""
    match = _TOTAL.fullmatch(text.removeprefix(TYPED).strip())
    return (match["name"] or match["after"] or "").strip(" ,:–-()") if match else ""
