"""How the municipalities similar to an area were chosen: who they are, and by which figures."""

from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Area
from kpi.domain.period_words import period_name
from kpi.domain.similarity import Feature
from kpi.domain.wording import listing


@dataclass(frozen=True)
class FeatureRow:
    """A structure figure: the area's own value, and the least and largest of the similar ones."""

    name: str
    period: str
    weight: str
    own: str
    others: str


@dataclass(frozen=True)
class SimilarView:
    """The municipalities similar to an area: names with distances nearest first, and the recipe."""

    area_name: str
    title: str
    recipe: str
    neighbours: tuple[tuple[str, str], ...]
    features: tuple[FeatureRow, ...]


def similar_view(catalog: Catalog, area_id: str) -> SimilarView | None:
    """Who is similar to the municipality that the area is or lies in; None where nobody is."""
    area = catalog.municipality_of(catalog.areas[area_id])
    nearest = catalog.similarity.nearest(area.area_id) if area else ()
    if area is None or not nearest:
        return None
    names = [catalog.areas[neighbour.area_id].name for neighbour in nearest]
    features = [
        feature
        for feature in catalog.similarity.features
        if feature.indicator_id in catalog.indicators and area.area_id in feature.values
    ]
    logs = [
        catalog.indicators[feature.indicator_id].short_name.lower()
        for feature in features
        if feature.scale == "log"
    ]
    scaled = f" ({listing(logs)} regnet med logaritmen)" if logs else ""
    return SimilarView(
        area.name,
        f"Kommuner som {area.name}: {listing(names)}",
        "Forskellen er kvadratroden af det vægtede gennemsnit af de kvadrerede forskelle, når "
        f"hvert strukturtal er standardiseret over kommunerne{scaled}. 0 er helt ens. Et "
        "nøgletal, der sammenlignes, indgår aldrig selv. Vægtene kan ændres i "
        "data/similar_feature.csv.",
        tuple(
            (name, fmt.number(neighbour.distance, 2))
            for name, neighbour in zip(names, nearest, strict=True)
        ),
        tuple(_row(feature, area, [each.area_id for each in nearest], catalog)
              for feature in features),
    )  # fmt: skip


def _row(feature: Feature, area: Area, area_ids: list[str], catalog: Catalog) -> FeatureRow:
    indicator = catalog.indicators[feature.indicator_id]
    values = [feature.values[area_id] for area_id in area_ids if area_id in feature.values]
    return FeatureRow(
        indicator.short_name,
        period_name(feature.period, indicator, catalog),
        fmt.number(feature.weight, 1 if feature.weight % 1 else 0),
        fmt.amount(feature.values[area.area_id], indicator, indicator.decimals),
        f"{fmt.number(min(values), indicator.decimals)} til "
        f"{fmt.amount(max(values), indicator, indicator.decimals)}",
    )
