"""The guides: what each kind of reader does with Spor, task by task, in the page's own words.

Pages and papers take every word from here. What stands in »...« is written on the screen:
`tests/kpi/domain/test_guides.py` looks it up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Reader = Literal["leder", "analytiker", "sekretariat"]
READERS: Mapping[Reader, str] = {
    "leder": "Leder",
    "analytiker": "Analytiker",
    "sekretariat": "Sekretariat",
}
# How many tasks a guide has: what fits on a sheet.
FULL = 5


@dataclass(frozen=True)
class Task:
    """One thing that a reader does: at most three steps, and the view where it is done.

    `alt` says what its picture shows. Where nothing may be entered, an `is_entering` one is not
    there.
    """

    part: str
    title: str
    page: str
    steps: tuple[str, ...]
    alt: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_entering: bool = False


@dataclass(frozen=True)
class Guide:
    """The tasks of one kind of reader (`who`), over them what they come to Spor for."""

    who: str
    purpose: str
    tasks: tuple[Task, ...]

    @property
    def title(self) -> str:
        """What stands over the tasks; where some are not there, they are not counted."""
        is_whole = len(self.tasks) == FULL
        return f"Fem ting, {self.who} gør i Spor" if is_whole else f"Det gør {self.who} i Spor"


GUIDES: Mapping[Reader, Guide] = {
    "leder": Guide(
        "en leder",
        "Hvad går godt, hvad går dårligt, siden hvornår, og hvad venter?",
        (
            Task(
                "overblik",
                "Se, hvad der går dårligt og godt",
                "overblik",
                (
                    "Åbn »Overblik«. Overskriften siger, hvordan kommunen ligger.",
                    "Læs de to kort: det, der er dårligere, med værste placering først, og det, "
                    "der er bedre.",
                    "Linket under kortene fører til alle kommunens nøgletal.",
                ),
                "Kortet med de nøgletal, der er dårligere: navn, tal, forskel og placering",
            ),
            Task(
                "tema",
                "Følg et nøgletal over tid",
                "tema",
                (
                    "Vælg tema i feltet »Tema«.",
                    "Tryk »Vis nøgletallet« på et kort; diagrammet står under kortene.",
                    "Er der forbehold, står de under »Noter«; hvad der er talt, under »Om tallet: "
                    "definition, kilde og historik«.",
                ),
                "Et nøgletals kort: tal, forskel, vurdering og knappen Vis nøgletallet",
            ),
            Task(
                "omraade",
                "Se alle tal for ét område",
                "omraade",
                (
                    "Vælg området i feltet »Område«.",
                    "Vælg »Længst bagud« under »Sortér efter« for at se det værste først.",
                    "Tryk på et nøgletal; dets diagram åbner under linjen.",
                ),
                "Valgene over et områdes tal og de første linjer med hver sin placering",
                {"sorter": "bagud"},
            ),
            Task(
                "sammenlign",
                "Sammenlign med andre kommuner",
                "sammenlign",
                (
                    "Vælg »Nøgletal«, og under »Områder« kommuner enkeltvis eller et helt sæt.",
                    "Vælg »Diagram«: »Placering« viser rækkefølgen, »Kort« hele landet.",
                    "»Kopiér link« giver adressen på netop den sammenligning.",
                ),
                "Felterne, hvor nøgletal, områder og diagram vælges",
                {"noegletal": "employment_rate"},
            ),
            Task(
                "handleplan",
                "Se, hvad der venter i handleplanen",
                "handleplan",
                (
                    "Åbn »Handleplan«. Den indsats, der har ventet længst, står først.",
                    "Fold »Hvem følger op?« ud for at se, hvis tur det er.",
                    "Vælg »Tema«, »Ansvarlig« eller »Seneste status« for at se færre.",
                ),
                "Indsatser, der står som planlagt, med hvor længe de har ventet",
            ),
        ),
    ),
    "analytiker": Guide(
        "en analytiker",
        "Fra et nyt udtræk til udgivne tal, med alle fejl vist først og en vej tilbage",
        (
            Task(
                "indlaes",
                "Indlæs en fil med tal",
                "indlaes",
                (
                    "Tag et udtræk, som det er, eller tryk »Hent skabelon«, og udfyld den.",
                    "Tryk »Vælg fil«, eller træk filen ind i feltet.",
                    "Vent på svaret. Intet ændres, før du udgiver.",
                ),
                "Feltet med knappen Vælg fil",
                is_entering=True,
            ),
            Task(
                "problemer",
                "Ret det, der er galt i filen",
                "indlaes",
                (
                    "Læs »Problemer i filen«: alle på én gang, med rækkens nummer.",
                    "Ret fejlene i din egen fil, tryk »Indlæs rettet fil«, og vælg den.",
                    "Advarsler stopper ikke: Gennemgå dem, og sæt flueben.",
                ),
                "Listen over problemer med række, type, hvad der står, og hvad du kan gøre",
                is_entering=True,
            ),
            Task(
                "udgiv",
                "Se ændringerne, og udgiv",
                "indlaes",
                (
                    "Se hvert tal før og efter.",
                    "Skriv »Note til historikken« og »Dit navn«.",
                    "Tryk »Udgiv«. Alle sider viser de nye tal med det samme.",
                ),
                "Felterne med note og navn og knappen Udgiv",
                is_entering=True,
            ),
            Task(
                "fortryd",
                "Fortryd en indlæsning",
                "indlaes",
                (
                    "Find den under »Tidligere indlæsninger«, og tryk »Fortryd«.",
                    "Skriv hvorfor, og dit navn.",
                    "Tryk »Fortryd indlæsningen«. De tidligere tal gælder igen.",
                ),
                "En tidligere indlæsning, hvor Fortryd er åbnet",
                is_entering=True,
            ),
            Task(
                "kontrol",
                "Kontrollér tallene",
                "om",
                (
                    "Fold »Hvor nye er tallene?« ud for at se, hvad der er forsinket.",
                    "Fold »Regnetjek: kontrolberegning af papirernes tal« ud for at se, hvilke "
                    "tal der afviger.",
                    "Find kilden til hvert tal under »Kilder«.",
                ),
                "Regnetjek: papirernes tal ved siden af de beregnede",
                {"afsnit": "regnetjek"},
            ),
        ),
    ),
    "sekretariat": Guide(
        "sekretariatet",
        "Billeder, slides og bilag til møder, som selv siger kilde, dato og datagrundlag",
        (
            Task(
                "moede",
                "Vælg møde og figurer",
                "udvalg",
                (
                    "Vælg »Møde«. »Data som kendt« følger mødets dag.",
                    "Vælg »Område«; fold »Temaer, sammenligning og sag« ud for mere.",
                    "Slå det fra under »Med i papiret«, som mødet ikke skal have.",
                ),
                "Felterne Møde, Data som kendt og Område",
            ),
            Task(
                "figurer",
                "Ret overskrifter og rækkefølge",
                "udvalg",
                (
                    "Tryk på en figurs tal for at se dens slide; »Tilføj figur« har de andre.",
                    "Skriv din egen »Overskrift«, hvis du vil.",
                    "Brug »Flyt op«, »Flyt ned« og »Fjern figur«. Alt gemmes i kladden.",
                ),
                "Feltet Overskrift og knapperne under det",
            ),
            Task(
                "filer",
                "Hent mødets filer",
                "udvalg",
                (
                    "Tryk »PowerPoint«, »Bilag (PDF)« eller »Excel« under »Hent filerne«.",
                    "Tryk på den blå knap, når filen er dannet.",
                    "»Hele pakken (ZIP)« gemmes, så den kan dannes igen med samme tal.",
                ),
                "Knapperne under Hent filerne, hvor en PowerPoint er dannet",
            ),
            Task(
                "diagram",
                "Hent ét diagram",
                "sammenlign",
                (
                    "Find diagrammet på »Tema«, »Område« eller »Sammenlign«.",
                    "Tryk »PNG« for et billede, »Slide« for en side til PowerPoint.",
                    "»CSV« har tallene bag, og »Kopiér link« adressen.",
                ),
                "Et diagram med knapperne PNG, SVG, Slide, CSV og Kopiér link under",
            ),
            Task(
                "status",
                "Registrér en ny status",
                "handleplan",
                (
                    "Fold »Registrér en ny status« ud nederst på »Handleplan«.",
                    "Vælg »Indsats«, »Status« og »Kilde«, og skriv »Status i korte træk«.",
                    "Tryk »Registrér status«. De tidligere statusser bliver stående.",
                ),
                "Formularen til en ny status",
                is_entering=True,
            ),
        ),
    ),
}
# What every guide ends with.
EVERYWHERE = (
    "På alle sider: »Søg« (Ctrl+K) finder nøgletal, områder, indsatser og sider, »Udskriv« giver "
    "siden på papir, og spørgsmålstegnet øverst fører hertil."
)
# The parts of all guides: what an address may ask for.
PARTS = frozenset(task.part for guide in GUIDES.values() for task in guide.tasks)


def guide_for(reader: Reader, may_enter: bool = True) -> Guide:
    """The guide of a reader, without what cannot be done where nothing may be entered."""
    guide = GUIDES[reader]
    tasks = tuple(task for task in guide.tasks if may_enter or not task.is_entering)
    return Guide(guide.who, guide.purpose, tasks)
