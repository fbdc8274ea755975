"""The search as its tests ask it."""

from kpi.domain.catalog import Catalog
from kpi.store import Store
from kpi.views.search import SearchView, search
from kpi.views.search_hits import Hit
from kpi.views.search_index import SearchIndex


class Searching:
    """The search of one store, by a query alone."""

    def __init__(self, store: Store, catalog: Catalog, index: SearchIndex) -> None:
        self.store, self.catalog, self.index = store, catalog, index

    def __call__(self, query: str) -> SearchView:
        return search(query, self.index, self.store, self.catalog, "aarhus")


def name_of(hit: Hit) -> str:
    return "".join(part for part, _ in hit.name)


def marked(hit: Hit) -> list[str]:
    return [part for part, is_marked in hit.name if is_marked]


def groups_of(view: SearchView) -> dict[str, list[str]]:
    return {group.title: [name_of(hit) for hit in group.hits] for group in view.groups}
