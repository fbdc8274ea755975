// What a link or a card chooses on Tema stands below the cards: once its chart is drawn, the page
// is moved there, unless the reader has moved it meanwhile. So it is to a section of Overblik, and to
// the one that an address unfolds, where it begins far down.
const CHOSEN = ".st-key-spalter-noegletal";
const WAITING = ".st-key-tal-venter";
const [CHOSEN_TICK, CHOSEN_TICKS] = [50, 200];
let waited = 0;
const forget = () => clearInterval(waited);
const isToTema = ({ pathname, searchParams }) =>
  pathname.endsWith("/tema") && searchParams.has("noegletal");
const isToWaiting = ({ searchParams }) => searchParams.get("afsnit") === "venter";
const unfoldedPlace = ({ searchParams }) => {
  const part = searchParams.get("afsnit");
  return part && /^[\w-]+$/.test(part) ? `.st-key-afsnit-${part}` : null;
};
const isFarDown = (place) => place.querySelector("details[open]") && place.getBoundingClientRect().top > innerHeight / 2;
const chosenPlace = () => document.querySelector(CHOSEN);
const waitingPlace = () => {
  const table = document.querySelector(WAITING);
  return table && (table.closest(".stColumn") ?? table.parentElement.parentElement);
};
// Moves the page to the place when it is no longer moved itself, and is not `before`, which goes.
function bringIntoView(find, before, isReady) {
  forget();
  let [ticks, height] = [0, -1];
  waited = setInterval(() => {
    const place = find();
    const isThere = place && place !== before && isReady(place);
    const top = isThere ? place.offsetTop : -1;
    if (isThere && top === height) place.scrollIntoView({ block: "start" });
    else if (ticks++ < CHOSEN_TICKS) return void (height = top);
    forget();
  }, CHOSEN_TICK);
}
const hasNoDialog = () => !document.querySelector("[role=dialog]");
function bringSection(address, isFree) {
  const part = unfoldedPlace(address);
  if (isToWaiting(address)) bringIntoView(waitingPlace, null, isFree);
  else if (part) bringIntoView(() => document.querySelector(part), null, (place) => isFree() && isFarDown(place));
}
// A phone's links to the sections of its page (ui/jumps.py).
document.addEventListener("click", (event) => {
  const jump = event.target.closest(".st-key-spring a[href^='#']");
  const place = jump && document.querySelector(`.st-key-${jump.hash.slice(1)}`);
  if (!place) return;
  event.preventDefault();
  forget();
  place.scrollIntoView({ block: "start" });
  const head = place.querySelector("h2, h3");
  head?.setAttribute("tabindex", "-1");
  head?.focus({ preventScroll: true });
});
document.addEventListener("click", ({ target }) => {
  const link = target.closest("[data-testid=stPageLink] a[href]");
  const isCard = target.closest('[class*="st-key-kort-"] [class*="-vis"] button');
  const address = link && new URL(link.href, location.href);
  if (isCard || (address && isToTema(address)))
    // The page that is left may have the same place.
    bringIntoView(chosenPlace, isCard ? null : chosenPlace(), (place) => place.querySelector(".main-svg"));
  else if (address) bringSection(address, hasNoDialog);
}, true);
bringSection(new URL(location.href), () => true);
for (const move of ["wheel", "touchmove", "keydown"]) {
  document.addEventListener(move, forget, { capture: true, passive: true });
}
