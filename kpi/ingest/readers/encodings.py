"""How a text is encoded, and whether its letters were broken before: proven by known words.

In a Danish file the letters æ, ø and å distinguish encodings, but only a word does so with
certainty: the bytes of `område` in DOS are `omr†de` in Windows.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kpi.ingest.table.raw import RefusedError

# Names of columns and labels in extracts, and words beside them.
_WORDS = """
område nøgletal værdi tæller nævner måling måned måneder år årstal skoleår køn mænd høj øvre
bemærkning bemærkninger opgørelse opgørelsestidspunkt kvartår halvår forår efterår boligområde
bopælsområde bopælskommune målgruppe uddannelse højest højeste fuldført fuldførte fravær elevfravær
beskæftigelse beskæftigelsesfrekvens selvforsørgelse selvforsørgelsesgrad kontanthjælp
kontanthjælpsmodtagere ledighedslængde arbejdsmarkedsområde løbende sæson sæsonkorrigeret børn
større også første før følgende øvrige højst foreløbig foreløbigt foreløbige ændret ændring hjælp
støtte underretninger iværksætter gennemførelse tilgængelig række rækker nærområde
"""
# Municipalities, regions and housing areas, and their other names.
_PLACES = """
allerød brøndby brønderslev dragør fanø furesø halsnæs helsingør hillerød hjørring holbæk høje
hørsholm ishøj københavn københavns køge læsø taarbæk morsø næstved ringkøbing rødovre samsø solrød
sorø sønderborg tårnby tønder vallensbæk ærø århus sjælland østjylland vestsjælland sydsjælland
østsjælland nordsjælland christiansø færøerne grønland skovgårdsparken skjoldhøj møllevangen
langkærparken trillegården nørrebro østerbro
"""
_LONG = 5
_BEFORE, _AFTER = re.compile(r"[^\s;,]*\Z"), re.compile(r"[^\s;,]*")
_LETTERS = re.compile(r"[^\W\d_]+")
_BYTE_WORDS = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WINDOWS, _DOS, _MAC, _LATIN_9 = "cp1252", "cp850", "mac_roman", "iso8859-15"
_CANDIDATES = (_WINDOWS, _DOS, _MAC)
_LOOKED_AT = 4 * 1024**2
# What Latin-9 has instead of signs nobody writes within words; a euro for the sign of any currency.
_LATIN_9_SIGNS = re.compile(rb"\xa4|[A-Za-z][\xa6\xa8\xb4\xb8][A-Za-z]")
# ø, æ, å and the like in UTF-8, read as if they were Windows, Mac or DOS letters.
_BROKEN_UTF8 = re.compile(r"Ã[¸¦¥˜†…©¼¶¤\u0080-\u009f]|√[∏¶•òÜÖ]|├[©ªÑÿåàª╕]|ÃƒÂ[¸¦¥]")
# How a text may have been written and then wrongly read: (read as, written as).
_MISREADINGS = (
    ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("mac_roman", "utf-8"), ("cp850", "utf-8"),
    ("cp437", "utf-8"), ("mac_roman", "cp1252"), ("cp1252", "cp850"), ("latin-1", "cp850"),
    ("cp850", "cp1252"), ("cp437", "cp1252"), ("cp1252", "mac_roman"), ("latin-1", "mac_roman"),
    ("mac_roman", "cp850"), ("cp850", "mac_roman"), ("cp1252", "cp437"),
)  # fmt: skip
# The same as bytes of UTF-8.
_BROKEN_BYTES = re.compile("|".join(f"Ã{letter}" for letter in "¸¦¥˜†…").encode())
_LOST = re.compile(r"[^\W\d_]*[?\ufffd][^\W\d_][^\W_]*|[^\W\d_]+\ufffd[^\W_]*")


def encoding_of_part(content: bytes, encoding: str) -> str:
    """The encoding of a part of the content, which has no byte order mark of its own."""
    if encoding == "utf-16":
        return "utf-16-be" if content.startswith(b"\xfe\xff") else "utf-16-le"
    return "utf-8" if encoding == "utf-8-sig" else encoding


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Words with a letter beyond ASCII that extracts have, in small letters."""
    words = (word for text in (_WORDS, _PLACES) for word in re.split(r"[\s-]+", text))
    return frozenset(word for word in words if word and not word.isascii())


@lru_cache(maxsize=1)
def _known_with_holes() -> dict[str, str]:
    """The longer known words with `?` for each letter beyond ASCII, and what they were."""
    long = (word for word in known_words() if len(word) >= _LONG)
    return {re.sub(r"[^\x00-\x7f]", "?", word): word for word in long}


def narrow_encoding(content: bytes, otherwise: str = _WINDOWS) -> str:
    """The encoding, of one byte a letter, in which the text has known words; else `otherwise`.

    One that makes more of its words known than any other is proven. Latin-9 is distinguished from
    Windows by the euro sign and by letters where Windows has signs within words.
    """
    words = set(_BYTE_WORDS.findall(content[:_LOOKED_AT]))
    counts = {encoding: _known_in(words, encoding) for encoding in _CANDIDATES}
    best = max(counts.values())
    proven = [encoding for encoding, count in counts.items() if count == best]
    encoding = proven[0] if best and len(proven) == 1 else otherwise
    if encoding == _WINDOWS and _LATIN_9_SIGNS.search(content[:_LOOKED_AT]):
        has_windows_letters = re.search(rb"[\x80-\x9f]", content[:_LOOKED_AT])
        return encoding if has_windows_letters else _LATIN_9
    return encoding


def _known_in(words: Iterable[bytes], encoding: str) -> int:
    known = known_words()
    return sum(
        any(part.casefold() in known for part in _LETTERS.findall(word.decode(encoding, "replace")))
        for word in words
    )


def refuse_broken(rows: Iterable[tuple[int | None, Sequence[str]]], content: bytes = b"") -> None:
    """Refuse a table whose letters were broken when it was made, at the first such word.

    `rows` are its first lines and cells, the head without a line; of a text `content` is all of it,
    where every line is looked through for letters of UTF-8 read as Windows'.
    """
    for line, cells in rows:
        if (broken_and_right := broken_word(cells)) is not None:
            raise _broken(line, *broken_and_right)
    if (place := _BROKEN_BYTES.search(content)) is not None:
        line = content.count(b"\n", 0, place.start()) + 1
        around = content[max(0, place.start() - 40) : place.end() + 40].decode("utf-8", "ignore")
        if (broken_and_right := broken_word([around])) is not None:
            raise _broken(line, *broken_and_right)


def _broken(line: int | None, word: str, right: str) -> RefusedError:
    subject = "Filen" if line is None else f"Linje {line}: filen"
    was = f" for »{right}«" if right else ""
    return RefusedError(
        "encoding",
        f"{subject} er gemt med forkert tegnsæt: der står »{word}«{was}.",
        "Hent udtrækket igen, eller åbn den oprindelige fil, og gem den som CSV med tegnsættet "
        "UTF-8.",
        line,
    )


def broken_word(texts: Iterable[str]) -> tuple[str, str] | None:
    """A word whose letters were broken when the file was made, and what it was; else None.

    `nÃ¸gletal` gives (`nÃ¸gletal`, `nøgletal`). Where letters are lost (`omr?de`) the second is
    known only of words that are; else it is empty.
    """
    for text in texts:
        if text.isascii() and "?" not in text:
            continue
        if (broken := _BROKEN_UTF8.search(text)) is not None:
            word = _word_around(text, broken.start())
            return word, next(iter(_repaired(word)), "")
        for lost in _LOST.finditer(text):
            was = _known_with_holes().get(lost[0].casefold().replace("\ufffd", "?"))
            if was or "\ufffd" in lost[0]:
                return lost[0], was or ""
        for word in text.split():
            if not word.isascii() and not _is_known(word):
                right = next(
                    (repaired for repaired in _repaired(word) if _is_known(repaired)), None
                )
                if right is not None:
                    return word, right
    return None


def _is_known(text: str) -> bool:
    """Whether a text has a known word, one long enough not to be there by chance."""
    parts = (part.casefold() for part in _LETTERS.findall(text))
    return any(len(part) >= _LONG and part in known_words() for part in parts)


def _repaired(word: str) -> Iterable[str]:
    """What a word may have been, by each way of misreading it."""
    for read_as, written_as in _MISREADINGS:
        try:
            yield word.encode(read_as).decode(written_as)
        except UnicodeError:
            continue


def _word_around(text: str, place: int) -> str:
    before, after = _BEFORE.search(text[:place]), _AFTER.match(text[place:])
    return (before[0] if before else "") + (after[0] if after else "")
