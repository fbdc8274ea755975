"""How files write the country besides its name: `I hele landet`, `Danmark i alt`."""

import re

_TOTAL = r"(?:i\s?alt|totalt?|tot\.?|samlet|sum|overall)"
# A total alone may be of anything, and so is `land`, which is also a level of areas.
_COUNTRY = re.compile(
    rf"(?:{_TOTAL}[\s,:–-]*)?(?:\(?(?:tal |figures )?(?:i|for|på|af|in|of)\s+)?"
    r"(?P<whole>(?:the\s+)?(?:hele|all|whole|entire)(?:\s+of)?\s+)?"
    r"(?P<name>landet|danmark|denmark|dk|(?:the\s+)?country)"
    r"(?P<rest>\s+(?:som (?:en )?helhed|as a whole|samlet set))?"
    r"(?:\s*[,(/–-]\s*(?:hele (?:landet|danmark|dk)|danmark|denmark|dk|landet)\)?)?"
    rf"(?:[\s,:(–-]*{_TOTAL}\)?)?",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?:tal |på )?(?:landsplan|nationalt(?: (?:plan|niveau))?|national level)"
    r"|lands(?:tal(?:let)?|total(?:en)?|resultat(?:et)?|niveau)|på landsniveau|nationwide",
    re.IGNORECASE,
)


def is_country(text: str) -> bool:
    """Whether a label can only be the whole country, whatever else is in its column.

    An average of its parts is none of it, and neither is a part, or what leaves some out.
    """
    return bool(_COUNTRY.fullmatch(text.strip()) or _LEVEL.fullmatch(text.strip()))
