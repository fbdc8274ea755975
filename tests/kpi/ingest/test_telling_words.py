"""Words that say what figures are, however they are written; and words that only look so."""

from kpi.ingest.words.telling_words import BELOW, FILE, HEAD, TITLE, meanings, telling_words
from tests.tables import for_each

WRITTEN: list[tuple[str, list[str]]] = [
    ("2022 mål", ["mål"]),
    ("Måltal", ["mål"]),
    ("maaltal_2024", ["mål"]),
    ("delmål for 2026", ["mål"]),
    ("Måling", []),
    ("Målgruppe", []),
    ("formål", []),
    ("budget2024_nsk", ["budget"]),
    ("Årsbudget", ["budget"]),
    ("Budgetår", ["budget"]),
    ("PROGNOSE", ["prognose"]),
    ("befolkningsprognose", ["prognose"]),
    ("forventet niveau", ["prognose"]),
    ("fremskrivning 2030", ["prognose"]),
    ("skøn", ["skøn"]),
    ("skoen_2023", ["skøn"]),
    ("skønhed", []),
    ("estimeret", ["skøn"]),
    ("landsgennemsnit", ["gennemsnit af andre"]),
    ("3-års glidende gennemsnit", ["gennemsnit af flere perioder"]),
    ("gennemsnit over de seneste tre år", ["gennemsnit af flere perioder"]),
    ("rolling average", ["gennemsnit af flere perioder"]),
    ("aldersstandardiseret", ["standardiseret"]),
    ("socioøkonomisk reference", ["standardiseret"]),
    ("ikke-beskæftigede", ["det modsatte"]),
    ("personer, der ikke er i gang", ["det modsatte"]),
    ("De, der IKKE er i praktik", ["det modsatte"]),
    ("De, som ingen løntimer har", ["det modsatte"]),
    ("De der mangler løntimer", ["det modsatte"]),
    ("tal for året er ikke endelige", []),
    ("ikke sammenlignelig med før", ["databrud"]),
    ("opgørelsesmetoden er ændret", ["databrud"]),
    ("Metode ændret", ["databrud"]),
    ("Omlagt registrering", ["databrud"]),
    ("Aarhus: Nyt fagsystem i 2025", ["databrud"]),
    ("Skift til nyt system", ["databrud"]),
    ("Ændret praksis", ["databrud"]),
    ("opgjort på ny måde", ["databrud"]),
    ("skolesystemet er nyt", []),
    ("job, 16-29", ["16-29 år"]),
    ("alder 16-29", ["16-29 år"]),
    ("2023, 10-12", []),
    ("aldersgruppe is 16-29", ["16-29 år"]),
    ("job, nye forløb", ["nye"]),
    ("job efter 3 måneder", ["målt senere"]),
    ("6 måneder efter forløb", ["målt senere"]),
    ("gennemsnit af måneder", ["gennemsnit af flere perioder"]),
    ("tal, der ikke bruges", ["må ikke bruges"]),
    ("ikke-endelige tal", []),
    ("tværsnit", []),
    ("se afsnit 3", []),
    ("ændring i alt", ["ændring"]),
    ("indeks (2015 = 100)", ["indeks"]),
    ("sæsonkorrigeret", ["sæsonkorrigeret"]),
    ("akk.", ["akkumuleret"]),
    ("placering", ["placering"]),
    ("Antal af Ledige", ["antal rækker"]),
    ("Count of Ledige", ["antal rækker"]),
    ("count_ledige", ["antal rækker"]),
    ("Antal af de ledige", ["antal"]),
    ("Antal ledige", ["antal"]),
    ("Maks. af Ledige", ["største"]),
    ("Max of Ledige", ["største"]),
    ("Min. af Ledige", ["mindste"]),
    ("Sum af Ledighed", ["sum"]),
    ("sum_ledighed", ["sum"]),
    ("ledighed_sum", ["sum"]),
    ("Sum", []),
    ("Middel af Ledighed", ["gennemsnit"]),
    ("midler", []),
    ("p-værdi", ["usikkerhed"]),
    ("nedre konfidensgrænse", ["usikkerhed"]),
    ("faste priser (2023-pl)", ["faste priser"]),
    ("beskæftigede efter arbejdssted", ["arbejdssted"]),
    ("Sygefravær", ["sygdom"]),
    ("ulovligt fravær", ["sygdom"]),
    ("bekymrende fravær", ["højt fravær"]),
    ("Specialskoler", ["særlige skoler"]),
    ("folkeskoler", []),
    ("ufaglærte", ["uddannelse"]),
    ("selvforsørgende enlige", ["enlige"]),
    ("den private sektor", ["sektor"]),
    ("Kvinder", ["kvinder"]),
    ("kvinder og mænd", []),  # together they are everybody
    ("Tallene omfatter lønmodtagere og selvstændige", []),
    ("lønmodtagere", ["lønmodtagere"]),
    ("selvstændige", ["selvstændige"]),
    ("25-39 år", ["25-39 år"]),
    ("25–39-årige", ["25-39 år"]),
    ("25 til 39 år", ["25-39 år"]),
    ("under 30 år", ["under 30 år"]),
    ("65 år og derover", ["mindst 65 år"]),
    ("30+", ["mindst 30 år"]),
    ("18-årige", ["mindst 18 år"]),
    ("Employment rate, aged 15-64", ["15-64 år"]),
    ("ages 20 to 29", ["20-29 år"]),
    ("aged 15", []),
    ("pages 15-64", []),
    ("2022-2023", []),
    ("Disposable income (2+30-31-32-35)", []),
    ("ikke-vestlige lande", ["ikke-vestlig"]),
    ("ikke vestlig", ["ikke-vestlig"]),
    ("vestlige og ikke-vestlige indvandrere", ["indvandrere"]),
    ("personer med dansk oprindelse", ["dansk"]),
    ("Danmarks Statistik", []),
    ("ma\u030altal", ["mål"]),  # a letter made of two
    ("bud\u00adget", ["budget"]),  # a hyphen that is not seen
    ("nedre grænse for andelen", ["usikkerhed", "andel"]),
    ("ledige_saesonkorrigeret", ["sæsonkorrigeret"]),  # as programs write æ
    ("beskaeftigede maend", ["mænd"]),
    ("uvægtet gennemsnit", ["vægtet", "gennemsnit"]),
    ("glattede tal", ["udjævnet"]),
    ("UDKAST 2. juni", ["udkast"]),
    ("Beskæftigelse (dummytal)", ["udkast"]),
    ("EKSEMPEL: Beskæftigelse", ["udkast"]),
    ("for eksempel unge", ["unge"]),
    ("nationale test", []),
    ("OBS: Tallene er fejlbehæftede", ["må ikke bruges"]),
    ("ikke kvalitetssikrede tal", ["må ikke bruges"]),
    ("må ikke offentliggøres", ["må ikke bruges"]),
    ("Tabellen indeholder fejl i Odense", ["må ikke bruges"]),
    ("Celler under 5 er sat til 0", ["nul for skjult"]),
    ("Diskretionerede tal vises som nul", ["nul for skjult"]),
    ("Basisåret er sat til 0,5", []),
    ("Beskæftigelse, gennemsnit 2023-2025", ["gennemsnit af flere perioder"]),
    ("Databrud i 2025", ["databrud"]),
    ("Tallene kan ikke sammenlignes med 2024", ["databrud"]),
    ("Beskæftigelse, ny definition fra 2025", ["databrud"]),
    ("Ændret opgørelsesmetode", ["databrud"]),
    ("Definition: andel i beskæftigelse", ["andel"]),
    ("Beskæftigede efter 3 år i Danmark", ["opholdstid"]),
    ("med mindst 5 års ophold", ["opholdstid", "mindst 5 år"]),
    ("opholdstid 3-5 år", ["opholdstid", "3-5 år"]),
    ("efter 3 år i beskæftigelse", []),
    ("Skal lige tjekkes med Odense", ["må ikke bruges"]),
    ("tjek!", ["må ikke bruges"]),
    ("Skal slettes", ["må ikke bruges"]),
    ("Tallet for Aarhus er usikkert", ["må ikke bruges"]),
    ("Aarhus: tallet er meget usikkert", ["må ikke bruges"]),
    ("Tallene er ikke usikre", []),
    ("Randers har indberettet forkert", ["må ikke bruges"]),
    ("Randers er indberettet forkert", ["må ikke bruges"]),
    ("Odense: se bort fra tallet", ["må ikke bruges"]),
    ("Der ses bort fra afrunding", []),
    ("Tallet for Odense kan ikke bruges", ["må ikke bruges"]),
    ("Tallene for Odense og Aarhus er byttet om", ["må ikke bruges"]),
    ("Tallene er forskudt en række", ["må ikke bruges"]),
    ("Udgivelsen er rykket til maj", []),
    ("Fejlmargin", []),
    ("Odense er opgjort efter en anden metode", ["anden metode"]),
    ("Aarhus er opgjort anderledes", ["anden metode"]),
    ("Borgere, der på anden måde er tilknyttet", []),
    ("tallene er ganget med 10", ["ganget"]),
    ("Alle værdier er divideret med 1.000", ["ganget"]),
    ("Tallene er x10", ["ganget"]),
    ("Ledige divideret med arbejdsstyrken og ganget med 100", []),
    ("Antal beskæftigede ganget med 100", ["antal"]),
    ("EU-borgere", ["statsborgere"]),
    ("danske statsborgere", ["statsborgere"]),
    ("Efter statsborgerskab", []),
    ("simuleret", ["prognose"]),
    ("gammel opgørelse", ["tidligere opgørelse"]),
    ("gl. tidsserie", ["tidligere opgørelse"]),
    ("tidligere opgørelser", []),
    ("Bedre end tidligere", []),
    ("version 1", ["udkast"]),
    ("version 1.2", ["udkast"]),
    ("version 12", []),
    ("version 2", []),
    ("TEST", ["udkast"]),
    ("nationale test 2", []),
    ("?", ["må ikke bruges"]),
    ("(?)", ["må ikke bruges"]),
    ("OBS!", ["må ikke bruges"]),
    ("usikkert", ["må ikke bruges"]),
    ("Er det rigtigt?", ["må ikke bruges"]),
    ("Er det rigtigt, at unge flytter", ["unge"]),
    ("usikker på jobbet", []),
    ("tallet virker højt", ["må ikke bruges"]),
    ("for lavt?", ["må ikke bruges"]),
    ("Højere end sidste gang", []),
    ("Stemmer det?", ["må ikke bruges"]),
    ("Det stemmer", []),
    ("mangler tal", ["må ikke bruges"]),
    ("udgår", ["må ikke bruges"]),
    ("Fristen udgår", []),
    ("ikke officielle tal", ["må ikke bruges"]),
    ("byttet om med Odense", ["må ikke bruges"]),
    ("ikke verificeret", ["må ikke bruges"]),
    ("rettet i hånden", ["rettet i hånden"]),
    ("Korrigeret", ["rettet i hånden"]),
    ("tallet er opskrevet i august", ["rettet i hånden"]),
    ("Sæsonkorrigeret", ["sæsonkorrigeret"]),
    ("Rettet", []),
    ("Sidste år", []),  # a head: which year a column is of
    ("placeholder", ["må ikke bruges"]),
    ("forkert år", ["må ikke bruges"]),
    ("Kopi", ["må ikke bruges"]),
    ("forrige år", []),
    ("mangler 3 skoler", ["kun nogle"]),
    ("manuelt opgjort", ["rettet i hånden"]),
    ("dobbelttælling", ["talt to gange"]),
    ("Dobbelttælling er undgået", []),
    ("afrundet til hele tusinder", ["skøn"]),
    ("Afrundede tal kan afvige", []),
    ("gns. af 2023 og 2024", ["gennemsnit af flere perioder"]),
    ("x 1.000", ["ganget"]),
    ("Arbejdsversion", ["må ikke bruges"]),
    ("Arbejdsmarked", []),
    ("Ej godkendt", ["må ikke bruges"]),
    ("Fortroligt", ["må ikke bruges"]),
    ("Fortrolige oplysninger er fjernet", []),
    ("Tallene er ikke opdateret", ["må ikke bruges"]),
    ("Siden opdateres løbende", []),
    ("Kopi af 2024", ["må ikke bruges"]),
    ("Gule celler er skøn", ["må ikke bruges"]),
    ("Rød = usikker", ["må ikke bruges"]),
    ("Farverne er kommunens egne", []),
    ("Tal skal ganges med 1000", ["ganget"]),
    ("Alle tal er gange 10", ["ganget"]),
    ("Tallene er 10 år gamle", []),
    ("Kommaet er flyttet", ["ganget"]),
    ("udvalgte skoler", ["kun nogle"]),
    ("udvalgte kommuner", []),
    ("mit bud", ["må ikke bruges"]),
    ("Sidste års tal", []),
    ("samme som forrige år", ["må ikke bruges"]),
    ("Se sidste års tal i bilag 2", []),
    ("Ret til dagpenge", []),
    ("Rettes mod unge", ["unge"]),
    ("Lavere end sidste år", []),
    ("afventer godkendelse", ["må ikke bruges"]),
    ("usikre tal", ["må ikke bruges"]),
    ("Ca. tal", ["skøn"]),
    ("cirkatal", ["skøn"]),
    ("anslået", ["skøn"]),
]


def test_a_word_is_known_however_it_is_written() -> None:
    misses = {
        text: known
        for text, said in WRITTEN
        if (known := [telling.meaning for telling in telling_words(text)]) != said
    }
    assert misses == {}


@for_each(
    ("text", "where"),
    [
        ("Udvikling i ledigheden", TITLE),  # any series over time
        ("Gennemsnitligt fravær", TITLE),
        ("Andel elever", TITLE),
        ("Forskel på skoler", TITLE),
        ("Opdateringen forventes i maj", BELOW),
        ("Unge og mål omtales i rapporten", BELOW),
    ],
)
def test_a_text_may_name_what_a_head_may_not(text: str, where: str) -> None:
    assert telling_words(text, where) == ()
    assert telling_words(text, HEAD)


def test_a_name_that_says_both_of_a_pair_says_each() -> None:
    assert meanings(["Kvinder og mænd"]) == {"kvinder", "mænd"}
    assert meanings(["Beskæftigelsesfrekvens 16-64 år"]) == {"16-64 år"}


def test_an_endless_text_is_looked_through_no_further_than_its_beginning() -> None:
    assert telling_words("x" * 5_000_000 + " budget") == ()


@for_each(
    ("text", "meaning"),
    [
        ("K v i n d e r", "kvinder"),
        ("P R O G N O S E  2023", "prognose"),
        ("b u d g e t", "budget"),
    ],
)
def test_letters_that_stand_apart_are_a_word(text: str, meaning: str) -> None:
    assert [telling_word.meaning for telling_word in telling_words(text, TITLE)] == [meaning]


def test_the_rate_of_the_unemployed_is_unemployment_and_its_other_counts_are_not() -> None:
    own = meanings(["Ledighed"])
    assert {telling.meaning for telling in telling_words("Ledighedsprocent 2025", TITLE)} <= own
    for other in ("Bruttoledighed", "Nettoledighed", "Langtidsledighed"):
        assert telling_words(other, TITLE)[0].meaning not in own


@for_each(
    ("name", "is_asked"),
    [
        ("test", True), ("beskaeftigelse_test_2025", True), ("beskæftigelse2025test", True),
        ("demo-fil", True), ("UDKAST_ras200", True), ("ras200_gammel", True),
        ("latest", False), ("attest_2025", False), ("nationale_test_2025", False),
        ("demografi", False), ("testcenter", False), ("16_aar_gamle", False), ("holdold", False),
    ],
)  # fmt: skip
def test_a_file_is_called_a_test_word_by_word(name: str, is_asked: bool) -> None:
    assert bool(telling_words(name, FILE)) is is_asked


@for_each(
    ("text", "is_asked"),
    [
        ("NB! Fejl i Aalborg", True), ("Aalborg: fejl", True), ("OBS: Aalborg", True),
        ("Aarhus er usikkert", True), ("Der er fejl i tallet for Odense", True),
        ("OBS_VALUE", False), ("OBS: tal for hele året", False),
        ("Fejlmargin", False),
    ],
)  # fmt: skip
def test_a_line_that_is_a_remark_and_nothing_else(text: str, is_asked: bool) -> None:
    for where in (TITLE, BELOW):
        assert bool(telling_words(text, where)) is is_asked


@for_each(
    ("text", "meaning"),
    [
        *((text, "må ikke bruges") for text in (
            "Forkert - se nyt tal", "OBS: forkert, brug det rigtige tal", "fejl, skal erstattes",
            "se nyt tal", "Rettes i næste udgave", "Tallet genberegnes i marts",
            "nyt tal kommer", "Afventer endeligt tal", "Korrektion følger", "opdateres senere",
            "Tallet er fra året før", "Efterindberetning mangler",
        )),
        ("beregnet", "beregnet"), ("Beregnet af os", "beregnet"), ("egen beregning", "beregnet"),
        ("Spørgsmål rettes til Statistik", ""), ("Rettes til: jobindsats", ""),
        ("Tallene revideres løbende", ""), ("Opdateres hver måned", ""), ("Se nye boliger", ""),
        ("Nye tal 10. marts 2026", ""), ("Nye tal følger i juni", ""), ("Rettet 3. marts", ""),
        ("Beregnet som andel af alle", ""), ("Værdien er beregnet som tæller/nævner", ""),
    ],
)  # fmt: skip
def test_remarks_that_a_figure_is_to_be_replaced(text: str, meaning: str) -> None:
    for place in (TITLE, BELOW):
        named = {word.meaning for word in telling_words(text, place)}
        assert named & {"må ikke bruges", "beregnet"} == ({meaning} if meaning else set())


@for_each(
    ("text", "is_told"),
    [
        ("Note: Odense er uden Vollsmose", True), ("Tallene er opgjort uden studerende", True),
        ("Personer, der er uden for arbejdsstyrken", False), ("Unge uden job", False),
    ],
)  # fmt: skip
def test_a_note_that_some_are_left_out(text: str, is_told: bool) -> None:
    assert ("uden nogle" in {word.meaning for word in telling_words(text, BELOW)}) is is_told
