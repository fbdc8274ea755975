// Words at hand. Where a section first uses a word of the glossary, the word is underlined, and its
// meaning shows on hover, focus and tap. React owns the texts: of one with a word in it the part
// before the word stays React's node, and the word and the rest are put after it. As soon as React
// writes or removes its node, what was put there goes.
const GLOSSARY = "ordliste.json";
const TEXTS_OF = "[data-testid=stMain]";
// What is pressed, typed in, drawn or code, and the glossary itself.
const UNMARKED = [
  "a", "button", "summary", "label", "input", "textarea", "code", "pre", "svg", "canvas", "style", "script",
  "[role=button]", "[role=option]", "[role=tab]", "[role=radio]", "[role=img]", "[translate=no]",
  "[data-testid=stPlotlyChart]", "[data-testid=stDataFrame]", "[data-testid=stWidgetLabel]",
  "[data-testid=stSelectbox]", "[data-testid=stMultiSelect]", ".katex",
  ".st-key-ordliste", ".ord",
].join();
const NEW_SECTION = "h1, h2, details";
const IS_PICTURE = new URL(location).searchParams.get("visning") === "billede"; // ui/picture_mode.py
// A noun's endings; its last letter may be doubled: `måltallet`.
const ENDINGS = "(?:en|ene|ens|et|ets|e|er|erne|ernes|n|ne|nes|r|rne|s|t)?";
const LETTER = "[\\p{L}\\p{N}]";
const [FAR, EDGE, LEAVING] = [6, 8, 250];

let pattern, meanings;
const cut = new WeakMap(); // React's text: what was left in it, the word's mark, the rest.

// The word as the glossary has it by the words that mean it in a text.
function termOf(word) {
  const plain = word.toLowerCase().replace(/\s/g, " ");
  return meanings.has(word) ? word : [...meanings.keys()].filter((term) => plain.startsWith(term.toLowerCase()))
    .sort((a, b) => b.length - a.length)[0];
}
function formsOf(term) {
  const escaped = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s");
  const isName = term[0] !== term[0].toLowerCase() || !/\p{L}/u.test(term[0]);
  if (isName) return `${escaped}(?:'?s|\\d+)?`;
  const [first, last] = [escaped[0], escaped.at(-1)];
  return `[${first}${first.toUpperCase()}]${escaped.slice(1)}(?:${last}(?=e))?${ENDINGS}`;
}
function learn(words) {
  meanings = new Map(words);
  const longestFirst = [...meanings.keys()].sort((a, b) => b.length - a.length);
  if (longestFirst.length)
    pattern = new RegExp(`(?<!${LETTER}|-)(?:${longestFirst.map(formsOf).join("|")})(?!${LETTER})`, "gu");
}

// One description for each word, which its marks point to, so that it is heard as well.
const described = document.createElement("div");
described.hidden = true;
const descriptionIds = new Map();
function descriptionOf(term) {
  if (!descriptionIds.has(term)) {
    const text = described.appendChild(document.createElement("div"));
    text.id = `ord-${descriptionIds.size}`;
    text.textContent = meanings.get(term);
    descriptionIds.set(term, text.id);
  }
  return descriptionIds.get(term);
}

function mark(node, { 0: word, index }, term) {
  const around = document.createElement("span");
  around.className = "ord";
  around.textContent = word;
  around.tabIndex = 0;
  around.setAttribute("role", "button");
  around.setAttribute("aria-describedby", descriptionOf(term));
  around.dataset.ord = term;
  const rest = document.createTextNode(node.data.slice(index + word.length));
  node.data = node.data.slice(0, index);
  node.after(around, rest);
  cut.set(node, { left: node.data, around, rest });
  return rest;
}
function clear(node) {
  const parts = cut.get(node);
  if (!parts) return "";
  cut.delete(node);
  const text = parts.around.textContent + parts.rest.data + clear(parts.rest);
  parts.around.remove();
  parts.rest.remove();
  return text;
}

function* textsOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(UNMARKED)
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) yield walker.currentNode;
}
function markAll() {
  isDue = false;
  const main = document.querySelector(TEXTS_OF);
  if (!pattern || !main) return;
  let seen = new Set();
  for (const node of textsOf(main)) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches(NEW_SECTION)) seen = new Set();
      continue;
    }
    // A word that now stands further up loses its mark here.
    if (cut.has(node) && seen.has(cut.get(node).around.dataset.ord)) node.data += clear(node);
    if (cut.has(node)) {
      seen.add(cut.get(node).around.dataset.ord);
      continue;
    }
    for (const match of node.data.matchAll(pattern)) {
      const term = termOf(match[0]);
      if (!term || seen.has(term)) continue;
      seen.add(term);
      mark(node, match, term); // The rest is the walk's next text.
      break;
    }
  }
  observer.takeRecords();
}

let isDue = false;
const soon = window.requestIdleCallback ?? ((work) => setTimeout(work, 100));
const observer = new MutationObserver((records) => {
  let isNews = false;
  for (const { type, target, addedNodes, removedNodes } of records) {
    if ((target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest(UNMARKED)) continue;
    if (type === "characterData") {
      if (cut.has(target) && target.data !== cut.get(target).left) clear(target);
    } else for (const node of removedNodes) if (node.nodeType === Node.TEXT_NODE && !node.isConnected) clear(node);
    isNews ||= type === "characterData" || addedNodes.length > 0;
  }
  observer.takeRecords();
  if (!isNews || isDue) return;
  isDue = true;
  soon(markAll, { timeout: 500 });
});

// What is shown of the word that is pointed at or has the focus: above the page, but no part of it.
const tip = document.createElement("div");
tip.id = "ord-forklaring";
tip.popover = "manual";
tip.setAttribute("aria-hidden", "true"); // Who hears it has the description.
let shown, leaving;
function place() {
  const [box] = shown?.getClientRects() ?? [];
  if (!box) return hide();
  const { left, bottom, top, width } = box;
  const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
  tip.style.left = `${Math.max(EDGE, Math.min(left + width / 2 - wide / 2, innerWidth - wide - EDGE))}px`;
  tip.style.top = `${bottom + FAR + high < innerHeight ? bottom + FAR : top - FAR - high}px`;
}
function show(word) {
  clearTimeout(leaving);
  shown = word;
  tip.textContent = meanings.get(word.dataset.ord);
  if (!tip.matches(":popover-open")) tip.showPopover();
  place();
}
function hide() {
  clearTimeout(leaving);
  shown = undefined;
  if (tip.matches(":popover-open")) tip.hidePopover();
}
const wordAt = ({ target }) => target instanceof Element && target.closest(".ord");
document.addEventListener("mouseover", (move) => {
  const word = wordAt(move);
  if (word) show(word);
  else if (tip.contains(move.target)) clearTimeout(leaving); // The tip can be pointed at and copied.
  else if (shown && shown !== document.activeElement) {
    clearTimeout(leaving);
    leaving = setTimeout(hide, LEAVING);
  }
});
document.addEventListener("focusin", (move) => (wordAt(move) ? show(wordAt(move)) : hide()));
document.addEventListener("focusout", (move) => wordAt(move) && hide());
document.addEventListener("click", (press) => {
  const word = wordAt(press);
  if (word) show(word);
  else if (!tip.contains(press.target)) hide();
});
document.addEventListener("keydown", (press) => {
  if (press.key === "Escape") hide();
  else if (["Enter", " "].includes(press.key) && wordAt(press)) {
    press.preventDefault();
    show(wordAt(press));
  }
});
document.addEventListener("scroll", () => shown && place(), { capture: true, passive: true });

// A picture has nobody who points at it.
if (!IS_PICTURE)
  fetch(GLOSSARY).then((answer) => (answer.ok ? answer.json() : [])).then((words) => {
    learn(words);
    document.body.append(described, tip);
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
    markAll();
  }).catch(() => {}); // Without a glossary the words stand as they are.
