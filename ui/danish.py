"""Streamlit's own words in Danish: what the browser replaces as Streamlit writes it.

TEXTS has full texts, compared after trimming. PATTERNS has regular expressions for texts with
a number or a name in them; `$1` is the first group, and what comes out is looked up once more.
Left out are words spelled alike in Danish, parts that Spor does not use (chat, camera, microphone,
Streamlit's own charts), and the menu and dialogs that `toolbarMode = "minimal"` never shows.
danish.js says which texts on a page are Streamlit's and which are data.
"""

import json
from pathlib import Path

from ui.keys import beginnings

TEXTS: dict[str, str] = {
    # Frame of every page: skip link, page menu, side bar
    "Skip to main content": "Gå til hovedindholdet",
    "App pages": "Sider",
    "App Logo": "Logo",
    "Navigate to home page": "Gå til forsiden",
    "(opens in new tab)": "(åbner i ny fane)",
    "View less": "Vis færre",
    "Sidebar": "Menu",
    "Expand sidebar": "Vis menuen",
    "Collapse sidebar": "Skjul menuen",
    # Top right corner: what the server is doing
    "Running...": "Arbejder …",
    "Stopping...": "Stopper …",
    "Connecting": "Forbinder",
    "Connecting to Streamlit server": "Forbinder til serveren",
    "Error": "Fejl",
    "Unable to connect to Streamlit server": "Ingen forbindelse til serveren",
    # Spinners; the code of a function without a text of its own follows "Running"
    "In progress...": "Arbejder …",
    "Please wait...": "Vent et øjeblik …",
    "Loading...": "Henter …",
    "Loading": "Henter",
    "Running": "Udfører",
    "progress": "fremdrift",
    # Dialogs and boxes when something fails
    "Page not found": "Siden findes ikke",
    "Connection error": "Ingen forbindelse",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your"
    " terminal:": "Kører Spor stadig? Ellers start det igen i terminalen:",
    "streamlit run yourscript.py": "streamlit run app.py",
    "Streamlit server is not responding. Are you connected to the internet?": (
        "Serveren svarer ikke. Kontrollér din internetforbindelse."
    ),
    "Connection timed out.": "Serveren svarede ikke i tide.",
    "Connection lost. Please wait for the app to reconnect, then try again.": (
        "Forbindelsen blev afbrudt. Prøv igen om lidt."
    ),
    "Unknown error": "Ukendt fejl",
    "Bad message format": "Svaret fra serveren kunne ikke læses",
    "Script execution error": "Siden kunne ikke vises",
    "No message": "Ingen besked",
    "Traceback:": "Hvor i koden:",
    "Ask Google": "Spørg Google",
    "Ask ChatGPT": "Spørg ChatGPT",
    "Network issue": "Netværksfejl",
    "Cannot load Streamlit frontend code. This can happen when you update Streamlit while a"
    " Streamlit app is running.": "En del af siden kunne ikke hentes.",
    "To fix this, simply reload this app by pressing": "Genindlæs siden med",
    ", or": "eller",
    "If the error persists, try force-clearing your browser's cache as described": (
        "Hjælper det ikke, så tøm browserens mellemlager, som beskrevet"
    ),
    "here": "her",
    # Buttons in dialogs, notices and pop-ups
    "Close": "Luk",
    "Cancel": "Annullér",
    "Dismiss": "Luk",
    "Retry": "Prøv igen",
    "Try again": "Prøv igen",
    "Continue anyway": "Fortsæt alligevel",
    "Notifications": "Beskeder",
    "view more": "vis mere",
    "view less": "vis mindre",
    # Beside text: headings, code, help, footnotes
    "Link to heading": "Link til overskriften",
    "Copy": "Kopiér",
    "Copied": "Kopieret",
    "Copy to clipboard": "Kopiér",
    "Help": "Hjælp",
    "Footnotes": "Fodnoter",
    "Image": "Billede",
    # Toolbar above tables, charts and pictures
    "Toolbar action": "Værktøj",
    "Fullscreen": "Fuld skærm",
    "Close fullscreen": "Luk fuld skærm",
    "Search": "Søg",
    "Download as CSV": "Hent som CSV",
    "Show/hide columns": "Vis eller skjul kolonner",
    "Clear selection": "Ryd markeringen",
    "All selected options have been cleared.": "Alt er fravalgt.",
    # Tables: search field, list of columns, menu of a column
    "Scrollable table": "Tabel, der kan rulles",
    "Type to search": "Skriv for at søge",
    "Previous Result": "Forrige fund",
    "Next Result": "Næste fund",
    "Close Search": "Luk søgning",
    "Dataframe column menu": "Kolonnens menu",
    "Copy column name": "Kopiér kolonnens navn",
    "Sort ascending": "Sortér stigende",
    "Sort descending": "Sortér faldende",
    "Statistics": "Statistik",
    "Autosize": "Tilpas bredden",
    "Pin column": "Fastgør kolonnen",
    "Unpin column": "Frigør kolonnen",
    "Hide column": "Skjul kolonnen",
    "Failed to load data": "Tallene kunne ikke hentes",
    # Tables, menu of a column: format
    "Automatic": "Automatisk",
    "Localized": "Dansk skrivemåde",
    "Plain": "Rå tal",
    "Compact": "Forkortet",
    "Percent": "Procent",
    "Scientific": "Videnskabelig",
    "Accounting": "Regnskab",
    "Duration": "Varighed",
    "Calendar": "Kalender",
    # Tables, menu of a column: statistics
    "Distribution histogram": "Fordeling",
    "Values": "Værdier",
    "Empty": "Tom",
    "Distinct": "Forskellige",
    "Average": "Gennemsnit",
    "Standard deviation": "Standardafvigelse",
    "25th percentile": "25 %-fraktil",
    "75th percentile": "75 %-fraktil",
    "Maximum": "Maksimum",
    "Range": "Interval",
    "Count": "Antal",
    "True": "Ja",
    "False": "Nej",
    "true": "ja",
    "false": "nej",
    "Minimum length": "Mindste længde",
    "Maximum length": "Største længde",
    "Average length": "Gennemsnitlig længde",
    "No data": "Ingen tal",
    "Based on sample": "Ud fra en stikprøve",
    # Charts: Plotly's tips, and what a screen reader meets in the small curve of a metric
    "Double-click to zoom back out": "Dobbeltklik for at zoome ud igen",
    "Double-click on legend to isolate one trace": "Dobbeltklik for at vise én serie alene",
    "Vega visualization": "Kurve",
    "visualization": "diagram",
    # Select boxes
    "Choose an option": "Vælg",
    "Choose options": "Vælg",
    "Choose or add an option": "Vælg eller tilføj",
    "Choose or add options": "Vælg eller tilføj",
    "Add an option": "Tilføj",
    "Add options": "Tilføj",
    "No options to select": "Intet at vælge imellem",
    "No options to select.": "Intet at vælge imellem.",
    "No results": "Ingen fund",
    "Open": "Åbn",
    "Select all": "Vælg alle",
    "Selected values": "Valgte",
    "Clear all": "Fjern alle",
    "Clear value": "Ryd",
    "Selectbox": "Valgliste",
    "Selectbox options": "Valgmuligheder",
    "Multiselect": "Valgliste",
    "Multiselect options": "Valgmuligheder",
    "Show suggestions": "Vis forslag",
    "Suggestions": "Forslag",
    # Text and number fields
    "This field is required.": "Feltet skal udfyldes.",
    "Invalid input.": "Det kan ikke bruges.",
    "Clear entry": "Ryd",
    "Decrement": "Mindre",
    "Increment": "Større",
    # Tabs
    "Scroll tabs left": "Rul fanerne til venstre",
    "Scroll tabs right": "Rul fanerne til højre",
    # Date fields and calendars; the browser's language, which danish.js sets, takes care of most
    "yyyy": "åååå",
    "HH": "TT",
    "Clear date": "Ryd datoen",
    "Clear dates": "Ryd datoerne",
    "Choose date": "Vælg dato",
    "Choose date range": "Vælg periode",
    "Previous month": "Forrige måned",
    "Next month": "Næste måned",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
        "Brug piletasterne. Enter vælger, Escape lukker."
    ),
    "Date range": "Periode",
    "Quick select a date range": "Vælg en kendt periode",
    "Select...": "Vælg …",
    "Past Week": "Den seneste uge",
    "Past Month": "Den seneste måned",
    "Past 3 Months": "De seneste 3 måneder",
    "Past 6 Months": "De seneste 6 måneder",
    "Past Year": "Det seneste år",
    "Past 2 Years": "De seneste 2 år",
    # Uploading of files
    "Upload": "Vælg fil",
    "file upload": "Vælg fil",
    "Add files": "Tilføj filer",
    "Drag and drop a file here": "Slip filen her",
    "Drag and drop files here": "Slip filerne her",
    "Error:": "Fejl:",
    "Upload failed": "Filen kunne ikke indlæses",
    "Click to retry upload": "Klik for at prøve igen",
    "Only one file is allowed.": "Vælg kun én fil.",
    # Downloads that are made on click
    "Download failed": "Filen kunne ikke hentes",
    "File size is too small.": "Filen er for lille.",
    "Unexpected error. Please try again.": "Noget gik galt. Prøv igen.",
}

PATTERNS: dict[str, str] = {
    # Page menu that does not fit
    r"(\d+) more": "$1 flere",
    r"View (\d+) more": "Vis $1 flere",
    # Dialogs
    r"The page that you have requested does not seem to exist\..*": (
        "Adressen fører ikke til nogen side. Du ser forsiden i stedet."
    ),
    r"You have requested page /(.*), but no corresponding file was found in the app's pages/"
    r" directory\. Running the app's main page\.": (
        "Siden /$1 findes ikke. Du ser forsiden i stedet."
    ),
    r"This app has encountered an error\. .*": (
        "Siden kunne ikke vises. Fejlen står i serverens log."
    ),
    r"Connection failed with status (\d+).*": "Serveren svarede med fejl $1.",
    r"Cannot connect to Streamlit \(HTTP status: 403\).*": "Serveren afviser forbindelsen.",
    # Icons in text are named after their drawing: "trending_up icon"
    r"[a-z0-9_]+ icon": "ikon",
    r"Help for (.+)": "Hjælp til $1",
    r"Shortcut (.+)": "Genvej $1",
    r"Back to reference (.+)": "Tilbage til henvisning $1",
    # The toolbar names what it belongs to
    r"Fullscreen: (.+)": "Fuld skærm: $1",
    r"Close fullscreen: (.+)": "Luk fuld skærm: $1",
    r"Search: (.+)": "Søg: $1",
    r"Download as CSV: (.+)": "Hent som CSV: $1",
    r"Show/hide columns: (.+)": "Vis eller skjul kolonner: $1",
    r"Clear selection: (.+)": "Ryd markeringen: $1",
    # Charts: the small curve of a metric
    r"\w+ mark container": "gruppe",
    r"(?:line|area|rect) mark": "figur",
    # Search in tables
    r"(\d+) results?": "$1 fund",
    r"(\d+) of (\d+) results?": "$1 af $2 fund",
    r"(\d+) of (over \d+)": "$1 af $2",
    # Tables, menu of a column: statistics
    r"Top values frequency chart: (.+)": "De hyppigste værdier: $1",
    r"True/false distribution chart: True: (.+); False: (.+)": "Ja: $1; nej: $2",
    r"True: (.+)": "Ja: $1",
    r"False: (.+)": "Nej: $1",
    r"binStart: .+; Range: (.+); Count: (.+)": "$1: $2",
    # Tables to edit: what a list in a cell says to those who hear it
    r"(\d+) results? available( for search term .*)?\.": "$1 at vælge imellem.",
    r"Use Up and Down to choose options.*": "Vælg med piletaster og retur.",
    r"Use left and right to toggle between focused values.*": "Fjern med piletaster og slet.",
    r".*is focused ,type to refine list.*": "Skriv for at søge, pil ned åbner listen.",
    r"options? (.+), selected\.": "$1, valgt.",
    r"option (.+), deselected\.": "$1, fravalgt.",
    r"value (.+) focused, (\d+) of (\d+)\.": "$1, nr. $2 af $3.",
    # Select boxes
    r"Select (\d+) matches": "Vælg $1 fund",
    r"Add: (.+)": "Tilføj: $1",
    r"Remove (.+)": "Fjern $1",
    r"You can only select up to (\d+) options?\. Remove an option first\.": (
        "Du kan højst vælge $1. Fjern først en."
    ),
    r"(\d+) options? available\.": "$1 at vælge imellem.",
    r"(.+), selected": "$1, valgt",
    # Text and number fields
    r"Press (\S+) to apply": "Tryk $1 for at bruge",
    r"Press (\S+) to submit form": "Tryk $1 for at sende",
    r"Error: Number is below the allowed range\.": "Fejl: Tallet er for lille.",
    r"Error: Number is above the allowed range\.": "Fejl: Tallet er for stort.",
    r"Error: Number is outside .* between (.+) and (.+)\.": "Fejl: Skriv et tal fra $1 til $2.",
    r"Error: Number is below .* equal to (.+)\.": "Fejl: Tallet skal være mindst $1.",
    r"Error: Number is above .* equal to (.+)\.": "Fejl: Tallet må højst være $1.",
    # Date fields
    r"(.+) start date": "$1, første dag",
    r"(.+) end date": "$1, sidste dag",
    r"year, (.+)": "år, $1",
    r"month, (.+)": "måned, $1",
    r"day, (.+)": "dag, $1",
    r"hour,(.*)": "time,$1",
    r"minute,(.*)": "minut,$1",
    r"Choose date, (.+)": "Vælg dato, $1",
    r"Choose date range, (.+)": "Vælg periode, $1",
    r"Error: Date set outside .* on or before (.+)\.": "Fejl: Vælg en dato senest $1.",
    r"Error: Date set outside .* on or after (.+)\.": "Fejl: Vælg en dato tidligst $1.",
    r"Error: Date set outside .* between (.+) and (.+)\.": "Fejl: Vælg en dato fra $1 til $2.",
    # Downloads that are made on click; the server says so
    r"Failed to generate file for download": "Filen kunne ikke laves. Genindlæs siden.",
    # Uploading of files
    r"(\d+)\.0B": "$1 byte",
    r"(\d+)\.(\d)([KMG]B)": "$1,$2 $3",
    r"(\d+)([KMG]B) per file": "$1 $2 pr. fil",
    r"(\S+) per file": "$1 pr. fil",
    r"Cancel upload of (.+)": "Afbryd $1",
    r"File must be (\d+)\.0([KMG]B) or smaller\.": "Filen må højst fylde $1 $2.",
    r"File must be (\d+)\.(\d)([KMG]B) or smaller\.": "Filen må højst fylde $1,$2 $3.",
    r"File must be (\S+) or smaller\.": "Filen må højst fylde $1.",
    r"(\S+) files are not allowed\.": "Filer af typen $1 kan ikke bruges.",
    r"AxiosError: Network Error": "Ingen forbindelse til serveren",
    r"AxiosError: Request failed with status code 403": "Der kan ikke indlæses filer her",
    r"AxiosError: Request failed with status code 413": "Der er ikke plads til flere filer nu",
    r"AxiosError: Request failed with status code (\d+)": "Filen blev afvist (fejl $1)",
}

# Date fields and the statistics of a column have English months in any browser.
_MONTHS = {
    "January": "januar",
    "February": "februar",
    "March": "marts",
    "April": "april",
    "May": "maj",
    "June": "juni",
    "July": "juli",
    "August": "august",
    "September": "september",
    "October": "oktober",
    "November": "november",
    "December": "december",
}
for _english, _danish in _MONTHS.items():
    PATTERNS[rf"(\d+) – {_english}"] = f"$1 – {_danish}"
    PATTERNS[rf"Selected Date: {_english} 0?(\d+), (\d+)"] = f"Valgt dato: $1. {_danish} $2"
    PATTERNS[rf"{_english[:3]} (\d+), (\d+)"] = f"$1. {_danish} $2"


def browser_script() -> str:
    """danish.js with its dictionary and the other scripts, each closed off from the others."""
    here = Path(__file__).parent
    known = {
        "keys.js": f"const BEGINNINGS = {_json(beginnings())};\n",
        "danish.js": f"const TEXTS = {_json(TEXTS)};\nconst PATTERNS = {_json(PATTERNS)};\n",
    }
    return "".join(
        f"(() => {{\n{known.get(name, '')}{(here / name).read_text(encoding='utf-8')}}})();\n"
        for name in (
            "keys.js",  # before what asks how large something is
            "danish.js",
            "browser.js",
            "sort.js",
            "print.js",
            "copy.js",
            "words.js",
            "fitting.js",
            "chosen.js",
            "choosing.js",
            "searching.js",
        )
    )


def _json(words: dict[str, str] | list[str]) -> str:
    return json.dumps(words, ensure_ascii=False, indent=1)
