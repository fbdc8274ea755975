// What Streamlit's page lacks, beside the translation (danish.js).

// Pages lie one level deep, so Streamlit would first look for its server below the page and log
// two errors for every deep link. This script is served from the root, so its address tells it.
const root = new URL(".", document.currentScript.src);
window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: root.href.replace(/\/$/, "") };

// A chart in a frame of another page has no more around it than it needs (spor.css).
const isEmbedded = new URLSearchParams(location.search).get("visning") === "indlejret";
document.documentElement.classList.toggle("indlejret", isEmbedded);

// The first picture goes when the part of the page stands that it waits for, when another page does,
// or when somebody wants something of it.
const picture = document.getElementById("foerste-billede");
if (picture) {
  const isDrawn = () => document.querySelector(`#root ${picture.dataset.til}`) ||
    (document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") && document.querySelector("h1"));
  const watching = new MutationObserver(() => isDrawn() && leave());
  const events = ["keydown", "pointerdown", "wheel", "touchmove"];
  const leave = () => {
    watching.disconnect();
    // In the next frame: what was put in the page in this one is then seen.
    requestAnimationFrame(() => picture.remove());
  };
  watching.observe(document.documentElement, { subtree: true, childList: true });
  for (const event of events) addEventListener(event, leave, { once: true, passive: true });
  setTimeout(leave, 10000);
}

// A table or popover larger than its place scrolls; without a mouse only if it takes the focus.
const SCROLLING =
  "[data-testid=stTable] > div, [data-testid=stPopoverBody], [class*=st-key-korttabel-], [class*=st-key-billede-]";
const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
  const box = target.closest(SCROLLING);
  if (!box) return;
  // In a frame of its own, as what it changes has a size too.
  requestAnimationFrame(() => stack(box));
  if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}));
// A table that would stand outside its place, or with sentences in narrow columns on a phone: each
// row becomes a block, its cells below each other under the names of their columns.
const LONG_TEXT = 40;
// From so many pixels on a block has its cells in two columns.
const TWO_COLUMNS = 560;
const PHONE = matchMedia("(max-width: 767px)");
const look = document.createElement("style");
look.textContent = `
.i-blokke thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.i-blokke :is(table, tbody, tr, td) { display: block; width: 100%; }
.i-blokke tr { padding: 0.5rem 0; }
.i-blokke td { border: 0; padding: 0.125rem 0.25rem; }
.i-blokke.i-to-spalter tbody tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); column-gap: 1.5rem; }
.i-blokke.i-to-spalter td:first-child { grid-column: 1 / -1; }
.i-blokke td * { overflow-wrap: anywhere !important; }
.i-blokke tbody tr { border-bottom: 1px solid #D3DAE1; }
.i-blokke td[data-kolonne] { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: 0.5rem; }
.i-blokke td[data-kolonne=""] { display: none; }
.i-blokke td[data-kolonne]::before { content: attr(data-kolonne); color: #5B6775; font-size: 0.875rem; white-space: normal; }
.i-blokke td[data-nummer] { display: flex; gap: 0.25rem; font-weight: 600; }
.i-blokke td[data-nummer]::before { content: attr(data-nummer); }`;
document.head.append(look);
const BARE_NUMBER = /^\d+$/;
function stack(box) {
  if (!box.isConnected || !box.querySelector("table")) return;
  // On paper the map's table goes on in a second column (papir.css), which is no lack of room.
  if (document.documentElement.matches(".til-papir") && box.closest("[class*=st-key-korttabel-]")) return;
  const cells = [...box.querySelectorAll("td:not(:first-child)")];
  const names = [...box.querySelectorAll("th")].map((head) => head.textContent);
  const hasSentences = cells.some((cell) => cell.textContent.length > LONG_TEXT);
  // What opens over the page scrolls, unless there are sentences in it.
  if (!hasSentences && box.closest("[data-testid=stPopoverBody]")) return;
  // Once it has been too wide it is asked again where there is more room than it had then.
  const isStacked = box.classList.contains("i-blokke");
  if (!isStacked && box.scrollWidth > box.clientWidth) box.dataset.bredde = box.scrollWidth;
  const isTooWide = Number(box.dataset.bredde ?? 0) > box.clientWidth;
  box.classList.toggle("i-blokke", isTooWide || (PHONE.matches && hasSentences && names.length > 2));
  box.classList.toggle("i-to-spalter", box.clientWidth >= TWO_COLUMNS);
  // A number alone at the head of a block says what it counts.
  for (const first of box.querySelectorAll("tbody td:first-child"))
    if (BARE_NUMBER.test(first.textContent.trim())) first.dataset.nummer = names[0];
  // What a row has nothing to say of needs no line there.
  for (const cell of cells)
    cell.dataset.kolonne = ["–", ""].includes(cell.textContent.trim()) ? "" : names[cell.cellIndex];
}
function watch(box) {
  stack(box);
  sizes.observe(box);
  // What is in it can grow while its own size stays.
  for (const part of box.children) sizes.observe(part);
}
// A table to edit is drawn. Those who hear it get a second one, which has no name of its own, as the
// field over a cell has none.
function nameTable(table) {
  const box = table.closest("[data-testid=stDataFrameResizable]");
  if (box?.ariaLabel) table.ariaLabel = box.ariaLabel;
}
function nameField(field) {
  if (field.role !== "option") field.ariaLabel ??= "Cellens indhold";
  else if (!field.textContent) field.ariaLabel ??= "Tom";
}
// What came into the page. A chart draws hundreds of nodes, none of which is a table or a field.
const newParts = (records) => records.flatMap(({ target, addedNodes }) =>
  target instanceof HTMLElement ? [...addedNodes].filter((node) => node instanceof HTMLElement) : []);
new MutationObserver((records) => {
  const parts = newParts(records);
  for (const node of parts) {
    node.querySelectorAll(SCROLLING).forEach(watch);
    if (node.closest("#portal"))
      node.querySelectorAll("[id^=gdg-overlay] :is(input, textarea, [role=option])").forEach(nameField);
    const around = node.closest(SCROLLING);
    if (around) watch(around);
  }
  if (parts.length) document.querySelectorAll("canvas > table:not([aria-label])").forEach(nameTable);
}).observe(document.documentElement, { subtree: true, childList: true });

// Who opens the search wants to type. Streamlit gives the focus to the dialog itself.
const SEARCH_FIELD = ".st-key-soegning input";
new MutationObserver((records) => {
  // In a frame of its own, as the dialog takes the focus when it is drawn.
  if (newParts(records).some((node) => node.querySelector(SEARCH_FIELD)))
    requestAnimationFrame(() => document.querySelector(SEARCH_FIELD)?.focus());
}).observe(document.documentElement, { subtree: true, childList: true });

// A link to another view of the same page: Streamlit shows it, but leaves the address as it was.
document.addEventListener("click", (press) => {
  const link = press.target.closest("a[data-testid=stPageLink-NavLink]");
  if (!link || press.ctrlKey || press.metaKey || press.shiftKey) return;
  if (link.pathname === location.pathname && link.search !== location.search)
    history.pushState(history.state, "", link.href);
});

// On a phone the menu covers the page: it goes for a page that is chosen in it, and by Escape, like
// all that opens over the page.
// Streamlit keeps that it stood open, and would open it over the next page that is loaded.
if (window.innerWidth < 768)
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith("stSidebarCollapsed-")) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing forgets it by itself.
  }
function closeMenu() {
  const menu = document.querySelector("[data-testid=stSidebar][data-collapsed=false]");
  if (window.innerWidth < 768) menu?.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-testid=stSidebarNavLink]")) closeMenu();
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && !document.querySelector("[role=dialog]")) closeMenu();
});

// A page that is reached without a day keeps the day that was chosen before, and says so in a band.
// The address then says so too, in place: as an entry of its own it would trap the back button.
const BAND = "st-key-tal-pr-";
function keepDay() {
  const app = document.querySelector("[data-testid=stApp]");
  if (app?.dataset.testScriptState !== "notRunning") {
    setTimeout(keepDay, 200);
    return;
  }
  const band = document.querySelector(`[class*="${BAND}"]`);
  const address = new URL(location);
  if (!band || address.searchParams.has("pr")) return;
  const day = [...band.classList].find((name) => name.startsWith(BAND)).slice(BAND.length);
  address.searchParams.set("pr", day);
  history.replaceState(history.state, "", address);
}
// A page fills in what a link left out. That is no step of the reader's: as an entry of its own the
// back button would stay on the page it was pressed on. What a reader chooses comes after a press.
let isTouched = false, shownPath = location.pathname;
for (const kind of ["pointerdown", "keydown"])
  document.addEventListener(kind, () => { isTouched = true; }, true);
function fillsIn(url) {
  const [from, to] = [location, new URL(url ?? location, location)].map(({ search }) => new URLSearchParams(search));
  return [...from].length > 0 && [...from].every(([name, value]) => to.get(name) === value);
}
const { pushState } = history;
history.pushState = function (...entry) {
  const isAnother = new URL(entry[2] ?? location, location).pathname !== shownPath;
  if (isAnother || isTouched || !fillsIn(entry[2])) pushState.apply(this, entry);
  else this.replaceState(...entry);
  if (isAnother) [isTouched, shownPath] = [false, location.pathname];
  setTimeout(keepDay, 200);
};

// A press right after typing. Streamlit sends a day only once its calendar has closed, which on a
// slow machine is after the press, and it forgets values that another page follows before their run
// has begun. So a press waits until what was typed is sent, and a link to a page until it is taken.
window.addEventListener("popstate", () => { [isTouched, shownPath] = [false, location.pathname]; });
const FIELD = "input:not([role=combobox], [type=file]), textarea, [role=spinbutton]";
// A form keeps its values until its own button is pressed; a calendar's buttons belong to the field.
const OF_ITS_OWN = "[data-testid=stForm], [data-testid=stFileUploader]";
const CALENDAR = "[data-testid=stDateInput], [data-testid=stDateInputCalendar]";
const PAGE_LINK = "a[data-testid*=NavLink], a[data-testid=stLogoLink]";
const NO_TEXT = ["Tab", "Shift", "Control", "Alt", "Meta", "Escape"];
const [TICK, MOST_UNSENT, MOST_UNTAKEN] = [25, 20, 120];
let isUnsent = false, isUntaken = false;
for (const kind of ["keydown", "input", "paste"])
  document.addEventListener(kind, ({ target, key }) => {
    if (!NO_TEXT.includes(key) && target.matches(FIELD) && !target.closest(OF_ITS_OWN)) isUnsent = true;
  }, true);
const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (...message) {
  send.apply(this, message);
  if (isUnsent) [isUnsent, isUntaken] = [false, true];
};
new MutationObserver(() => {
  const app = document.querySelector("[data-testid=stApp]");
  if (app?.dataset.testScriptState === "notRunning") isUntaken = false;
}).observe(document.documentElement, { subtree: true, attributeFilter: ["data-test-script-state"] });
// A box that takes one's own words beside its list drops them where it is left for something else,
// and shows what stood before. They are the first of its list, and are chosen then.
const OWN_WORDS = "[role=option][data-key=__creatable__]";
const BOX = "[data-testid=stSelectbox], [data-testid=stMultiSelect]";
function takeOwnWords(target) {
  const words = document.querySelector(OWN_WORDS);
  const box = document.activeElement?.closest(BOX);
  if (!words || !box || box.contains(target) || target.closest("[role=listbox]")) return;
  isUnsent = true;
  words.click();
}
document.addEventListener("pointerdown", ({ target }) => takeOwnWords(target), true);
document.addEventListener("keydown", ({ key }) => key === "Tab" && takeOwnWords(document.body), true);
function pressLater(target, isLink, ticks) {
  if ((isUnsent && ticks < MOST_UNSENT) || (isLink && isUntaken && ticks < MOST_UNTAKEN)) {
    setTimeout(pressLater, TICK, target, isLink, ticks + 1);
    return;
  }
  isUnsent = isUntaken = false;
  // The run of what was typed may have drawn the link anew.
  const drawn = target.isConnected ? target : document.querySelector(`a[href="${target.href}"]`);
  drawn?.click();
}
document.addEventListener("click", (press) => {
  const target = press.target.closest("a, button");
  if (!press.isTrusted || !target || target.closest(CALENDAR)) return;
  if (press.ctrlKey || press.metaKey || press.shiftKey || target.target === "_blank") return;
  const isLink = target.matches(PAGE_LINK);
  if (!isUnsent && !(isLink && isUntaken)) return;
  press.preventDefault();
  press.stopImmediatePropagation();
  pressLater(target, isLink, 0);
}, true);
