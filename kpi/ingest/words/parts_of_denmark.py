"""Which part of the country, and which region, each municipality lies in: by Statistics Denmark.

The catalog does not keep it: no figure is added up by region. It is only for files that name both.
"""

import re

from kpi.ingest.words.lookup import folded

# The regions' codes, and the parts of the country that they are made of.
_REGIONS = {
    "084": ("Byen København", "Københavns omegn", "Nordsjælland", "Bornholm"),
    "085": ("Østsjælland", "Vest- og Sydsjælland"),
    "083": ("Fyn", "Sydjylland"),
    "082": ("Østjylland", "Vestjylland"),
    "081": ("Nordjylland",),
}
_PARTS = {
    "Byen København": "101 147 155 185",
    "Københavns omegn": "151 153 157 159 161 163 165 167 169 173 175 183 187",
    "Nordsjælland": "190 201 210 217 219 223 230 240 250 260 270",
    "Bornholm": "400 411",
    "Østsjælland": "253 259 265 269 350",
    "Vest- og Sydsjælland": "306 316 320 326 329 330 336 340 360 370 376 390",
    "Fyn": "410 420 430 440 450 461 479 480 482 492",
    "Sydjylland": "510 530 540 550 561 563 573 575 580 607 621 630",
    "Østjylland": "615 706 707 710 727 730 740 741 746 751 766",
    "Vestjylland": "657 661 665 671 756 760 779 791",
    "Nordjylland": "773 787 810 813 820 825 840 846 849 851 860",
}
_PART_OF = {code: part for part, codes in _PARTS.items() for code in codes.split()}
_REGION_OF = {part: region for region, parts in _REGIONS.items() for part in parts}
_BY_NAME = {folded(part): part for part in _PARTS}
_CALLED = re.compile(r"(?:landsdel|province|provins)\s+", re.IGNORECASE)


def part_of_country(name: str) -> str | None:
    """The part of the country that a text names, with or without its word; else None."""
    plain = " ".join(name.split())
    return _BY_NAME.get(folded(_CALLED.sub("", plain)))


def part_with(code: str) -> str | None:
    """The part of the country that the municipality with this code lies in; None of others."""
    return _PART_OF.get(code)


def region_with(code: str) -> str | None:
    """The code of the region that the municipality with this code lies in; None of others."""
    part = part_with(code)
    return _REGION_OF[part] if part else None
