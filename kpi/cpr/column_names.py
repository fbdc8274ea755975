"""What the name of a column says of its numbers: persons, cases, objects, money or moments."""

import re

OF_MOMENTS = re.compile(r"tid|^ts$|stamp|moment|opdater|hentet|dannet|oprettet|ændret|^dato|dato$")
OF_SECONDS = re.compile(r"stamp|stempel|epoch|unix")
OF_UNITS = re.compile(r"^pn(?:umme)?r$|produktionsenhed")
OF_PERSONS = re.compile(r"cpr|person|f[øo]dsel|f[øo]dt|borger|navn|klient|barn|elev|patient")
OF_CASES = re.compile(
    r"sag|journal|jnr|tid|^ts$|time$|created|updated|modified|stamp|epoch|unix|moment|l[øo]be?n|ref(?:nr|erence)|pn(?:umme)?r$"
    r"|produktionsenhed|ordre|faktura|bilag|dokument|esdh|konto|^(?:nr|nummer|id)$"
    r"|vare|artikel|produkt|serienr|kunde|aftale|matrikel|ejendom|bfe|^bbr|adresse|cvr|^se|^ean|gln"
    r"|isbn|omkostningssted|profitcenter|^psp|^vej|^esr|^kvh|telefon|^tlf|mobil|kode$|opdater|hentet|dannet|oprettet|ændret|dato"
)
# A person may be numbered so, and anything else.
OF_IDS = re.compile(
    r"kunde(?!r$)|^(?:id|nr|nummer|idnr|idnummer)$|.id$|ident|bruger(?!e)|deltager(?!e)|medlem(?!mer)|^sag"
    r"|^journaln|^jnr$|debitor(?!er)|kreditor(?!er)|n(?:ø|oe)gle$"
)
# Of these the numbers may begin with a day.
OF_DATED = re.compile(r"konto|journal|^jnr|^sag|esdh|dokument|bilag|version|^psp|art$")
OF_OBJECTS = re.compile(
    r"faktura|bilag|ordre|^vare|artikel|produkt|matrikel|ejendom|^esr|bfe|^bbr|^cvr(?!.*cpr)|^ean|gln"
    r"|isbn|omkostningssted|profitcenter|^psp|^vej|adressen(?:ø|oe)gle|^kvhx?$|serien"
    r"|produktionsenhed|^konto(?!kt|hav)"
)
OF_MONEY = re.compile(
    r"bel(?:ø|oe|o)b|kr$|kroner|dkk|eur$|euro$|udgift|budget|indt(?:æ|ae|a)?gt|regnskab|omkostning"
    r"|l(?:ø|oe|o)nsum|skat|grundlag|formue|g(?:æ|ae)ld|indkomst|overf(?:ø|oe|o)rs|tilskud|udligning"
    r"|^bnp|bruttonational|provenu|afgift|moms$|oms(?:æ|ae)tning|saldo|l(?:å|aa)n$|aktiver|passiver|kapital"
    r"|likvid|kassebeh|rente|refusion|bevilling|finans|valuta|anl(?:æ|ae)g|v(?:æ|ae)rditilv|ialt$|totalt?$"
    r"|^sum|sum$|(?<!test)resultat(?:et)?$|overskud|underskud|differen[cs]e?|^diff$|afvig|balance"
    r"|forskel|forbrug(?!er)|prognose|dispon|debet$|kredit$|pris(?:er)?$|restance|tilgode"
    r"|hens(?:æ|ae)t|afskriv|nedskriv|k(?:ø|oe)bsum|depos|overskydende|rest$|mellemv(?:æ|ae)rende"
    r"|v(?:æ|ae)rdireg|turnover|expens|revenue|profit|^cost|costs?$|variance"
)
OF_AMOUNTS = re.compile(rf"v[æa]e?rdi|antal|value|amount|{OF_MONEY.pattern}")

# How many have a number, or how many different ones are met: one such cell is no part of a number.
OF_COUNTED = re.compile(r"antal|unikke|unique|distin[ck]t|forskellige|count|^personer|^borgere")


def plain_name(name: str) -> str:
    """A column's name in small letters, without what is between them."""
    return re.sub(r"[\W_]", "", name.casefold())
