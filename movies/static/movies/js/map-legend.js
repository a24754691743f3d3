// What the colours mean: a list beside the map.

import { html } from "./map-drawing.js";

export function legend() {
  const element = html("div", { class: "map-legend" });
  element.hidden = true;
  return { element, show: (painting) => show(element, painting) };
}

function show(element, { title, classes }) {
  element.hidden = !classes.length;
  const list = html("ul");
  list.append(...classes.map(entry));
  element.replaceChildren(html("p", {}, title), list);
}

function entry({ shade, label }) {
  const item = html("li");
  item.append(html("span", { class: "map-swatch", "data-shade": shade }), label);
  return item;
}
