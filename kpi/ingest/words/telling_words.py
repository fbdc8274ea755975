"""Words that say what figures are: targets, budgets, forecasts, ranks, or only some of the people.

Whoever reads a table sees them in its heads, above and under it and in its name. A figure that is
stored is none of these, unless its indicator or its group says so itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpi.domain.price_levels import NAMED as PRICES_NAMED
from kpi.ingest.words.remark_words import REMARK_WORDS
from kpi.ingest.words.word_places import (
    BELOW,
    EVERYWHERE,
    FILE,
    HEAD,
    HEADS,
    NAMED,
    NUMBER,
    ORIGIN,
    PEOPLE,
    REMARKS,
    TITLE,
    UNSURE,
    Word,
)

__all__ = [
    "BELOW", "FILE", "HEAD", "NUMBER", "ORIGIN", "PEOPLE", "REMARKS", "TITLE", "UNSURE", "Telling",
    "meanings", "telling_words",
]  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """A word that says what figures are; its spellings share `meaning`, `word` is as written."""

    meaning: str
    kind: str
    word: str


# Meaning, kind, where it counts, and how it is written; in small letters, `_` as a blank.
_WORDS: tuple[Word, ...] = (
    # What a pivot table or a program of statistics made of the rows of a column.
    ("antal rækker", NUMBER, NAMED, r"^(?:antal|tæl) af (?!de )\w+$"),
    ("antal rækker", NUMBER, HEADS, r"(?:antal|tæl|count) (?:af|of)(?! (?:de|the) )|count(?= \w)"),
    ("største", NUMBER, HEADS, r"ma(?:ks|x)\.? (?:af|of)"),
    ("mindste", NUMBER, HEADS, r"min\.? (?:af|of)"),
    # What Excel writes in a pivot table's corner.
    ("sum", NUMBER, NAMED, r"^sum(?:men)? (?:af|of) (?!de |the )\w.*$"),
    ("sum", NUMBER, HEADS, r"sum (?:af|of|for)|sum(?= \w)|(?<=\w )sum(?=$)"),
    # A year's sum of months, or all who were there at some time of it.
    ("hele året", NUMBER, NAMED,
     r"i alt (?:i|for|over|på) (?:hele )?året|i løbet af (?:hele )?året|årss?um(?:men)?|årstotal\w*"
     r"|(?:sum|summen|summeret|lagt sammen) (?:af|over|for) (?:årets |alle |de |12 |tolv )*"
     r"(?:måneder|kvartaler|mdr)\w*"),
    # Those who come and go are not those who are there.
    ("tilgang", NUMBER, NAMED,
     r"(?:ny|netto)tilgang\w*|inflow|tilgang(?:en)?(?= (?:til|af|på|fra)\b| \d|\s*[,:;(]|\.?$)"),
    ("afgang", NUMBER, NAMED,
     r"(?:netto)?afgang(?:en)?(?= (?:til|af|fra)\b| \d|\s*[,:;(]|\.?$)|outflow|frafald\w*"),
    ("overgang", NUMBER, NAMED,
     r"overgang\w* (?:til|fra)|påbegyndte?|afsluttede|nystartede|ophørte"),
    ("berørte", NUMBER, NAMED, r"berørte?|cpr-?(?:personer|numre)"),
    ("årspersoner", NUMBER, NAMED,
     r"års(?:elev|værk|studerende)\w*|hel(?:års|tids)\w+|fuldtidsækv\w*"),
    ("varighed", NUMBER, NAMED,
     r"(?:ledigheds|ydelses|sags)varighed\w*|varighed(?:en)?(?= (?:af|i|på)\b|$)"),
    ("prøver", NUMBER, NAMED,
     r"(?:\w+ ?)?prøvefag\w*|afgangsprøve\w*|\w*karakter(?:er|gennemsnit\w*)?|eksamens?\w*"),
    ("mål", NUMBER, NAMED, r"(?:delm|slutm|resultatm|m)(?:å|aa)l(?:et|ene|s[æa]t\w*)?|goals?"),
    ("mål", NUMBER, EVERYWHERE, r"m(?:å|aa)l(?:tal|s[æa]tning|niveau)\w*|targets?|kpi-m(?:å|aa)l"),
    ("mål", NUMBER, NAMED, r"ambition\w*|loft|loftet"),
    ("budget", NUMBER, EVERYWHERE, r"(?:\w+)?budget\w*|bevilling\w*|b-tal"),
    ("prognose", NUMBER, EVERYWHERE, r"\w*prognose\w*|forecast\w*|prediktion\w*|\w*scenari\w*"),
    ("prognose", NUMBER, EVERYWHERE, r"\w*fremskr[ei]v\w*|projection\w*|simuler\w*"),
    ("prognose", NUMBER, NAMED, r"forvent\w*|ventet|expected|planlagt\w*"),
    ("prognose", NUMBER, HEADS, r"plan"),
    ("skøn", NUMBER, EVERYWHERE, r"estimat\w*|estimer\w*|sk(?:ø|oe)n(?:net|nede|smæssig\w*)?"),
    ("skøn", NUMBER, EVERYWHERE, r"imputer\w*|modelberegn\w*|estimated?"),
    ("skøn", NUMBER, EVERYWHERE,
     r"(?:ca|cirka)\.?[- ]?tal|omtrentlige? tal|anslå(?:et|ede|s)|gætte(?:t|de)"),
    ("skøn", NUMBER, EVERYWHERE, r"(?:forårs|efterårs|forvaltnings)sk(?:ø|oe)n\w*"),
    ("stikprøve", NUMBER, EVERYWHERE,
     r"\w*stikpr(?:ø|oe)ve\w*|\w*(?:spørgeskema|interview)\w*|\w*rundspørge\w*|surveys?"
     r"|(?:bruger|borger|tilfredsheds|trivsels|spørge|arbejdskraft)undersøgelse\w*|aku"
     r"|respondent\w*|selv(?:rapporter|oplyst|vurder)\w*"),
    ("benchmark", NUMBER, EVERYWHERE, r"benchmark\w*|sammenligningsgrundlag\w*|normtal"),
    ("gennemsnit af andre", NUMBER, NAMED,
     r"(?:lands|kommune|regions?|by|danmarks?|klynge|sammenlignings)(?:gennem)?snit\w*|\w+median"),
    ("gennemsnit af andre", NUMBER, NAMED,
     r"gennemsnit(?:tet)? (?:af|for|i) (?:de |alle )?\w+ (?:byer|kommuner|områder)"),
    ("gennemsnit af flere perioder", NUMBER, EVERYWHERE,
     r"(?:\d|to|tre|fire|fem)[- ]?års?[- ]?(?:glidende )?(?:gennem)?snit\w*"
     r"|(?:glidende|rullende) (?:gennem)?snit\w*|(?:moving|rolling) averages?"
     r"|(?:gennem)?snit\w* (?:over|af|for) (?:de )?(?:seneste |sidste )?(?:\d|to|tre|fire|fem) år"),
    ("gennemsnit af flere perioder", NUMBER, EVERYWHERE,
     r"(?:gns\.?|(?:gennem)?snit\w*),? (?:(?:af|for|over|i) )?"
     r"(?:19|20)\d\d\s?(?:[-–,]|og|til)\s?(?:19|20)\d\d"),
    ("gennemsnit af flere perioder", NUMBER, NAMED,
     r"gennemsnit(?:tet)? af (?:årets )?(?:12 |de )?(?:måneder|kvartaler|uger)(?:ne)?"),
    ("andre grænser", NUMBER, EVERYWHERE,
     r"(?:gamle|tidligere|daværende) (?:kommune|amts|region|distrikt|skole)\w*"
     r"(?:grænse|inddeling|struktur)\w*"),
    ("standardiseret", NUMBER, NAMED, r"\w*standardiser\w*|socioøkonomisk\w*|korrigeret for \w+"),
    ("det modsatte", NUMBER, NAMED,
     r"ikke-(?!vestlig|endelig|oplyst|relevant)\w+|ikke (?:i (?:job|arbejde|beskæft\w+)|beskæft\w+)"
     r"|non-?employ\w*|manglende \w+"),
    ("vægtet", NUMBER, NAMED, r"u?vægte(?:t|de|ning)\w*|(?:un)?weighted"),
    ("udjævnet", NUMBER, EVERYWHERE, r"(?:ud)?glatte(?:t|de)|udjævne(?:t|de)|smoothed"),
    ("udjævnet", NUMBER, EVERYWHERE, r"(?:inter|ekstra)polere(?:t|de)|(?:inter|extra)polated"),
    ("skøn", NUMBER, NAMED,
     r"^afrundet\W*$|^(?:ca|cirka)\W*$"
     r"|afrundet til (?:nærmeste |hele )?(?:tiere?|hundrede\w*|tusinde\w*|procent)"),
    ("gennemsnit", NUMBER, HEADS, r"gennemsnit\w*|gns|snit|average|mean|middel(?:værdi\w*)?"),
    ("median", NUMBER, HEADS, r"median\w*|kvartil\w*|percentil\w*|decil\w*"),
    ("ændring", NUMBER, NAMED, r"(?:\w+)?(?:æ|ae)ndring(?:er|en)?|\w*vækst\w*|growth|change"),
    ("ændring", NUMBER, NAMED, r"forskel(?:len|le)? (?:til|fra|mellem|i forhold)"),
    ("ændring", NUMBER, HEADS, r"stigning\w*|fald|udvikling\w*|forskel\w*|difference\w*|diff"),
    ("ændring", NUMBER, HEADS, r"afvigelse\w*|gap|delta|procentpoint|pct-?point|pp"),
    ("indeks", NUMBER, EVERYWHERE, r"\w*indeks\w*|index\w*"),
    # A note that is nothing else; the head of a column of a season's figures says more.
    ("rettet i hånden", NUMBER, EVERYWHERE,
     r"^(?:(?:tal(?:let)?|er|værdi(?:en)?)\W+)*(?:korrigeret|justeret|omregnet|opskrevet|opregnet"
     r"|nedskrevet|rykket)(?: (?:i|af|d\.?|den) [\w ./-]{2,20})?\W*$"),
    ("sæsonkorrigeret", NUMBER, EVERYWHERE, r"sæson\w*|trendværdi\w*|seasonally"),
    ("sæsonkorrigeret", NUMBER, HEADS, r"trend\w*|justeret|korrigeret|glidende"),
    ("akkumuleret", NUMBER, EVERYWHERE, r"akkumuler\w*|akk|kumul\w*|cumulative|løbende sum"),
    ("placering", NUMBER, NAMED, r"placering\w*|rang(?:ering\w*|orden\w*)?|ranking|rank"),
    ("usikkerhed", NUMBER, NAMED, r"p-?(?:værdi|value)\w*|konfidens\w*|standardafvigelse\w*"),
    ("usikkerhed", NUMBER, NAMED, r"sikkerhedsgrænse\w*|sikkerhedsinterval\w*|standardfejl\w*"),
    ("usikkerhed", NUMBER, NAMED, r"(?:nedre|øvre|lower|upper) (?:\w*grænse|bound|limit)\w*"),
    ("usikkerhed", NUMBER, HEADS, r"nedre|øvre|lower|upper|usikkerhed\w*|spredning|std|stddev"),
    ("usikkerhed", NUMBER, HEADS, r"^(?:lav|høj|low|high|(?:lav|høj)este?)$"),
    ("usikkerhed", NUMBER, HEADS, r"min|max|maks|minimum|maksimum|maximum|signifikan\w*|t-værdi"),
    ("faste priser", NUMBER, EVERYWHERE, rf"{PRICES_NAMED}|deflater\w*|constant prices"),
    ("løbende priser", NUMBER, EVERYWHERE, r"løbende priser|current prices"),
    ("arbejdssted", NUMBER, NAMED, r"arbejdssted\w*|workplace"),
    ("arbejdssted", NUMBER, EVERYWHERE,
     r"(?:opgjort|fordelt|placeret) (?:på|efter|ved|i) arbejds(?:sted|kommune)\w*"),
    ("sygdom", NUMBER, NAMED, r"sygefrav(?:æ|ae)r\w*|sygdom(?:sfrav(?:æ|ae)r\w*)?"),
    ("sygdom", NUMBER, NAMED, r"(?:u?lovlig|u?anmeldt)\w*(?: frav(?:æ|ae)r\w*)?|med tilladelse"),
    ("højt fravær", NUMBER, NAMED, r"(?:bekymrende|højt|kritisk) frav(?:æ|ae)r\w*"),
    ("højt fravær", NUMBER, NAMED,
     r"(?:over|under|mere end|mindst|mindre end) \d+ ?(?:pct\.?|%|procent) frav(?:æ|ae)r\w*"),
    ("fremmøde", NUMBER, NAMED, r"fremmøde\w*|nærvær\w*|tilstedeværelse\w*|attendance"),
    ("erhvervsfrekvens", NUMBER, NAMED,
     r"erhvervsfrekvens\w*|activity rates?|participation rates?"),
    ("brutto- eller nettoledighed", NUMBER, NAMED, r"(?:brutto|netto)ledig\w*"),
    ("langtidsledighed", NUMBER, NAMED, r"langtidsledighed\w*"),
    ("ledighed", NUMBER, NAMED, r"ledighedsprocent\w*|unemployment\w*"),
    # What an indicator is called; as a head it is compared with the names of indicators.
    ("ledighed", NUMBER, (), r"^ledighed$"),
    ("klassetrin", PEOPLE, NAMED, r"\d{1,2}\. ?klasse\w*|børnehaveklasse\w*"),
    ("fuld tid eller deltid", PEOPLE, NAMED, r"fuldtid\w*|deltid\w*|full-?time|part-?time"),
    ("andel", NUMBER, HEADS, r"andel(?:en|e)?|share|proportion"),
    ("antal", NUMBER, HEADS, r"antal(?:let)?|count|number"),
    ("uden nogle", PEOPLE, (TITLE, BELOW), r"eksklusive?|ekskl|excluding|excl|undtage[nt]"),
    ("uden nogle", PEOPLE, (BELOW,), r"(?:er|opgjort|beregnet|vist) uden(?! for\b)"),
    ("kvinder", PEOPLE, EVERYWHERE, r"kvind\w*|women|woman|females?|mødre|enlige mødre"),
    ("mænd", PEOPLE, EVERYWHERE, r"m(?:æ|ae)nd\w*|mand|mandlig\w*|men|males?|fædre"),
    ("drenge", PEOPLE, EVERYWHERE, r"drenge\w*|boys"),
    ("piger", PEOPLE, EVERYWHERE, r"piger\w*|girls"),
    ("unge", PEOPLE, NAMED, r"unge|ung|young|teenagere?"),
    ("børn", PEOPLE, NAMED, r"(?:små|skole)?børn(?:ene)?s?|children"),
    ("børn", PEOPLE, HEADS, r"(?:skole)?elev(?:er(?:ne)?|fravær)s?|pupils"),
    ("ældre", PEOPLE, NAMED, r"ældre(?:s)?|seniorer?\w*|pensionist\w*|elderly"),
    ("uddannelse", PEOPLE, NAMED, r"u?faglært\w*|akademiker\w*|grundskoleuddann\w*"),
    ("enlige", PEOPLE, NAMED, r"enlige?|samlevende|parfamilier\w*"),
    ("sektor", PEOPLE, NAMED, r"(?:privat|offentlig)e? sektor|(?:privat|offentligt?) ?ansat\w*"),
    ("særlige skoler", PEOPLE, NAMED,
     r"special(?:skole|klasse|tilbud|undervisning)\w*|(?:privat|fri|efter)skole\w*|private skoler"),
    ("ansatte", PEOPLE, NAMED,
     r"medarbejder\w*|personale\w*|ansatte?s?|l(?:æ|ae)rer(?:e|nes?)?|p(?:æ|ae)dagog\w*"),
    ("studerende", PEOPLE, NAMED, r"studerende\w*|lærlinge?\w*|students?"),
    ("selvstændige", PEOPLE, NAMED, r"selvstændige\w*|self-employed"),
    ("lønmodtagere", PEOPLE, NAMED, r"lønmodtager\w*"),
    ("opholdstid", PEOPLE, EVERYWHERE,
     r"opholds(?:tid|varighed|periode)\w*|(?:efter|med|over|under|mindst|højst|i) "
     r"(?:(?:\d+|et|to|tre|fire|fem)(?: ?- ?\d+)?) års? (?:i danmark|i landet|ophold\w*)"
     r"|length of (?:stay|residence)"),
    ("kontanthjælp", PEOPLE, NAMED,
     r"(?:kontanthjælps?|uddannelseshjælps?|ydelses?)modtager\w*"
     r"|modtager\w* af (?:kontant|uddannelses)hjælp\w*"),
    ("dagpenge", PEOPLE, NAMED, r"dagpengemodtager\w*|modtager\w* af dagpenge"),
    ("førtidspension", PEOPLE, NAMED, r"førtidspensionist\w*|folkepensionist\w*"),
    ("nyuddannede", PEOPLE, NAMED, r"nyuddanned\w*|dimittend\w*|nyledige?|langtidsledig\w*"),
    ("kun nogle", PEOPLE, EVERYWHERE, r"kun|udelukkende|heraf|herunder|only|bortset fra"),
    ("kun nogle", PEOPLE, EVERYWHERE,
     r"(?:indgår|indgik|medtages|medregnes|tælles|tæller) ikke(?: med)?"
     r"|ikke (?:medregnet|medtaget|medtalt|omfattet|inkluderet)|er ikke med|not included"),
    ("kun nogle", PEOPLE, NAMED,
     r"mangler (?:\d+|en|et|to|tre|fire|fem|flere|nogle|enkelte) "
     r"(?:skole|klasse|institution|virksomhed|kommune|område|afdeling|distrikt|person|elev|familie)\w*"
     r"|(?:udvalgte|enkelte|nogle) (?:skoler|klasser|elever|institutioner|virksomheder|personer"
     r"|borgere|boligområder|grupper)"),
    ("kun nogle", PEOPLE, NAMED, r"ekskl|eksklusive?|undtagen|uden|excl|excluding|without"),
    ("nye", NUMBER, NAMED, r"nye (?:forløb|sager|modtagere|ledige|tilfælde|borgere|deltagere)"),
    ("målt senere", NUMBER, NAMED,
     r"efter (?:\d+|et|to|tre|fire|fem|seks|ni|tolv) (?:dage|uger|måneder|mdr\.?|år)(?! (?:i|og))"
     r"|(?:\d+|et|to|tre|fire|fem|seks|ni|tolv) (?:dage|uger|måneder|mdr\.?) efter"),
    ("skøn", NUMBER, (TITLE, BELOW),
     r"afrundet til (?:nærmeste |hele )?(?:5|10|50|100|500|1\.?000|fem|ti|tiere?|hundrede\w*"
     r"|tusinde\w*)"),
    # `der ikke har løntimer`, `som ingen løntimer har`, `der mangler løntimer`.
    ("det modsatte", NUMBER, NAMED,
     r"(?:der|som) ikke (?!brug|er (?:endelig|sikker|usikr|med)|vestlig|endelig|oplyst|relevan"
     r"|sammenlign|opgjort|tilgængelig|korriger|fordelt|stand"
     r"|sæson|standardiser|vægt|afrund|revider|kendt|nødvendig|mulig|offentlig|inkl|foreløbig|alle)\w+"
     r"|(?:der|som|med) (?:har )?ingen (?!tal|data|oplysning|ændring|kilde|bemærk|note|forskel)\w+"
     r"|(?:der|som) mangler (?!tal|data|oplysning|note|kilde|værdi)[^\W\d]\w+"),
    ("ikke-vestlig", ORIGIN, EVERYWHERE, r"ikke[- ]?vestlig\w*|non[- ]?western"),
    ("vestlig", ORIGIN, EVERYWHERE, r"vestlig\w*|western"),
    ("indvandrere", ORIGIN, EVERYWHERE, r"indvandr\w*|immigrants?"),
    ("efterkommere", ORIGIN, EVERYWHERE, r"efterkomm\w*|descendants?"),
    ("flygtninge", ORIGIN, EVERYWHERE, r"flygtning\w*|familiesammenfør\w*|refugees?|asyl\w*"),
    ("udlændinge", ORIGIN, EVERYWHERE, r"udlænding\w*|nydansk\w*|udenlandsk\w*|foreign\w*"),
    ("udlændinge", ORIGIN, EVERYWHERE, r"tosproged\w*"),
    ("statsborgere", ORIGIN, EVERYWHERE,
     r"(?:danske?|udenlandske?|nordiske?|fremmede) statsborger\w*"
     r"|eu[- ]?(?:borger|statsborger|indvandrer)\w*|eøs[- ]?\w*|tredjelands\w*|statsløse?"
     r"|(?:danish|foreign|eu) (?:citizens?|nationals?)"),
    ("ukrainere", ORIGIN, EVERYWHERE, r"ukrain\w*"),
    ("somalisk", ORIGIN, EVERYWHERE, r"somali\w*"),
    ("arabisk", ORIGIN, EVERYWHERE, r"arabisk\w*|syrere?|syrisk\w*|tyrkisk\w*|tyrkere"),
    ("dansk", ORIGIN, EVERYWHERE,
     r"danske?r?s?[ -](?:oprindelse|baggrund|herkomst|afstamning)|danish origin|etnisk danske?"),
    *REMARK_WORDS,
)  # fmt: skip
_YEARS = r"(?:år(?:ige?)?s?|(?:aar)(?:ige?)?|years?)"
_AGES = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})\s?(?:-|–|—|til|to)\s?(\d{{1,3}})[\s-]?{_YEARS}(?![^\W\d_])"
    rf"|(?<![^\W_])(under|over|mindst|fra|fyldt|min)\.?\s(\d{{1,2}})[\s-]?{_YEARS}(?![^\W\d_])"
    rf"|(?<![\d.,/(-])(\d{{2}})\s?(?:\+(?!\d)|-?\s?{_YEARS}\s?(?:\+|og (?:derover|ældre|op)))"
    r"|(?<![\d.,/-])(\d{1,2})[\s-](?:årige?|aarige?|year-olds?)(?![^\W\d_])"
    r"|(?:(?<![^\W_])(?:age[ds]?:?|alder(?:en|s\w+)?(?:\s?[:=]|\s(?:is|er))?)\s"
    r"|(?<=[^\W\d_],\s)(?=\d\d\s?[-–]\s?\d\d\W*$))"
    r"(\d{1,2})\s?(?:-|–|—|to)\s?(\d{1,3})(?![\w.,])"
)
_DANISH_LETTER = re.compile(r"\[[^\]]*\]|\(\?:[æøå]\|[aeo]{2}\)|(?P<letter>[æøå])")
_IN_TWO_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa"}


def _in_either_spelling(words: str) -> str:
    """A pattern that also knows `saesonkorrigeret`: in names of files and columns of programs."""
    return _DANISH_LETTER.sub(
        lambda match: (
            f"(?:{match['letter']}|{_IN_TWO_LETTERS[match['letter']]})"
            if match["letter"]
            else match[0]
        ),
        words,
    )


_PATTERN = re.compile(
    "|".join(
        rf"(?P<w{at}>(?:{_in_either_spelling(words)}))" for at, (*_, words) in enumerate(_WORDS)
    ).join((r"(?<![^\W\d_])(?:", r")(?![^\W\d_])"))
)
# Both together are everybody, or are each a group that the table distinguishes.
_TOGETHER = (
    frozenset(("kvinder", "mænd")), frozenset(("drenge", "piger")), frozenset(("unge", "ældre")),
    frozenset(("vestlig", "ikke-vestlig")), frozenset(("selvstændige", "lønmodtagere")),
)  # fmt: skip
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# A title with spaced letters, as typewriters set it: `K V I N D E R`.
_SPACED = re.compile(r"(?<![^\W\d_])[^\W\d_](?: [^\W\d_]){3,}(?![^\W\d_])")
# Longer texts describe at length; they are looked through so far.
_MOST_CHARACTERS = 2_000


def tells_of_everybody(text: str, where: str) -> bool:
    """Whether a text names two groups that together are everybody: `lønmodtagere, selvstændige`."""
    meanings = _by_meaning(_plain(text), where).keys()
    return any(pair <= meanings for pair in _TOGETHER)


def _by_meaning(plain: str, where: str) -> dict[str, Telling]:
    by_meaning: dict[str, Telling] = {}
    for telling, places in _words_in(plain):
        if where in places:
            by_meaning.setdefault(telling.meaning, telling)
    return by_meaning


def is_of_no_count(text: str) -> bool:
    """Whether words beside a figure say that nobody counted it: a budget, a forecast, a goal."""
    meanings = {word.meaning for word in telling_words(text, TITLE)}
    return not meanings.isdisjoint(("prognose", "budget", "mål"))


def telling_words(text: str, where: str = HEAD) -> tuple[Telling, ...]:
    """The words of a text that say what its figures are, each meaning once, in their order."""
    plain = _plain(text)
    by_meaning = _by_meaning(plain, where)
    for match in _AGES.finditer(plain):
        low, high, bound, limit, least, age, *ages = match.groups()
        low, high = (low, high) if low else ages
        meaning = f"{low}-{high} år" if low else f"{bound or 'mindst'} {limit or least or age} år"
        by_meaning.setdefault(meaning, Telling(meaning, PEOPLE, match[0].strip()))
    both = [pair for pair in _TOGETHER if pair <= by_meaning.keys()]
    return tuple(
        telling
        for meaning, telling in by_meaning.items()
        if not any(meaning in pair for pair in both)
    )


def meanings(texts: Iterable[str]) -> frozenset[str]:
    """The meanings in names and definitions, both of a pair too."""
    meanings_: set[str] = set()
    for text in texts:
        meanings_ |= {telling.meaning for telling, _ in _words_in(_plain(text))}
        meanings_ |= {telling.meaning for telling in telling_words(text)}
    return frozenset(meanings_)


def _words_in(plain: str) -> Iterator[tuple[Telling, tuple[str, ...]]]:
    """Each word of _WORDS in a text, and the places where it counts."""
    for match in _PATTERN.finditer(plain):
        meaning, kind, places, _ = _WORDS[int((match.lastgroup or "w0")[1:])]
        yield Telling(meaning, kind, match[0]), places


def _plain(text: str) -> str:
    """A text in small letters on one line, whole letters for those made of two, no soft hyphens."""
    whole = unicodedata.normalize("NFKC", _UNSEEN.sub("", text[:_MOST_CHARACTERS]))
    whole = _SPACED.sub(lambda match: match[0].replace(" ", ""), whole)
    return " ".join(whole.casefold().replace("_", " ").split())
