"""A CPR number in a text that stands by itself: a title, a name, a note, a message.

In a table and in a whole file of JSON or PX figures stand beside each other; there
kpi/cpr/spelling.py is asked alone.
"""

from kpi.cpr.cut import holds_in_thousands
from kpi.cpr.prose import holds_in_prose
from kpi.cpr.spelling import holds_personal_number


def text_holds_number(text: str) -> bool:
    """Whether a text by itself contains a CPR number, also with its halves parted as figures."""
    return holds_personal_number(text) or holds_in_prose(text)


def title_holds_number(text: str) -> bool:
    """Whether a table's title contains one: of its figures nobody says that they are amounts."""
    return text_holds_number(text) or holds_in_thousands(text)
