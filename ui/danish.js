// Runs after TEXTS and PATTERNS from ui/danish.py and before Streamlit writes its first text.
// A mutation observer is called before the browser paints, so nobody sees the English.

const ATTRIBUTES = new Set([
  "aria-label", "title", "placeholder", "alt", "label", "data-title",
  "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext",
]);
// What people write, and Plotly's drawings, which are Danish and change with every movement.
const UNTOUCHED = "[data-no-translate], script, style, textarea, .main-svg";
// What Spor and its figures say. A name stays what it is, though it be spelled like one of
// Streamlit's words: an area called "Open", a file called "Error".
const OURS = [
  "[data-testid=stMarkdownContainer]", "[data-testid=stMetricValue]", "[data-testid=stMetricDelta]",
  "[data-testid=stMultiSelectTagsContainer]", "[data-testid=stFileChipName]", "pre", "code",
  "td", "th", "[role=option]", "[role=gridcell]", "[role=columnheader]", "[role=rowheader]",
].join();
// Parts of Streamlit's own that are written like ours: the menu's "7 more", "Upload".
const STREAMLITS = [
  "[data-testid=stTopNav]", "[data-testid=stException]",
  "[data-testid=stBaseButton-secondary]:is([data-testid=stFileUploader] *)",
  "[data-testid=stDialog]",
].join();
// What Spor shows in a dialog is in a container with a name of its own.
const OURS_IN_DIALOG = "[data-testid=stDialog] [class*=st-key-]";
// A tip stands apart from what it is of. Streamlit's own are those of its tools above a table or
// chart, which somebody points at while they come; all others are help that we give, and data.
const TIP = "[data-testid=stTooltipContent]";
const POINTED_TOOL = "[data-testid=stElementToolbar] :is(:hover, :focus)";
// Lists have lines of Streamlit's among the choices.
const OF_LISTS = /^(?:No results|No options to select\.?|Select all|Select \d+ matches|Add: .+)$/s;
// Their names are labels that we give, but for the field that takes files.
const NAMED_BY_US = [
  "input:not([type=file])", "textarea", "table", "[role=combobox]", "[role=radiogroup]",
  "[role=checkbox]", "[data-testid=stPlotlyChart]", "[data-testid=stFileChipName]",
].join();
const NAMES = new Set(["aria-label", "title"]);
// Icons are words that a font turns into pictures: only their labels are for people.
const UNTOUCHED_TEXT = "[translate=no]";

// Calendars, dates and numbers follow the browser's language, here always Danish.
Object.defineProperty(navigator, "language", { value: "da-DK" });
Object.defineProperty(navigator, "languages", { value: Object.freeze(["da-DK", "da"]) });

const texts = new Map(Object.entries(TEXTS));
const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "s");
const patterns = Object.entries(PATTERNS).map(([english, danish]) => [whole(english), danish]);
// Nearly every text is Danish already: one look at all patterns together settles it.
const anyPattern = whole(Object.keys(PATTERNS).join("|"));
// Those that were looked at and left: most of a page stands there again after the next press.
const left = new Set();
const MOST_LEFT = 5000;

function translated(text) {
  if (left.has(text)) return text;
  const core = text.trim();
  let danish = texts.get(core);
  if (danish === undefined) {
    if (!anyPattern.test(core)) {
      if (left.size >= MOST_LEFT) left.clear();
      left.add(text);
      return text;
    }
    danish = translated(core.replace(...patterns.find(([english]) => english.test(core))));
  }
  return text.replace(core, () => danish);
}

function isOurs(element, text) {
  if (!element.closest(OURS)) return false;
  if (element.closest(TIP)) return !document.querySelector(POINTED_TOOL);
  if (element.closest(STREAMLITS) && !element.closest(OURS_IN_DIALOG)) return false;
  return !(element.closest("[role=option]") && OF_LISTS.test(text.trim()));
}

function translateText(node) {
  const danish = translated(node.data);
  if (danish === node.data) return;
  const element = node.parentElement;
  if (element?.closest(UNTOUCHED_TEXT) || (element && isOurs(element, node.data))) return;
  node.data = danish;
}

function translateAttribute(element, name) {
  const english = element.getAttribute(name);
  if (NAMES.has(name) && texts.has(english) && element.matches(NAMED_BY_US)) return;
  const danish = english && translated(english);
  if (danish !== english) element.setAttribute(name, danish);
}

function translateNode(node) {
  if (node.nodeType === Node.TEXT_NODE) translateText(node);
  else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(UNTOUCHED)) {
    for (const { name } of node.attributes)
      if (ATTRIBUTES.has(name)) translateAttribute(node, name);
    node.childNodes.forEach(translateNode);
  }
}

const observer = new MutationObserver((records) => {
  for (const { type, target, attributeName, addedNodes } of records) {
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    if (!element || element.closest(UNTOUCHED)) continue;
    if (type === "childList") addedNodes.forEach(translateNode);
    else if (type === "attributes") translateAttribute(target, attributeName);
    else translateText(target);
  }
  observer.takeRecords(); // The changes made above are not news.
});

translateNode(document.documentElement);
observer.observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributeFilter: [...ATTRIBUTES],
});
