"""Checks of areas that are added or corrected: what they lie in, their days, their successors."""

from collections.abc import Iterator, Mapping
from datetime import date

from kpi.domain.catalog import Catalog
from kpi.domain.format import long_date
from kpi.domain.vocabulary import LEVEL_NAMES, LEVEL_RANKS
from kpi.tables.rows import is_date
from kpi.tables.spec import Row

# How many digits the codes of a level have: Statistics Denmark's of the country, regions,
# municipalities and parishes, the Ministry's numbers of institutions for schools. Programme and
# housing areas have the administration's own, if any.
CODE_DIGITS: Mapping[str, int | None] = {
    "country": 3, "region": 3, "municipality": 3, "parish": 4, "school": 6,
    "programme_area": None, "housing_area": None,
}  # fmt: skip
_MOST_DIGITS = 6

# The column that is wrong, what is wrong with it, and what to do.
Fault = tuple[str, str, str]


def area_faults(row: Row, before: Row | None, catalog: Catalog) -> Iterator[Fault]:
    """What is wrong with an area by itself, or beside the areas that there are."""
    level, parent = row["level"], catalog.areas.get(row["parent_id"])
    rank = LEVEL_RANKS.get(level)
    if level == "country":
        others = [area.name for area in catalog.areas.values() if area.level == "country"]
        if others and before is None:
            yield "level", "Der kan kun være ét land.", "Vælg en anden områdetype."
    elif not row["parent_id"]:
        yield "parent_id", "Feltet er tomt.", "Skriv det område, som området ligger i."
    elif parent and rank is not None and LEVEL_RANKS[parent.level] >= rank:
        yield "parent_id", *_too_small(level, parent.level)
    yield from _code(row, before)
    context = catalog.areas.get(row["context_of"])
    if row["context_of"] and (level != "housing_area" or (context and not context.is_programme)):
        yield (
            "context_of", "Kun et boligområde kan vises ved et programområde.",
            "Skriv et programområde, eller lad feltet stå tomt.",
        )  # fmt: skip
    region = catalog.areas.get(row["region_id"])
    if row["region_id"] and (level != "municipality" or (region and region.level != "region")):
        yield (
            "region_id", "Kun en kommune har en region, og den skal være en region.",
            "Skriv kommunens region, eller lad feltet stå tomt.",
        )  # fmt: skip
    yield from _dates(row)


def faults_among_areas(row: Row, catalog: Catalog, rows: Mapping[str, Row]) -> Iterator[Fault]:
    """Areas of the same file that cannot lie in, or take over from, each other."""
    own, parent = row["area_id"], rows.get(row["parent_id"])
    if row["level"] == "country" and row["parent_id"]:
        yield "parent_id", "Et land hører ikke under et andet område.", "Lad feltet stå tomt."
    elif parent and row["level"] in LEVEL_RANKS and parent["level"] in LEVEL_RANKS:
        level, above = row["level"], parent["level"]
        if LEVEL_RANKS[above] >= LEVEL_RANKS[level] and row["parent_id"] not in catalog.areas:
            yield "parent_id", *_too_small(level, above)
    successors = {area_id: area.succeeded_by for area_id, area in catalog.areas.items()}
    successors |= {area_id: _parts(other["succeeded_by"]) for area_id, other in rows.items()}
    later, seen = set(_parts(row["succeeded_by"])) - {own}, set[str]()
    while later - seen:
        seen |= later
        later = {after for area_id in later for after in successors.get(area_id, ())}
    if own in seen:
        yield "succeeded_by", "Områderne afløser hinanden i ring.", "Ret ét af felterne."
    else:
        yield from _successors(row, catalog, rows)


def _successors(row: Row, catalog: Catalog, rows: Mapping[str, Row]) -> Iterator[Fault]:
    """Areas that cannot have taken this one over: smaller ones, or such as ended before it did.

    What stands already may stay: only new ones are asked about.
    """
    before = catalog.areas.get(row["area_id"])
    for area_id in _parts(row["succeeded_by"]):
        other, known = rows.get(area_id), catalog.areas.get(area_id)
        if area_id in (before.succeeded_by if before else ()) or not (other or known):
            continue
        name, level, last = (
            (other["name"], other["level"], other["valid_to"]) if other
            else (known.name, known.level, known.valid_to) if known else ("", "", "")
        )  # fmt: skip
        own_rank, rank = LEVEL_RANKS.get(row["level"]), LEVEL_RANKS.get(level)
        if own_rank is not None and rank is not None and rank > own_rank:
            yield (
                "succeeded_by",
                f"{name} er {LEVEL_NAMES[level].lower()} og kan ikke afløse "
                f"{LEVEL_NAMES[row['level']].lower()}.",
                "Vælg et område af samme slags, eller et større, som det blev en del af.",
            )
        elif is_date(last) and is_date(row["valid_to"]) and last <= row["valid_to"]:
            yield (
                "succeeded_by", f"{name} gælder kun til {long_date(date.fromisoformat(last))}.",
                "Vælg det område, der kom efter, eller ret datoerne.",
            )  # fmt: skip


def _code(row: Row, before: Row | None) -> Iterator[Fault]:
    """What is no code of the area's level; one that stands already may stay."""
    code, level = row["code"], row["level"]
    if not code or code == (before or {}).get("code"):
        return
    digits = CODE_DIGITS.get(level)
    if not (code.isascii() and code.isdigit()):
        yield "code", "Koden er ikke et tal.", "Skriv koden med cifre, eller lad feltet stå tomt."
    elif digits and len(code) != digits:
        yield (
            "code",
            f"En kode for {LEVEL_NAMES[level].lower()} har {digits} cifre, og her er {len(code)}.",
            "Skriv kildens kode, eller lad feltet stå tomt.",
        )  # fmt: skip
    elif len(code) > _MOST_DIGITS:
        yield (
            "code", f"Koden har {len(code)} cifre; en områdekode har højst {_MOST_DIGITS}.",
            "Skriv kildens kode, eller lad feltet stå tomt.",
        )  # fmt: skip


def _parts(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))


def _too_small(level: str, above: str) -> tuple[str, str]:
    return (
        f"{LEVEL_NAMES[level]} kan ikke høre under {LEVEL_NAMES[above].lower()}.",
        "Skriv et større område, for eksempel kommunen.",
    )


def _dates(row: Row) -> Iterator[Fault]:
    first, last = row["valid_from"], row["valid_to"]
    if is_date(first) and is_date(last) and last < first:
        yield "valid_to", "Datoen ligger før den dag, området gælder fra.", "Ret datoen."
    if row["succeeded_by"] and not last:
        yield "valid_to", "Feltet er tomt.", "Skriv den sidste dag, området gælder."
    if row["area_id"] in row["succeeded_by"].split(";"):
        yield "succeeded_by", "Et område kan ikke afløse sig selv.", "Ret feltet."
