"""A paper of thirty indicators whose names, areas and values are as long as Danish allows."""

from pathlib import Path

from kpi.export.choice import Choice
from kpi.export.paper import Paper, paper
from kpi.store import init, open_store
from tests.kpi.data_folder import append, write_tiny

INDICATORS = 30
_GROUPS = (
    "arbejdsmarkedsparate",
    "aktivitetsparate",
    "uddannelsesparate",
    "sygedagpengemodtagende",
)
_WHAT = (
    "beskæftigelsesrettede sprogundervisningsforløb", "håndholdte virksomhedspraktikforløb",
    "helhedsorienterede familieindsatser", "opfølgningssamtaler om negativ social kontrol",
    "forebyggende fritidspasvejledninger", "tværfaglige integrationsbasisuddannelser",
)  # fmt: skip
_AREAS = ("aarhus", "odense", "randers", "langeland", "denmark")
_YEARS = range(2018, 2024)


def wordy_paper(folder: Path) -> Paper:
    """Ten developments, ten single years of areas, ten counts with denominators."""
    lines = []
    for number in range(INDICATORS):
        lines += _figures(f"i{number}", number)
    data = write_tiny(folder / "data", "\n".join(lines))
    append(data, "area.csv", "langeland,Sankt Nikolaj og Sydlangelands Landdistriktskommune,"
                             "municipality,denmark,482,")  # fmt: skip
    append(data, "area_set.csv", "cities,Byerne,langeland")
    for number in range(INDICATORS):
        append(data, "indicator.csv", _indicator(f"i{number}", number))
    init(folder / "home", data)
    store = open_store(folder / "home")
    return paper(store, store.catalog(), Choice("aarhus", "first"))


def _indicator(indicator_id: str, number: int) -> str:
    who, what = _GROUPS[number % len(_GROUPS)], _WHAT[number % len(_WHAT)]
    name = f"Andel {who} borgere med ikke-vestlig baggrund i {what} (opgørelse {number})"
    kind, unit = ("count", "persons") if number % 3 == 2 else ("proportion", "percent")
    short = f"{what.capitalize()} {number}"
    definition = f"{name}. " + "Opgørelsen følger ministeriets vejledning om registerdata. " * 3
    return (
        f"{indicator_id},work,{name},{short},{kind},{unit},higher_is_better,1,1,all,{definition},"
        "Kilden har ændret opgørelsesmetode fra 2020 og frem"
    )


def _figures(indicator_id: str, number: int) -> list[str]:
    kind, lines = number % 3, []
    for place, area in enumerate(_AREAS):
        for year in _YEARS if kind == 0 else (2023,):
            share = 40 + 3 * place + (year - 2018) * (1 + number % 3) + number / 7
            if kind == 2:
                lines.append(
                    f"{indicator_id},{area},all,{year},{round(share)},,1{number:02d},final"
                )
            else:
                status = "approximate" if place == 1 else "final"
                lines.append(f"{indicator_id},{area},all,{year},{share:.1f},,,{status}")
    return lines
