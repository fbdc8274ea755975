"""Names of columns whose areas are not the municipalities that the figures' people live in.

A column of towns has the names of municipalities, and so has one of the municipality that people
moved from, that pays for them, or where their school is.
"""

import re

from kpi.ingest.words.lookup import folded

_RELATIONS = re.compile(
    r"(?:fraflytnings|tilflytnings|fraflyttet|tilflyttet|fra|til|handle|betalings|betalende|"
    r"arbejds|arbejdsgiver(?:en)?s?|virksomhed(?:en)?s|skole|uddannelses|studie|praktik|føde|fødsels|anbringende|anbringelses|visiterende|"
    r"tidligerebopæls|tidligere|forrigebopæls|forrige|oprindelses)"
    r"(?:kommunen?|region)(?:kode|navn|nr|nummer|_?id)?"
)
# Columns of places that may have the name of a municipality and are none, and their plural.
_PLACES = {
    **dict.fromkeys(("by", "byer", "bynavn", "byområde", "town", "city"), "byer"),
    **dict.fromkeys(("bydel", "bydele"), "bydele"),
    **dict.fromkeys(("postdistrikt", "postby", "postnummerby"), "postdistrikter"),
    **dict.fromkeys(("lokalområde", "lokalområder", "lokalsamfund", "lokaldistrikt"),
                    "lokalområder"),
    **dict.fromkeys(("skoledistrikt", "skoledistrikter", "distrikt"), "distrikter"),
    **dict.fromkeys(("valgkreds", "opstillingskreds", "storkreds", "retskreds", "politikreds"),
                    "kredse"),
    **dict.fromkeys(("provsti", "provstier", "stift"), "provstier eller stifter"),
    **dict.fromkeys(("sygehus", "hospital", "sygehuse"), "sygehuse"),
    **dict.fromkeys(("universitet", "university", "campus", "gymnasium", "gymnasie",
                     "erhvervsskole", "uddannelsessted"), "uddannelsessteder"),
    **dict.fromkeys(("station", "stationer", "havn", "havne", "lufthavn"), "stationer eller havne"),
    **dict.fromkeys(("afdeling", "afdelinger", "afdelingsnavn"), "afdelinger"),
    # Some are of two municipalities.
    **dict.fromkeys(("jobcenter", "jobcentre"), "jobcentre"),
    **dict.fromkeys(("opland", "oplande", "pendlingsopland", "pendlingsområde",
                     "arbejdskraftopland", "arbejdskraftsopland"), "oplande"),
    **dict.fromkeys(("amt", "amter", "amtskommune", "county"), "amter"),
    **dict.fromkeys(("institution", "institutioner", "institutionsnavn"), "institutioner"),
    **dict.fromkeys(("udbyder", "udbydere", "leverandør"), "udbydere"),
}  # fmt: skip


def names_other_relation(column: str) -> bool:
    """Whether a column's municipalities are not those that people live in: `Handlekommune`."""
    return _RELATIONS.fullmatch(folded(column.rpartition("[")[2].rstrip("]"))) is not None


def kind_of_places(column: str) -> str:
    """What a column's places are, where they may only be called as municipalities are: `byer`.

    Empty for all others.
    """
    return _PLACES.get(folded(column.rpartition("[")[2].rstrip("]")), "")
