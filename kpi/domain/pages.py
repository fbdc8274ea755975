"""The pages: what each is called, what its address holds, and what it is found by."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.domain.guides import Reader


@dataclass(frozen=True)
class Page:
    """A page's title in the navigation, and the parameters that describe its whole view.

    `found_by` are words that the search finds it by beside its title, `about` says what is there.
    `guide` is the reader and the task that its question mark leads to (kpi/domain/guides.py); none
    of the guides' own page.
    """

    title: str
    about: str
    found_by: str
    guide: tuple[Reader, str] | None
    parameters: tuple[str, ...] = ()


# Every page by its path, in the order of the navigation; its script is pages/PATH.py.
FRONT_PAGE = "overblik"
PAGES: Mapping[str, Page] = {
    FRONT_PAGE: Page(
        "Overblik", "Bedre, dårligere, nyt og forsinket", "forside start", ("leder", "overblik"),
        ("siden", "blandt", "afsnit"),
    ),
    "tema": Page(
        "Tema", "Et temas nøgletal med diagram og tabel", "spor nøgletal", ("leder", "tema"),
        ("tema", "noegletal", "diagram", "siden", "blandt"),
    ),
    "omraade": Page(
        "Område", "Alle tal for ét område", "kommune boligområde sogn skole profil",
        ("leder", "omraade"), ("omraade", "sorter", "vis", "aaben"),
    ),
    "sammenlign": Page(
        "Sammenlign", "Et nøgletal i flere områder, grupper og perioder", "kort diagram benchmark",
        ("leder", "sammenlign"), ("noegletal", "omraader", "grupper", "fra", "til", "diagram"),
    ),
    "handleplan": Page(
        "Handleplan", "Indsatserne, deres status og de næste skridt",
        "indsatser status opfølgning tidslinje hændelser", ("leder", "handleplan"),
        ("tema", "ansvarlig", "status", "siden", "afsnit"),
    ),
    "udvalg": Page(
        "Udvalg", "Slides og bilag til et møde",
        "møde mødemateriale slides dias bilag powerpoint pdf excel rapport",
        ("sekretariat", "moede"), ("moede", "omraade", "blandt", "dag", "kladde"),
    ),
    "indlaes": Page(
        "Indlæs data", "Fra fil eller kilde til udgivne tal",
        "upload fil hentning godkend opret nøgletal skabelon", ("analytiker", "indlaes"),
    ),
    "om": Page(
        "Om tallene", "Kilder, definitioner og metode",
        "kilder definitioner metode usikkerhed alder version", ("analytiker", "kontrol"),
        ("noegletal", "afsnit"),
    ),
    "vejledning": Page(
        "Vejledning", "Hvad lederen, analytikeren og sekretariatet gør i Spor",
        "hjælp manual brugsanvisning guide leder analytiker sekretariat", None, ("for", "afsnit"),
    ),
}  # fmt: skip
