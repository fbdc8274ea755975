"""What is straight before or behind ten digits in a text and says that they are no person's."""

import re

from kpi.cpr.digits import (
    fits_check,
    is_clock_of_our_time,
    is_hardly_chance,
    is_of_month_end,
    is_of_our_time,
    is_past_day,
)

_NUMBER = r"(?:[-. ]{0,2}(?:nr|no|nummer|id|kode|element))?"
# Cases are numbered by persons' numbers now and then; accounts, orders and companies never are.
_CASES = re.compile(
    r"(?:sags?-?(?:nr|nummer|id)|journal-?(?:nr|nummer)|j\.?\s?nr|time-?stamp|epoch|unix\w{0,8}|updated"
    r"|created|modified|opdateret|oprettet|hentet|dannet|ref(?:erence)?-?(?:nr|nummer|id)?|kvittering|betalings-?id|do[ck](?:ument)?-?(?:id|nr|nummer))\W{0,4}\Z",
    re.IGNORECASE,
)
_OBJECTS = re.compile(
    r"(?<![a-zæøå])(?:(?:bank|drifts|betalings)?konto|reg|psp|wbs|se|cvr|ean|gln|isbn|issn|bfe|iban"
    r"|faktura|ordre|indkøbsordre|vare|artikel|bilag|serie|stregkode|matrikel|ejendom"
    r"|profitcenter|omkostningssted|institutions?|afdelings?|skole)s?"
    rf"{_NUMBER}[^\w\x1f]{{0,4}}(?:[a-z]{{2,3}}-)?\Z",
    re.IGNORECASE,
)
# They name a number only with `nr` behind them.
_WORD_ALONE = re.compile(r"(?<![a-zæøå])(?:se|skole)[^\w\x1f]{0,4}\Z", re.IGNORECASE)
# Production units begin with 10. `pnr` may be a person's, too.
_UNITS = re.compile(
    r"(?<![a-zæøå])(?:p(-?)(?:nr|nummer)|produktionsenhed\w*)[^\w\x1f]{0,4}\Z", re.IGNORECASE
)
_PHONES = re.compile(r"(?:tlf|telefon)\w*\W{0,4}\Z", re.IGNORECASE)
# What SharePoint calls a document: `PXVSX5U7KY3K-1203904567-123`.
_DOCUMENT_BEFORE = re.compile(r"(?<![^\W_])(?=[A-Z0-9]*[A-Z])[A-Z0-9]{4,16}-\Z")
_DOCUMENT_AFTER = re.compile(r"-\d{1,6}(?!\d)")
_PARAMETER = re.compile(r"[?&]\w{1,20}=\Z")
# A page of a site: its path, behind the site's name.
_PATH = re.compile(
    r"(?:https?://[^\s/]{1,60}|www\.[^\s/]{1,60}|(?<![\w@])[\w.-]{1,40}\.(?:dk|com|org|net|eu|nu))"
    r"(?P<path>/[^\s\x1f]*)\Z",
    re.IGNORECASE,
)
# Laws and documents, whose numbers are written as a person's.
_PAPERS = re.compile(
    r"(?<![a-zæøå])(?:bek|lbk|lov|cir|vej|bekendtg(?:ø|oe)relse|lovbekendtg(?:ø|oe)relse|cirkul(?:æ|ae)re"
    r"|vejledning|do[ck](?:ument)?|akt|bilag|notat|referat|dagsorden|rapport)"
    rf"{_NUMBER}[^\w\x1f]{{0,4}}\Z",
    re.IGNORECASE,
)
# The number of a publication: `10.1080/0101901234`.
_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/[\w.()]{0,24}\Z")
_OF_ACCOUNT = re.compile(r"(?<![\w.,-])(?!19\d\d|20\d\d)\d{4}[ -]\Z")
_CODE_BEFORE, _CODE_AFTER = re.compile(r"(?<![^\W_])[A-Z]{2,3}-\Z"), re.compile(r"-\d{3,5}(?!\d)")
_MONEY_BEFORE = re.compile(
    # Behind a figure it is that one's unit: `12.500 kr. 1210419957`.
    r"(?<![a-zæøå])(?<!\d)(?<!\d\s)(?:kr|dkk|eur)\.?\s?\Z", re.IGNORECASE,
)  # fmt: skip
_MONEY_AFTER = re.compile(
    r"(?:[.,]\d\d)?\s?(?:kr|dkk|eur|euro|mio|mia|t\.?kr|kroner)(?![a-zæøå])(?!\.?:?\s?\d)",
    re.IGNORECASE,
)
# A code is of a thing, whatever thing; `personkode` may be of a person.
_CODES = re.compile(r"(?<![^\W_])(?!cpr|person)[^\W\d_]{0,24}(?:kode|code)r?[^\w\x1f]{0,4}\Z", re.I)
_FILES = (
    r"(?:e[xk]s?port|udtr(?:æ|ae)k|udskrift|rapport|report|backup|dump|log|fil|file|data|version"
    r"|k(?:ø|oe)rsel|download|import|leverance|snapshot)"
)
_FILE_BEFORE = re.compile(rf"(?<![^\W_]){_FILES}(?:er|et|en|s)?[-_]\Z", re.IGNORECASE)
_FILE_AFTER = re.compile(r"[-_.\w]{0,24}\.[a-z][a-z\d]{2,4}(?![\w])", re.IGNORECASE)
# What stands before a day and the time of it.
_MOMENTS = re.compile(
    rf"(?<![^\W_])(?:\w{{0,12}}dato|\w{{0,12}}tid(?:spunkt)?|kl|den|d|pr|per|siden"
    rf"|\w{{0,8}}stempe?l|time|date|{_FILES}|hentet|udtrukket|opdateret|dannet|oprettet|eksporteret|exported|generated"
    r"|created|updated|modified|udskrevet|k(?:ø|oe)rt|gemt|sendt|afsendt|modtaget|registreret"
    r"|(?:æ|ae)ndret|m(?:å|aa)lt|downloadet|importeret|opgjort|beregnet"
    r"|offentliggjort|publiceret|frigivet|(?:æ|ae)ndring|opg(?:ø|oe)relse|status)[^a-zæøå\d\x1f]{0,4}\Z",
    re.IGNORECASE,
)
_FROM_MOMENT = re.compile(r"(?<![^\W_])(?:fra|efter|f(?:ø|oe)r|inden)\s{1,3}\Z", re.IGNORECASE)
_OF_PERSON = re.compile(
    r"f(?:ø|oe|o)d(?:t|sel)|cpr|person|borger|navn|klient|patient|elev|barn", re.IGNORECASE
)
_AS_OF = re.compile(
    r"(?<![a-zæøå])(?:pr|per|siden|efter|inden|senest|opdateret|ult|ultim[o]|prim[o])\b\.?\s*(?:d\.|den)?\s*\Z",
    re.IGNORECASE,
)
_ON = re.compile(r"(?<![a-zæøå])(?:d|den|fra|til|af|i)\b\.?\s*\Z", re.IGNORECASE)
# What is counted, not what is told of somebody.
_COUNTED = re.compile(
    r"\s*\)?\s*(?!(?:er|har|hed|havde|var|vil|skal|kan|bor|boede|fik|f(?:å|aa)r|blev|bliver|kom|kommer|flyttede"
    r"|for|og|men|som|der|fra|til|hos|med|mod|om|p(?:å|aa)|ved|efter|f(?:ø|oe)dt|d(?:ø|oe)d|se|sagen)\b)[a-zæøå]{2,}"
)
# A single person, straight before.
_ONE_PERSON = re.compile(
    r"(?<![^\W_])(?:borger|person|klient|patient|elev|barn|datter|s(?:ø|oe)n|mor|far|ham|hende|bruger|ans(?:ø|oe)ger"
    r"|beboer|kvinde|mand)(?:en|et|n|ens)?[^\w\x1f]{0,4}\Z",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\s*(?:personer|borgere|b(?:ø|oe)rn|elever|kvinder|m(?:æ|ae)nd|ledige|indbyggere|beboere|bes(?:ø|oe)g"
    r"|sager|boliger|husstande|modtagere|unge|(?:æ|ae)ldre|ans(?:ø|oe)gere|pladser|timer|ans(?:ø|oe)gninger"
    r"|henvendelser|medarbejdere|r(?:æ|ae)kker|linjer|poster|observationer|i alt"
    r"|svar|besvarelser|registreringer|ydelser|familier|dage|forl(?:ø|oe)b|afg(?:ø|oe)relser|klager|tilbud"
    r"|ansatte|(?:å|aa)rsv(?:æ|ae)rk|underretninger|anmeldelser|h(?:æ|ae)ndelser|celler|felter|datapunkter"
    r"|enheder|kontrakter|virksomheder|fakturaer|bilag|posteringer|lejem(?:å|aa)l|helårspersoner|enlige"
    r"|ber(?:ø|oe)rte|deltagere|kursister|studerende|for(?:æ|ae)ldre|par|indsatser|aktiviteter|kroner|kr|tkr"
    r"|dkk|eur|mio|mia|pct|procent)\b",
    re.IGNORECASE,
)
_BORN = re.compile(r"f(?:ø|oe|o)dt|cpr", re.IGNORECASE)
_PERSON_DAY = re.compile(r"f(?:ø|oe|o)d|cpr|personn|navn", re.IGNORECASE)
_COUNTING = re.compile(r"(?<![^\W_])(?:antal \w{2,20}|i alt)[^\w\x1f]{1,3}\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_DASHES = ("", "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212")
# A time of day, a class (`3.b`) and an amount are told by their words; they are in no row.
_FIGURE_BEFORE = re.compile(r"\d \Z")
_TIME_BEFORE = re.compile(r"(?<![a-zæøå])kl\.? ?\d\d?(?:[.:]\d\d)? \Z", re.IGNORECASE)
_FIGURE_AFTER = re.compile(
    r" (?!(?:19|20)\d\d(?!\d))\d(?![\d.,]*(?:[a-zæøå]| ?(?:kr|kroner|dkk)(?![a-zæøå])))",
    re.IGNORECASE,
)
_LAST_YEAR, _LAST_YEAR_OF_CODES = "30", "2040"
_FIRST_MOMENTS, _LAST_MINUTE, _NEAR = "1990", "59", 160
# Of the years from 2001 to 2033.
_SECONDS_OF_FILES = "1000000000", "2000000000"

_HEX_BEFORE = re.compile(r"[0-9a-fA-F-]*\Z")
_HEX_AFTER = re.compile(r"[0-9a-fA-F-]*")
_DIGITS_OF_MD5 = 32
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def names_case(before: str) -> bool:
    """Whether a text ends with the word for a case's number, or for a moment."""
    return _CASES.search(before) is not None


def names_moment(before: str) -> bool:
    """Whether a text ends with a word for a moment, or for a file made at one."""
    return _MOMENTS.search(before) is not None and not _OF_PERSON.search(before)


def is_no_time(year: str, ten: str, between: str, before: str) -> bool:
    """Whether digits behind a day with its year first are no time of it: `19481225-1623`.

    Programs write moments so, and none did before there were any: of earlier days those are a
    person's that fit, or are of a first of January, behind a dash and no word for a moment. What no
    clock shows is no time whatever the word.
    """
    return (
        between == "-"
        and year < _FIRST_MOMENTS
        and is_hardly_chance(ten)
        and not "1900" <= ten[6:] <= "2100"
        and (ten[8:] > _LAST_MINUTE or not names_moment(before[-_NEAR:]))
    )


def names_object(before: str) -> bool:
    """Whether a text ends with a word for the number of an object, which no CPR number is."""
    return _is_object(before) or any(pattern.search(before) for pattern in (_UNITS, _PHONES))


def _is_object(before: str) -> bool:
    return _OBJECTS.search(before) is not None and not _WORD_ALONE.search(before)


def _is_code(digits: str, before: str) -> bool:
    """Whether the word before six digits and a year is for a code, or for a school's number.

    A school's number begins with that of its municipality (`skole 751012-2024`).
    """
    if _CODES.search(before) or (digits[0] > "3" and _MOMENTS.search(before)):
        return True
    return _OBJECTS.search(before) is not None and (
        digits[0] > "3" or not _WORD_ALONE.search(before)
    )


def is_moment(digits: str, before: str, after: str) -> bool:
    """Whether six digits and four are a day of our time and the time of it.

    A word for a moment or a file before it says so, or the ending of a file's name behind it; and
    where they are all there is, that the day has been: whoever has that number is a hundred years.
    """
    six, serial = digits[:6], digits[6:]
    if not is_clock_of_our_time(six, serial) or _OF_PERSON.search(before):
        return False
    if names_moment(before) or (_FROM_MOMENT.search(before) and not fits_check(digits)):
        return True
    if six.startswith("0101"):
        return False
    is_alone = not before.strip() and not after.strip()
    return _FILE_AFTER.match(after) is not None or (is_alone and is_past_day(six))


def is_of_objects(digits: str, before: str, after: str, is_glued: bool) -> bool:
    """Whether ten digits are an account, a project, a company or an amount by what is around them.

    Written as a person's number is (`120145-1234`), or behind the number of a bank only, they are
    so where the check digit does not fit.
    """
    may_be_person = fits_check(digits) or digits.startswith("0101")
    if not is_glued and "1970" <= digits[6:] <= "2040" and _is_code(digits, before):
        return True
    is_paper = _PAPERS.search(before) is not None
    if is_paper and (not fits_check(digits) or is_of_our_time(digits[:6], digits[6:])):
        return True
    if _is_object(before):
        return is_glued or not may_be_person
    if not is_glued:
        return False
    if not may_be_person and _FILE_BEFORE.search(before) and _numbers_file(digits):
        return True
    if digits.startswith("10") and (unit := _UNITS.search(before)):
        return unit[1] == "-" or not may_be_person
    if (
        _DOI.search(before)
        or before.endswith("0x")
        or (_CODE_BEFORE.search(before) and _CODE_AFTER.match(after))
    ):
        return True
    if digits[0] != "0" and (_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after)):
        return True
    if _DOCUMENT_BEFORE.search(before) and _DOCUMENT_AFTER.match(after):
        return not may_be_person
    is_behind = any(pattern.search(before) for pattern in (_OF_ACCOUNT, _CODE_BEFORE, _PARAMETER))
    return (is_behind or _is_in_path(before)) and not may_be_person


def _numbers_file(digits: str) -> bool:
    """Whether ten digits are what programs number files by: a moment, or a day and a counter.

    Seconds since 1970, day or year first with a time behind, or a day with its year in full.
    """
    if _SECONDS_OF_FILES[0] <= digits < _SECONDS_OF_FILES[1]:
        return True
    six, clock = digits[:6], digits[6:]
    if is_clock_of_our_time(six, clock):
        return True
    year_first, full = six[4:] + six[2:4] + six[:2], digits[:8]
    return any(
        is_past_day(day)
        for day, is_so in (
            (year_first, clock <= "2359" and clock[2] < "6"),
            (full[6:] + full[4:6] + full[2:4], full.startswith("20")),
            (full[:4] + full[6:], full[4:6] == "20"),
        )
        if is_so
    )


def _is_in_path(before: str) -> bool:
    """Whether a text ends within the path of a page that is not called after a person."""
    match = _PATH.search(before)
    return match is not None and not _OF_PERSON.search(match["path"])


def is_of_day_and_count(digits: str, before: str, after: str) -> bool:
    """Whether a date and four digits behind a space are a count of that day.

    `pr. 31.12.20 4567`; by a word behind it, or by the first or last day of a month of our time,
    only where the check digit does not fit.
    """
    if _BORN.search(before):
        return False
    if _AS_OF.search(before) or counts_several(digits, before, after):
        return True
    if fits_check(digits) or digits.startswith("0101") or _ONE_PERSON.search(before):
        return False
    is_named = any(map(bool, (_ON.search(before), _COUNTED.match(after), names_moment(before))))
    return is_named or (digits[4:6] <= _LAST_YEAR and is_of_month_end(digits[:6]))


def names_several(after: str) -> bool:
    """Whether a text begins with a word for persons or things that are counted."""
    return _SEVERAL.match(after) is not None


def counts_several(digits: str, before: str, after: str) -> bool:
    """Whether a day of our time that is named as one is followed by a count of persons or things.

    Then it is a count though the check digit fits: `Opgjort 24.07.10 - 7937 personer`.
    """
    is_as_of = _AS_OF.search(before) is not None or names_moment(before)
    return is_as_of and digits[4:6] <= _LAST_YEAR and _SEVERAL.match(after) is not None


def is_of_institution(digits: str, before: str) -> bool:
    """Whether six digits of a municipality and a year are a school or a case: `751018-2021`."""
    is_year = "1990" <= digits[6:] <= _LAST_YEAR_OF_CODES
    return digits[0] > "5" and is_year and not _OF_PERSON.search(before)


def is_in_row_of_figures(digits: str, before: str, after: str) -> bool:
    """Whether six digits, a space and four are among further figures (`751 101225 5678`)."""
    is_behind = _FIGURE_BEFORE.search(before) and not _TIME_BEFORE.search(before)
    is_among = is_behind or _FIGURE_AFTER.match(after) is not None
    return is_among and digits[0] != "0" and not fits_check(digits)


def is_of_past_day_and_count(digits: str, before: str, after: str) -> bool:
    """Whether six digits are a day that has been, and four a count of it: `210619 4500 elever`."""
    is_counted = _SEVERAL.match(after) is not None and is_past_day(digits[:6])
    return is_counted and not fits_check(digits) and not _OF_PERSON.search(before)


def is_of_named_day_and_count(digits: str, between: str, before: str, after: str) -> bool:
    """Whether six digits are a day of our time and four a count behind a sign.

    `Opgjort pr. 311224: 4500 borgere`; where only the day or only what is counted is named, only
    where the check digit does not fit. A dash alone parts no figures.
    """
    is_dash = between.strip() in _DASHES and not (between[:1] == between[-1:] == " " != between)
    if is_dash or _WORD.search(between) or digits[4:6] > _LAST_YEAR or _PERSON_DAY.search(before):
        return False
    is_named = _AS_OF.search(before) is not None or names_moment(before)
    is_counted = _SEVERAL.match(after) is not None
    if between.strip() == "/" and not is_counted:
        return False
    if is_named and is_counted:
        return True
    is_count = is_named or (is_counted and is_past_day(digits[:6])) or _COUNTING.search(before)
    return bool(is_count) and not fits_check(digits)


def is_of_months(six: str, serial: str) -> bool:
    """Whether ten digits are a month with its year and a later year: `201203-2024`."""
    is_month = six[:2] in ("19", "20") and "01" <= six[4:] <= "12"
    return is_month and six[:4] <= serial <= "2100"


def is_in_hexadecimal(before: str, candidate: str, after: str) -> bool:
    """Whether a candidate is part of an id in hexadecimal digits."""
    left = _HEX_BEFORE.search(before)
    right = _HEX_AFTER.match(after)
    assert left is not None, "an empty run matches"
    assert right is not None, "an empty run matches"
    run = left[0] + candidate + right[0]
    if _UUID.fullmatch(run.strip("-")):
        return True
    left_letters = left[0].rpartition("-")[2]
    right_letters = right[0].partition("-")[0]
    # `cprnr0101901234` and `0101901234a` are numbers with a word at them, not an id.
    stands_alone = not re.search(r"\w\Z", before[: left.start()]) and not re.match(
        r"\w", after[right.end() :]
    )
    has_letters = re.search(r"[a-f]", (left_letters + right_letters).casefold()) is not None
    if has_letters and len(left_letters + candidate + right_letters) == _DIGITS_OF_MD5:
        return True  # a letter before it says what it is the id of (`?d=wb523...`)
    return (
        candidate.isdigit()
        and stands_alone
        and has_letters
        and len(left_letters + candidate + right_letters)
        >= (14 if left_letters and right_letters else 16)
    )
