"""Digits of a number that words name, in bytes and in long lines."""

from kpi.ingest.gate.unseen_bytes import holds_in_bytes, holds_in_long
from tests.tables import for_each


@for_each(
    "text",
    ["født 251248, sidste fire 4916", "født 25.12.1948 med nr. 4916", "f. 251248 og nr. 4916",
     "de sidste fire er 4916, født 251248", "cpr 251248 og de sidste fire er 4916"],
)  # fmt: skip
def test_words_that_name_the_digits_are_found_in_bytes_and_long_lines(text: str) -> None:
    figures = '{"område": "Aarhus", "år": 2023, "værdi": 12.5}, ' * 300
    for encoding in ("utf-8", "latin-1", "utf-16-le"):
        assert holds_in_bytes(f"{figures}{text}{figures}".encode(encoding)), encoding
    assert holds_in_long(f'[{figures}{{"note": "{text}"}}]')
    other = "de sidste 4 år 2020-2023, født 2019 eller senere: 4500 børn, jf. 120 sider"
    assert not holds_in_bytes(f"{figures}{other}".encode())
    assert not holds_in_long(f'[{figures}{{"note": "{other}"}}]')
