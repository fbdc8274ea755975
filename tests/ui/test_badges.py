"""Text from data in markdown stands as it is written."""

from tests.tables import for_each
from ui.badges import plain


@for_each(
    ("text", "shown"),
    [
        ("Aarhus", "Aarhus"),
        ("1. kvartal", r"1\. kvartal"),
        ("12.", r"12\."),
        ("1,5", "1,5"),
        ("2.410", "2.410"),
        # what a cell of figures may hold alone; a list of nothing would not be seen
        ("-", r"\-"),
        ("- ", r"\- "),
        ("---", r"\---"),
        ("+", r"\+"),
        ("-12,5", r"\-12,5"),
        ("=", r"\="),
        ("–", "–"),
        ("a - b", "a - b"),
        ("Y-aksen", "Y-\u2060aksen"),
        ("16-64 år", "16-\u206064 år"),
        ("21-43 %", "21-\u206043\u00a0%"),
        ("2025-03-19", "2025-03-19"),
        ("6-byerne", "6-byerne"),
        ("ikke-vestlig", "ikke-vestlig"),
        ("*", r"\*"),
        (":material/home: :Hus:", "\\:\u2060material/home\\: \\:\u2060Hus\\:"),
        ("fra 12:30:15, a: b", r"fra 12\:30\:15, a\: b"),
        ("", ""),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown
