"""The dictionary that the browser gets: its patterns, and that Streamlit has what it translates."""

import re
from pathlib import Path

from tests.tables import for_each
from tests.ui.served import STREAMLIT
from ui.danish import PATTERNS, TEXTS

ROOT = Path(__file__).resolve().parents[2]


def danish(text: str) -> str:
    """`text` as danish.js would write it; the patterns mean the same to Python and JavaScript."""
    if text in TEXTS:
        return TEXTS[text]
    for english, replacement in PATTERNS.items():
        if re.fullmatch(english, text, re.DOTALL):
            template = re.sub(r"\$(\d)", r"\\g<\1>", replacement)
            return danish(re.sub(english, template, text, flags=re.DOTALL))
    return text


@for_each(
    ("english", "expected"),
    [
        ("Select 3 matches", "Vælg 3 fund"),
        ("Remove Aarhus", "Fjern Aarhus"),
        ("Add: Aarhus", "Tilføj: Aarhus"),
        (
            "You can only select up to 5 options. Remove an option first.",
            "Du kan højst vælge 5. Fjern først en.",
        ),
        (
            "You can only select up to 1 option. Remove an option first.",
            "Du kan højst vælge 1. Fjern først en.",
        ),
        ("1 option available.", "1 at vælge imellem."),
        ("View 3 more", "Vis 3 flere"),
        ("3 more", "3 flere"),
        ("1 result", "1 fund"),
        ("2 of 40 results", "2 af 40 fund"),
        ("trending_up icon", "ikon"),
        ("Help for Område", "Hjælp til Område"),
        ("Fullscreen: Andel i job", "Fuld skærm: Andel i job"),
        ("200MB per file", "200 MB pr. fil"),
        ("File must be 200.0MB or smaller.", "Filen må højst fylde 200 MB."),
        ("File must be 1.5GB or smaller.", "Filen må højst fylde 1,5 GB."),
        (
            "AxiosError: Request failed with status code 413",
            "Der er ikke plads til flere filer nu",
        ),
        ("141.0B", "141 byte"),
        ("1.2KB", "1,2 KB"),
        ("text/csv files are not allowed.", "Filer af typen text/csv kan ikke bruges."),
        ("Press Ctrl+Enter to apply", "Tryk Ctrl+Enter for at bruge"),
        # Two patterns after each other
        ("year, Periode start date", "år, Periode, første dag"),
        ("05 – May", "05 – maj"),
        ("Selected Date: May 01, 2024", "Valgt dato: 1. maj 2024"),
        (
            "Error: Date set outside allowed range. Please select a date between 2014/05/31"
            " and 2024/12/31.",
            "Fejl: Vælg en dato fra 2014/05/31 til 2024/12/31.",
        ),
        (
            "You have requested page /tem, but no corresponding file was found in the app's pages/"
            " directory. Running the app's main page.",
            "Siden /tem findes ikke. Du ser forsiden i stedet.",
        ),
        (
            "Cannot connect to Streamlit (HTTP status: 403).\n\nIf you are trying to access",
            "Serveren afviser forbindelsen.",
        ),
        # What is Danish stays as it is
        ("Fjern Aarhus", "Fjern Aarhus"),
        ("Område, valgt", "Område, valgt"),
        ("En mark", "En mark"),
    ],
)
def test_patterns(english: str, expected: str) -> None:
    assert danish(english) == expected


def test_texts() -> None:
    faults = [
        english
        for english, translation in TEXTS.items()
        if english != english.strip()
        or not translation.strip()
        or translation == english
        # Else the script would go on changing it.
        or danish(translation) != translation
    ]
    assert faults == []


# Streamlit's elements that Spor has none of, by the file of its front end and what makes them.
ABSENT = {
    "AudioInput": "audio_input",
    "CameraInput": "camera_input",
    "ChatInput": "chat_input",
    "DateTimeInput": "datetime_input",
    "DeckGlJsonChart": "pydeck_chart",
    "Feedback": "feedback",
    "Json": "json",
    "Pagination": "pagination",
    "TimeInput": "time_input",
    "Video": "video",
}


def test_every_text_is_of_an_element_of_streamlits_that_spor_has() -> None:
    # Fails when a new Streamlit has changed a text: translate what it says now.
    pages = [ROOT / "app.py", *(ROOT / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py")]
    called = set(re.findall(r"\.(\w+)\(", "".join(page.read_text("utf-8") for page in pages)))
    assert sorted(called & set(ABSENT.values())) == []
    scripts = [*STREAMLIT.glob("static/static/js/*.js")]
    names = {script.name.partition(".")[0] for script in scripts}
    assert sorted(ABSENT.keys() - names) == []
    shown = [script for script in scripts if script.name.partition(".")[0] not in ABSENT]
    shown.sort(key=lambda script: not script.name.startswith(("index.", "DataFrame.", "utils.")))
    files = [*shown, *STREAMLIT.glob("elements/**/*.py")]
    written = [file.read_text(encoding="utf-8") for file in files]
    assert [english for english in TEXTS if not any(english in text for text in written)] == []
