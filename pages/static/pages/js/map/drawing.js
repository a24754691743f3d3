// The map as elements: an SVG with a path for every country, a dot for every small one, and
// outlines above them for what is pointed at, focused and selected.

import { button, element, svg } from "../shell/content.js";

// A country has a dot as long as its largest island is smaller than this, in pixels; a country
// of more units than this never needs one.
const DOT_BELOW = 7;
const SMALL = 24;
// Of what is wanted, and of countries with few films by their shade.
const HATCHES = ["map-hatch", ...[1, 2, 3, 4, 5].map((shade) => `map-hatch-few-${shade}`)];
const HINT =
  "Arrow keys move to the next country in that direction, letters to a name that begins with " +
  "them. Enter opens a country. Plus and minus zoom, zero shows the whole world, shift and " +
  "arrows move the map.";
const TOUCH_HINT = "The countries that have films, by their names. Activate one to open it.";

// {frame, svg, tip, buttons, countries: code → {code, x, y, size, shape, dot, target}} and what
// changes them.
export function drawMap(world) {
  const layer = svg("g");
  const shapes = svg("g");
  const outlines = new Map(["selected", "hovered", "focused"].map((kind) => [kind, createOutline(kind)]));
  const dots = svg("g", { class: "map-dots" });
  const countries = new Map(
    Object.entries(world.countries).map(([code, country]) => [code, drawCountry(code, country)]),
  );
  shapes.append(...[...countries.values()].map(({ shape }) => shape).filter(Boolean));
  dots.append(...[...countries.values()].map(({ dot }) => dot).filter(Boolean));
  layer.append(svg("path", { class: "map-others", d: world.others }), shapes);
  layer.append(...[...outlines.values()].map(({ lines }) => lines), dots);

  const { frame, root, hatches, tip, buttons } = createFrame();
  root.append(layer);
  return {
    frame,
    svg: root,
    tip,
    buttons,
    countries,
    transform: ({ x, y, scale }) => {
      layer.setAttribute("transform", `scale(${scale}) translate(${-x} ${-y})`);
      for (const hatch of hatches) hatch.setAttribute("patternTransform", `scale(${1 / scale})`);
      layer.style.setProperty("--map-scale", scale);
      showDots(countries, scale);
    },
    paint: (shadeOf) => eachMark(countries, (code, mark) => (mark.dataset.shade = shadeOf(code))),
    name: (nameOf) => {
      for (const { code, target } of countries.values()) target.setAttribute("aria-label", nameOf(code));
    },
    select: (codes) => {
      outlines.get("selected").around(codes.map((code) => countries.get(code)));
      for (const { code, target } of countries.values()) {
        if (codes.includes(code)) target.setAttribute("aria-current", "true");
        else target.removeAttribute("aria-current");
      }
    },
    // So that they are read by this order, not by that of their codes.
    order: (compare) => {
      const ordered = [...countries.values()].sort((a, b) => compare(a.code, b.code));
      shapes.append(...ordered.map(({ shape }) => shape).filter(Boolean));
      dots.append(...ordered.map(({ dot }) => dot).filter(Boolean));
    },
    // To whoever has the map read; one that has the focus always is.
    expose: (isExposed) => {
      for (const { code, target } of countries.values()) {
        if (isExposed(code) || target === document.activeElement) target.removeAttribute("aria-hidden");
        else target.setAttribute("aria-hidden", "true");
      }
    },
    hover: (codes) => outlines.get("hovered").around(codes.map((code) => countries.get(code))),
    focus: (code) => outlines.get("focused").around(code ? [countries.get(code)] : []),
  };
}

// The country's elements; its `target` is the one that is focused and has the name.
function drawCountry(code, { d, x, y, size }) {
  const shape = d && svg("path", { class: "map-country", "data-code": code, d });
  const dot = size < SMALL && svg("circle", { class: "map-country map-dot", "data-code": code, cx: x, cy: y });
  const target = shape || dot;
  if (shape && dot) dot.setAttribute("aria-hidden", "true");
  target.setAttribute("role", "link");
  target.setAttribute("tabindex", "-1");
  return { code, x, y, size, d, shape, dot, target };
}

function eachMark(countries, change) {
  for (const { code, shape, dot } of countries.values()) {
    if (shape) change(code, shape);
    if (dot) change(code, dot);
  }
}

function showDots(countries, scale) {
  for (const { size, dot } of countries.values()) {
    if (dot) dot.classList.toggle("is-needless", size * scale >= DOT_BELOW);
  }
}

// A line above the countries, with a second one around it that stands out from any colour.
function createOutline(kind) {
  const paths = ["map-halo", "map-line"].map((name) => svg("path", { class: name }));
  let dots = [];
  const around = (countries) => {
    const d = countries.map((country) => country.d ?? "").join("");
    for (const path of paths) path.setAttribute("d", d);
    for (const dot of dots) dot.classList.remove(`is-${kind}`);
    dots = countries.map(({ dot }) => dot).filter(Boolean);
    for (const dot of dots) dot.classList.add(`is-${kind}`);
  };
  return { lines: svg("g", { class: `map-outline map-${kind}` }, ...paths), around };
}

// All around the countries: the frame, its buttons and its tip.
function createFrame() {
  // Without a tabindex some browsers make the SVG itself a stop for the Tab key.
  const root = svg("svg", {
    class: "map-world", role: "application", tabindex: -1,
    "aria-label": "World map", "aria-describedby": "map-hint",
  });
  const hatches = HATCHES.map(createHatch);
  root.append(...hatches);
  const buttons = {
    closer: button("+", null, { "aria-label": "Zoom in" }),
    farther: button("−", null, { "aria-label": "Zoom out" }),
    whole: button("World", null, { class: "map-whole" }),
    open: button("Larger", null, { class: "map-open", "aria-pressed": "false" }),
  };
  const tip = element("div", { class: "map-tip", "aria-hidden": "true", hidden: true });
  const frame = element(
    "div",
    { class: "map-frame" },
    root,
    element("div", { class: "map-buttons", role: "group", "aria-label": "Zoom" }, ...Object.values(buttons)),
    element("p", { id: "map-hint", class: "unseen" }, matchMedia("(pointer: coarse)").matches ? TOUCH_HINT : HINT),
    tip,
  );
  return { frame, root, hatches, tip, buttons };
}

// Lines over a colour, which map.css has for each of the names.
function createHatch(name) {
  return svg(
    "pattern",
    { id: name, class: "map-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse" },
    svg("rect", { width: 5, height: 5 }),
    svg("path", { d: "M-1 1l2-2M0 5l5-5M4 6l2-2" }),
  );
}
