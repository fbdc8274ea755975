"""A row of the profile whose own figures are hidden opens no chart of others' figures."""

from kpi.domain.catalog import Catalog
from kpi.store import Store
from kpi.views.area import opened_row


def test_hidden_figures_open_no_chart_of_others(hidden: Store, hidden_catalog: Catalog) -> None:
    own = opened_row(hidden, hidden_catalog, "gellerup", "persons", "all")
    assert own is not None
    assert (own.exhibit, own.row.value) == (None, "skjult")
    # One hidden group does not take the others' chart away, nor one hidden period.
    for area, group in (("aarhus", "non_western"), ("odense", "all")):
        opened = opened_row(hidden, hidden_catalog, area, "rate", group)
        assert opened is not None
        assert opened.exhibit is not None
