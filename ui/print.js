// Paper. Charts are drawn at the width of the window, so before it is printed the page becomes as
// wide as what is printed on A4 (papir.css), and waits until they are drawn anew. A print from the
// browser's own menu cannot wait: there a wider chart is made smaller as it is.
const PAPER_WIDTH = 688;
// What a sheet has room for beside the chart's title, source and notes.
const PAPER_HEIGHT = 700;
const [PAPER_TICK, CALM_TICKS, MOST_TICKS] = [50, 5, 60];
const sheet = document.documentElement;
// Its rules are looked at on paper alone (papir.css).
const paperRules = document.getElementById("papir");
function toPaper(isPaper) {
  paperRules.media = isPaper ? "all" : "not all";
  sheet.classList.toggle("til-papir", isPaper);
}
const charts = () => [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
const drawing = (chart) => chart.querySelector(".main-svg");
const place = (chart) => chart.closest("[data-testid=stElementContainer]");
const isDrawn = (chart) => !drawing(chart) || Math.abs(drawing(chart).clientWidth - chart.clientWidth) < 2;
function printPage() {
  toPaper(true);
  let [ticks, calm] = [0, 0];
  const whenDrawn = () => {
    calm = charts().every(isDrawn) ? calm + 1 : 0;
    if (calm < CALM_TICKS && ticks++ < MOST_TICKS) setTimeout(whenDrawn, PAPER_TICK);
    else window.print();
  };
  setTimeout(whenDrawn, PAPER_TICK);
}
addEventListener("beforeprint", () => {
  toPaper(true);
  for (const chart of charts()) {
    const { clientWidth: width = 0, clientHeight: height = 0 } = drawing(chart) ?? {};
    const room = Math.min(chart.parentElement.clientWidth || PAPER_WIDTH, PAPER_WIDTH);
    const share = Math.min(room / width, PAPER_HEIGHT / height);
    if (share >= 1) continue;
    chart.style.zoom = share;
    for (const part of [chart, place(chart)]) part.style.height = "auto";
  }
});
addEventListener("afterprint", () => {
  toPaper(false);
  for (const chart of charts()) {
    chart.style.zoom = "";
    for (const part of [chart, place(chart)]) part.style.height = "";
  }
});
document.addEventListener("keydown", (press) => {
  if (press.key?.toLowerCase() !== "p" || !(press.ctrlKey || press.metaKey) || press.altKey || press.shiftKey) return;
  press.preventDefault();
  printPage();
}, true);
// The button is Streamlit's; what it does is done here, without the page being made again.
document.addEventListener("click", (press) => {
  if (!press.target.closest(".st-key-udskriv button")) return;
  press.preventDefault();
  press.stopImmediatePropagation();
  printPage();
}, true);
