// The world map of the page: loads its geometry, draws it into the section, and lets the page
// shade it, mark it, select countries on it and make a picture of it.
//
// The section dispatches "country" with detail {code} when a country is chosen; before that
// "tapped", with {code, others}, where a finger has done it and may have meant the others, which may
// be prevented; and "pointed", with detail {code, tip}, when a country's tip is shown, for whoever
// has more to say in it.

import { button, element } from "../shell/content.js";
import { fetchJson } from "../shell/site.js";
import { drawMap } from "./drawing.js";
import { addGestures, addKeyboard, addPointer } from "./input.js";
import { createLegend, shadeByCount, shadeByMarks, shadeByRating, shadeByTime, toMap, withoutShades } from "./shading.js";
import { View } from "./view.js";

const SHARE_OF_SEVERAL = 0.92; // of the frame, for countries that are brought into view together

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
  #selected = [];

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
      tap: (code, others) => send("tapped", { code, others }, { cancelable: true }),
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
    if (!this.#selected.length) this.#keyboard.startAt(mostOf(this.#values));
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

  // Outlines these countries, and no others; `follow` brings them into view, of a continent's where
  // they mainly are, and with none goes back to what was in view before.
  select(codes, { follow = false, isContinent = false } = {}) {
    const known = this.#known(codes);
    this.#selected = known;
    this.#drawn.select(known);
    this.#expose();
    if (known.length) this.#keyboard.stopAt(known[0]);
    if (!follow) return;
    const share = known.length > 1 ? SHARE_OF_SEVERAL : undefined;
    const boxes = this.#boxes(known);
    if (known.length) this.#view.fitBounds(isContinent ? withoutGiants(boxes) : boxes, { share });
    else this.#view.restore();
  }

  // Brings these countries into view, however large they are together; with none all the world.
  frame(codes) {
    const known = this.#known(codes);
    if (known.length) this.#view.fitBounds(withoutGiants(this.#boxes(known)), { share: SHARE_OF_SEVERAL });
    else this.#view.showAll();
  }

  // Something lies on the page at this place of the window: the country is brought out from under
  // it. Nothing does any more, without a place.
  uncover(code, place) {
    const frame = this.#drawn.frame.getBoundingClientRect();
    const country = this.#drawn.countries.get(code);
    if (!place || !country) this.#view.uncover();
    else if (place.left <= frame.left) this.#view.cover({ bottom: overlap(place.top, frame.bottom, frame.height) }, country);
    else this.#view.cover({ right: overlap(place.left, frame.right, frame.width) }, country);
  }

  // To the country, as somebody left it who looked at something above the map.
  focus(code) {
    this.#drawn.countries.get(code)?.target.focus({ preventScroll: true });
  }

  // Outlines these as if they were pointed at, until others are or none.
  light(codes) {
    this.#drawn.hover(this.#known(codes));
  }

  // The names for tips and screen readers, by code.
  names(names) {
    this.#names = toMap(names);
    this.#label();
    this.#drawn.order((a, b) => this.#describe(a).name.localeCompare(this.#describe(b).name, "en"));
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
    this.#expose();
  }

  // To whoever has the map read: the countries that have something, once it is known which do.
  #expose() {
    const { classes, shadeOf } = this.#painting;
    this.#drawn.expose((code) => !classes.length || shadeOf(code) !== "0" || this.#selected.includes(code));
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

// The code with the largest value.
function mostOf(values) {
  return [...values].reduce((most, one) => (one[1] > most[1] ? one : most), ["", 0])[0];
}

// The boxes without those that are larger than all the others together: they are in view anyway,
// and what surrounds them would leave the others small.
function withoutGiants(boxes) {
  const areaOf = ([left, top, right, bottom]) => (right - left) * (bottom - top);
  const others = boxes.filter((box) => areaOf(box) < areaOf(around(boxes.filter((one) => one !== box))));
  return others.length > 1 ? others : boxes;
}

function around(boxes) {
  const ends = [Math.min, Math.min, Math.max, Math.max];
  return ends.map((end, at) => end(...boxes.map((box) => box[at])));
}

// How many pixels before an edge are covered from there on; never all of them.
function overlap(from, edge, size) {
  return Math.min(Math.max(0, edge - from), 0.75 * size);
}

const REGIONS = new Intl.DisplayNames(["en"], { type: "region" });

function englishName(code) {
  return REGIONS.of(code) ?? code;
}
