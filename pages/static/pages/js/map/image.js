// A picture of the map to share, drawn on a canvas: nothing leaves the browser.

import { element } from "../shell/content.js";
import { mapColours } from "./colours.js";

const WIDTH = 1600;
const HEIGHT = 900;
const MARGIN = 48;
const FONT = "system-ui, sans-serif";
const DOT = 4.5;
const DOT_WITHOUT_FILM = 2.5;
const HATCH = 6;

// The map in the view, a title, lines of text and the legend: a PNG, 1600 × 900 pixels.
export async function drawImage(section, drawn, view, painting, { title, lines }) {
  const canvas = element("canvas", { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  const colour = mapColours(section);
  const fills = fillStyles(context, colour, painting);
  const bottom = drawText(context, colour, title, lines);
  const top = HEIGHT - MARGIN - 28;
  drawMap(context, drawn, view, painting, { fills, colour, top: bottom, height: top - 24 - bottom });
  drawLegend(context, colour, painting, fills, top);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be made."))));
  });
}

// The paper, the title and the lines; gives where they end.
function drawText(context, colour, title, lines) {
  context.fillStyle = colour("paper");
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.textBaseline = "top";
  context.fillStyle = colour("ink");
  let y = MARGIN;
  for (const [text, size] of [[title, 44], ...lines.map((line) => [line, 26])]) {
    if (!text) continue;
    context.font = `${size > 30 ? 600 : 400} ${size}px ${FONT}`;
    context.fillText(text, MARGIN, y, WIDTH - 2 * MARGIN);
    y += size * 1.35;
  }
  return y + 16;
}

// The part of the world that is in the view, and what of its surroundings there is room for.
function drawMap(context, { countries }, view, painting, { fills, colour, top, height }) {
  const { bounds } = view;
  const zoom = Math.min(WIDTH / bounds.width, height / bounds.height);
  const x = bounds.left - (WIDTH / zoom - bounds.width) / 2;
  const y = bounds.top - (height / zoom - bounds.height) / 2;
  context.save();
  context.beginPath();
  context.rect(0, top, WIDTH, height);
  context.clip();
  context.fillStyle = colour("sea");
  context.fillRect(0, top, WIDTH, height);
  context.translate(0, top);
  drawShapes(context, countries, painting, fills, colour("border"), { x, y, zoom });
  drawDots(context, countries, painting, fills, colour, { x, y, zoom });
  context.restore();
}

function drawShapes(context, countries, painting, fills, border, { x, y, zoom }) {
  for (const { code, d } of countries.values()) {
    if (!d) continue;
    const path = new Path2D();
    path.addPath(new Path2D(d), new DOMMatrix().scale(zoom).translate(-x, -y));
    context.fillStyle = fills.get(painting.shadeOf(code));
    context.fill(path, "evenodd");
    context.strokeStyle = border;
    context.lineWidth = 0.7;
    context.stroke(path);
  }
}

function drawDots(context, countries, painting, fills, colour, { x, y, zoom }) {
  for (const country of countries.values()) {
    if (!country.dot || country.size * zoom >= 2 * DOT) continue;
    const shade = painting.shadeOf(country.code);
    const radius = shade === "0" ? DOT_WITHOUT_FILM : DOT;
    context.beginPath();
    context.arc((country.x - x) * zoom, (country.y - y) * zoom, radius, 0, 2 * Math.PI);
    context.fillStyle = fills.get(shade);
    context.fill();
    context.strokeStyle = colour("border");
    context.lineWidth = 1;
    context.stroke();
  }
}

function drawLegend(context, colour, { classes }, fills, y) {
  context.font = `22px ${FONT}`;
  let x = MARGIN;
  for (const { shade, label } of classes) {
    context.fillStyle = fills.get(shade);
    context.fillRect(x, y, 28, 28);
    context.strokeStyle = colour("border");
    context.strokeRect(x, y, 28, 28);
    context.fillStyle = colour("ink");
    context.fillText(label, x + 38, y + 3);
    x += 38 + context.measureText(label).width + 32;
  }
}

function fillStyles(context, colour, { classes }) {
  const fills = new Map([["0", colour("0")], ...classes.map(({ shade }) => [shade, colour(shade)])]);
  if (fills.has("wanted")) fills.set("wanted", hatchPattern(context, colour("neither"), colour("wanted")));
  return fills;
}

function hatchPattern(context, ground, line) {
  const tile = element("canvas", { width: HATCH, height: HATCH });
  const ink = tile.getContext("2d");
  ink.fillStyle = ground;
  ink.fillRect(0, 0, HATCH, HATCH);
  ink.strokeStyle = line;
  ink.lineWidth = 2;
  ink.stroke(new Path2D(`M-1 1l2-2M0 ${HATCH}l${HATCH}-${HATCH}M${HATCH - 1} ${HATCH + 1}l2-2`));
  return context.createPattern(tile, "repeat");
}
