"""Messages for a label in place of an area that is a sum or an average of others."""

import re

from kpi.domain.catalog import Catalog
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.lookup import Lookup, folded

_TOTAL = re.compile(
    r"(?P<name>.+?)\s*[,:–-]?\s*\(?(?:i\s?alt|total|totalt|samlet|sum)\)?\.?"
    r"|(?:i\s?alt|total|totalt|samlet|hele|sum)\s*[,:–-]?\s+(?P<after>.+)",
    re.IGNORECASE,
)
_CODE_AND_NAME = re.compile(r"(?P<code>0?[0-9]{3})\s*[-:]?\s+(?P<name>.+)", re.DOTALL)
_NAME_AND_CODE = re.compile(r"(?P<name>.+?)\s*\(?(?P<code>0?[0-9]{3})\)?", re.DOTALL)
_ITSELF = frozenset(("kommunen", "landet", "området", "byen", "regionen"))
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
    if folded(_named(text)) == "landet":
        area = find("Hele landet")
    return area if area and catalog.areas[area].level == "country" else None


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
