// Copying: the address of a link, or the text in the frame beside a button. Where the browser gives
// no access to its clipboard, the text is shown and selected, for the person to copy.
const COPIES = '[class*="st-key-kopier-"] :is(a, button)';
const SHOWN_MS = 4000;
const said = document.createElement("div");
said.className = "spor-besked";
said.role = "status";
// What opens over the page hides all else from those who hear it, but for what has this mark.
said.dataset.liveAnnouncer = "true";
document.body.append(said);
let silence;
function say(words) {
  clearTimeout(silence);
  // Said again when it is the same: what does not change is not read.
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = words; });
  silence = setTimeout(() => { said.textContent = ""; }, SHOWN_MS);
}

const box = document.createElement("dialog");
box.className = "spor-kopier";
box.setAttribute("aria-labelledby", "spor-kopier-titel");
box.innerHTML = `<p id="spor-kopier-titel"></p><textarea readonly rows="3"></textarea>
  <form method="dialog"><button>Luk</button></form>`;
document.body.append(box);
function show(text, what) {
  box.querySelector("p").textContent =
    `Browseren giver ikke adgang til udklipsholderen. ${what} er markeret: Tryk Ctrl+C for at kopiere.`;
  const field = box.querySelector("textarea");
  field.value = text;
  field.ariaLabel = what;
  box.showModal();
  field.focus();
  field.select();
}

// On a plain http address there is no clipboard, but the older command often works.
function copiedAsSelected(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "spor-kopieres";
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  focused?.focus?.({ preventScroll: true });
  return isCopied;
}
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copiedAsSelected(text)) {
      show(text, what);
      return;
    }
  }
  say(`${what} er kopieret.`);
}
document.addEventListener("click", (press) => {
  const target = press.target.closest(COPIES);
  // With a key held down a link is opened in a tab or a window, as any other.
  if (!target || press.ctrlKey || press.metaKey || press.shiftKey) return;
  press.preventDefault();
  press.stopImmediatePropagation();
  if (target.href) copy(target.href, "Linket");
  else copy(target.closest('[class*="st-key-kopierbar-"]').querySelector("code").textContent, "Teksten");
}, true);
