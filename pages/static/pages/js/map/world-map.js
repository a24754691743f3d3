// The world map of the page: loads its geometry, draws it into the section, and lets the page
// shade it, mark it, select countries on it and make a picture of it.
//
// The section dispatches "country" with detail {code} when a country is chosen; before that
// "tapped", with the same, where a finger has done it, which may be prevented; and "pointed", with
// detail {code, tip}, when a country's tip is shown, for whoever has more to say in it.

import { button, element } from "../shell/dom.js";
import { fetchJson } from "../shell/fetch.js";
import { drawMap } from "./drawing.js";
import { addKeyboard } from "./keyboard.js";
import { addGestures, addPointer } from "./pointer.js";
import {
  createLegend, shadeByCount, shadeByMarks, shadeByRating, shadeByTime, toMap, withoutShades,
} from "./shading.js";
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
  #shown = { mode: null, time: null, decades: new Map(), ratings: new Map() };
  #painting = withoutShades();
  #keyboard;

  constructor(section, world) {
    this.#section = section;
    this.#world = world;
    this.#drawn = drawMap(world);
    section.replaceChildren(this.#drawn.frame, this.#legend.element);
    this.#view = new View(this.#drawn, world);
    const send = (name, detail, more = {}) =>
      section.dispatchEvent(new CustomEvent(name, { bubbles: true, detail, ...more }));
    const handlers = {
      describe: (code) => this.#describe(code),
      open: (code) => send("country", { code }),
      tap: (code) => send("tapped", { code }, { cancelable: true }),
      point: (code, tip) => send("pointed", { code, tip }),
    };
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
    this.#marks = marks;
    this.#paint();
  }

  // What is shown of it: `mode` is "made", "rated" (by `ratings`, by code) or "mine", or null for a
  // person's films once there are any; `time` the decades {since, until} whose films are counted,
  // by `decades`.
  show({ mode = null, time = null, decades = new Map(), ratings = new Map() }) {
    this.#shown = { mode, time, decades, ratings };
    this.#paint();
  }

  // Outlines these countries, and no others; `follow` brings them into view, and with none goes
  // back to what was in view before.
  select(codes, { follow = false } = {}) {
    const known = this.#known(codes);
    this.#drawn.select(known);
    if (known.length) this.#keyboard.stopAt(known[0]);
    if (!follow) return;
    if (known.length) this.#view.fitBounds(this.#boxes(known));
    else this.#view.restore();
  }

  // Brings these countries into view, however large they are together; with none all the world.
  frame(codes) {
    const known = this.#known(codes);
    if (known.length) this.#view.fitBounds(this.#boxes(known), { share: 0.92 });
    else this.#view.showAll();
  }

  // Outlines these as if they were pointed at, until others are or none.
  light(codes) {
    this.#drawn.hover(this.#known(codes));
  }

  // The names for tips and screen readers, by code.
  names(names) {
    this.#names = toMap(names);
    this.#label();
  }

  // A PNG of the map as it is now, with the title, the lines and the legend on it.
  async image({ title = "", lines = [] } = {}) {
    const painting = this.#painting;
    const { drawImage } = await import("./image.js");
    return drawImage(this.#section, this.#drawn, this.#view, painting, { title, lines });
  }

  #known(codes) {
    return [...codes].filter((code) => this.#drawn.countries.has(code));
  }

  #boxes(codes) {
    return codes.map((code) => this.#world.countries[code].box);
  }

  #paint() {
    this.#painting = this.#choosePainting();
    this.#drawn.paint(this.#painting.shadeOf);
    this.#legend.show(this.#painting);
    this.#label();
  }

  #choosePainting() {
    const { mode, time, decades, ratings } = this.#shown;
    if (mode === "rated") return shadeByRating(ratings);
    if (time) return shadeByTime(decades, time);
    const isMine = mode === "mine" || (mode === null && this.#marks);
    if (isMine) return shadeByMarks(this.#marks, this.#values, [...this.#drawn.countries.keys()]);
    return this.#values.size ? shadeByCount(this.#values) : withoutShades();
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
