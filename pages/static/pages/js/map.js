// The world map of the page: loads its geometry, draws it into the section, and lets the page
// shade it, mark it, select countries on it and make a picture of it.
//
// The section dispatches "country" with detail {code} when a country is chosen.

import { answerOf } from "./answers.js";
import { button, element } from "./elements.js";
import { drawing } from "./map-drawing.js";
import { gestures } from "./map-gestures.js";
import { picture } from "./map-image.js";
import { keyboard } from "./map-keys.js";
import { legend } from "./map-legend.js";
import { pointing } from "./map-pointing.js";
import { marking, shading, table, unpainted } from "./map-shades.js";
import { View } from "./map-view.js";

// Loads and draws the map. Rejects with an Error when it cannot; then there is a button that calls
// `again`.
export async function worldMap(section, { again }) {
  section.replaceChildren(message("status", "Loading the map…"));
  try {
    return new WorldMap(section, await answerOf(section.dataset.world));
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
  #legend = legend();
  #names = new Map();
  #values = new Map();
  #marks = null;
  #painting = unpainted();
  #focus;

  constructor(section, world) {
    this.#section = section;
    this.#world = world;
    this.#drawn = drawing(world);
    section.replaceChildren(this.#drawn.frame, this.#legend.element);
    this.#view = new View(this.#drawn, world);
    const open = (code) =>
      section.dispatchEvent(new CustomEvent("country", { bubbles: true, detail: { code } }));
    const told = { of: (code) => this.#words(code), open };
    const tip = pointing(this.#drawn, this.#view, told);
    gestures(this.#drawn, this.#view);
    this.#focus = keyboard(this.#drawn, this.#view, tip, told);
    this.#paint();
  }

  // Colours the countries by the number of their rated films.
  shade(values) {
    this.#values = table(values);
    this.#paint();
  }

  // Colours them by what a person has seen and wants to see; null goes back to shading.
  mark(marks) {
    this.#marks = marks && { seen: table(marks.seen), wanted: table(marks.wanted) };
    this.#paint();
  }

  // Outlines these countries, and no others; `follow` brings them into view, and with none goes
  // back to what was in view before.
  select(codes, { follow = false } = {}) {
    const known = [...codes].filter((code) => this.#drawn.countries.has(code));
    this.#drawn.select(known);
    if (known.length) this.#focus.stopAt(known[0]);
    if (!follow) return;
    if (known.length) this.#view.show(known.map((code) => this.#world.countries[code].box));
    else this.#view.leave();
  }

  // The names for tips and screen readers, by code.
  names(names) {
    this.#names = table(names);
    this.#name();
  }

  // A PNG of the map as it is now, with the title, the lines and the legend on it.
  image({ title = "", lines = [] } = {}) {
    return picture(this.#section, this.#drawn, this.#view, this.#painting, { title, lines });
  }

  #paint() {
    const codes = [...this.#drawn.countries.keys()];
    if (this.#marks) this.#painting = marking(this.#marks, this.#values, codes);
    else this.#painting = this.#values.size ? shading(this.#values) : unpainted();
    this.#drawn.paint(this.#painting.shadeOf);
    this.#legend.show(this.#painting);
    this.#name();
  }

  #name() {
    this.#drawn.name((code) => {
      const { name, text } = this.#words(code);
      return text ? `${name}, ${text}` : name;
    });
  }

  #words(code) {
    return { name: this.#names.get(code) ?? englishName(code), text: this.#painting.textOf(code) };
  }
}

const REGIONS = new Intl.DisplayNames(["en"], { type: "region" });

function englishName(code) {
  return REGIONS.of(code) ?? code;
}
