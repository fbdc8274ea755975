"""What a text said on an earlier day: without the sentences about what came after it."""

import re
from datetime import date

from kpi.domain.period import month_number

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ»])")
_MONTH = re.compile(r"(?:\b(\d{1,2})\. )?\b([a-zæøå]+) ((?:19|20)\d{2})\b")


def known_by(text: str, day: date) -> str:
    """The sentences of a definition or a note that name no day or month after a day.

    Of a month nothing is known before it has begun. A year alone is left: it may be of a figure.

    >>> known_by("Andel i procent. Domstolen afgjorde det i december 2025.", date(2025, 3, 19))
    'Andel i procent.'
    """
    sentences = _SENTENCES.split(text)
    return " ".join(sentence for sentence in sentences if not _is_later(sentence, day))


def _is_later(sentence: str, day: date) -> bool:
    for number, name, year in _MONTH.findall(sentence):
        try:
            named = date(int(year), month_number(name), int(number or 1))
        except ValueError:
            continue  # another word before a year
        if named > day:
            return True
    return False
