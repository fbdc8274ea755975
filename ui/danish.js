// Runs after TEXTS and PATTERNS from ui/danish.py, before Streamlit writes its first text.
// An observer is called before the browser paints, so nobody sees the English.

const ATTRIBUTES = [
  "aria-label", "title", "placeholder", "alt", "label", "data-title",
  "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext",
];
// What people wrote, and drawings, which bring their own words.
const UNTOUCHED = "[data-no-translate], [translate=no], script, style, textarea, pre, svg";

// Calendars, dates and numbers follow the browser's language; here they are always Danish.
Object.defineProperty(navigator, "language", { value: "da-DK" });
Object.defineProperty(navigator, "languages", { value: Object.freeze(["da-DK", "da"]) });

const texts = new Map(Object.entries(TEXTS));
const patterns = Object.entries(PATTERNS).map(([english, danish]) => [
  new RegExp(`^(?:${english})$`, "s"), danish,
]);

function translated(text) {
  const core = text.trim();
  let danish = texts.get(core);
  if (danish === undefined) {
    const match = patterns.find(([english]) => english.test(core));
    if (!match) return text;
    danish = core.replace(...match);
  }
  return text.replace(core, () => danish);
}

function translateText(node) {
  const danish = translated(node.data);
  if (danish !== node.data) node.data = danish;
}

function translateAttribute(element, name) {
  const english = element.getAttribute(name);
  if (!english) return;
  const danish = translated(english);
  if (danish !== english) element.setAttribute(name, danish);
}

function translateBelow(root) {
  if (root.nodeType === Node.ELEMENT_NODE && root.matches(UNTOUCHED)) return;
  const skips = { acceptNode: (node) => node.nodeType === Node.ELEMENT_NODE
    && node.matches(UNTOUCHED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT };
  const walker = document.createTreeWalker(
    root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, skips);
  for (let node = root; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else if (node.nodeType === Node.ELEMENT_NODE)
      for (const name of ATTRIBUTES) translateAttribute(node, name);
  }
}

const observer = new MutationObserver((records) => {
  for (const { type, target, attributeName, addedNodes } of records) {
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    if (!element || element.closest(UNTOUCHED)) continue;
    if (type === "childList") addedNodes.forEach(translateBelow);
    else if (type === "attributes") translateAttribute(target, attributeName);
    else translateText(target);
  }
  observer.takeRecords(); // The changes made above are not news.
});

translateBelow(document.documentElement);
observer.observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES,
});
