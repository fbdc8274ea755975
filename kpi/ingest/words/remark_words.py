"""Remarks to figures that take them back: drafts, errors, other methods, what was done to them.

Somebody wrote them for those who would use the figures, and nobody who publishes them has read them
otherwise.
"""

from kpi.ingest.words.word_places import BELOW, EVERYWHERE, FILE, NAMED, NUMBER, TITLE, Word

# A remark that is a whole line or note is anchored (`^`, `$`): within a sentence its words are of
# other things.
REMARK_WORDS: tuple[Word, ...] = (
    ("udkast", NUMBER, EVERYWHERE,
     r"udkast|kladde|draft|(?:test|dummy|eksempel|demo|prøve)(?:data|tal|fil|udtræk|version|kørsel)\w*"
     r"|dummy"
     r"|fiktive?|opdigtede?"),
    ("udkast", NUMBER, NAMED, r"eksempel(?= ?:)|(?<!\w )eksempel(?=$)"),
    # Among words these are ordinary ones (`nationale test`); alone, or of a file, they are not.
    ("udkast", NUMBER, NAMED, r"^[\W\d]*(?:test|demo|øvelse)[\W\d]*$"),
    ("udkast", NUMBER, (FILE,),
     r"(?<!nationale )(?:test|demo|øvelse(?:sfil)?|mock|fake|til gennemsyn)"),
    ("udkast", NUMBER, NAMED, r"version[ .]?[01](?:[.,]\d+)*(?!\d)|(?:v|ver\.? ?)0[.,]\d+"
     r"|første version"),
    ("tidligere opgørelse", NUMBER, NAMED,
     r"(?:gammel|gamle|gammelt|gl\.?|old) (?:opgørelses?(?:metode)?n?|version(?:en)?|metode"
     r"|definition|afgrænsning|data\w*|udtræk\w*|fil|tal|tabel|(?:tids|data)?serie|version)"
     r"|(?:tidligere|forrige|hidtidige?|udgåe(?:t|de))"
     r" (?:opgørelses?(?:metode)?n?|version(?:en)?|metode|definition|afgrænsning|udtræk"
     r"|(?:tids|data)?serie)"),
    ("må ikke bruges", NUMBER, EVERYWHERE,
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
    ("må ikke bruges", NUMBER, EVERYWHERE,
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
    ("anden metode", NUMBER, EVERYWHERE,
     r"(?:opgjort|beregnet|registreret|indberettet|talt|målt|regnet|defineret|afgrænset)"
     r"(?: \w+)? (?:anderledes|på en anden måde)"
     r"|anderledes (?:opgjort|beregnet|afgrænset|defineret)"
     r"|(?:efter|med|ved|på|har|bruger|anvender) (?:en |et )?(?:anden|egen|særlig)"
     r" (?:opgørelses?|beregnings?)?(?:metode|opgørelse|definition|afgrænsning)"),
    # What was done to the numbers, and not how a share is computed from counts.
    ("ganget", NUMBER, EVERYWHERE,
     r"(?:tal(?:let|lene)?|værdi(?:er|en|erne)?|alt er|data)(?: \w+){0,3} (?:ganget|multipliceret"
     r"|divideret|delt)(?: op)? (?:med|på) ?[\d.,]+"
     r"|(?:tal(?:lene)?|værdier(?:ne)?)(?: \w+){0,2} (?:ganges|multipliceres|divideres"
     r"|deles) med \d+"
     r"|^(?:gang|divider|multiplicer|del) (?:med|på) \d[\d.]*\W*$"
     r"|(?:komma|decimal)\w* (?:er )?(?:flyttet|fjernet|mangler|udeladt)"
     r"|^(?:tal )?uden komma\w*\W*$"
     r"|(?:tal(?:lene)?|værdier(?:ne)?)(?: er)?(?: vist| angivet)? (?:gange"
     r"|[(]?[x×*]) ?1(?:[. ]?0)+[)]?"),
    ("må ikke bruges", NUMBER, EVERYWHERE,
     r"arbejds(?:version|udgave|ark|eksemplar)\w*|under udarbejdelse|(?:ikke |u)færdig(?:t"
     r"|e)?(?= ?\W*$)"
     r"|wip|todo|to do(?= ?:)|(?:kun )?til intern brug|ikke til (?:offentliggørelse|videregivelse"
     r"|ekstern)"
     r"|ej godkendte?|(?:mangler|afventer) (?:endelig )?(?:kvalitetssikring|godkendelse"
     r"|validering|kontrol)"
     r"|(?:kvalitetssikring|godkendelse|validering) mangler|(?:ikke|ej) (?:blevet )?opdatere(?:t"
     r"|de)"
     r"|(?:samme (?:tal )?som|kopi af|gentagelse af|kopieret fra) (?:19|20)\d\d"
     r"|(?:rød|gul|grå|orange|lilla|blå|kursiv|farve|markering|markeret)\w*\W+(?:\w+\W+){0,3}"
     r"(?:usik\w+|skøn\w*|anslå\w+|foreløbig\w*|fejl\w*|forkert\w*)"
     r"|^(?:fortroligt?|intern|klausuleret|embargo(?: til)?)(?=\W[\w .]{0,20}$|$)"),
    # A remark that is nothing else; within a sentence such words are of other things.
    ("må ikke bruges", NUMBER, EVERYWHERE,
     r"^(?:(?:skal|bør|obs|nb|lige)\W+)*(?:dobbelt)?(?:tjek|check|slet|ret|tjekkes|slettes"
     r"|rettes)\W*$"
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
     r"|^(?:kun )?(?:gæt|placeholder|pladsholder|midlertidigt(?: tal)?|afventer)\W*$"
     r"|^(?:er )?(?:samme|kopieret|gentaget) (?:som|fra) (?:sidste|forrige) år(?:s tal)?\W*$"
     r"|^(?:forkert|andet) (?:år|tal|område|kommune|række|periode|gruppe)\W*$"),
    # A figure that is to be replaced, or is that of another year.
    ("må ikke bruges", NUMBER, EVERYWHERE,
     r"^(?:(?:obs|nb|note|tal(?:let)?|er|det)\W+)*(?:forkert|fejl|ugyldigt?|usikkert)\W+"
     r"(?:se|jf|brug|nyt?|nye|skal|bør|erstattes|afvent\w*)\b.*$"
     r"|^(?:(?:obs|nb|note|tal(?:let)?)\W+)*(?:se|brug|afventer|venter på) (?:de[tn]? |et )?"
     r"(?:nyt?|nye|rette(?:t|de)|korrekte?|rigtige|endelige?t?|revidere(?:t|de)"
     r"|opdatere(?:t|de)) (?:tal|værdi|opgørelse|udtræk|indberetning)\w*.*$"
     r"|^(?:nyt?|rette(?:t|de)|korrekte?) (?:tal|udtræk) (?:kommer|følger|er på vej|på vej"
     r"|eftersendes|udestår).*$"
     r"|^(?:tal(?:let|lene)? )?(?:bliver |vil blive )?(?:rettes|genberegnes|korrigeres|erstattes"
     r"|revideres)(?! (?:mod|til|for|løbende)\b).{0,60}$"
     r"|^(?:tal(?:let|lene)? )?opdateres (?:senere|snart|når).*$"
     r"|^(?:korrektion|rettelse|genberegning|efterindberetning)(?:en)? (?:følger|kommer|på vej"
     r"|udestår|afventer|mangler).*$"
     r"|^(?:tal(?:let|lene)? |værdien )?(?:er )?(?:kopieret )?fra"
     r" (?:året før|sidste år|forrige år)\W*$"),
    # Somebody's own arithmetic, where nothing says of what; a title may say it of shares.
    ("beregnet", NUMBER, (TITLE, BELOW),
     r"^(?:egen |selv|manuelt )?(?:beregne(?:t|de)|udregnet|beregning(?!\W*$))"
     r"(?: (?:tal|værdi|selv|af (?:os|mig|kommunen|forvaltningen)))?\W*$"
     r"|^(?:egen |selv|manuelt )beregning\W*$"),
    # As a head it is the column of measures of Statistikbanken.
    ("beregnet", NUMBER, (BELOW,), r"^beregning\W*$"),
    # As a head they say which year a column is of.
    ("må ikke bruges", NUMBER, (TITLE, BELOW),
     r"^(?:er )?(?:sidste|forrige) år(?:s tal)?\W*$"),
    ("må ikke bruges", NUMBER, (TITLE, BELOW),
     r"^(?:\W|\b(?:obs|nb|bemærk|note|der|er|vist|muligvis)\b)*fejl"
     r"(?=(?: (?:i|ved|for|hos|på|fra))?\W+[\w .-]{2,40}$)"
     r"|^(?:obs|nb)(?=\W+(?!value|status|flag|time|conf)[^\W\d_]{3,30}(?: kommune)?\W*$)"
     r"|(?:er |(?<=[:–-] ))(?:usikkert?|forkert|fejl|obs)(?=\W*$)"),
    ("rettet i hånden", NUMBER, NAMED,
     r"manuelt (?:opgjort|justeret|rettet|korrigeret|tastet|indtastet|beregnet|optalt)"
     r"|(?:opgjort|justeret|rettet|korrigeret|tastet|indtastet|beregnet) (?:manuelt|i hånden)"
     r"|håndrettet"),
    ("talt to gange", NUMBER, NAMED,
     r"dobbelt[- ]?talt\w*|talt (?:to gange|dobbelt)"
     r"|(?:inkl\w*\.? |med |^)dobbelttælling(?:er)?(?=\W*$)"),
    ("anden metode", NUMBER, NAMED,
     r"anden (?:opgørelses|beregnings)?metode|^(?:ny|anden) opgørelse\W*$"),
    ("databrud", NUMBER, NAMED, r"^brud\W*$"),
    ("ganget", NUMBER, NAMED, r"^[x×*] ?1(?:[. ]?0)+\W*$"),
    ("procentpoint", NUMBER, (TITLE, BELOW),
     r"(?:tal(?:lene)?|værdierne|opgjort|vist|angivet) (?:er )?(?:i )?procentpoint"),
    # A zero that stands for what is hidden is no figure.
    ("nul for skjult", NUMBER, EVERYWHERE,
     r"(?:sat|sættes|angivet|angives|vist|vises|erstattet|erstattes) (?:til|som|med|af) (?:0|nul)"
     r"(?![.,]?\d)"),
    ("må ikke bruges", NUMBER, NAMED,
     r"(?:må )?ikke brug(?:es)?|brug ikke|do not use|forælde(?:t|de)|obsolete|outdated"),
    ("databrud", NUMBER, EVERYWHERE,
     r"databrud\w*|brud i (?:data|tids|serie|tal)\w*|break in (?:the )?(?:time )?series"
     r"|(?:^|(?:kan|er) )ikke (?:umiddelbart |direkte )?(?:at )?sammenlign\w*"
     r"|(?:ny|nye|nyt|ændrede?|ændret|omlagt) (?:opgørelses?|beregnings?)?"
     r"(?:metode|definition|afgrænsning|datagrundlag|klassifikation)\w*"
     r"|(?:\w+)?(?:metoden|definitionen|afgrænsningen|datagrundlaget) er (?:blevet )?"
     r"(?:ændret|nyt?|omlagt|lagt om)"
     r"|(?:ny|ændret|omlagt) (?:registrering(?:spraksis)?|opgørelsespraksis|(?:tælle|måle)metode)"
     r"|ændret (?:praksis|opgørelse)|(?:opgjort|registreret|talt) på (?:en )?ny måde"
     r"|(?:opgørelses)?(?:metode|definition|afgrænsning|praksis|registrering)(?:en)? (?:er )?"
     r"(?:ændret|omlagt|skiftet)|metode(?:skift|omlægning)\w*"
     r"|(?:nyt|skift(?:et)? til|overgang til|overgået til) (?:(?:et )?nyt )?"
     r"(?:fag|it-|registrerings)?system\w*"
     r"|(?:new|changed|revised) (?:definition|method|classification)s?"),
    # Only of files; before the others they would hide longer words.
    ("tidligere opgørelse", NUMBER, (FILE,),
     r"(?<!r )gam(?:mel|melt|le)|backup|forrige|old|arkiv(?:eret)?"),
    # What is copied is worked in; what somebody discards he calls so.
    ("udkast", NUMBER, (FILE,), r"(?:en )?kopi|copy"),
    ("må ikke bruges", NUMBER, (FILE,),
     r"forkerte?|fejl|slettes|(?:til )?sletning|kasseret|kassér|udgået|ugyldigt?|annulleret"),
)  # fmt: skip
