// Paper. Charts are drawn at the width of the window, so before it is printed the page becomes as
// wide as what is printed on A4 (papir.css), and waits until they are drawn anew. A print from the
// browser's own menu cannot wait: there each chart is given its width at once.
const PAPER_WIDTH = 688;
// What a sheet has room for beside the chart's title, source and notes.
const PAPER_HEIGHT = 700;
const [PAPER_TICK, CALM_TICKS, MOST_TICKS] = [50, 5, 60];
const sheet = document.documentElement;
// Its rules are looked at on paper alone (papir.css).
const paperRules = document.getElementById("papir");
// What is folded and stands in the page all the same is printed with the figures that it belongs to.
// What has to be fetched says on paper where it is (papir.css).
const FOLDED = '[class*="st-key-boligtal-"] details:not([open])';
const unfolded = new Set();
function toPaper(isPaper) {
  paperRules.media = isPaper ? "all" : "not all";
  sheet.classList.toggle("til-papir", isPaper);
  if (isPaper) for (const folded of document.querySelectorAll(FOLDED)) unfolded.add(folded);
  for (const folded of unfolded) folded.open = isPaper;
  if (!isPaper) unfolded.clear();
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
// A chart that is made smaller than this cannot be read: it goes on in a second column.
const LEAST_SHARE = 0.6;
const [COLUMN_HEIGHT, BETWEEN_COLUMNS, SEARCHED] = [780, 16, 40];
const onPaper = new Map();
addEventListener("beforeprint", () => {
  leavePaper();
  toPaper(true);
  for (const chart of charts()) fitPaper(chart);
});
addEventListener("afterprint", () => {
  toPaper(false);
  leavePaper();
});
function fitPaper(chart) {
  const graph = chart.querySelector(".js-plotly-plot");
  const { clientWidth: width = 0, clientHeight: height = 0 } = drawing(chart) ?? {};
  const room = Math.min(chart.parentElement.clientWidth || PAPER_WIDTH, PAPER_WIDTH);
  if (!width || !chart.clientWidth) return;
  // A map is as high as its squares are wide; any other chart keeps its height.
  const isMap = chart.closest("[data-key-fliser]") !== null;
  const share = isMap ? 1 : Math.min(PAPER_HEIGHT / height, 1);
  const columns = share < LEAST_SHARE && graph?.sporResize ? document.createElement("div") : null;
  const zoom = columns ? Math.min((2 * COLUMN_HEIGHT) / height, 1) : share;
  const wide = (columns ? (room - BETWEEN_COLUMNS) / 2 : room) / zoom;
  const size = { width: wide, height: isMap ? chart.clientHeight : height };
  onPaper.set(chart, { graph, columns, size: { width, height } });
  if (graph?.sporResize && (width > wide + 1 || zoom < 1)) {
    graph.sporIsOnPaper = true;
    graph.sporResize(size);
  }
  const left = Math.min(wide / drawing(chart).clientWidth, 1) * zoom;
  if (columns) divide(graph, columns, chart);
  const shown = columns ?? chart;
  if (left < 1) shown.style.zoom = left;
  if (left < 1 || columns) for (const part of [chart, place(chart)]) part.style.height = "auto";
}
// The chart's upper half, and beside it the lower; cut where no name, number or bar is.
function divide(graph, columns, chart) {
  const whole = graph.querySelector(".svg-container");
  const { top, height, width } = whole.getBoundingClientRect();
  const parts = [...whole.querySelectorAll("text, .bars path")].map((part) => part.getBoundingClientRect());
  const isFree = (y) => parts.every((part) => part.bottom <= top + y || part.top >= top + y);
  const middle = Math.ceil(height / 2);
  const tried = Array.from({ length: SEARCHED }, (_, at) => middle + (at % 2 ? -1 : 1) * Math.ceil(at / 2));
  const cut = tried.find(isFree) ?? middle;
  columns.style.cssText = `display: flex; gap: ${BETWEEN_COLUMNS}px; break-inside: avoid`;
  for (const [from, to] of [[0, cut], [cut, height]]) {
    const part = columns.appendChild(document.createElement("div"));
    part.className = graph.className; // what lays the chart's parts over each other
    part.style.cssText = `position: relative; overflow: hidden; flex: none; width: ${width}px; height: ${to - from}px`;
    const copy = part.appendChild(whole.parentElement.cloneNode(true));
    copy.style.cssText += `; position: absolute; top: ${-from}px`;
  }
  // First in the page, as what draws a copy is looked up by names that the whole has too.
  chart.before(columns);
  chart.style.display = "none";
}
function leavePaper() {
  for (const [chart, { graph, columns, size }] of onPaper) {
    columns?.remove();
    chart.style.display = chart.style.zoom = "";
    for (const part of [chart, place(chart)]) part && (part.style.height = "");
    if (!graph?.sporIsOnPaper) continue;
    graph.sporIsOnPaper = false;
    graph.sporResize(size);
  }
  onPaper.clear();
}
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
