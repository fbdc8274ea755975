"""The status codes of sources: SDMX and Eurostat's letters, the signs of JSON-stat and PX.

These codes are read without a recipe; any other is reported, never taken for final.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatusCode:
    """The meaning of a code: our status, a Danish text, and whether the status says less than that.

    Of `is_noted` codes (a break in the series) the meaning is reported, since no status of ours
    says it. The status is empty where the code adds nothing to what the figure's own cell says.
    """

    status: str
    meaning: str
    is_noted: bool = False


# SDMX CL_OBS_STATUS 2.2 and CL_CONF_STATUS, Eurostat's flags, in small letters.
_LETTERS = {
    "a": StatusCode("final", "almindeligt tal"),
    "b": StatusCode("final", "brud i serien", is_noted=True),
    "c": StatusCode("suppressed", "fortroligt tal"),
    "d": StatusCode("final", "afvigende definition", is_noted=True),
    "e": StatusCode("approximate", "skønnet tal"),
    "g": StatusCode("preliminary", "eksperimentelt tal", is_noted=True),
    "h": StatusCode("missing", "mangler (helligdag)"),
    "i": StatusCode("approximate", "beregnet tal i stedet for et manglende"),
    "k": StatusCode("missing", "indgår i et andet tal"),
    "l": StatusCode("missing", "ikke indsamlet"),
    "m": StatusCode("missing", "mangler"),
    "n": StatusCode("missing", "ikke signifikant"),
    "o": StatusCode("missing", "mangler"),
    "p": StatusCode("preliminary", "foreløbigt tal"),
    "r": StatusCode("final", "rettet tal", is_noted=True),
    "s": StatusCode("approximate", "skønnet tal"),
    "t": StatusCode("preliminary", "ikke kontrolleret tal"),
    "u": StatusCode("approximate", "usikkert tal"),
    "v": StatusCode("preliminary", "ikke kontrolleret tal"),
    "w": StatusCode("final", "indeholder tal fra en anden kategori", is_noted=True),
    "z": StatusCode("not_applicable", "ikke relevant"),
}
_SIGNS = {
    ":": StatusCode("missing", "mangler"),
    "..": StatusCode("missing", "mangler"),
    "...": StatusCode("missing", "mangler"),
    "....": StatusCode("missing", "mangler"),
    ".": StatusCode("not_applicable", "kan ikke forekomme"),
    # What a dash means, the figure's own cell says.
    "-": StatusCode("", "nul eller mangler"),
    "x": StatusCode("suppressed", "fortroligt tal"),
    "*": StatusCode("preliminary", "foreløbigt tal"),
}
# Words that say what the letters `r` and `b` do.
_SPELLED_OUT = {
    **dict.fromkeys(("revideret", "reviderede", "rettet", "rettede", "korrigeret", "korrigerede",
                     "revised"), _LETTERS["r"]),
    **dict.fromkeys(("brud", "databrud", "brud i serien", "break"), _LETTERS["b"]),
}  # fmt: skip
_CODES = _LETTERS | _SIGNS | _SPELLED_OUT
# Of several codes beside a figure the one that takes most from it decides.
_MOST_FIRST = ("suppressed", "not_applicable", "missing", "approximate", "preliminary", "final", "")
_MOST_LETTERS = 3
# Letters that sources write together, as Eurostat does (`bp`); other words are no codes (`gul`).
_JOINED = frozenset("bcdenprsuz")
# Words that are made of these letters and are written of figures, or beside them.
_WORDS = frozenset(
    ("red", "up", "ned", "ud", "en", "er", "se", "nu", "den", "des", "sen", "ren", "pr", "dec")
)


def status_code(text: str) -> StatusCode | None:
    """The meaning of a code, or of several letters together (`bp`); None where one is not known.

    `F` (a forecast) is not: a forecast is no figure of what has been. Nor is a word whose letters
    happen to be codes (`Gul`, `Rød`, `red`): a traffic light is no status.
    """
    plain = text.strip().casefold()
    if plain in _CODES:
        return _CODES[plain]
    letters = plain.replace(",", "").replace(" ", "")
    is_short = 1 < len(letters) == len(set(letters)) <= _MOST_LETTERS
    if not is_short or not set(letters) <= set(_LETTERS):
        return None
    if letters == plain and not _are_codes(text.strip()):
        return None
    codes = [_LETTERS[letter] for letter in letters]
    decisive = min(codes, key=lambda code: _MOST_FIRST.index(code.status))
    return StatusCode(
        decisive.status,
        " og ".join(code.meaning for code in codes),
        any(code.is_noted for code in codes),
    )


def _are_codes(written: str) -> bool:
    """Whether letters written together are codes, and no word."""
    lowered = written.casefold()
    is_one_case = written in (lowered, written.upper())
    return is_one_case and set(lowered) <= _JOINED and lowered not in _WORDS
