// What Streamlit's page lacks, beside the translation (danish.js).

// Pages lie one level deep, so Streamlit would first look for its server below the page and log
// two errors for every deep link. This script is served from the root, so its address tells it.
const root = new URL(".", document.currentScript.src);
window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: root.href.replace(/\/$/, "") };

// A table wider than its place scrolls; without a mouse it does so only if it takes the focus.
const widths = new ResizeObserver((entries) => entries.forEach(({ target }) => {
  if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
  else target.removeAttribute("tabindex");
}));
new MutationObserver((records) => {
  for (const { addedNodes } of records)
    for (const node of addedNodes)
      if (node.nodeType === Node.ELEMENT_NODE) {
        node.querySelectorAll("[data-testid=stTable] > div").forEach((one) => widths.observe(one));
        if (node.matches("[data-testid=stTable] > div")) widths.observe(node);
      }
}).observe(document.documentElement, { subtree: true, childList: true });
