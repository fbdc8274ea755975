"""Which figures a meeting is offered, and which of those chosen there are none of."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.wording import listing
from kpi.export.choice import Choice
from kpi.export.news import NEW_FIGURE
from kpi.export.paper import Item, Paper

# So many figures a meeting reads: the headline ones, and where they are few, others with them.
MOST, FEWEST = 8, 6
# The figure of several indicators in the areas of a programme.
_SHARED = "resultater-"


def proposal(full_paper: Paper) -> tuple[str, ...]:
    """The keys of the figures that a meeting is offered, in the paper's order.

    The first figure of each headline indicator; where that is too few, those that are new since
    the meeting before, and then the first of the others.
    """
    firsts = full_paper.defined
    new = {row[1] for row in full_paper.news if row[0] == NEW_FIGURE}

    def rank(item: Item) -> int:
        """How early it is offered."""
        if item.indicator.headline:
            return 0
        return 1 if any(item.indicator.short_name in name for name in new) else 2

    ranked = sorted(firsts, key=rank)
    headlines = sum(item.indicator.headline for item in firsts)
    offered = {item.exhibit.key for item in ranked[: min(max(headlines, FEWEST), MOST)]}
    return tuple(item.exhibit.key for item in full_paper.items if item.exhibit.key in offered)


def missing(full_paper: Paper, choice: Choice, catalog: Catalog) -> str:
    """The chosen figures that there are none of in the area on the day; empty where all are there.

    `Der er ingen figur af Sprogmentorpladser i Aarhus 19. marts 2025.`
    """
    keys = {item.exhibit.key for item in full_paper.items}
    shown = {item.indicator.indicator_id for item in full_paper.items}
    lacking = [
        catalog.indicators[id_].short_name for id_ in choice.indicator_ids if id_ not in shown
    ]
    lacking += [_name(key, catalog) for key in choice.picked if key not in keys]
    if not lacking:
        return ""
    return (
        f"Ingen figur af {listing(list(dict.fromkeys(lacking)))} i {full_paper.area_name}: "
        f"{full_paper.dated[:1].lower()}{full_paper.dated[1:]} er der ingen tal."
    )


def name_of_figure(key: str, catalog: Catalog) -> tuple[str, bool]:
    """The indicator that an exhibit's key names and that it exists; else the key itself."""
    parts: Sequence[str] = key.split("-")
    named = [catalog.indicators[part].short_name for part in parts if part in catalog.indicators]
    return (named[0], True) if named else (f"»{key}«", key.startswith(_SHARED))


def _name(key: str, catalog: Catalog) -> str:
    name, is_known = name_of_figure(key, catalog)
    return name if is_known else f"{name} (nøgletallet findes ikke længere)"
