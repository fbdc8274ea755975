"""A CPR number in a text that stands by itself: a title, a name, a note, a message.

In a table and in a whole file of JSON or PX figures stand beside each other; there
kpi/cpr/spelling.py is asked alone.
"""

from collections.abc import Iterator

from kpi.cpr.cut import holds_in_thousands
from kpi.cpr.packed import codes_read
from kpi.cpr.prose import holds_in_prose
from kpi.cpr.spelled_out import with_figures
from kpi.cpr.spelling import holds_personal_number


def text_holds_number(text: str) -> bool:
    """Whether a text by itself contains a CPR number, also with its halves parted as figures.

    So it does where its digits are words, or the codes of the letters.
    """
    return _holds(text) or any(map(_holds, said_otherwise(text)))


def said_otherwise(text: str) -> Iterator[str]:
    """What the words and the codes of a text say in figures."""
    if (figures := with_figures(text)) != text:
        yield figures
    yield from codes_read(text)


def title_holds_number(text: str) -> bool:
    """Whether a table's title contains one: of its figures nobody says that they are amounts."""
    return text_holds_number(text) or holds_in_thousands(text)


def _holds(text: str) -> bool:
    return holds_personal_number(text) or holds_in_prose(text)
