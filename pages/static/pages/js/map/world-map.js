// The world map of the page: loads its geometry, draws it into the section, and lets the page
// shade it, mark it, select countries on it and make a picture of it.
//
// The section dispatches "country" with detail {code} when a country is chosen.

import { button, element } from "../shell/dom.js";
import { fetchJson } from "../shell/json.js";
import { drawMap } from "./drawing.js";
import { addGestures } from "./gestures.js";
import { drawImage } from "./image.js";
import { addKeyboard } from "./keyboard.js";
import { createLegend } from "./legend.js";
import { addPointer } from "./pointer.js";
import { shadeByCount, shadeBySeen, toMap, withoutShades } from "./shading.js";
import { View } from "./view.js";

// Loads and draws the map. Rejects with an Error when it cannot; then there is a button that calls
// `again`.
export async function worldMap(section, { again }) {
  section.replaceChildren(message("status", "Loading the map…"));
  try {
    return new WorldMap(section, await fetchJson(section.dataset.world));
  } catch (error) {
    const words = "The map could not be loaded. The list of countries works without it.";
    section.replaceChildren(message("alert", words, button("Try again", again)));
    throw error;
  }
}

function message(role, words, ...more) {
  return element("div", { class: "map-frame map-message" }, element("p", { role }, words), ...more);
}

class WorldMap {
  #section;
  #world;
  #drawn;
  #view;
  #legend = createLegend();
  #names = new Map();
  #values = new Map();
  #marks = null;
  #painting = withoutShades();
  #keyboard;

  constructor(section, world) {
    this.#section = section;
    this.#world = world;
    this.#drawn = drawMap(world);
    section.replaceChildren(this.#drawn.frame, this.#legend.element);
    this.#view = new View(this.#drawn, world);
    const open = (code) =>
      section.dispatchEvent(new CustomEvent("country", { bubbles: true, detail: { code } }));
    const handlers = { describe: (code) => this.#describe(code), open };
    const tip = addPointer(this.#drawn, this.#view, handlers);
    addGestures(this.#drawn, this.#view);
    this.#keyboard = addKeyboard(this.#drawn, this.#view, tip, handlers);
    this.#paint();
  }

  // Colours the countries by the number of their rated films.
  shade(values) {
    this.#values = toMap(values);
    this.#paint();
  }

  // Colours them by what a person has seen and wants to see, or by a function of the numbers of
  // rated films and the codes, which gives what shading.js has; null goes back to shading.
  mark(marks) {
    const isFunction = typeof marks === "function";
    this.#marks = isFunction ? marks : marks && { seen: toMap(marks.seen), wanted: toMap(marks.wanted) };
    this.#paint();
  }

  // Outlines these countries, and no others; `follow` brings them into view, and with none goes
  // back to what was in view before.
  select(codes, { follow = false } = {}) {
    const known = [...codes].filter((code) => this.#drawn.countries.has(code));
    this.#drawn.select(known);
    if (known.length) this.#keyboard.stopAt(known[0]);
    if (!follow) return;
    if (known.length) this.#view.fitBounds(known.map((code) => this.#world.countries[code].box));
    else this.#view.restore();
  }

  // The names for tips and screen readers, by code.
  names(names) {
    this.#names = toMap(names);
    this.#label();
  }

  // A PNG of the map as it is now, with the title, the lines and the legend on it.
  image({ title = "", lines = [] } = {}) {
    return drawImage(this.#section, this.#drawn, this.#view, this.#painting, { title, lines });
  }

  #paint() {
    const codes = [...this.#drawn.countries.keys()];
    if (typeof this.#marks === "function") this.#painting = this.#marks(this.#values, codes);
    else if (this.#marks) this.#painting = shadeBySeen(this.#marks, this.#values, codes);
    else this.#painting = this.#values.size ? shadeByCount(this.#values) : withoutShades();
    this.#drawn.paint(this.#painting.shadeOf);
    this.#legend.show(this.#painting);
    this.#label();
  }

  #label() {
    this.#drawn.name((code) => {
      const { name, text } = this.#describe(code);
      return text ? `${name}, ${text}` : name;
    });
  }

  #describe(code) {
    return { name: this.#names.get(code) ?? englishName(code), text: this.#painting.textOf(code) };
  }
}

const REGIONS = new Intl.DisplayNames(["en"], { type: "region" });

function englishName(code) {
  return REGIONS.of(code) ?? code;
}
