// Zooming and panning by wheel, drag, pinch and the buttons.

const CLICK_TOLERANCE = 5; // pixels that a pointer may move and still click
const STEP = 2; // of the buttons
const LINE_HEIGHT = 16; // pixels, of wheels that count lines
const WHEEL_NOTCH = 50; // pixels: less at once is a trackpad, which moves evenly by itself

export function addGestures({ frame, svg, buttons }, view) {
  addWheel(svg, view);
  addPointers(svg, view);
  buttons.closer.addEventListener("click", () => view.zoom(STEP));
  buttons.farther.addEventListener("click", () => view.zoom(1 / STEP));
  buttons.whole.addEventListener("click", () => view.showAll());
  const show = () => {
    buttons.closer.setAttribute("aria-disabled", view.isClosest);
    buttons.farther.setAttribute("aria-disabled", view.isWhole);
    buttons.whole.setAttribute("aria-disabled", view.isWhole);
    // Where there is nothing to pan, a finger scrolls the page.
    frame.classList.toggle("is-zoomed", !view.isWhole);
  };
  view.addEventListener("change", show);
  show();
}

// Away from the whole world there is nowhere to zoom out to: then the page scrolls.
function addWheel(svg, view) {
  svg.addEventListener(
    "wheel",
    (event) => {
      const delta = event.deltaY * (event.deltaMode ? LINE_HEIGHT : 1);
      if (delta > 0 && view.isWhole && !event.ctrlKey) return;
      event.preventDefault();
      // A pinch on a trackpad comes as a wheel with the control key, in small steps.
      const factor = Math.exp(-delta * (event.ctrlKey ? 0.01 : 0.002));
      view.zoom(factor, pointerPosition(svg, event), { smooth: Math.abs(delta) >= WHEEL_NOTCH });
    },
    { passive: false },
  );
}

function addPointers(svg, view) {
  const down = new Map();
  let start = null;
  let hasMoved = false;

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!down.size) [start, hasMoved] = [pointerPosition(svg, event), false];
    down.set(event.pointerId, pointerPosition(svg, event));
  });
  svg.addEventListener("pointermove", (event) => {
    if (!down.has(event.pointerId)) return;
    const before = spread(down);
    down.set(event.pointerId, pointerPosition(svg, event));
    const after = spread(down);
    hasMoved ||= down.size > 1 || distance(start, after.middle) > CLICK_TOLERANCE;
    if (!hasMoved) return;
    svg.setPointerCapture(event.pointerId);
    view.pan(after.middle.x - before.middle.x, after.middle.y - before.middle.y);
    if (before.width) view.zoom(after.width / before.width, after.middle, { smooth: false });
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, (event) => down.delete(event.pointerId));
  }
  svg.addEventListener("pointerleave", (event) => {
    if (!svg.hasPointerCapture(event.pointerId)) down.delete(event.pointerId);
  });
  // A click without a pointer is a screen reader's: its detail is 0.
  const wasDrag = (event) => hasMoved && event.detail > 0;
  svg.addEventListener("click", (event) => wasDrag(event) && event.stopImmediatePropagation(), true);
  // Two fingers are the map's, whatever the page would do with them.
  for (const touch of ["touchstart", "touchmove"]) {
    svg.addEventListener(touch, (event) => event.touches.length > 1 && event.preventDefault(), {
      passive: false,
    });
  }
}

// The middle of the fingers, and how far apart they are; 0 for one.
function spread(down) {
  const [first, second = first] = down.values();
  const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
  return { middle, width: distance(first, second) };
}

function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

// Where in the frame an event is, in pixels.
export function pointerPosition(svg, { clientX, clientY }) {
  const { left, top } = svg.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}
