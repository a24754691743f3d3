// What a pointer and the keyboard do on the map.

import { element, foldText } from "../shell/content.js";

const REACH = 13; // pixels around a dot, where nothing else is
const FINGER = 22; // pixels from a country's middle, where none is under the finger
const GAP = 14; // pixels between the pointer and the tip
const CLICK_TOLERANCE = 5; // pixels that a pointer may move and still click
const STEP = 2; // of the buttons
const LINE_HEIGHT = 16; // pixels, of wheels that count lines
const WHEEL_NOTCH = 50; // pixels: less at once is a trackpad, which moves evenly by itself
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PAN = 80; // pixels
const ZOOM = 2;
const TYPEAHEAD_TIMEOUT = 800; // milliseconds after which a letter begins a new name
const SIDEWAYS_COST = 2; // how much farther a country off the arrow's line seems

// `describe(code)` gives {name, text}, `open(code)` is called for a click, `tap(code, others)` for a
// finger's, with those that may have been meant as well, which says whether it is to open;
// `point(code, tip)` when a tip is shown. Gives {show(code), hide()}, which put the tip beside a
// country.
export function addPointer(drawn, view, { describe, open, tap, point }) {
  const { svg, frame } = drawn;
  let hovered = null;
  let touch = null; // where a finger has come down: a click has whole pixels
  let at = null; // where the tip belongs
  // It grows when more is said in it.
  new ResizeObserver(() => at && place(at)).observe(drawn.tip);

  svg.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const code = event.buttons ? null : findCountryAt(drawn, view, event);
    if (code !== hovered) hover(code);
    if (code) place(pointerPosition(svg, event));
  });
  svg.addEventListener("pointerleave", () => hovered && hover(null));
  svg.addEventListener("pointerdown", (event) => {
    touch = event.pointerType === "touch" ? pointerPosition(svg, event) : null;
  });
  svg.addEventListener("click", (event) => {
    // A screen reader's click has no place, and is on the country itself.
    const isTap = touch && event.detail > 0;
    const [code, ...others] = isTap ? findCountriesTapped(drawn, view, touch) : [findCountryAt(drawn, view, event)];
    if (code && (!isTap || tap(code, others))) open(code);
  });
  // Before anything else on the page that Escape might close.
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

  function hover(code) {
    hovered = code;
    drawn.hover(code ? [code] : []);
    svg.classList.toggle("is-pointing", Boolean(code));
    if (code) write(code);
    else hide();
  }

  function write(code) {
    const { name, text } = describe(code);
    drawn.tip.replaceChildren(element("strong", {}, name), ...(text ? [element("br"), text] : []));
    drawn.tip.hidden = false;
    point(code, drawn.tip);
  }

  // Beside the point, within the frame.
  function place({ x, y }) {
    at = { x, y };
    const { offsetWidth: width, offsetHeight: height } = drawn.tip;
    const left = Math.min(Math.max(0, x - width / 2), frame.clientWidth - width);
    const above = y - height - GAP;
    const top = above >= 0 ? above : Math.min(y + GAP, frame.clientHeight - height);
    drawn.tip.style.transform = `translate(${left}px, ${top}px)`;
  }

  function show(code) {
    write(code);
    place(view.toFrame(drawn.countries.get(code)));
  }

  function hide() {
    drawn.tip.hidden = true;
  }

  return { show, hide };
}

// The country at a pointer: the dot that is nearest, where one is near; else what lies there.
function findCountryAt({ svg, countries }, view, event) {
  const under = event.target.closest("[data-code]");
  if (under && under.localName !== "circle") return under.dataset.code;
  const point = pointerPosition(svg, event);
  let nearest = null;
  let least = REACH;
  for (const country of countries.values()) {
    if (!country.dot || country.dot.classList.contains("is-needless")) continue;
    const { x, y } = view.toFrame(country);
    const distance = Math.hypot(x - point.x, y - point.y);
    if (distance < least) [nearest, least] = [country.code, distance];
  }
  return nearest ?? under?.dataset.code ?? null;
}

// The country that a finger means: the one that it is on, unless the middle of a smaller one is
// nearer to it than that one's; where it is on none, the one whose middle is nearest. After it
// those whose middles are under the finger too; none where there is nothing.
function findCountriesTapped({ svg, countries }, view, point) {
  const there = view.toWorld(point);
  const place = svg.createSVGPoint();
  [place.x, place.y] = [there.x, there.y];
  const near = [...countries.values()]
    .map((country) => ({ country, far: distance(view.toFrame(country), point) }))
    .sort((a, b) => a.far - b.far);
  const under = near.find(({ country }) => country.shape?.isPointInFill(place));
  const isSmaller = ({ country }) => country.size < under.country.size && country.size * view.scale < FINGER;
  const touched = near.filter(({ far }) => far < FINGER / 2);
  const nearer = under && touched.find((one) => one.far < under.far && isSmaller(one));
  const meant = nearer ?? under ?? near.find(({ far }) => far < FINGER);
  if (!meant) return [];
  return [...new Set([meant, ...touched, under ?? meant])].map(({ country }) => country.code);
}

// --- zooming and panning

export function addGestures({ frame, svg, buttons }, view) {
  addWheel(svg, view);
  addPointers(svg, view);
  buttons.closer.addEventListener("click", () => view.zoom(STEP));
  buttons.farther.addEventListener("click", () => view.zoom(1 / STEP));
  buttons.whole.addEventListener("click", () => view.showAll());
  addOpening(frame, buttons.open, view);
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

// On a small screen the map can take all of it.
function addOpening(frame, opener, view) {
  opener.addEventListener("click", async () => {
    const section = frame.parentElement;
    if (section.classList.contains("is-open")) return;
    const { openMap } = await import("./whole-screen.js");
    openMap(section, opener, view);
  });
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
function pointerPosition(svg, { clientX, clientY }) {
  const { left, top } = svg.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

// --- the keyboard: one stop for the Tab key, from which arrows and letters lead to every country

// Gives {stopAt(code), startAt(code)}: where the Tab key leads to next, and where it does as long as
// nobody has been anywhere.
export function addKeyboard(drawn, view, tip, { describe, open }) {
  const { svg, countries } = drawn;
  let stop = null;
  let isStarted = false;
  let typed = { letters: "", time: -TYPEAHEAD_TIMEOUT };
  stopAt(findNeighbour([...countries.values()], startingPoint(view), [0, 1]).code);

  svg.addEventListener("focusin", ({ target }) => {
    const { code } = target.dataset;
    if (!code) return;
    isStarted = true;
    target.removeAttribute("aria-hidden");
    stopAt(code);
    if (!target.matches(":focus-visible")) return;
    drawn.focus(code);
    view.reveal(countries.get(code));
    tip.show(code);
  });
  svg.addEventListener("focusout", () => {
    drawn.focus(null);
    tip.hide();
  });
  view.addEventListener("change", () => {
    const focused = svg.querySelector("[data-code]:focus-visible");
    if (focused) tip.show(focused.dataset.code);
  });
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (handleKey(event, event.target.dataset.code ?? stop)) event.preventDefault();
  });

  function handleKey({ key, shiftKey, timeStamp }, code) {
    const isTyping = timeStamp - typed.time < TYPEAHEAD_TIMEOUT;
    if (/^\p{L}$/u.test(key) || (key === " " && isTyping)) {
      typed = { letters: (isTyping ? typed.letters : "") + foldText(key), time: timeStamp };
      move(findByName(typed.letters, code));
      return true;
    }
    typed = { letters: "", time: -TYPEAHEAD_TIMEOUT };
    const arrow = ARROWS[key];
    if (arrow && shiftKey) view.pan(-arrow[0] * PAN, -arrow[1] * PAN, { smooth: true });
    else if (arrow) move(findNeighbour([...countries.values()], countries.get(code), arrow));
    else if (key === "Enter" || key === " ") open(code);
    else if (key === "+" || key === "=") view.zoom(ZOOM, view.toFrame(countries.get(code)));
    else if (key === "-") view.zoom(1 / ZOOM, view.toFrame(countries.get(code)));
    else if (key === "0") view.showAll();
    else return false;
    return true;
  }

  function move(country) {
    country?.target.focus();
  }

  function stopAt(code) {
    countries.get(stop)?.target.setAttribute("tabindex", "-1");
    countries.get(code).target.setAttribute("tabindex", "0");
    stop = code;
  }

  // The next country whose name begins with these letters; one letter again and again goes
  // through all that begin with it.
  function findByName(letters, code) {
    const isOne = new Set(letters).size === 1;
    const names = [...countries.values()]
      .map((country) => [describe(country.code).name, country])
      .filter(([name]) => foldText(name).startsWith(isOne ? letters[0] : letters))
      .sort(([a], [b]) => a.localeCompare(b, "en"));
    const here = isOne ? names.findIndex(([, country]) => country.code === code) : -1;
    return names[(here + 1) % names.length]?.[1];
  }

  function startAt(code) {
    if (!isStarted && countries.has(code)) stopAt(code);
  }

  return { stopAt, startAt };
}

// The nearest country that lies more in the arrow's direction than beside it, else the nearest
// that lies in it at all; undefined at the world's end.
export function findNeighbour(countries, from, [right, down]) {
  const near = countries
    .filter((country) => country !== from)
    .map((country) => {
      const [x, y] = [country.x - from.x, country.y - from.y];
      const along = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      return { country, along, aside, far: along + SIDEWAYS_COST * aside };
    })
    .filter(({ along }) => along > 0)
    .sort((a, b) => a.far - b.far);
  return (near.find(({ along, aside }) => aside <= along) ?? near[0])?.country;
}

function startingPoint({ bounds }) {
  return { x: bounds.left + bounds.width / 2, y: bounds.top + bounds.height / 4 };
}
