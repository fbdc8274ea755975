// Names whole and numbers in line: what depends on the texts themselves, which no style can ask for.

// A select box narrower than its choice shows it on the lines that it needs (spor.css), until it is
// typed in.
const FIELD = "[data-testid=stSelectbox] input";
const pen = document.createElement("canvas").getContext("2d");
function wrapName(field) {
  const group = field.closest("[role=group]");
  const button = group?.querySelector("button");
  if (!group?.clientWidth) return;
  const style = getComputedStyle(field);
  pen.font = style.font;
  const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  const room = group.clientWidth - (button?.offsetWidth ?? 0) - padding;
  if (pen.measureText(field.value).width > room) group.dataset.navn = field.value;
  else delete group.dataset.navn;
}
const boxes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
  if (target.isConnected) requestAnimationFrame(() => target.querySelectorAll("input").forEach(wrapName));
}));

// A column of numbers ends on one line: each cell is a number with its unit, or says that there is
// none. Years, periods and ranks with words are no such column.
const WORDS_BEFORE = "(?:ca\\.|knap|godt|over|under|mindst|højst|mere end|mindre end)";
const NUMBER = "[−+±-]?<?\\d{1,3}(?:(?:\\.\\d{3})+|\\d*)(?:,\\d+)?";
const UNIT = "(?: ?(?:%|‰|[\\p{L}%²]+\\.?(?: \\p{L}+){0,3}))?";
const AMOUNT = new RegExp(`^(?:${WORDS_BEFORE} )?${NUMBER}(?:-${NUMBER}| af ${NUMBER})?${UNIT}(?: \\(.{1,12}\\))?$`, "u");
const NO_AMOUNT = /^(?:[–-]|skjult|uændret|ikke oplyst|<\d+|)$/;
const YEAR = /^(?:19|20)\d\d$/;
function firstLine(cell) {
  const [line] = cell.innerText.split("\n");
  return line.replace(/[\u00a0\u2060]/g, (sign) => (sign === "\u00a0" ? " " : "")).trim();
}
function alignNumbers(table) {
  const rows = [...table.tBodies].flatMap(({ rows: own }) => [...own]);
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  heads.forEach((head, column) => {
    const cells = rows.map((row) => row.cells[column]).filter(Boolean);
    const texts = cells.map(firstLine);
    const amounts = texts.filter((text) => AMOUNT.test(text));
    const isNumbers = amounts.length > 0 && !amounts.every((text) => YEAR.test(text))
      && texts.every((text) => AMOUNT.test(text) || NO_AMOUNT.test(text));
    for (const cell of [head, ...cells]) cell.classList.toggle("tal", isNumbers);
  });
}

const due = new Set();
function later(table) {
  if (due.size === 0) requestAnimationFrame(() => {
    const tables = [...due];
    due.clear();
    tables.filter((each) => each.isConnected).forEach(alignNumbers);
  });
  due.add(table);
}
new MutationObserver((records) => {
  for (const { type, target, addedNodes } of records) {
    if (type === "attributes") {
      if (target.matches(FIELD)) wrapName(target);
      continue;
    }
    const around = (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest("table");
    if (around?.closest("[data-testid=stTable]")) later(around);
    for (const node of addedNodes)
      if (node.nodeType === Node.ELEMENT_NODE) {
        node.querySelectorAll("[data-testid=stTable] table").forEach(later);
        for (const field of node.querySelectorAll(FIELD)) boxes.observe(field.closest("[role=group]"));
        if (node.matches(FIELD)) boxes.observe(node.closest("[role=group]"));
      }
  }
}).observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributeFilter: ["value"],
});
