"""Words that say what figures are: targets, budgets, forecasts, ranks, or only some of the people.

Whoever reads a table sees them in its heads, above and under it and in its name. A figure that is
stored is none of these, unless its indicator or its group says so itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kpi.ingest.words.price_levels import NAMED as PRICES_NAMED

# Where a word is looked for. What heads say they say of their figures; a text may speak of more.
HEAD, TITLE, BELOW, FILE = "head", "title", "below", "file"
_EVERYWHERE = (HEAD, TITLE, BELOW, FILE)
_NAMED = (HEAD, TITLE, FILE)
_HEADS = (HEAD,)

# What a word is of. Background is for groups: an indicator's definition says nothing of it.
NUMBER, PEOPLE, ORIGIN = "number", "people", "origin"
# Meanings of words that say how figures came about: they may be the indicator's, but not final.
UNSURE = frozenset(("skøn", "stikprøve"))
# Meanings of remarks to figures, which may be true of right ones too.
REMARKS = frozenset(("udkast", "må ikke bruges", "databrud", "anden metode"))


@dataclass(frozen=True)
class Telling:
    """A word that says what figures are; its spellings share `meaning`, `word` is as written."""

    meaning: str
    kind: str
    word: str


# Meaning, kind, where it counts, and how it is written; in small letters, `_` as a blank.
_WORDS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    # What a pivot table or a program of statistics made of the rows of a column.
    ("antal rækker", NUMBER, _NAMED, r"^(?:antal|tæl) af (?!de )\w+$"),
    ("antal rækker", NUMBER, _HEADS, r"(?:antal|tæl|count) (?:af|of)(?! (?:de|the) )|count(?= \w)"),
    ("største", NUMBER, _HEADS, r"ma(?:ks|x)\.? (?:af|of)"),
    ("mindste", NUMBER, _HEADS, r"min\.? (?:af|of)"),
    # What Excel writes in a pivot table's corner.
    ("sum", NUMBER, _NAMED, r"^sum(?:men)? (?:af|of) (?!de |the )\w.*$"),
    ("sum", NUMBER, _HEADS, r"sum (?:af|of|for)|sum(?= \w)|(?<=\w )sum(?=$)"),
    # Those who come and go are not those who are there.
    ("tilgang", NUMBER, _NAMED,
     r"(?:ny|netto)tilgang\w*|inflow|tilgang(?:en)?(?= (?:til|af|på|fra)\b| \d|\s*[,:;(]|\.?$)"),
    ("afgang", NUMBER, _NAMED,
     r"(?:netto)?afgang(?:en)?(?= (?:til|af|fra)\b| \d|\s*[,:;(]|\.?$)|outflow|frafald\w*"),
    ("overgang", NUMBER, _NAMED,
     r"overgang\w* (?:til|fra)|påbegyndte?|afsluttede|nystartede|ophørte"),
    ("berørte", NUMBER, _NAMED, r"berørte?|cpr-?(?:personer|numre)"),
    ("årspersoner", NUMBER, _NAMED,
     r"års(?:elev|værk|studerende)\w*|hel(?:års|tids)\w+|fuldtidsækv\w*"),
    ("varighed", NUMBER, _NAMED,
     r"(?:ledigheds|ydelses|sags)varighed\w*|varighed(?:en)?(?= (?:af|i|på)\b|$)"),
    ("prøver", NUMBER, _NAMED,
     r"(?:\w+ ?)?prøvefag\w*|afgangsprøve\w*|\w*karakter(?:er|gennemsnit\w*)?|eksamens?\w*"),
    ("mål", NUMBER, _NAMED, r"(?:delm|slutm|resultatm|m)(?:å|aa)l(?:et|ene|s[æa]t\w*)?|goals?"),
    ("mål", NUMBER, _EVERYWHERE, r"m(?:å|aa)l(?:tal|s[æa]tning|niveau)\w*|targets?|kpi-m(?:å|aa)l"),
    ("mål", NUMBER, _NAMED, r"ambition\w*|loft|loftet"),
    ("budget", NUMBER, _EVERYWHERE, r"(?:\w+)?budget\w*|bevilling\w*|b-tal"),
    ("prognose", NUMBER, _EVERYWHERE, r"\w*prognose\w*|forecast\w*|prediktion\w*|\w*scenari\w*"),
    ("prognose", NUMBER, _EVERYWHERE, r"\w*fremskr[ei]v\w*|projection\w*|simuler\w*"),
    ("prognose", NUMBER, _NAMED, r"forvent\w*|ventet|expected|planlagt\w*"),
    ("prognose", NUMBER, _HEADS, r"plan"),
    ("skøn", NUMBER, _EVERYWHERE, r"estimat\w*|estimer\w*|sk(?:ø|oe)n(?:net|nede|smæssig\w*)?"),
    ("skøn", NUMBER, _EVERYWHERE, r"imputer\w*|modelberegn\w*|estimated?"),
    ("skøn", NUMBER, _EVERYWHERE,
     r"(?:ca|cirka)\.?[- ]?tal|omtrentlige? tal|anslå(?:et|ede|s)|gætte(?:t|de)"),
    ("skøn", NUMBER, _EVERYWHERE, r"(?:forårs|efterårs|forvaltnings)sk(?:ø|oe)n\w*"),
    ("stikprøve", NUMBER, _EVERYWHERE,
     r"\w*stikpr(?:ø|oe)ve\w*|\w*(?:spørgeskema|interview)\w*|\w*rundspørge\w*|surveys?"
     r"|(?:bruger|borger|tilfredsheds|trivsels|spørge|arbejdskraft)undersøgelse\w*|aku"
     r"|respondent\w*|selv(?:rapporter|oplyst|vurder)\w*"),
    ("benchmark", NUMBER, _EVERYWHERE, r"benchmark\w*|sammenligningsgrundlag\w*|normtal"),
    ("gennemsnit af andre", NUMBER, _NAMED,
     r"(?:lands|kommune|regions?|by|danmarks?|klynge|sammenlignings)(?:gennem)?snit\w*|\w+median"),
    ("gennemsnit af andre", NUMBER, _NAMED,
     r"gennemsnit(?:tet)? (?:af|for|i) (?:de |alle )?\w+ (?:byer|kommuner|områder)"),
    ("gennemsnit af flere perioder", NUMBER, _EVERYWHERE,
     r"(?:\d|to|tre|fire|fem)[- ]?års?[- ]?(?:glidende )?(?:gennem)?snit\w*"
     r"|(?:glidende|rullende) (?:gennem)?snit\w*|(?:moving|rolling) averages?"
     r"|(?:gennem)?snit\w* (?:over|af|for) (?:de )?(?:seneste |sidste )?(?:\d|to|tre|fire|fem) år"),
    ("gennemsnit af flere perioder", NUMBER, _EVERYWHERE,
     r"(?:gns\.?|(?:gennem)?snit\w*),? (?:(?:af|for|over|i) )?"
     r"(?:19|20)\d\d\s?(?:[-–,]|og|til)\s?(?:19|20)\d\d"),
    ("andre grænser", NUMBER, _EVERYWHERE,
     r"(?:gamle|tidligere|daværende) (?:kommune|amts|region|distrikt|skole)\w*"
     r"(?:grænse|inddeling|struktur)\w*"),
    ("standardiseret", NUMBER, _NAMED, r"\w*standardiser\w*|socioøkonomisk\w*|korrigeret for \w+"),
    ("det modsatte", NUMBER, _NAMED,
     r"ikke-(?!vestlig|endelig|oplyst|relevant)\w+|ikke (?:i (?:job|arbejde|beskæft\w+)|beskæft\w+)"
     r"|non-?employ\w*|manglende \w+"),
    ("vægtet", NUMBER, _NAMED, r"u?vægte(?:t|de|ning)\w*|(?:un)?weighted"),
    ("udjævnet", NUMBER, _EVERYWHERE, r"(?:ud)?glatte(?:t|de)|udjævne(?:t|de)|smoothed"),
    ("udjævnet", NUMBER, _EVERYWHERE, r"(?:inter|ekstra)polere(?:t|de)|(?:inter|extra)polated"),
    ("udkast", NUMBER, _EVERYWHERE,
     r"udkast|kladde|draft|(?:test|dummy|eksempel|demo|prøve)(?:data|tal|fil)\w*|dummy"
     r"|fiktive?|opdigtede?"),
    ("udkast", NUMBER, _NAMED, r"eksempel(?= ?:)|(?<!\w )eksempel(?=$)"),
    # Among words these are ordinary ones (`nationale test`); alone, or of a file, they are not.
    ("udkast", NUMBER, _NAMED, r"^[\W\d]*(?:test|demo|øvelse)[\W\d]*$"),
    ("udkast", NUMBER, (FILE,), r"(?<!nationale )(?:test|demo|øvelse(?:sfil)?)"),
    ("udkast", NUMBER, _NAMED, r"version[ .]?[01](?:[.,]\d+)*(?!\d)|(?:v|ver\.? ?)0[.,]\d+"
     r"|første version"),
    ("tidligere opgørelse", NUMBER, _NAMED,
     r"(?:gammel|gamle|gammelt|gl\.?|old) (?:opgørelses?(?:metode)?n?|version(?:en)?|metode"
     r"|definition|afgrænsning|data\w*|udtræk\w*|fil|tal|tabel|(?:tids|data)?serie|version)"
     r"|(?:tidligere|forrige|hidtidige?|udgåe(?:t|de))"
     r" (?:opgørelses?(?:metode)?n?|version(?:en)?|metode|definition|afgrænsning|udtræk"
     r"|(?:tids|data)?serie)"),
    ("tidligere opgørelse", NUMBER, (FILE,),
     r"(?<!r )gam(?:mel|melt|le)|backup|forrige"),
    ("må ikke bruges", NUMBER, _EVERYWHERE,
     r"fejlbehæfte\w*|forkerte? tal|fejl i (?:tallene|tabellen|data\w*)"
     r"|(?:indeholder|rummer) (?!ingen)(?:\w+ )?fejl"
     r"|(?:må|bør) ikke (?:bruges|anvendes|offentliggøres|deles|videregives|citeres)"
     r"|(?:endnu )?ikke (?:kvalitetssikre\w*|valider\w*"
     r"|verificer\w*|kontrollere(?:t|de)|godkendte?)"
     r"|u(?:validere|kvalitetssikre|kontrollere)(?:t|de)"
     r"|(?:skal|bør|mangler at blive) (?:\w+ )?"
     r"(?:tjekke|checke|kontrollere|verificere|bekræfte|validere|kvalitetssikre|efterse|efterprøve"
     r"|rette)s"
     r"|afventer (?:bekræftelse|kontrol|svar|godkendelse|validering|kvalitetssikring)"
     r"|usik(?:re|kert) tal"),
    ("må ikke bruges", NUMBER, _EVERYWHERE,
     r"(?:tal(?:let|lene)?|værdi(?:en|erne)?|andel(?:en|ene)?|figures?)(?: (?!ikke )\w+){0,4}"
     r" (?:er|kan være|virker|ser ud til at være)(?: (?!ikke )\w+)? "
     r"(?:usik(?:re|kert)|forkerte?|misvisende|upålidelige?t?|tvivlsom(?:me|t)?|ufuldstændige?t?"
     r"|mangelfulde?t?|fejlagtige?t?|inkomplette?|for (?:høje|lave|højt|lavt))"
     r"|fejl i (?:tallet|værdien|rækken|cellen|indberetningen|indtastningen|opgørelsen|kilden)"
     r"|(?:fejl|forkert) ?(?:indberet|registrer|indtast|opgjort|beregn)\w*"
     r"|(?:opgjort|beregnet|registreret|indberettet|indtastet|talt|målt|regnet) forkert"
     r"|kan ikke (?:bruges|anvendes)(?= ?(?:[.,;!)]|$))|(?<!at )se (?:venligst )?bort fra"
     r"|(?:taste|slå|regne|tal)fejl"
     r"|(?:er|blevet|står|har) byttet|byttet (?:om|rundt)|ombyttet|forbyttet|forvekslet"
     r"|(?:ikke[- ]|u)officiel(?:t|le)?"
     r"|(?:forskudt|rykket) (?:en|én|et|to|\d+) (?:række|linje|celle|kolonne|år)\w*"),
    ("anden metode", NUMBER, _EVERYWHERE,
     r"(?:opgjort|beregnet|registreret|indberettet|talt|målt|regnet|defineret|afgrænset)"
     r"(?: \w+)? (?:anderledes|på en anden måde)"
     r"|anderledes (?:opgjort|beregnet|afgrænset|defineret)"
     r"|(?:efter|med|ved|på|har|bruger|anvender) (?:en |et )?(?:anden|egen|særlig)"
     r" (?:opgørelses?|beregnings?)?(?:metode|opgørelse|definition|afgrænsning)"),
    # What was done to the numbers, and not how a share is computed from counts.
    ("ganget", NUMBER, _EVERYWHERE,
     r"(?:tal(?:let|lene)?|værdi(?:er|en|erne)?|alt er|data)(?: \w+){0,3} (?:ganget|multipliceret"
     r"|divideret|delt)(?: op)? (?:med|på) ?[\d.,]+"
     r"|(?:tal(?:lene)?|værdier(?:ne)?)(?: er)?(?: vist| angivet)? [(]?[x×*] ?1(?:[. ]?0)+[)]?"),
    # A remark that is nothing else; within a sentence such words are of other things.
    ("må ikke bruges", NUMBER, _NAMED,
     r"^(?:(?:skal|bør|obs|nb|lige)\W+)*(?:dobbelt)?(?:tjek|check|slet|ret|tjekkes|slettes|rettes)\W*$"
     # Without a mark `OBS` is a column of observations.
     r"|^(?:kopi(?:eret)?|udgår|udgået|ugyldigt?|annulleret|slettet|bortfalder|trukket tilbage)\W*$"
     r"|^(?:(?:tal(?:let)?|det|er|ser|lyder|virker|lidt|meget|alt|for)\W+)*"
     r"(?:højt|lavt|forkert|mærkeligt|underligt|skævt)(?: ud)?\W*$"
     r"|^(?:(?:tal(?:let)?|det)\W+)?(?:stemmer ikke|kan ikke (?:passe|være rigtigt)|stemmer det"
     r"|passer det|er det rigtigt)\W*$"
     r"|^(?:mangler(?: (?:data|tal|indberetning\w*))?|delvist?|delvise tal"
     r"|(?:u|ikke )komplet|mangelfuldt?|ufuldstændigt?)\W*$"
     r"|^(?:kilde(?:n)? (?:mangler|ukendt)|(?:mangler|ukendt|uden) kilde"
     r"|(?:tal )?fra (?:avis|artikel|nettet|hukommelsen)\w*)\W*$"
     r"|^\W*\?+\W*$|^(?:(?:(?:obs|nb)(?=\W*[!?])|hm+|tvivl\w*|usikker\w*|forkert|fejl)\W*)+$|^!+$"
     r"|^(?:er )?(?:mit|eget|løst|kvalificeret|bedste) bud\W*$"
     r"|^(?:er )?(?:(?:samme|kopieret|gentaget) (?:som|fra) )?(?:sidste|forrige) år(?:s tal)?\W*$"),
    ("må ikke bruges", NUMBER, (TITLE, BELOW),
     r"^(?:\W|\b(?:obs|nb|bemærk|note|der|er|vist|muligvis)\b)*fejl"
     r"(?=(?: (?:i|ved|for|hos|på|fra))?\W+[\w .-]{2,40}$)"
     r"|^(?:obs|nb)(?=\W+(?!value|status|flag|time|conf)[^\W\d_]{3,30}(?: kommune)?\W*$)"
     r"|(?:er |(?<=[:–-] ))(?:usikkert?|forkert|fejl|obs)(?=\W*$)"),
    ("rettet i hånden", NUMBER, _NAMED,
     r"manuelt (?:opgjort|justeret|rettet|korrigeret|tastet|indtastet|beregnet|optalt)"
     r"|(?:opgjort|justeret|rettet|korrigeret|tastet|indtastet|beregnet) (?:manuelt|i hånden)"
     r"|håndrettet"),
    ("talt to gange", NUMBER, _NAMED,
     r"dobbelt[- ]?talt\w*|talt (?:to gange|dobbelt)"
     r"|(?:inkl\w*\.? |med |^)dobbelttælling(?:er)?(?=\W*$)"),
    ("anden metode", NUMBER, _NAMED,
     r"anden (?:opgørelses|beregnings)?metode|^(?:ny|anden) opgørelse\W*$"),
    ("databrud", NUMBER, _NAMED, r"^brud\W*$"),
    ("ganget", NUMBER, _NAMED, r"^[x×*] ?1(?:[. ]?0)+\W*$"),
    ("skøn", NUMBER, _NAMED,
     r"^afrundet\W*$|^(?:ca|cirka)\W*$"
     r"|afrundet til (?:nærmeste |hele )?(?:tiere?|hundrede\w*|tusinde\w*)"),
    # A zero that stands for what is hidden is no figure.
    ("nul for skjult", NUMBER, _EVERYWHERE,
     r"(?:sat|sættes|angivet|angives|vist|vises|erstattet|erstattes) (?:til|som|med|af) (?:0|nul)"
     r"(?![.,]?\d)"),
    ("må ikke bruges", NUMBER, _NAMED,
     r"(?:må )?ikke brug(?:es)?|brug ikke|do not use|forælde(?:t|de)|obsolete|outdated"),
    ("databrud", NUMBER, _EVERYWHERE,
     r"databrud\w*|brud i (?:data|tids|serie|tal)\w*|break in (?:the )?(?:time )?series"
     r"|(?:kan|er) ikke (?:umiddelbart |direkte )?(?:at )?sammenlign\w*"
     r"|(?:ny|nye|nyt|ændrede?|ændret|omlagt) (?:opgørelses?|beregnings?)?"
     r"(?:metode|definition|afgrænsning|datagrundlag|klassifikation)\w*"
     r"|(?:new|changed|revised) (?:definition|method|classification)s?"),
    ("gennemsnit", NUMBER, _HEADS, r"gennemsnit\w*|gns|snit|average|mean|middel(?:værdi\w*)?"),
    ("median", NUMBER, _HEADS, r"median\w*|kvartil\w*|percentil\w*|decil\w*"),
    ("ændring", NUMBER, _NAMED, r"(?:\w+)?(?:æ|ae)ndring(?:er|en)?|\w*vækst\w*|growth|change"),
    ("ændring", NUMBER, _NAMED, r"forskel(?:len|le)? (?:til|fra|mellem|i forhold)"),
    ("ændring", NUMBER, _HEADS, r"stigning\w*|fald|udvikling\w*|forskel\w*|difference\w*|diff"),
    ("ændring", NUMBER, _HEADS, r"afvigelse\w*|gap|delta|procentpoint|pct-?point|pp"),
    ("indeks", NUMBER, _EVERYWHERE, r"\w*indeks\w*|index\w*"),
    ("sæsonkorrigeret", NUMBER, _EVERYWHERE, r"sæson\w*|trendværdi\w*|seasonally"),
    ("sæsonkorrigeret", NUMBER, _HEADS, r"trend\w*|justeret|korrigeret|glidende"),
    ("akkumuleret", NUMBER, _EVERYWHERE, r"akkumuler\w*|akk|kumul\w*|cumulative|løbende sum"),
    ("placering", NUMBER, _NAMED, r"placering\w*|rang(?:ering\w*|orden\w*)?|ranking|rank"),
    ("usikkerhed", NUMBER, _NAMED, r"p-?(?:værdi|value)\w*|konfidens\w*|standardafvigelse\w*"),
    ("usikkerhed", NUMBER, _NAMED, r"sikkerhedsgrænse\w*|sikkerhedsinterval\w*|standardfejl\w*"),
    ("usikkerhed", NUMBER, _NAMED, r"(?:nedre|øvre|lower|upper) (?:\w*grænse|bound|limit)\w*"),
    ("usikkerhed", NUMBER, _HEADS, r"nedre|øvre|lower|upper|usikkerhed\w*|spredning|std|stddev"),
    ("usikkerhed", NUMBER, _HEADS, r"^(?:lav|høj|low|high|(?:lav|høj)este?)$"),
    ("usikkerhed", NUMBER, _HEADS, r"min|max|maks|minimum|maksimum|maximum|signifikan\w*|t-værdi"),
    ("faste priser", NUMBER, _EVERYWHERE, rf"{PRICES_NAMED}|deflater\w*|constant prices"),
    ("løbende priser", NUMBER, _EVERYWHERE, r"løbende priser|current prices"),
    ("arbejdssted", NUMBER, _NAMED, r"arbejdssted\w*|workplace"),
    ("arbejdssted", NUMBER, _EVERYWHERE,
     r"(?:opgjort|fordelt|placeret) (?:på|efter|ved|i) arbejds(?:sted|kommune)\w*"),
    ("sygdom", NUMBER, _NAMED, r"sygefrav(?:æ|ae)r\w*|sygdom(?:sfrav(?:æ|ae)r\w*)?"),
    ("sygdom", NUMBER, _NAMED, r"(?:u?lovlig|u?anmeldt)\w*(?: frav(?:æ|ae)r\w*)?|med tilladelse"),
    ("højt fravær", NUMBER, _NAMED, r"(?:bekymrende|højt|kritisk) frav(?:æ|ae)r\w*"),
    ("højt fravær", NUMBER, _NAMED,
     r"(?:over|under|mere end|mindst|mindre end) \d+ ?(?:pct\.?|%|procent) frav(?:æ|ae)r\w*"),
    ("fremmøde", NUMBER, _NAMED, r"fremmøde\w*|nærvær\w*|tilstedeværelse\w*|attendance"),
    ("erhvervsfrekvens", NUMBER, _NAMED,
     r"erhvervsfrekvens\w*|activity rates?|participation rates?"),
    ("brutto- eller nettoledighed", NUMBER, _NAMED, r"(?:brutto|netto)ledig\w*"),
    ("langtidsledighed", NUMBER, _NAMED, r"langtidsledighed\w*"),
    ("ledighed", NUMBER, _NAMED, r"ledighedsprocent\w*|unemployment\w*"),
    # What an indicator is called; as a head it is compared with the names of indicators.
    ("ledighed", NUMBER, (), r"^ledighed$"),
    ("klassetrin", PEOPLE, _NAMED, r"\d{1,2}\. ?klasse\w*|børnehaveklasse\w*"),
    ("fuld tid eller deltid", PEOPLE, _NAMED, r"fuldtid\w*|deltid\w*|full-?time|part-?time"),
    ("andel", NUMBER, _HEADS, r"andel(?:en|e)?|share|proportion"),
    ("antal", NUMBER, _HEADS, r"antal(?:let)?|count|number"),
    ("uden nogle", PEOPLE, (TITLE, BELOW), r"eksklusive?|ekskl|excluding|excl|undtage[nt]"),
    ("kvinder", PEOPLE, _EVERYWHERE, r"kvind\w*|women|woman|females?|mødre|enlige mødre"),
    ("mænd", PEOPLE, _EVERYWHERE, r"m(?:æ|ae)nd\w*|mand|mandlig\w*|men|males?|fædre"),
    ("drenge", PEOPLE, _EVERYWHERE, r"drenge\w*|boys"),
    ("piger", PEOPLE, _EVERYWHERE, r"piger\w*|girls"),
    ("unge", PEOPLE, _NAMED, r"unge|ung|young|teenagere?"),
    ("ældre", PEOPLE, _NAMED, r"ældre(?:s)?|seniorer?\w*|pensionist\w*|elderly"),
    ("uddannelse", PEOPLE, _NAMED, r"u?faglært\w*|akademiker\w*|grundskoleuddann\w*"),
    ("enlige", PEOPLE, _NAMED, r"enlige?|samlevende|parfamilier\w*"),
    ("sektor", PEOPLE, _NAMED, r"(?:privat|offentlig)e? sektor|(?:privat|offentligt?) ?ansat\w*"),
    ("særlige skoler", PEOPLE, _NAMED,
     r"special(?:skole|klasse|tilbud|undervisning)\w*|(?:privat|fri|efter)skole\w*|private skoler"),
    ("ansatte", PEOPLE, _NAMED,
     r"medarbejder\w*|personale\w*|ansatte?s?|l(?:æ|ae)rer(?:e|nes?)?|p(?:æ|ae)dagog\w*"),
    ("studerende", PEOPLE, _NAMED, r"studerende\w*|lærlinge?\w*|students?"),
    ("selvstændige", PEOPLE, _NAMED, r"selvstændige\w*|self-employed"),
    ("lønmodtagere", PEOPLE, _NAMED, r"lønmodtager\w*"),
    ("opholdstid", PEOPLE, _EVERYWHERE,
     r"opholds(?:tid|varighed|periode)\w*|(?:efter|med|over|under|mindst|højst|i) "
     r"(?:(?:\d+|et|to|tre|fire|fem)(?: ?- ?\d+)?) års? (?:i danmark|i landet|ophold\w*)"
     r"|length of (?:stay|residence)"),
    ("kontanthjælp", PEOPLE, _NAMED,
     r"(?:kontanthjælps?|uddannelseshjælps?|ydelses?)modtager\w*"
     r"|modtager\w* af (?:kontant|uddannelses)hjælp\w*"),
    ("dagpenge", PEOPLE, _NAMED, r"dagpengemodtager\w*|modtager\w* af dagpenge"),
    ("førtidspension", PEOPLE, _NAMED, r"førtidspensionist\w*|folkepensionist\w*"),
    ("nyuddannede", PEOPLE, _NAMED, r"nyuddanned\w*|dimittend\w*|nyledige?|langtidsledig\w*"),
    ("kun nogle", PEOPLE, _EVERYWHERE, r"kun|udelukkende|heraf|herunder|only|bortset fra"),
    ("kun nogle", PEOPLE, _EVERYWHERE,
     r"(?:indgår|indgik|medtages|medregnes|tælles|tæller) ikke(?: med)?"
     r"|ikke (?:medregnet|medtaget|medtalt|omfattet|inkluderet)|er ikke med|not included"),
    ("kun nogle", PEOPLE, _NAMED, r"ekskl|eksklusive?|undtagen|uden|excl|excluding|without"),
    ("ikke-vestlig", ORIGIN, _EVERYWHERE, r"ikke[- ]?vestlig\w*|non[- ]?western"),
    ("vestlig", ORIGIN, _EVERYWHERE, r"vestlig\w*|western"),
    ("indvandrere", ORIGIN, _EVERYWHERE, r"indvandr\w*|immigrants?"),
    ("efterkommere", ORIGIN, _EVERYWHERE, r"efterkomm\w*|descendants?"),
    ("flygtninge", ORIGIN, _EVERYWHERE, r"flygtning\w*|familiesammenfør\w*|refugees?|asyl\w*"),
    ("udlændinge", ORIGIN, _EVERYWHERE, r"udlænding\w*|nydansk\w*|udenlandsk\w*|foreign\w*"),
    ("udlændinge", ORIGIN, _EVERYWHERE, r"tosproged\w*"),
    ("statsborgere", ORIGIN, _EVERYWHERE,
     r"(?:danske?|udenlandske?|nordiske?|fremmede) statsborger\w*"
     r"|eu[- ]?(?:borger|statsborger|indvandrer)\w*|eøs[- ]?\w*|tredjelands\w*|statsløse?"
     r"|(?:danish|foreign|eu) (?:citizens?|nationals?)"),
    ("ukrainere", ORIGIN, _EVERYWHERE, r"ukrain\w*"),
    ("somalisk", ORIGIN, _EVERYWHERE, r"somali\w*"),
    ("arabisk", ORIGIN, _EVERYWHERE, r"arabisk\w*|syrere?|syrisk\w*|tyrkisk\w*|tyrkere"),
    ("dansk", ORIGIN, _EVERYWHERE,
     r"danske?r?s?[ -](?:oprindelse|baggrund|herkomst|afstamning)|danish origin|etnisk danske?"),
)  # fmt: skip
_YEARS = r"(?:år(?:ige?)?s?|(?:aar)(?:ige?)?|years?)"
_AGES = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})\s?(?:-|–|—|til|to)\s?(\d{{1,3}})[\s-]?{_YEARS}(?![^\W\d_])"
    rf"|(?<![^\W_])(under|over|mindst|fra|fyldt|min)\.?\s(\d{{1,2}})[\s-]?{_YEARS}(?![^\W\d_])"
    rf"|(?<![\d.,/(-])(\d{{2}})\s?(?:\+(?!\d)|-?\s?{_YEARS}\s?(?:\+|og (?:derover|ældre|op)))"
    r"|(?<![\d.,/-])(\d{1,2})[\s-](?:årige?|aarige?|year-olds?)(?![^\W\d_])"
    r"|(?<![^\W_])age[ds]?:?\s(\d{1,2})\s?(?:-|–|—|to)\s?(\d{1,3})(?![\w.,])"
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
