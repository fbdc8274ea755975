// In the search the arrow keys go from the field through the hits and round, and the return key
// opens from the field the first hit, once the hits answer the words that stand there.
const [SEARCH, FIELD_IN] = [".st-key-soegning", ".st-key-soegning input"];
const [HIT, COUNT, FIRST] = [`${SEARCH} [data-key-fund] a`, ".st-key-soegning-antal", "data-foerste-fund"];
const OPENS = ".st-key-soeg button";
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
let isWanted = false;
const spaced = (text) => text.trim().replace(/\s+/g, " ");
const firstHit = () => {
  const [field, count] = [FIELD_IN, COUNT].map((name) => document.querySelector(name));
  const query = spaced(field?.value ?? "");
  return query && count && spaced(count.textContent).endsWith(`»${query}«`) ? document.querySelector(HIT) : null;
};
function follow() {
  const hit = firstHit();
  for (const marked of document.querySelectorAll(`[${FIRST}]`))
    if (marked !== hit) marked.removeAttribute(FIRST);
  if (!hit) return;
  if (!hit.hasAttribute(FIRST)) hit.setAttribute(FIRST, "");
  if (isWanted) {
    isWanted = false;
    hit.click();
  }
}
// Who presses the keys before the button is there (first_picture.css shows it) gets it opened then.
let isAwaited = false;
document.addEventListener("keydown", (press) => {
  if (press.key.toLowerCase() !== "k" || !(press.ctrlKey || press.metaKey) || press.altKey || press.shiftKey) return;
  if (document.querySelector(OPENS)) return;
  press.preventDefault();
  isAwaited = true;
});
function open() {
  const button = isAwaited && document.querySelector(OPENS);
  if (!button) return;
  isAwaited = false;
  button.click();
}
// What was found is said to those who hear the page.
function announce() {
  const count = document.querySelector(COUNT);
  if (count && count.role !== "status") count.role = "status";
}
new MutationObserver(() => {
  open();
  if (!document.querySelector(SEARCH)) return void (isWanted = false);
  announce();
  follow();
}).observe(document, { subtree: true, childList: true, characterData: true });
document.addEventListener("input", ({ target }) => {
  if (!target.matches(FIELD_IN)) return;
  isWanted = false;
  follow();
});
document.addEventListener("keydown", (press) => {
  const { key, target } = press;
  if (!target.closest?.(SEARCH) || press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return;
  if (key === "Enter" && target.matches(FIELD_IN)) {
    isWanted = true;
    follow();
  }
  if (!STEPS[key]) return;
  press.preventDefault();
  const stops = [document.querySelector(FIELD_IN), ...document.querySelectorAll(HIT)];
  // From what is no stop, as the button with a nearer word, it goes to the field.
  const at = stops.indexOf(document.activeElement);
  stops[at < 0 ? 0 : (at + STEPS[key] + stops.length) % stops.length].focus();
}, true);
