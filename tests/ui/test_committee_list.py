"""What is said under the slide of the figure that is shown."""

from tests.tables import for_each
from ui.committee_list import slide_words

NUMBERS = {"own": 2, "first": 3, "second": 3, "last": 4}


@for_each(("key", "words"), [
    ("own", "Slide 2 af 5, som den er i filen"),
    # Its title is the slide's, and what is written as the figure's own title is not seen there.
    ("second",
     "Slide 3 af 5, som den er i filen. Den samler to figurer (»Små nøgletal samlet«)"),
])  # fmt: skip
def test_a_slide_of_several_figures_says_so(key: str, words: str) -> None:
    assert slide_words(NUMBERS, 5, key) == words
