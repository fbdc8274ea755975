// What a link or a card chooses on Tema stands below the cards: once its chart is drawn, the page
// is moved there, unless the reader has moved it meanwhile. So it is to a section of Overblik.
const CHOSEN = ".st-key-spalter-noegletal";
const WAITING = ".st-key-tal-venter";
const [CHOSEN_TICK, CHOSEN_TICKS] = [50, 200];
let waited = 0;
const forget = () => clearInterval(waited);
const isToTema = ({ pathname, searchParams }) =>
  pathname.endsWith("/tema") && searchParams.has("noegletal");
const isToWaiting = ({ searchParams }) => searchParams.get("afsnit") === "venter";
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
document.addEventListener("click", ({ target }) => {
  const link = target.closest("[data-testid=stPageLink] a[href]");
  const isCard = target.closest('[class*="st-key-kort-"] [class*="-vis"] button');
  const address = link && new URL(link.href, location.href);
  if (isCard || (address && isToTema(address)))
    // The page that is left may have the same place.
    bringIntoView(chosenPlace, isCard ? null : chosenPlace(), (place) => place.querySelector(".main-svg"));
  else if (address && isToWaiting(address)) bringIntoView(waitingPlace, null, () => !document.querySelector("[role=dialog]"));
}, true);
if (isToWaiting(new URL(location.href))) bringIntoView(waitingPlace, null, () => true);
for (const move of ["wheel", "touchmove", "keydown"]) {
  document.addEventListener(move, forget, { capture: true, passive: true });
}
