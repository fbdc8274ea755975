"""Words that people are called by and no group of the catalog is: what they leave open.

None of them is another spelling of a group, so no group may be suggested; who is counted is in the
source's definition.
"""

import re

# What a source calls a part of the countries, and no other group is.
_MENAPT = re.compile(r"(?:ikke-? ?)?men[aø]pt?(?:[- ]?lande?(?:ne)?)?", re.IGNORECASE)
_ORIGIN = re.compile(
    r"ny-?danskere?|tosprogede|indvandrere?(?: og (?:deres )?efterkommere)?|efterkommere|"
    r"(?:personer |borgere )?(?:med )?(?:en )?anden (?:etnisk |national )?(?:baggrund|herkomst|"
    r"oprindelse)(?: end dansk)?|(?:etnisk(?:e)? )?minoritet(?:er|sborgere)?|"
    r"(?:etniske )?minoritets?grupper|ikke-?danskere|(?:med )?udenlandsk (?:baggrund|herkomst|"
    r"oprindelse)|fremmede|migranter|indvandrerbaggrund",
    re.IGNORECASE,
)
_PERMIT = re.compile(
    r"flygtninge(?: og familiesammenførte)?|familiesammenførte(?: til flygtninge)?|asylansøgere|"
    r"udlændinge|(?:personer med )?udenlandsk(?:e)? statsborger(?:e|skab)|integrationsborgere|"
    r"fordrevne(?: fra ukraine)?|ukrainere",
    re.IGNORECASE,
)


def who_is_left_open(text: str) -> str:
    """A hint that says what such a word leaves open; empty of any other text."""
    plain = " ".join(text.split()).strip(" .:*")
    if _MENAPT.fullmatch(plain):
        return (
            "MENAPT er Mellemøsten, Nordafrika, Pakistan og Tyrkiet: en del af de ikke-vestlige "
            "lande, og ingen af de kendte grupper er den samme."
        )
    if _ORIGIN.fullmatch(plain):
        return (
            f"»{plain}« siger ikke, hvem der er talt med: indvandrere, efterkommere eller begge, "
            "og fra alle lande eller kun fra ikke-vestlige. Se kildens definition, og skriv den "
            "gruppe, der svarer til den."
        )
    if _PERMIT.fullmatch(plain):
        return (
            f"»{plain}« er mennesker efter opholdsgrundlag eller statsborgerskab, ikke efter "
            "herkomst, og ingen af de kendte grupper er den samme."
        )
    return ""
