"""Characters that no screen shows: zero-width marks, byte order marks, soft hyphens.

Web pages and word processors leave them before and within names and numbers, where nobody finds
them. No two names differ in them alone.
"""

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NOTHING = str.maketrans("", "", UNSEEN)


def without_unseen(text: str) -> str:
    """A text without characters that no screen shows."""
    return text if text.isascii() else text.translate(_NOTHING)
