"""The ids of areas, as files write them: by name, code, both, with their level, in English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TEXT_MARK, TYPED
from kpi.ingest.table.unseen_marks import without_unseen
from kpi.ingest.words.country_names import is_country
from kpi.ingest.words.lookup import Lookup, folded, kept, unshared

# A code without its zero, with one more (as registers write it), or taken for a number: `751.0`.
# Statistics Denmark puts a 1 before a region's: `1082`.
_CODE = re.compile(r"(?:0|1(?=08[1-5]))?([0-9]{1,3})(?:[.,]0)?")
# `DK-751`: the country before a municipality's code.
_DANISH_CODE = re.compile(r"DK[-_ ]?(?=[0-9]{3}$)", re.IGNORECASE)
_COUNTRY_CODES = ("dk", "dnk", "heledk")
_NAME_AND_CODE = re.compile(r"(.+?)\s*[(\[_,:/-]\s?[01]?([0-9]{3})[)\]]?")
# A line's number before a name: `1. København`.
_NUMBERED = re.compile(r"[0-9]{1,2}\.\s+(\D.+)")
_CODE_AND_NAME = re.compile(
    r"[(\[]?([0-9]{1,4})(?:[)\].,]?\s*[-–:=/]?\s+|[_=:)\]/.,-]\s*)(.+)", re.DOTALL
)

_REGION = re.compile(r"(?P<word>region\s+|reg\.?\s+)?(?P<name>[^\W\d]+)\.?", re.IGNORECASE)
_SHORTEST_REGION = 3
_SHORTEST_IN_ASCII = 4
# What Statistics Denmark and the regions call themselves in English.
_ENGLISH_REGIONS = {
    "capitalregionofdenmark": "regionhovedstaden", "thecapitalregionofdenmark": "regionhovedstaden",
    "regionzealand": "regionsjælland", "zealandregion": "regionsjælland",
    "regionofsoutherndenmark": "regionsyddanmark", "southerndenmarkregion": "regionsyddanmark",
    "centraldenmarkregion": "regionmidtjylland", "northdenmarkregion": "regionnordjylland",
}  # fmt: skip
_ENGLISH_TOWN = re.compile(r"(?:the )?municipality of\s+(.+)|(.+?)\s+municipality", re.IGNORECASE)
# The word is also put in brackets or after a comma, shortened, or first, as filters write it.
_TOWN = re.compile(
    r"(?P<before>.+?)[\s,(]*(?:(?:regions)?kommune|komm?\.?)\)?"
    r"|(?:kommunen?|kommunenavn)[\s:=_/]+(?P<after>.+)",
    re.IGNORECASE,
)
# An area may be a district of that name, so its word is followed by a sign.
_AREA_OF_LEVEL = re.compile(
    r"(?P<word>område(?:navn)?|area|region)\s*[:=]\s*(?P<name>.+)", re.IGNORECASE
)
# As people shorten the longest names of towns.
_SHORT_TOWNS = {
    "kbh": "københavn", "kbhvn": "københavn", "kbhavn": "københavn", "frb": "frederiksberg",
    "frberg": "frederiksberg", "frhavn": "frederikshavn", "frsund": "frederikssund",
    # The municipality in daily speech: no other one was ever called so, and it has its old borders.
    "lyngbykommune": "lyngby-taarbæk", "lyngbykom": "lyngby-taarbæk",
}  # fmt: skip
# Sjælland is an island with most of the capital's region on it.
_WIDER_NAMES = frozenset(("sjælland",))


def _loose(name: str) -> str:
    """A name as it is also spelled: `Åbenrå` is `Aabenraa`, a hyphen may be a space, `_` or `/`."""
    return folded(re.sub(r"[-–_/]", "", name)).replace("å", "aa")


def _in_ascii(name: str) -> str:
    """A name as programs write it that know no Danish letters: `Allerod`, `Taarnby` or `Tarnby`."""
    return _loose(name).replace("aa", "a").replace("ø", "o").replace("oe", "o").replace("æ", "ae")


@dataclass(frozen=True)
class _Spellings:
    """The ids of areas by each way in which they are written; a name of two areas is in none.

    `names` are ids, names and aliases, folded; `loose` the same as they are also spelled, `ascii`
    without Danish letters. `codes` are as they are, `numbers` without their zeros. `regions` are
    the regions' own names, and `country` is the only one.
    """

    names: Mapping[str, str]
    loose: Mapping[str, str]
    ascii: Mapping[str, str]
    codes: Mapping[str, str]
    numbers: Mapping[str, str]
    regions: Mapping[str, str]
    country: str | None

    def area_id(self, plain: str) -> str | None:
        """The area that a text without marks means; None where it means none, or two."""
        area_id = self._by_name_or_code(plain)
        if area_id is None and (both := _NAME_AND_CODE.fullmatch(plain)):
            plain = f"{both[2]} {both[1]}"
        if area_id is None and (both := _CODE_AND_NAME.fullmatch(plain)):
            area_id = self._by_both(both[1], both[2])
        if area_id is None and self.country and is_country(plain):
            area_id = self.country
        area_id = area_id or self._town(plain) or _region(self.regions, plain)
        if area_id is None and (of_level := _name_of_level(plain)):
            area_id = self.area_id(of_level)
        # A text with Danish letters has lost none, and very short names are too much alike.
        is_ascii = plain.isascii() and len(plain) >= _SHORTEST_IN_ASCII
        return area_id or (self.ascii.get(_in_ascii(plain)) if is_ascii else None)

    def _by_name_or_code(self, plain: str) -> str | None:
        area_id = (
            self.names.get(folded(plain)) or self.codes.get(plain) or self.loose.get(_loose(plain))
        )
        if area_id is None and (digits := _CODE.fullmatch(_DANISH_CODE.sub("", plain))):
            area_id = self.numbers.get(str(int(digits[1])))
        if area_id is None and (town := _SHORT_TOWNS.get(folded(plain).replace(".", ""))):
            area_id = self.names.get(town)
        if area_id is None and (listed := _NUMBERED.fullmatch(plain)):
            area_id = self.names.get(folded(listed[1])) or self._town(listed[1])
        return area_id

    def _by_both(self, code: str, name: str) -> str | None:
        """The area of a code and a name; a code beside another area's name is a slip of the hand.

        Registers write a parish by its code and its bare name, which may be a town's, too.
        """
        by_code = self.codes.get((_CODE.fullmatch(code) or (code, code))[1].zfill(3))
        parish = self.names.get(folded(f"{name} Sogn"))
        by_name = self.names.get(folded(name)) or self._town(name)
        return by_code if by_code in (by_name, parish) else None

    def _town(self, text: str) -> str | None:
        english = _ENGLISH_TOWN.fullmatch(text)
        if english:
            text = f"{english[1] or english[2]} kommune"
        match = _TOWN.fullmatch(text.strip())
        if match is None:
            return None
        if (after := match["after"]) and (digits := _CODE.fullmatch(after)):
            return self.numbers.get(str(int(digits[1])))
        short = folded(after or match["before"])
        return (
            self.names.get(short)
            or self.names.get(short.removesuffix("s"))
            or self.loose.get(_loose(short))
            or self.loose.get(_loose(short).removesuffix("s"))
        )


@kept
def area_lookup(catalog: Catalog) -> Lookup:
    """Areas by id, name, alias or code; also `751 Aarhus`, `Aarhus Kommune` and a code without 0.

    Of a name that two areas share neither is meant.
    """
    spellings = _spellings(catalog)

    def look_up(text: str) -> str | None:
        """The area's id by its name or code, also with marks around it."""
        plain = without_unseen(text).removeprefix(TYPED).strip().removeprefix(TEXT_MARK)
        bare = unmarked(plain)
        return spellings.area_id(plain) or (spellings.area_id(bare) if bare != plain else None)

    return look_up


def _spellings(catalog: Catalog) -> _Spellings:
    areas = catalog.areas.values()
    names = unshared((area.area_id, (area.area_id, area.name, *area.aliases)) for area in areas)
    countries = [area.area_id for area in areas if area.level == "country"]
    country = countries[0] if len(countries) == 1 else None
    if country:
        names = dict.fromkeys(_COUNTRY_CODES, country) | names
    called = [(area.area_id, (area.name, *area.aliases)) for area in areas]
    return _Spellings(
        names,
        loose=unshared((own, tuple(map(_loose, spelled))) for own, spelled in called),
        ascii=unshared((own, tuple(map(_in_ascii, spelled))) for own, spelled in called),
        codes=unshared((area.area_id, (area.code,)) for area in areas if area.code),
        numbers=unshared((area.area_id, (str(int(area.code)),)) for area in areas if area.code),
        regions={folded(area.name): area.area_id for area in areas if area.level == "region"},
        country=country,
    )


def _name_of_level(plain: str) -> str:
    """The name of an area written with its level before it; empty for other texts."""
    match = _AREA_OF_LEVEL.fullmatch(plain)
    if match is None:
        return ""
    is_region = match["word"].casefold() == "region"
    return f"Region {match['name']}" if is_region else match["name"]


def _region(regions: Mapping[str, str], plain: str) -> str | None:
    """The region of a short form: `Region Midt.`, `Reg. Nordjylland`, `Midtjylland`.

    With its word a region is known by any beginning that no other has. Without it, only by its
    whole name, and not where that is the name of an island, too.
    """
    if english := _ENGLISH_REGIONS.get(folded(plain)):
        return regions.get(english)
    match = _REGION.fullmatch(plain)
    if match is None:
        return None
    name = folded(match["name"])
    beginning = f"region{name}"
    if not match["word"]:
        return None if name in _WIDER_NAMES else regions.get(beginning)
    named = [area_id for called, area_id in regions.items() if called.startswith(beginning)]
    return named[0] if len(named) == 1 and len(name) >= _SHORTEST_REGION else None
