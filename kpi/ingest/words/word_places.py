"""Where words that say what figures are count, and what they are of."""

# Where a word is looked for. What heads say they say of their figures; a text may speak of more.
HEAD, TITLE, BELOW, FILE = "head", "title", "below", "file"
EVERYWHERE = (HEAD, TITLE, BELOW, FILE)
NAMED = (HEAD, TITLE, FILE)
HEADS = (HEAD,)

# What a word is of. Background is for groups: an indicator's definition says nothing of it.
NUMBER, PEOPLE, ORIGIN = "number", "people", "origin"
# Meanings of words that say how figures came about: they may be the indicator's, but not final.
UNSURE = frozenset(("skøn", "stikprøve"))
# Meanings of remarks to figures, which may be true of right ones too.
REMARKS = frozenset(("udkast", "må ikke bruges", "databrud", "anden metode"))
# Meaning, kind, where it counts, and how it is written; in small letters, `_` as a blank.
Word = tuple[str, str, tuple[str, ...], str]
