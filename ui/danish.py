"""Streamlit's own words in Danish: what the browser replaces after Streamlit has written it.

TEXTS holds whole texts (compared after trimming), PATTERNS regular expressions for texts with
a number or a name in them. Both reach the browser through `script`. Left out are texts of parts
Spor does not use: chat, camera, microphone, editing of tables, publishing to Streamlit's cloud.
"""

import json
from pathlib import Path

TEXTS: dict[str, str] = {
    # Frame: skip link, header, page menu, side bar
    "Skip to main content": "Gå til hovedindhold",
    "App pages": "Sider",
    "App Logo": "Logo",
    "Navigate to home page": "Gå til forsiden",
    "(opens in new tab)": "(åbner i ny fane)",
    "Sidebar": "Sidepanel",
    "Expand sidebar": "Vis sidepanel",
    "Collapse sidebar": "Skjul sidepanel",
    "View less": "Vis færre",
    "Notifications": "Beskeder",
    "Toolbar action": "Handling i værktøjslinjen",
    "Deploy": "Udgiv",
    # Top right: status while the page is computed, lost connection
    "Running...": "Arbejder ...",
    "Stop": "Stop",
    "Stopping...": "Stopper ...",
    "File change.": "Koden er ændret.",
    "Always rerun": "Genindlæs altid",
    "Connecting": "Forbinder",
    "Connecting to Streamlit server": "Forbinder til serveren",
    "Error": "Fejl",
    "Unable to connect to Streamlit server": "Ingen forbindelse til serveren",
    "Please wait...": "Vent venligst ...",
    "Loading...": "Henter ...",
    "Loading": "Henter",
    # Main menu
    "Main menu": "Hovedmenu",
    "Theme": "Tema",
    "System": "System",
    "Light": "Lyst",
    "Dark": "Mørkt",
    "Use system setting": "Følg systemet",
    "Rerun": "Genindlæs",
    "Auto rerun": "Genindlæs automatisk",
    "Clear cache": "Ryd mellemlager",
    "Print": "Udskriv",
    "Record screen": "Optag skærmen",
    "Cancel recording": "Afbryd optagelsen",
    "Stop recording": "Stop optagelsen",
    "Report a bug": "Meld en fejl",
    "Get help": "Få hjælp",
    "About": "Om",
    "Copy version to clipboard": "Kopiér versionen",
    # Dialogs of the main menu
    "Clear caches": "Ryd mellemlager",
    "Are you sure you want to clear the app's function caches?": "Vil du rydde mellemlageret?",
    "This will remove all cached entries from functions using": "Det sletter alle svar gemt med",
    "Record a screencast": "Optag skærmen",
    "This will record a video with the contents of your screen, so you can easily share what"
    " you're seeing with others.": "Optager din skærm som video, så du kan vise den til andre.",
    "Also record audio": "Optag også lyd",
    "any time to stop recording.": "når som helst for at stoppe optagelsen.",
    "Press": "Tryk på",
    "Start recording!": "Start optagelsen",
    "Due to limitations with some browsers, this feature is only supported on recent desktop"
    " versions of Chrome, Firefox, and Edge.": "Virker kun i nyere Chrome, Firefox og Edge.",
    "Next steps": "Det næste",
    "Step 1": "Trin 1",
    "Step 2": "Trin 2",
    "Step 3": "Trin 3",
    "Preview your video below:": "Se videoen her:",
    "Save video to disk": "Gem videoen",
    "This video is encoded in the": "Videoen er i formatet",
    "WebM format": "WebM",
    ", which is only supported by newer video players. You can also play it by dragging the file"
    " directly into your browser.": ", som nyere afspillere og browsere kan vise.",
    "Share your video with the world on Twitter, LinkedIn, YouTube, or just plain email!": "Del videoen med dem, der skal se den.",
    # Dialogs and boxes when something fails
    "Page not found": "Siden findes ikke",
    "The page that you have requested does not seem to exist. Running the app's main page.": "Siden findes ikke. Forsiden vises i stedet.",
    "Connection error": "Ingen forbindelse",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your"
    " terminal:": "Kører Spor stadig? Ellers start det igen i terminalen:",
    "Streamlit server is not responding. Are you connected to the internet?": "Serveren svarer ikke. Er du på nettet?",
    "Connection timed out.": "Serveren svarede ikke i tide.",
    "Unknown error": "Ukendt fejl",
    "Bad message format": "Beskeden kunne ikke læses",
    "Script execution error": "Siden kunne ikke vises",
    "No message": "Ingen besked",
    "Close": "Luk",
    "Cancel": "Annullér",
    "Dismiss": "Luk",
    "Retry": "Prøv igen",
    "Try again": "Prøv igen",
    "Continue anyway": "Fortsæt alligevel",
    "Traceback:": "Hvor i koden:",
    "Ask Google": "Spørg Google",
    "Ask ChatGPT": "Spørg ChatGPT",
}


# {number} and {name} stand for what Streamlit fills in.
PATTERNS: dict[str, str] = {}


def browser_script() -> str:
    """danish.js with the dictionary in front, closed off from Streamlit's own scripts."""
    words = f"const TEXTS = {_json(TEXTS)};\nconst PATTERNS = {_json(PATTERNS)};\n"
    behaviour = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return f"(() => {{\n{words}{behaviour}}})();\n"


def _json(words: dict[str, str]) -> str:
    return json.dumps(words, ensure_ascii=False, indent=1)
