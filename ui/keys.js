// What begins a container's key, as an attribute of its own: Streamlit makes a class of the whole
// key, and a style that looks for a part of a class has the browser try it on every element, and
// anew below each one whose class changes. `data-key-kort` is on what is called `kort-…`.
// The beginnings are those that spor.css and papir.css name (ui/danish.py).
const MARKS = BEGINNINGS.map((beginning) => [`${beginning}-`, `data-key-${beginning}`]);
const KEYED = '[class*="st-key-"]';
const KEY = /(?:^|\s)st-key-(\S+)/;
const marked = new WeakMap();
function mark(element) {
  const key = KEY.exec(element.className)?.[1] ?? "";
  const marks = MARKS.flatMap(([beginning, mark]) => (key.startsWith(beginning) ? mark : []));
  const before = marked.get(element) ?? [];
  if (marks.join() === before.join()) return;
  for (const mark of before) if (!marks.includes(mark)) element.removeAttribute(mark);
  for (const mark of marks) element.setAttribute(mark, "");
  marked.set(element, marks);
}
new MutationObserver((records) => {
  for (const { type, target, addedNodes } of records) {
    if (!(target instanceof HTMLElement)) continue;
    if (type === "attributes") mark(target);
    for (const node of addedNodes)
      if (node instanceof HTMLElement) {
        mark(node);
        node.querySelectorAll(KEYED).forEach(mark);
      }
  }
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["class"] });
