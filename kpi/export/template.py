"""The workbook that figures are reported in: a sheet to fill in, its lists, and how it is done."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.vocabulary import STATUS_NAMES
from kpi.ingest.words.statuses import STATUS_WORDS, status_to_write

SHEET, LISTS, GUIDE = "Indberetning", "Lister", "Vejledning"
HEADERS = (
    "nøgletal", "område", "gruppe", "periode", "værdi", "tæller", "nævner", "lav", "høj", "status",
    "opgjort", "kildens ord", "kilde", "note",
)  # fmt: skip
STATUSES = tuple(STATUS_WORDS.values())
MEASURED = ("over perioden", "på dato", "siden", "oplyst")
FILE_NAME = "spor-skabelon.xlsx"

_WIDTHS = (46, 22, 34, 14, 11, 11, 11, 9, 9, 15, 15, 26, 34, 48)
# Codes such as 084 and periods such as 2024 stay as they are written only as text.
_TEXT_COLUMNS = {
    "nøgletal", "område", "gruppe", "periode", "status", "opgjort", "kildens ord", "kilde",
    "note",
}  # fmt: skip
_LAST_ROW = 5_000
_INK, _HEAD, _LINE, _BLUE = "#1B2530", "#F3F5F7", "#D3DAE1", "#00529B"
# The same figures give the same bytes, whenever they are asked for.
_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001  (workbooks have no time zones)

_GUIDE: tuple[tuple[str, str], ...] = (
    ("Sådan bruges skabelonen", ""),
    ("", "Én række er ét tal. Skriv i arket »Indberetning«, gem filen, og vælg den på siden "
         "»Indlæs data«. Du ser alle fejl og hver ændring, før noget udgives."),
    ("", "Rækkefølgen af kolonner og rækker er ligegyldig. Kun nøgletal, område, periode og værdi "
         "skal udfyldes."),
    ("Kolonne", "Hvad den indeholder"),
    ("nøgletal", "Nøgletallets navn fra listen. Dets id kan også bruges."),
    ("område", "Områdets navn fra listen, eller dets kode som tekst: 751 er Aarhus, 000 hele "
               "landet."),
    ("gruppe", "Hvem tallet gælder. Tom: nøgletallets egen gruppe, som står i arket »Lister«."),
    ("periode", "Se nedenfor. Kolonnen er tekst, så 2024 bliver stående som 2024."),
    ("værdi", "Tallet. En andel skrives i procent: 23,1 (ikke 0,231)."),
    ("tæller", "Hvor mange tallet tæller, for eksempel 3 af 13 forældre."),
    ("nævner", "Hvor mange de er taget af. Med tæller og nævner kan usikkerheden beregnes."),
    ("lav", "Den nederste grænse, når kilden kun oplyser et interval: 2 af »2-3 måneder«."),
    ("høj", "Den øverste grænse: 3 af »2-3 måneder«. Værdien står da tom, og status er interval."),
    ("status", "Tom betyder endelig. Ellers: " + ", ".join(STATUSES[1:]) + "."),
    ("opgjort", "Tom betyder over perioden. Ellers: " + ", ".join(MEASURED[1:]) + "."),
    ("kildens ord", "Det, kilden selv skriver, når tallet ikke er præcist: »mere end 30«."),
    ("kilde", "Hvor tallet er fra, efter listen. Udfyld den, når rækken fortsætter en serie fra en "
              "anden, for eksempel Danmarks Statistik. Tom: den kilde, der vælges ved "
              "indlæsningen, ellers Egen indberetning."),
    ("note", "Det, en læser bør vide om tallet. Den vises sammen med tallet."),
    ("Perioder", ""),
    ("2024", "året"),
    ("2024H1, forår 2024", "halvår; efteråret er 2024H2"),
    ("2024K1, 1. kvartal 2024", "kvartal"),
    ("2024M05, maj 2024", "måned"),
    ("2024M05D31, 31. maj 2024", "dag"),
    ("2024/2025", "skoleår"),
    ("2021:2025", "flere år under ét"),
    ("Tal", ""),
    ("", "Brug decimalkomma: 9,7. Skriv store tal uden tusindtalstegn: 18500. »ca. 20« er et "
         "omtrentligt tal og vises sådan."),
    ("Skjulte tal", ""),
    ("", f"Skriv »<5«, eller lad værdien stå tom med status {status_to_write('suppressed')}. En "
         "manglende værdi er status "
         f"{status_to_write('missing')}. Skriv aldrig 0 for et tal, der er skjult eller mangler."),
    ("Ingen CPR-numre", ""),
    ("", "Filen må kun indeholde samlede tal. Et CPR-nummer hvor som helst i filen, også i skjulte "
         "ark og i filens navn, får hele filen afvist."),
    ("Eksempel", ""),
)  # fmt: skip

Cell = str | float | None


def template_workbook(catalog: Catalog) -> bytes:
    """The empty template as XLSX."""
    return filled_template(catalog, ())


def filled_template(catalog: Catalog, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The template with rows in HEADERS' order; None leaves a cell empty."""
    import xlsxwriter  # with the first: pages only offer it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Spor: skabelon til indberetning", "created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    guide = book.add_worksheet(GUIDE)
    lists = book.add_worksheet(LISTS)
    counts = _write_lists(book, lists, catalog)
    _write_form(book, sheet, rows, counts)
    _write_guide(book, guide, _example(catalog))
    sheet.activate()
    book.close()
    return out.getvalue()


def _write_form(
    book: Any, sheet: Any, rows: Sequence[Sequence[Cell]], counts: Sequence[int]
) -> None:
    text, number = book.add_format({"num_format": "@"}), book.add_format()
    for place, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width, text if header in _TEXT_COLUMNS else number)
    sheet.write_row(0, 0, HEADERS, _head(book))
    sheet.freeze_panes(1, 0)
    for line, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            if cell is not None:
                kind = text if HEADERS[place] in _TEXT_COLUMNS else number
                sheet.write(line, place, cell, kind)
    # A person may write a code or an id too, so other words give a warning and are not refused.
    listed = {"nøgletal": ("A", counts[0]), "område": ("C", counts[1]), "gruppe": ("E", counts[2]),
              "status": ("G", counts[3]), "opgjort": ("H", counts[4]),
              "kilde": ("I", counts[5])}  # fmt: skip
    for header, (column, count) in listed.items():
        place = HEADERS.index(header)
        sheet.data_validation(
            1, place, _LAST_ROW, place,
            {
                "validate": "list",
                "source": f"={LISTS}!${column}$2:${column}${count + 1}",
                "error_type": "warning",
                "error_title": "Ikke på listen",
                "error_message": f"Vælg {header} på listen, eller skriv en kode eller et id.",
            },
        )  # fmt: skip


def _write_lists(book: Any, sheet: Any, catalog: Catalog) -> tuple[int, ...]:
    """The lists and what belongs to them; returns how long each is."""
    indicators = sorted(
        catalog.offered_indicators(), key=lambda indicator: danish_order(indicator.name)
    )
    areas = catalog.sorted_areas()
    groups = {group.group_id: group for group in catalog.offered_groups()}
    sources = sorted((source.title for source in catalog.sources.values()), key=danish_order)
    columns = {
        "Nøgletal": (46, [indicator.name for indicator in indicators]),
        "Nøgletallets egen gruppe": (
            40,
            [groups[indicator.default_group].name for indicator in indicators],
        ),
        "Område": (24, [area.name for area in areas]),
        "Områdets kode": (16, [area.code or "" for area in areas]),
        "Gruppe": (40, [group.name for group in groups.values()]),
        "Gruppens id": (28, list(groups)),
        "Status": (16, list(STATUSES)),
        "Opgjort": (16, list(MEASURED)),
        "Kilde": (60, sources),
    }
    text = book.add_format({"num_format": "@"})
    for place, (header, (width, cells)) in enumerate(columns.items()):
        sheet.set_column(place, place, width, text)
        sheet.write_string(0, place, header, _head(book))
        for line, cell in enumerate(cells, start=1):
            sheet.write_string(line, place, cell, text)
    sheet.freeze_panes(1, 0)
    lists = (indicators, areas, groups, STATUSES, MEASURED, sources)
    return tuple(map(len, lists))


def _write_guide(book: Any, sheet: Any, example: Sequence[str]) -> None:
    plain = book.add_format({"text_wrap": True, "valign": "top", "font_color": _INK})
    bold = book.add_format({"bold": True, "valign": "top", "font_color": _INK, "num_format": "@"})
    title = book.add_format({"bold": True, "font_size": 13, "font_color": _BLUE})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    line = 0
    for name, text in _GUIDE:
        line += 1 if name and not text and line else 0
        sheet.write_string(line, 0, name, bold if text else title)
        sheet.write_string(line, 1, text, plain)
        line += 1
    for name, cell in zip(HEADERS, example, strict=True):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, cell, plain)
        line += 1


def _example(catalog: Catalog) -> tuple[str, ...]:
    """A made-up row in words that the lists have."""
    share = next(indicator for indicator in catalog.indicators.values() if indicator.is_proportion)
    area = catalog.sorted_areas()[0]
    group = catalog.groups[share.default_group]
    return (
        share.name,
        area.name,
        group.name,
        "2024",
        "23,1",
        "3",
        "13",
        "",
        "",
        STATUS_NAMES["preliminary"],
        "",
        "",
        "",
        "Eksempel",
    )


def _head(book: Any) -> Any:
    return book.add_format(
        {"bold": True, "font_color": _INK, "bg_color": _HEAD, "bottom": 1, "bottom_color": _LINE}
    )
