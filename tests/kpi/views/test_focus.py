"""Which areas come first where a page has room for some."""

from kpi.domain.catalog import Catalog
from kpi.views.focus import own_first


def test_ones_own_areas_come_before_others_of_a_file(catalog: Catalog) -> None:
    areas = ["denmark", "aalborg", "esbjerg", "gellerup", "odense", "aarhus", "aalborg"]
    first = own_first(areas, "aarhus", catalog)
    assert first == ["gellerup", "aarhus", "denmark", "aalborg", "esbjerg", "odense"]
