"""Which municipalities are so small that their figures move with a few people."""

from kpi.domain.catalog import Catalog
from kpi.domain.model import Area

# Inhabitants: seven municipalities have fewer, six of them islands.
_FEWEST = 15_000
FEW_PEOPLE = "{} har få indbyggere: Tallene bygger på få personer og kan svinge meget fra år til år"


def has_few_people(area: Area, catalog: Catalog) -> bool:
    """Whether an area is a municipality of few inhabitants; not where their number is unknown.

    The number is that by which municipalities are compared in size.
    """
    if area.level != "municipality":
        return False
    sizes = (
        feature.values[area.area_id]
        for feature in catalog.similarity.features
        if catalog.indicators[feature.indicator_id].is_total and area.area_id in feature.values
    )
    return any(size < _FEWEST for size in sizes)
