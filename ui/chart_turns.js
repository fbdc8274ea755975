// Stands in Streamlit's chart library (ui/basic_plotly.py). Streamlit draws a chart as soon as it is
// there, unseen as its width is not known yet, and again when it is; all charts of a page in one go.
// Here a chart is drawn once, at its width, and the charts take turns: those that are seen first.
const sporWaiting = [];
const sporDrawn = new WeakMap();
const sporNext = new MessageChannel();
const sporIdle = window.requestIdleCallback ?? ((take) => setTimeout(take, 50));
let sporIsComing = false;

function sporCall() {
  sporIsComing = sporWaiting.length > 0;
  if (!sporIsComing) return;
  if (sporWaiting.some(({ element }) => sporIsSeen(element))) sporNext.port2.postMessage(0);
  else sporIdle(sporTake, { timeout: 300 });
}

function sporTake() {
  const seen = sporWaiting.findIndex(({ element }) => sporIsSeen(element));
  const [next] = sporWaiting.splice(Math.max(seen, 0), 1);
  next.resolve();
  // What is drawn now is drawn before the next one is looked for.
  setTimeout(sporCall);
}
sporNext.port1.onmessage = sporTake;

function sporIsSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom >= 0 && top <= window.innerHeight;
}

// A promise of the element's turn, which keeps the chart's place until it is drawn. The first that is
// seen has its turn at once: before the rest of what has come is put together.
function sporTurn(element, height) {
  if (!element || sporDrawn.has(element)) return undefined;
  if (!sporIsComing && sporIsSeen(element)) {
    sporIsComing = true;
    setTimeout(sporCall);
    return Promise.resolve();
  }
  if (height) element.style.minHeight = `${height}px`;
  return new Promise((resolve) => {
    sporWaiting.push({ element, resolve });
    if (sporIsComing) return;
    sporIsComing = true;
    sporNext.port2.postMessage(0);
  });
}

// Draws the newest of what is asked for, unless it is what stands there, or the chart is on paper
// (ui/print.js), which has a size of its own.
function sporDraw(plotly, element, { data, layout, config, frames }) {
  if (element.sporIsOnPaper) return undefined;
  element.sporResize ??= (size) => plotly.relayout(element, size);
  const drawn = sporDrawn.get(element);
  if (drawn && element.data === data && element.layout === layout && drawn.config === config)
    return undefined;
  const sized = sporSized(element, layout);
  const asked = JSON.stringify([data, sized, config, frames]);
  if (drawn?.asked === asked) return undefined;
  // Of copies, as Plotly writes into what it draws, and what is asked for is compared.
  const drawing = plotly.react(element, {
    data: structuredClone(data), layout: structuredClone(sized), config, frames,
  });
  element.style.minHeight = "";
  sporDrawn.set(element, { asked, config });
  return drawing;
}

// The layout at the size that Streamlit will find, where it has not measured yet.
function sporSized(element, layout) {
  const frame = element.closest('[data-testid="stFullScreenFrame"]');
  const width = frame?.getBoundingClientRect().width;
  if (layout.width !== undefined || !width) return layout;
  const height = element.closest('[data-testid="stPlotlyChart"]').getBoundingClientRect().height;
  return {
    ...layout, height: height < 10 ? layout.height : height, width: Math.max(width, 150),
  };
}
