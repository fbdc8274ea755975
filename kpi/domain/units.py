"""What figures are counted in: the units of data/ and their words, and those that people write."""

import re

# unit: one, several. Counts are shown bare on cards, with these words in sentences.
_UNIT_WORDS = {
    "percent": ("%", "%"),
    "persons": ("person", "personer"),
    "families": ("familie", "familier"),
    "courses": ("forløb", "forløb"),
    "places": ("plads", "pladser"),
    "months": ("måned", "måneder"),
    "workshops": ("workshop", "workshops"),
    "cases": ("sag", "sager"),
    "actors": ("aktør", "aktører"),
    "hours_per_week": ("time om ugen", "timer om ugen"),
    "dkk_per_year": ("kr. om året", "kr. om året"),
    "notifications": ("underretning", "underretninger"),
    "notifications_per_1000_children": (
        "underretning pr. 1.000 børn", "underretninger pr. 1.000 børn",
    ),
    "persons_per_km2": ("indbygger pr. km²", "indbyggere pr. km²"),
    "times": ("gang", "gange"),
    "index": ("indekspoint", "indekspoint"),
}  # fmt: skip

_UNIT_NAMES = {
    "percent": "procent",
    "hours_per_week": "timer om ugen",
    "dkk_per_year": "kr. om året",
    "index": "indeks",
}

# What a figure is, beside or instead of what it counts: »2 antal« is no Danish.
_KINDS_OF_FIGURE = frozenset(
    ("antal", "tal", "andel", "gennemsnit", "gns", "middelværdi", "beløb", "sum", "værdi", "rate",
     "niveau", "enhed", "enheder", "måleenhed", "i alt", "total")
)  # fmt: skip
_BEFORE_UNIT = re.compile(
    r"(?:målt i|opgjort i|i|antal(?:let)?(?: af)?|andel(?:en)?(?: af)?|beløb i|enhed:?)\s+"
    r"(?!alt\b)", re.IGNORECASE,
)  # fmt: skip
_ONE_OF = {
    "dage": "dag", "timer": "time", "minutter": "minut", "uger": "uge", "måneder": "måned",
    "kvartaler": "kvartal", "personer": "person", "borgere": "borger", "indbyggere": "indbygger",
    "beboere": "beboer", "modtagere": "modtager", "deltagere": "deltager", "ansatte": "ansat",
    "elever": "elev", "børn": "barn", "familier": "familie", "husstande": "husstand",
    "boliger": "bolig", "sager": "sag", "pladser": "plads", "underretninger": "underretning",
    "henvendelser": "henvendelse", "ansøgninger": "ansøgning", "virksomheder": "virksomhed",
    "besøg": "besøg", "kroner": "krone", "gange": "gang", "lektioner": "lektion",
}  # fmt: skip
_SHORT_UNITS = {
    "pct": "percent", "%": "percent", "kr": "kr.", "dkk": "kr.", "t.kr": "t.kr.",
    "mio. kr": "mio. kr.", "mia. kr": "mia. kr.", "stk": "stk.", "pers": "personer",
}  # fmt: skip


def known_units() -> tuple[str, ...]:
    """The units an indicator of data/ may have; one that a person adds may have words of its own.

    Such a unit is its words, singular before plural: `sag; sager`. Without a `;` both are alike.
    """
    return tuple(_UNIT_WORDS)


def unit_name(unit: str) -> str:
    """The unit as a chart's subtitle names it: `procent`, `timer pr. uge`, `familier`."""
    return _UNIT_NAMES.get(unit, unit_words(unit)[1])


def unit_of(text: str) -> str:
    """The known unit that a person's words name (`personer`, `%`), else the words, tidied.

    Empty for words that say what kind of figure it is and not what it counts: `antal`, `beløb`.

    >>> unit_of("Antal personer"), unit_of("kr"), unit_of("Elev; Elever"), unit_of("antal")
    ('persons', 'kr.', 'elev; elever', '')
    """
    parts = [_unit_word(part) for part in text.split(";")]
    wanted = parts[-1].casefold()
    for unit, words in _UNIT_WORDS.items():
        if wanted in (unit, *words, _UNIT_NAMES.get(unit)):
            return unit
    return "; ".join(part for part in parts if part)


def _unit_word(text: str) -> str:
    """One of a unit's words as it stands in a sentence, after a number."""
    word = _BEFORE_UNIT.sub("", " ".join(text.split()).strip("()[]:, "))
    plain = word.casefold().rstrip(".")
    if plain in _KINDS_OF_FIGURE:
        return ""
    if plain in _SHORT_UNITS:
        return _SHORT_UNITS[plain]
    # `Elever` as it stands in a head, and `ECTS` as it is.
    return word[:1].lower() + word[1:] if word[1:].islower() else word


_SCALES = (
    (re.compile(r"mia\b|milliard", re.IGNORECASE), 9),
    (re.compile(r"mio\b|million", re.IGNORECASE), 6),
    (re.compile(r"t\.? ?kr\b|tusinde?\b|1[. ]?000 (?:kr|dkk|euro?)\b", re.IGNORECASE), 3),
)


def digits_of_scale(unit: str) -> int:
    """How many decimals of a figure in thousands or more are whole ones: 6 of `mio. kr.`.

    >>> digits_of_scale("mio. kr."), digits_of_scale("t.kr."), digits_of_scale("kr. om året")
    (6, 3, 0)
    """
    return next((digits for pattern, digits in _SCALES if pattern.match(unit)), 0)


def written_units() -> tuple[str, ...]:
    """Every word that a unit of data/ is written with: `sag`, `sager`, `kr. om året`."""
    return tuple(dict.fromkeys(word for words in _UNIT_WORDS.values() for word in words))


def unit_words(unit: str) -> tuple[str, str]:
    """What the unit is called of one and of several.

    Of a unit that a person wrote in one form, one of the commonest nouns is put in the singular.

    >>> unit_words("dage pr. sag"), unit_words("elev; elever"), unit_words("ton")
    (('dag pr. sag', 'dage pr. sag'), ('elev', 'elever'), ('ton', 'ton'))
    """
    if unit in _UNIT_WORDS:
        return _UNIT_WORDS[unit]
    singular, _, plural = (part.strip() for part in unit.partition(";"))
    if plural:
        return singular, plural
    noun, blank, rest = singular.partition(" ")
    return _ONE_OF.get(noun.casefold(), noun) + blank + rest, singular
