"""Which figures a meeting is offered, and which of those chosen there are none of."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.wording import capital, listing
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

    Of an indicator that is retired it says that.
    `Der er ingen figur af Sprogmentorpladser i Aarhus 19. marts 2025.`
    """
    keys = {item.exhibit.key for item in full_paper.items}
    shown = {item.indicator.indicator_id for item in full_paper.items}
    lacking = {
        catalog.indicators[id_].short_name: id_ for id_ in choice.indicator_ids if id_ not in shown
    }
    lacking |= {
        _name(key, catalog): _indicator(key, catalog) for key in choice.picked if key not in keys
    }
    retired = [
        name
        for name, id_ in lacking.items()
        if id_ in catalog.indicators and catalog.is_retired(catalog.indicators[id_])
    ]
    others = [name for name in lacking if name not in retired]
    said = [f"{capital(listing(retired))} er udgået og har ingen figur."] if retired else []
    if others:
        said.append(
            f"Ingen figur af {listing(others)} i {full_paper.area_name}: "
            f"{full_paper.dated[:1].lower()}{full_paper.dated[1:]} er der ingen tal."
        )
    return " ".join(said)


def name_of_figure(key: str, catalog: Catalog) -> tuple[str, bool]:
    """The indicator that an exhibit's key names and that it exists; else the key itself."""
    id_ = _indicator(key, catalog)
    if id_:
        return catalog.indicators[id_].short_name, True
    return f"»{key}«", key.startswith(_SHARED)


def _indicator(key: str, catalog: Catalog) -> str:
    """The id of the first indicator that an exhibit's key names; empty where it names none."""
    parts: Sequence[str] = key.split("-")
    return next((part for part in parts if part in catalog.indicators), "")


def _name(key: str, catalog: Catalog) -> str:
    name, is_known = name_of_figure(key, catalog)
    return name if is_known else f"{name} (nøgletallet findes ikke længere)"
