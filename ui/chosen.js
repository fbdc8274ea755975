// What a link or a card chooses on Tema stands below the cards: once its chart is drawn, the page
// is moved there, unless the reader has moved it meanwhile.
const CHOSEN = ".st-key-spalter-noegletal";
const [CHOSEN_TICK, CHOSEN_TICKS] = [50, 200];
let waited = 0;
const forget = () => clearInterval(waited);
const isToTema = (link) => {
  const { pathname, searchParams } = new URL(link.href, location.href);
  return pathname.endsWith("/tema") && searchParams.has("noegletal");
};
document.addEventListener("click", ({ target }) => {
  const link = target.closest("[data-testid=stPageLink] a[href]");
  const isCard = target.closest('[class*="st-key-kort-"] [class*="-vis"] button');
  if (!isCard && !(link && isToTema(link))) return;
  forget();
  // The page that is left may have the same place.
  const before = isCard ? null : document.querySelector(CHOSEN);
  let [ticks, height] = [0, -1];
  waited = setInterval(() => {
    const place = document.querySelector(CHOSEN);
    const chart = place?.querySelector(".main-svg");
    const top = chart && place.offsetTop;
    if (chart && place !== before && top === height) place.scrollIntoView({ block: "start" });
    else if (ticks++ < CHOSEN_TICKS) return void (height = top ?? -1);
    forget();
  }, CHOSEN_TICK);
}, true);
for (const move of ["wheel", "touchmove", "keydown"]) {
  document.addEventListener(move, forget, { capture: true, passive: true });
}
