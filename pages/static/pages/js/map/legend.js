// What the colours mean: a list beside the map.

import { element } from "../shell/dom.js";

export function createLegend() {
  const made = element("div", { class: "map-legend", hidden: true });
  return { element: made, show: (painting) => show(made, painting) };
}

function show(made, { title, classes }) {
  made.hidden = !classes.length;
  made.replaceChildren(element("p", {}, title), element("ul", {}, ...classes.map(entry)));
}

function entry({ shade, label }) {
  return element("li", {}, element("span", { class: "map-swatch", "data-shade": shade }), label);
}
