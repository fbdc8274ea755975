"""Om tallene: can I trust it?"""

from functools import partial

from kpi.domain.selection import ABOUT_PARTS, AboutPart, Selection
from ui import cache
from ui.as_of import shown_version
from ui.catalogue import (
    show_abbreviations,
    show_accessibility,
    show_batches,
    show_claims,
    show_formulas,
    show_freshness,
    show_indicators,
    show_not_guarded,
    show_reading_guide,
    show_similar,
    show_sources,
)
from ui.claims import show_entering
from ui.fetched import fetched_sources, show_fetched_sources, with_fetched
from ui.page import show_heading, show_title
from ui.parts import Content, show_part, unfolded
from ui.title_row import title_alone
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
wanted = selection_from_url("om", catalog)
view = cache.about_of(version)
# An indicator in the address is one that a link leads to.
asked = unfolded(wanted.afsnit, [*ABOUT_PARTS]) | ({"noegletal"} if wanted.noegletal else set())
opened: list[str] = []


def _show(part: AboutPart, under: str, content: Content) -> None:
    if show_part(part, ABOUT_PARTS[part], under, part in asked, content):
        opened.append(part)


with title_alone():
    show_title(
        "Hvert tal kan føres tilbage til sin kilde",
        f"Udgave {view.version} af tallene; Spor {view.program}",
    )
show_heading("Forstå tallene")
_show("laesning", "Procent og procentpoint, sikre forskelle, skjulte tal", show_reading_guide)
_show(
    "forkortelser",
    "Hvad papirernes forkortelser står for",
    partial(show_abbreviations, view.abbreviations),
)
_show("skjulte", "Det præcise tal er beskyttet, men ikke alt omkring det", show_not_guarded)
_show("formler", "Sikkerhedsintervaller, forskelle, tendens og skjulte tal", show_formulas)
show_heading("Nøgletal og deres alder")
_show(
    "noegletal",
    f"Definition, enhed og antal udgivne tal for {len(view.rows)} nøgletal",
    partial(show_indicators, view.rows, asked=wanted.noegletal),
)
freshness = with_fetched(view.freshness)
_show(
    "alder",
    f"{sum(row.is_overdue for row in freshness)} af {len(freshness)} er forsinket: Nyere tal burde "
    "være udgivet efter kildens rytme",
    partial(show_freshness, freshness),
)
show_heading("Kilder og indlæsninger")
_show(
    "kilder",
    f"Hvor tallene kommer fra: {len(view.sources)} kilder med udgiver og dato",
    partial(show_sources, view.sources),
)
fetched = fetched_sources()
if fetched:
    _show(
        "hentning",
        "»Forsinket«: kilden skulle være kommet med nyt, men er det ikke",
        partial(show_fetched_sources, fetched),
    )
_show(
    "indlaesninger",
    "Hvad der er udgivet hvornår, nyeste først",
    partial(show_batches, view.batches, catalog),
)
show_heading("Kontrol, sammenligning og tilgængelighed")
if view.claims:
    _show(
        "regnetjek",
        "»Afrundet«: papirets tal afviger med mindre end 1 på sit sidste ciffer",
        partial(show_claims, view.claims),
    )
show_entering(view.claims, catalog)
similar = cache.similar_of(version, cache.home_area(catalog))
if similar:
    _show("lignende", similar.title, partial(show_similar, similar))
_show("tilgaengelighed", "WCAG 2.1 niveau AA, og hvem du skriver til", show_accessibility)
chosen = wanted.noegletal if "noegletal" in opened else ""
write_url(Selection("om", noegletal=chosen, afsnit=tuple(opened)))
