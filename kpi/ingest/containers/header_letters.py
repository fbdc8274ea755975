"""A sheet's headers and footers: the codes of their fonts are between the letters."""

import re
from itertools import islice

# A font, its size and colour, bold and the like (`&"Arial,Bold"`, `&12`, `&KFF0000`, `&B`).
_OF_LETTERS = re.compile(
    r'&(?:"[^"]{0,80}"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,2}|[BIUESXYHObiuesxyho])'
)
_IN_BYTES = re.compile(_OF_LETTERS.pattern.encode())
_NEAR, _MOST = 96, 2_000


def without_letters(text: str) -> str:
    """A header as it is shown: without what it says of its letters."""
    return _OF_LETTERS.sub("", text)


def headers_in(content: bytes) -> list[str]:
    """The texts around the codes of fonts in bytes, as they are shown.

    Of the first codes only, and of these where one of the three signs before is a digit.
    """
    around: list[str] = []
    end = 0
    for match in islice(_IN_BYTES.finditer(content), _MOST):
        if not any(48 <= sign < 58 for sign in content[max(0, match.start() - 3) : match.start()]):
            continue
        if match.start() < end:
            continue
        end = match.end() + _NEAR
        near = content[max(0, match.start() - _NEAR) : end]
        around.append(without_letters(near.decode("latin-1")))
    return around
