// What pages are filled with: elements of the DOM, and numbers, counts and names as text. What comes
// from elsewhere gets in as text alone, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const NUMBERS = new Intl.NumberFormat("en-GB");
const RATINGS = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const IRREGULAR = { country: "countries", person: "people" };

// element("li", { class: "film", onclick: open }, "Ran", link): attributes that are null or false
// are left out, true ones are bare, functions listen to the event that they are named after.
export function element(tag, attributes = {}, ...children) {
  return fillElement(document.createElement(tag), attributes, children);
}

// The same in a drawing: svg("circle", { r: 3 }).
export function svg(tag, attributes = {}, ...children) {
  return fillElement(document.createElementNS(SVG, tag), attributes, children);
}

export function button(words, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, words);
}

// The places that a page's template leaves for what is made here, by their names.
export function partsOf(root) {
  const places = [...root.querySelectorAll("[data-part]")];
  return Object.fromEntries(places.map((place) => [place.dataset.part, place]));
}

function fillElement(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice("on".length), value);
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// --- numbers, counts and names as text

export const compareNames = new Intl.Collator("en", { numeric: true }).compare;

export function formatNumber(value) {
  return NUMBERS.format(value);
}

// "1 film", "2,201 films".
export function formatCount(value, noun) {
  return `${formatNumber(value)} ${value === 1 ? noun : (IRREGULAR[noun] ?? `${noun}s`)}`;
}

// "7.6"; a dash where nobody has voted.
export function formatRating(value) {
  return value === null ? "–" : RATINGS.format(value);
}

// Without accents and capitals, as somebody types it who is in a hurry.
export function foldText(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
