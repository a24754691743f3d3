// What happens under a pointer: the country is outlined, a tip says which it is, a click opens it.

import { element } from "../shell/dom.js";
import { pointerPosition } from "./gestures.js";

const REACH = { mouse: 13, touch: 22 }; // pixels around a dot, where nothing else is
const GAP = 14; // pixels between the pointer and the tip

// `describe(code)` gives {name, text}, `open(code)` is called for a click. Gives {show(code), hide()},
// which put the tip beside a country.
export function addPointer(drawn, view, { describe, open }) {
  const { svg, frame } = drawn;
  let hovered = null;

  svg.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const code = event.buttons ? null : findCountryAt(drawn, view, event);
    if (code !== hovered) hover(code);
    if (code) place(pointerPosition(svg, event));
  });
  svg.addEventListener("pointerleave", () => hovered && hover(null));
  svg.addEventListener("click", (event) => {
    const code = findCountryAt(drawn, view, event);
    if (code) open(code);
  });
  // Before anything else on the page that Escape might close.
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

  function hover(code) {
    hovered = code;
    drawn.hover(code);
    svg.classList.toggle("is-pointing", Boolean(code));
    if (code) write(code);
    else hide();
  }

  function write(code) {
    const { name, text } = describe(code);
    drawn.tip.replaceChildren(element("strong", {}, name), ...(text ? [element("br"), text] : []));
    drawn.tip.hidden = false;
  }

  // Beside the point, within the frame.
  function place({ x, y }) {
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
  const reach = REACH[event.pointerType] ?? REACH.mouse;
  let nearest = null;
  let least = reach;
  for (const country of countries.values()) {
    if (!country.dot || country.dot.classList.contains("is-needless")) continue;
    const { x, y } = view.toFrame(country);
    const distance = Math.hypot(x - point.x, y - point.y);
    if (distance < least) [nearest, least] = [country.code, distance];
  }
  return nearest ?? under?.dataset.code ?? null;
}
