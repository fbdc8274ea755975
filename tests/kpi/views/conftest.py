"""What the tests of views share: the search of all figures."""

import pytest

from kpi.store import Store
from kpi.views.search_index import search_index
from tests.kpi.views.searching import Searching


@pytest.fixture(scope="session")
def find(shipped: Store) -> Searching:
    """The search of all of data/, by a query alone. Its index is made once: read it only."""
    catalog = shipped.catalog()
    return Searching(shipped, catalog, search_index(shipped, catalog, shipped.plan(), "aarhus"))
