"""Messages for a label in place of an area that is a sum or an average of others."""

import re
from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import Lookup, folded

_TOTAL = re.compile(
    r"(?P<name>.+?)\s*[,:–-]?\s*\(?(?:i\s?alt|total|totalt|samlet|sum)\)?\.?"
    r"|(?:i\s?alt|total|totalt|samlet|hele|sum)\s*[,:–-]?\s+(?P<after>.+)",
    re.IGNORECASE,
)
_CODE_AND_NAME = re.compile(r"(?P<code>0?[0-9]{3})\s*[-:]?\s+(?P<name>.+)", re.DOTALL)
_NAME_AND_CODE = re.compile(r"(?P<name>.+?)\s*\(?(?P<code>0?[0-9]{3})\)?", re.DOTALL)
_WIDE = ("country", "region")
_ITSELF = frozenset(("kommunen", "landet", "området", "byen", "regionen"))
_COUNTRY = frozenset(("landstal", "landstallet", "landetsomhelhed", "helelandetsomhelhed"))
_AVERAGES = re.compile(
    r"(?:vægtet )?(?:\w*gennemsnit|gns\.?|snit|median|average|mean)(?:\b.*)?", re.IGNORECASE
)
_REST = re.compile(
    r"(?:øvrige|andre|resten|resterende)\b.*|(?:6|seks)[- ]?by(?:erne|er)?", re.IGNORECASE
)

# Message and remedy.
Told = tuple[str, str]


def whole_area(text: str, find: Lookup, catalog: Catalog) -> str | None:
    """The country where a label is its name and a total: `Hele landet i alt`; else None.

    A total of a municipality may be of the rows above it alone.
    """
    area = find(_named(text))
    if folded(_named(text)) == "landet" or folded(text.removeprefix(TYPED)) in _COUNTRY:
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


def area_problem(text: str, find: Lookup, catalog: Catalog) -> Told | None:
    """Message and remedy for a label that sums up, or leaves out, others; None for all else."""
    plain = text.removeprefix(TYPED).strip()
    if contradiction := _code_of_another(plain, find, catalog):
        return contradiction
    if _AVERAGES.fullmatch(plain):
        return "Et gennemsnit af andre områder er ikke et område.", "Slet rækken."
    if _REST.fullmatch(plain):
        return (
            "Flere områder under ét er ikke et område i Spor.",
            "Slet rækken, eller indlæs tallene for hvert område.",
        )
    if plain and (region := find(f"Region {plain}")):
        return (
            f"»{plain}« kan være regionen eller en mindre del af landet.",
            f"Er tallet for regionen, så skriv »{catalog.areas[region].name}«. Ellers slet rækken.",
        )
    name = _named(text)
    area = find(name)
    if area is None and folded(name) not in _ITSELF:
        return None
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
    return (match["name"] or match["after"] or "").strip(" ,:–-(") if match else ""
