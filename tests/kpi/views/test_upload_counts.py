"""What the counts of an upload say."""

from kpi.views.upload_counts import guarded_words
from tests.kpi.made import catalog, indicator


def test_what_a_publication_hides_of_others_is_named() -> None:
    known = catalog(indicator())
    assert guarded_words({}, known) == ""
    words = guarded_words({"rate": 1200}, known)
    assert words.startswith("1.200 tal, der før var vist, er nu skjult")
    assert "(Beskæftigelse)" in words
