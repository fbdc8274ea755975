"""The months in the languages that citizens and papers of a Danish municipality write.

The patterns of kpi/cpr/reading.py find those of Danish, English, German, Norwegian and French, also
glued to what is around; of others a word between a day and a year is looked up, without its accents
and in any alphabet, by how it begins.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

# Danish, and English, German, Norwegian and French where these differ, with the number of each.
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12, "mär": 3, "mai": 5, "dez": 12, "des": 12,
    "fév": 2, "fev": 2, "avr": 4, "déc": 12,
}  # fmt: skip
MONTH_NAMES = "|".join(MONTHS)
# As kpi/cpr/reading.py finds them.
_KNOWN = re.compile(rf"(?:{MONTH_NAMES})[a-z]{{0,6}}", re.IGNORECASE)
# Twelve months a language, each by the fewest letters that tell it (`grud` is `grudzień` and
# `grudnia`); three letters of ours or two of others are all of it. Where
# two languages differ (`listopad`) both months are read.
_LANGUAGES = (
    # Turkish, Polish, Somali, Arabic in our letters (of two regions), Kurdish, Bosnian.
    "ocak suba mart nisa mayi hazi temm agus eylu ekim kasi aral",
    "stycz luty marz kwie maja czerw lipi sierp wrze pazd listop grud",
    "stycz lute marc kwie maj czer lipc sierp wrze pazd listop grud",
    "sty lut mar kwi maj cze lip sie wrz paz lis gru",
    "oca sub mar nis may haz tem agu eyl eki kas ara",
    "janaay febraay maars abriil maaj juun luul agoost sebteem oktoob nofeem diseem",
    "jaanay febrwar maarso abril mayo juunyo luuly agoosto sebtembar oktoobar noofem disem",
    "yanay fibra mars abril mayu yunyu yuly aghus sibtam uktub nufam disam",
    "yana febr maris ebril mayo yuni yuli aghost septam okto novem dicem",
    "kanun_ath shuba adhar nisan ayyar haziran tammuz ab aylul tishrin_al_aww"
    " tishrin_ath kanun_al_aww",
    "cile sibat adar avril gulan hezir tirm tebax ilon cotm mijd berfan",
    "rebend resem adar nisan gul puspe temuz gelaw rezber kewc sermaw befran",
    "sije velja ozuj trav svib lipa srpa kolov ruja listop stude prosin",
    "sije velja ozuj trav svib lipn srpn kolov rujn listop stude prosin",
    "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    # Ukrainian and Russian, in their letters and in ours, Bulgarian and Serbian.
    "січ лют берез квіт трав черв лип серп верес жовт листоп груд",
    "sich liut berez kvit trav cherv lyp serp veres zhovt lystop hrud",
    "січ лют бер кві тра чер лип сер вер жов лис гру",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "ян февр март април май юни юли авг септ окт ноем декем",
    "janv fevr mart apre maya iyun iyul avgu sent okty noya deka",
    "јан феб мар апр мај јун јул авг сеп окт нов дец",
    # Czech, Hungarian, Romanian, Lithuanian, Latvian, Estonian, Finnish, Icelandic, Albanian.
    "lede unor brez dube kvet cervn cervenc srpe zari rije listop prosin",
    "ledn unor brez dubn kvet cervn cervenc srpn zari rijn listop prosin",
    "januar februar marci aprili majus junius julius augus szept oktob novem decem",
    "ianuar februar marti apri mai iuni iuli augus septem octom noiem decem",
    "saus vasar kov baland geguz birzel liep rugpj rugse spal lapkr gruod",
    "janvar februar mart april maij junij julij august septem oktob novem decem",
    "jaanuar veebr marts aprill mai juuni juuli august septem oktoob novem detsem",
    "tammik helmik maalisk huhtik toukok kesak heinak elok syysk lokak marrask jouluk",
    "januar februar mars april mai juni juli agust septem oktob novem desem",
    "jana shku mars pril maj qers korr gusht shta teto nent dhjet",
    # Spanish, Italian, Portuguese, Dutch, French, Swedish, Greek, Swahili, Tagalog.
    "ener febr marz abril mayo juni juli agos septi octu novi dici",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "genn febb marz apri magg giug lugl agos sett otto nove dice",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "janei fever marc abril maio junh julh agos setem outub novem dezem",
    "januari februari maart april mei juni juli augus septem oktob novem decem",
    "janv fevr mars avril mai juin juil aout septem octob novem decem",
    "ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
    "janu febr mach april mei juni jula agost septem oktob novem desem",
    "ener pebr mars abril mayo huny huly agos setyem oktub nobyem disyem",
    # Arabic of two regions, Persian and Dari, Urdu, Kurdish, Tamil, Tigrinya, Thai.
    "يناي فبراي مارس ابريل مايو يوني يولي اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "كانون_الثا شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين_الاو تشرين_الثا كانون_الاو",
    "ژانوي فوري مارس اوريل مه ژوين ژويي اوت سپتامبر اكتبر نوامبر دسامبر",
    "جنوري فروري مارچ اپريل مي جون جولاي اگست ستمبر اكتوبر نومبر دسمبر",
    "جنوری فروری مارچ اپریل می جون جولای اگست سپتمبر اکتوبر نومبر دسمبر",
    "ஜனவ பிப்ர மார்ச் ஏப்ர மே ஜூன் ஜூலை ஆகஸ் செப்ட அக்டோ நவம் டிசம்",
    "ጥሪ ለካ መጋ ሚያ ግን ሰነ ሓም ነሓ መስ ጥቅ ሕዳ ታሕ",
    "มกรา กุมภา มนา เมษา พฤษภา มถนา กรกฎา สงหา กนยา ตลา พฤศจกา ธนวา",
)
_MOST_LETTERS, _FEWEST_OF_OURS, _FEWEST_OF_OTHERS = 18, 4, 3
# What has more than one word, and the days of which the month is said by its number.
_WORD = re.compile(
    r"(?<=\d)(?P<before>(?:st|nd|rd|th|er|º|ª)?[^\w\x1f]{0,3}(?:(?:of|de|d[’']) )?)"
    r"(?P<word>[^\W\d_][^\d\s\x1f.,;:/()\[\]\"]*"
    r"(?:[ -][^\W\d_][^\d\s\x1f.,;:/()\[\]\"]*)?)"
    r"(?P<after>\.?[^\w\x1f]{0,3}(?:del? )?)(?=\d\d(?:\d\d)?(?!\d))"
)
_MONTH_OF_NUMBER = re.compile(
    r"(?<=\d)[.,]? (?:th[áa]ng|tháng|m[åa]ned|mån|month|måneds?nr\.?) (1[0-2]|0?[1-9])"
    r"(?:,? (?:n[ăa]m|år|år|aar|year))?,? (?=\d\d(?:\d\d)?(?!\d))",
    re.IGNORECASE,
)
_HEX_LETTERS, _HEX_LETTER = re.compile(r"[a-fA-F]+"), re.compile(r"[a-fA-F]")
_HEX_BEFORE, _HEX_AFTER = re.compile(r"[0-9a-fA-F-]*\Z"), re.compile(r"[0-9a-fA-F-]*")
_FEWEST_OF_ID = 12
_JOINED = str.maketrans("ıłđðøßœæ", "ildDossa")
_PLAIN_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ـ": ""})


def plain_word(word: str) -> str:
    """A word in small letters without accents, two words joined by `_`."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_JOINED))
    plain = "".join(letter for letter in letters if unicodedata.category(letter)[0] != "M")
    return re.sub(r"[\s-]+", "_", plain.replace("'", "")).translate(_PLAIN_LETTERS)


def _is_in_hexadecimal(match: re.Match[str]) -> bool:
    """Whether a word is letters of an id that has others around it (`d0b2ab85-6818`)."""
    if not _HEX_LETTERS.fullmatch(match["word"]):
        return False
    before = _HEX_BEFORE.search(match.string[: match.start("word")])
    after = _HEX_AFTER.match(match.string, match.end("word"))
    assert before is not None, "an empty run matches"
    assert after is not None, "an empty run matches"
    around = before[0] + after[0]
    return len(around) >= _FEWEST_OF_ID and _HEX_LETTER.search(around) is not None


def _beginnings() -> dict[str, tuple[int, ...]]:
    months: dict[str, tuple[int, ...]] = {}
    for language in _LANGUAGES:
        for number, name in enumerate(language.split(), start=1):
            plain = plain_word(name)
            if number not in months.get(plain, ()):
                months[plain] = (*months.get(plain, ()), number)
    return months


_BEGINNINGS = _beginnings()
_LONGEST = max(map(len, _BEGINNINGS))


@lru_cache(maxsize=10_000)
def months_of(word: str) -> tuple[int, ...]:
    """The months that a word may be, the longest beginning deciding; none where it is no month.

    Nor where it is known already.
    """
    if len(word) > _MOST_LETTERS or _KNOWN.fullmatch(word):
        return ()
    plain = plain_word(word)
    if months := _BEGINNINGS.get(plain.rstrip("_")):
        return months
    fewest = _FEWEST_OF_OURS if plain.isascii() else _FEWEST_OF_OTHERS
    for length in range(min(len(plain), _LONGEST), fewest - 1, -1):
        if months := _BEGINNINGS.get(plain[:length]):
            return months
    return ()


def with_foreign_months(text: str) -> Iterator[str]:
    """The text with its months in other languages as numbers, once more where they are of two."""
    words = {match["word"]: months for match in _WORD.finditer(text)
             if (months := months_of(match["word"]))}  # fmt: skip
    for which in (0, -1)[: 1 + any(len(months) > 1 for months in words.values())]:
        read = _MONTH_OF_NUMBER.sub(r".\1.", _WORD.sub(partial(_numbered, words, which), text))
        if read != text:
            yield read


def _numbered(words: Mapping[str, tuple[int, ...]], which: int, match: re.Match[str]) -> str:
    months = None if _is_in_hexadecimal(match) else words.get(match["word"])
    return f".{months[which]:02}." if months else match[0]
