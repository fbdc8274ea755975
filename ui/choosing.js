// On a phone Sammenlign's boxes stand folded over the chart, where a press on their name opens them:
// what is first on the screen is first for who tabs.
const [OPEN, NAME] = ["data-valg-aabent", ".st-key-sammenlign-til-valg a"];
const say = () => {
  for (const name of document.querySelectorAll(NAME)) {
    const isOpen = String(document.documentElement.hasAttribute(OPEN));
    if (name.getAttribute("aria-expanded") !== isOpen) name.setAttribute("aria-expanded", isOpen);
    if (name.role !== "button") name.role = "button";
  }
};
new MutationObserver(say).observe(document, { childList: true, subtree: true });
document.addEventListener("click", (event) => {
  if (!event.target.closest(NAME)) return;
  event.preventDefault();
  document.documentElement.toggleAttribute(OPEN);
  say();
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.closest?.(NAME)) return;
  event.preventDefault();
  event.target.click();
}, true);
