// A picture of somebody's year, drawn on a canvas: nothing leaves the browser. It has the whole
// world, whatever the map on the page shows.

import { mapColours } from "../map/colours.js";
import { compareNames, element, formatNumber } from "../shell/content.js";
import { fetchJson } from "../shell/site.js";

const WIDTH = 1080;
const HEIGHT = 1350;
const MARGIN = 64;
const FONT = "system-ui, sans-serif";
const SERIF = '"Iowan Old Style", Palatino, Charter, Georgia, "Liberation Serif", serif';
const MAP_TOP = 315;
const BARS = { top: 890, height: 100 };
const FILMS_TOP = 1070;
const NEW_TOP = 1236;
const MONTHS = "JFMAMJJASOND";
const DOT = 5;

// A PNG of what summariseYear() gives; `names` are the countries', by code.
export async function drawYear(summary, year, names) {
  const section = document.querySelector("#map");
  const world = await fetchJson(section.dataset.world);
  const canvas = element("canvas", { width: WIDTH, height: HEIGHT });
  const pen = new Pen(canvas.getContext("2d"), mapColours(section));
  pen.fill("paper", 0, 0, WIDTH, HEIGHT);
  drawHead(pen, summary, year);
  drawWorld(pen, world, summary);
  drawMonths(pen, summary.months);
  drawFilms(pen, summary);
  drawFoot(pen, summary, names);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be made."))));
  });
}

// Writes and fills in the map's colours.
class Pen {
  constructor(context, colour) {
    this.context = context;
    this.colour = colour;
    context.textBaseline = "alphabetic";
  }

  fill(name, x, y, width, height) {
    this.context.fillStyle = this.colour(name);
    this.context.fillRect(x, y, width, height);
  }

  // A line that is no wider than `most`: what is too long is cut.
  write(text, x, y, { size = 28, weight = 400, font = FONT, most = WIDTH - 2 * MARGIN, align = "left", alpha = 1 } = {}) {
    const { context } = this;
    context.font = `${weight} ${size}px ${font}`;
    context.textAlign = align;
    context.fillStyle = this.colour("ink");
    context.globalAlpha = alpha;
    context.fillText(shortened(context, text, most), x, y);
    context.globalAlpha = 1;
  }
}

function shortened(context, text, most) {
  if (context.measureText(text).width <= most) return text;
  const characters = [...text];
  while (characters.length && context.measureText(`${characters.join("")}…`).width > most) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

function drawHead(pen, { films, countries, newCountries }, year) {
  pen.write(`My ${year} in films`, MARGIN, 130, { size: 76, weight: 600, font: SERIF });
  const figures = [[films.length, "films"], [countries.size, "countries"], [newCountries.size, "of them new"]];
  figures.forEach(([number, words], index) => {
    const x = MARGIN + index * 320;
    pen.write(formatNumber(number), x, 236, { size: 72, weight: 600 });
    pen.write(number === 1 ? words.replace(/ies$/, "y").replace(/s$/, "") : words, x, 280, { size: 30, alpha: 0.75 });
  });
}

function drawWorld(pen, world, { countries, newCountries }) {
  const { context, colour } = pen;
  const zoom = WIDTH / world.width;
  const height = world.height * zoom;
  const shadeOf = (code) => (newCountries.has(code) ? "seen-3" : countries.has(code) ? "seen-1" : "neither");
  pen.fill("sea", 0, MAP_TOP, WIDTH, height);
  context.save();
  context.translate(0, MAP_TOP);
  context.lineWidth = 0.6;
  context.strokeStyle = colour("border");
  for (const [code, { d, x, y, size }] of Object.entries(world.countries)) {
    context.fillStyle = colour(shadeOf(code));
    const path = new Path2D();
    if (d) path.addPath(new Path2D(d), new DOMMatrix().scale(zoom));
    if (countries.has(code) && size * zoom < 2 * DOT) path.arc(x * zoom, y * zoom, DOT, 0, 2 * Math.PI);
    context.fill(path, "evenodd");
    context.stroke(path);
  }
  context.restore();
  drawLegend(pen, MAP_TOP + height + 38);
}

function drawLegend(pen, y) {
  [["seen-3", "new this year"], ["seen-1", "again"], ["neither", "not this year"]].forEach(([shade, words], index) => {
    const x = MARGIN + index * 230;
    pen.fill(shade, x, y - 18, 22, 22);
    pen.write(words, x + 32, y, { size: 24 });
  });
}

function drawMonths(pen, months) {
  const most = Math.max(...months, 1);
  const step = (WIDTH - 2 * MARGIN) / months.length;
  months.forEach((number, month) => {
    const height = (number / most) * BARS.height;
    const x = MARGIN + month * step;
    pen.fill("seen-2", x + 8, BARS.top + BARS.height - height, step - 16, Math.max(height, 2));
    if (number) pen.write(formatNumber(number), x + step / 2, BARS.top + BARS.height - height - 8, { size: 22, align: "center" });
    pen.write(MONTHS[month], x + step / 2, BARS.top + BARS.height + 30, { size: 22, align: "center", alpha: 0.75 });
  });
}

function drawFilms(pen, { first, last, best, worst }) {
  const told = [["First", first], ["Last", last], ["Best", best], ["Worst", worst]].filter(([, film]) => film);
  told.forEach(([words, { name, rating }], index) => {
    const x = MARGIN + (index % 2) * 490;
    const y = FILMS_TOP + Math.floor(index / 2) * 80;
    pen.write(words, x, y, { size: 22, alpha: 0.75 });
    const stars = rating !== null && (words === "Best" || words === "Worst") ? ` ★ ${rating}` : "";
    pen.write(name + stars, x, y + 34, { size: 30, weight: 600, most: 460 });
  });
}

function drawFoot(pen, { newCountries }, names) {
  const found = [...newCountries.keys()].map((code) => names.get(code) ?? code).sort(compareNames);
  if (found.length) pen.write(`New: ${fitting(pen.context, found)}`, MARGIN, NEW_TOP, { size: 24, alpha: 0.85 });
  pen.fill("border", MARGIN, HEIGHT - 94, WIDTH - 2 * MARGIN, 1);
  pen.write("World in Movies", MARGIN, HEIGHT - 44, { size: 32, weight: 600, font: SERIF });
  pen.write(location.host, WIDTH - MARGIN, HEIGHT - 44, { size: 26, align: "right", alpha: 0.75 });
}

// As many of the names as a line has room for, and how many there are besides.
function fitting(context, names) {
  context.font = `400 24px ${FONT}`;
  for (let number = names.length; number > 0; number -= 1) {
    const left = names.length - number;
    const words = names.slice(0, number).join(", ") + (left ? ` and ${formatNumber(left)} more` : "");
    if (context.measureText(`New: ${words}`).width <= WIDTH - 2 * MARGIN) return words;
  }
  return names[0];
}
