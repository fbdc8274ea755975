// Tables are sorted where they are read: a press on a column's head orders its rows, once more the
// other way, and a third time as they were. What is missing or hidden stands last either way.
const FEWEST_ROWS = 3;
// Lists with lines of their own between the rows, and rows that are shown as a file has them.
const UNSORTED = '[class*="st-key-datoliste-"], [class*="st-key-usorteret-"]';
// The first row is what the others are compared with: it stays.
const FIRST_STAYS = '[class*="st-key-fastraekke-"]';
const MISSING = /^(?:|–|-|skjult.*|<\s?\d+|ikke oplyst|intet tal|ukendt)$/i;
const MONTHS = "januar februar marts april maj juni juli august september oktober november december".split(" ");
const MONTH = new RegExp(`(?:(\\d{1,2})\\. )?(${MONTHS.join("|")}) (\\d{4})`);
const PART = /(?:(\d)\. (kvartal|halvår)|(forår|efterår)(?:et)?|skoleåret) (\d{4})/;
const NUMBER = /^(?:(?:ca\.|over|under|mindst|højst|op til|mere end|flere end|færre end|mindre end) )?([−+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?!\d|\. |\/)/;
const DURATION = /^(?:(ca\.|knap|godt|over) )?(\d+)(½)? (år|måned|uge|dag)/;
const NO_CHANGE = "uændret";
const collator = new Intl.Collator("da", { numeric: true });

// The first line as people read it, without the words that a font turns into icons.
function wordsOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("[translate=no], .spor-sorter").forEach((part) => part.remove());
  copy.querySelectorAll("br").forEach((line) => line.replaceWith("\n"));
  return copy.textContent.trim().split("\n")[0].replace(/[\u00a0\s]+/g, " ").replace(/[\u00ad\u2060]/g, "").trim();
}
function dayOf(text) {
  const [, day, month, year] = text.match(MONTH) ?? [];
  if (month) return Number(year) * 10000 + (MONTHS.indexOf(month) + 1) * 100 + Number(day ?? 0);
  const [, count, kind, season, start] = text.match(PART) ?? [];
  if (start) return Number(start) * 10000 + partStart(Number(count), kind, season) * 100;
  const [, d, m, y] = text.match(/^(\d{1,2})\.(\d{1,2})\.(\d{4})/) ?? [];
  if (y) return Number(y) * 10000 + Number(m) * 100 + Number(d);
  const [, alone] = text.match(/^((?:19|20)\d{2})(?:\/\d{2,4}|-\d{4})?$/) ?? [];
  return alone ? Number(alone) * 10000 : undefined;
}
function partStart(count, kind, season) {
  if (kind) return (count - 1) * (kind === "kvartal" ? 3 : 6) + 1;
  return season === "forår" ? 2 : 8;
}
function numberOf(text) {
  const [, sign, whole, decimals] = text.match(NUMBER) ?? [];
  if (!whole) return text === NO_CHANGE ? 0 : undefined;
  return Number(`${whole.replaceAll(".", "")}${(decimals ?? "").replace(",", ".")}`) * (/[−-]/.test(sign) ? -1 : 1);
}
// How long ago or for how long, in days: `knap 4 år`, `ca. 4½ år`, `20 måneder gammelt`.
function timeOf(text) {
  const [, about, count, half, unit] = text.match(DURATION) ?? [];
  if (!unit) return undefined;
  const days = { å: 365.25, m: 30.44, u: 7, d: 1 }[unit[0]];
  return (Number(count) + (half ? 0.5 : 0)) * days + ({ knap: -1, godt: 1 }[about] ?? 0);
}
// Days or numbers where all that is there is one, else words.
function keysOf(texts) {
  for (const read of [dayOf, timeOf, numberOf]) {
    const keys = texts.map((text) => (MISSING.test(text) ? null : read(text)));
    if (!keys.includes(undefined) && keys.some((key) => key !== null)) return keys;
  }
  return texts.map((text) => (MISSING.test(text) ? null : text));
}
const compared = (former, latter) =>
  typeof former === "number" ? former - latter : collator.compare(former, latter);

// The row's place as Streamlit drew it.
const places = new WeakMap();
const asDrawn = (body) => [...body.rows].sort((a, b) => (places.get(a) ?? Infinity) - (places.get(b) ?? Infinity) || 0);
function order(table, head, direction) {
  const body = table.tBodies[0];
  const rows = asDrawn(body);
  rows.forEach((row, place) => places.set(row, place));
  const first = table.closest(FIRST_STAYS) ? rows.splice(0, 1) : [];
  if (direction) {
    const keys = new Map();
    keysOf(rows.map((row) => wordsOf(row.cells[head.cellIndex]))).forEach((key, at) => keys.set(rows[at], key));
    rows.sort((a, b) => {
      const [former, latter] = [keys.get(a), keys.get(b)];
      if (former === null || latter === null) return (former === null) - (latter === null);
      return compared(former, latter) * direction;
    });
  }
  body.append(...first, ...rows);
  for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
  if (direction) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
}
// Another table in the same place: its rows as they come, and the names of its columns.
function renew(table) {
  const heads = [...table.tHead.rows[0].cells];
  if (heads.some((head) => head.hasAttribute("aria-sort"))) order(table, heads[0], 0);
  const isSorted = table.tBodies[0].rows.length >= FEWEST_ROWS && !table.closest(UNSORTED);
  table.parentElement.classList.toggle("sorteres", isSorted);
  for (const head of heads) {
    const name = wordsOf(head);
    let button = head.querySelector(":scope > .spor-sorter");
    if (!isSorted || !name) {
      button?.remove();
      head.removeAttribute("aria-label");
      continue;
    }
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "spor-sorter";
      head.append(button);
    }
    // The head's own name is read with each of its cells: the button is no part of it.
    head.ariaLabel = name;
    button.ariaLabel = `Sortér efter ${name}`;
  }
}
// What is only marked in it (words.js) does not change what it says.
const contents = (table) =>
  [table.tHead.rows[0], ...asDrawn(table.tBodies[0])].map((row) => row.textContent).join("\n");
const watched = new WeakMap();
function watch(table) {
  if (watched.has(table) || !table.tHead?.rows.length || !table.tBodies.length) return;
  watched.set(table, contents(table));
  renew(table);
  const observer = new MutationObserver(() => {
    if (!table.tHead?.rows.length || !table.tBodies.length) return;
    const now = contents(table);
    if (now === watched.get(table)) return;
    watched.set(table, now);
    renew(table);
    observer.takeRecords();
  });
  const parts = { subtree: true, childList: true, characterData: true };
  observer.observe(table, parts);
  table.addEventListener("click", (press) => {
    const head = press.target.closest(".spor-sorter")?.parentElement;
    if (!head) return;
    const direction = { ascending: -1, descending: 0 }[head.getAttribute("aria-sort")] ?? 1;
    order(table, head, direction);
    observer.takeRecords();
  });
}
const TABLES = "[data-testid=stTable] table";
new MutationObserver((records) => {
  for (const { addedNodes } of records)
    for (const node of addedNodes)
      if (node.nodeType === Node.ELEMENT_NODE) {
        node.querySelectorAll(TABLES).forEach(watch);
        const around = node.closest(TABLES);
        if (around) watch(around);
      }
}).observe(document.documentElement, { subtree: true, childList: true });
