// The map by keyboard: one stop for the Tab key, from which arrows and letters lead to every
// country.

import { foldText } from "../shell/format.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PAN = 80; // pixels
const ZOOM = 2;
const TYPEAHEAD_TIMEOUT = 800; // milliseconds after which a letter begins a new name
const SIDEWAYS_COST = 2; // how much farther a country off the arrow's line seems

// Gives {stopAt(code), startAt(code)}: where the Tab key leads to next, and where it does as long as
// nobody has been anywhere.
export function addKeyboard(drawn, view, tip, { describe, open }) {
  const { svg, countries } = drawn;
  let stop = null;
  let isStarted = false;
  let typed = { letters: "", time: -TYPEAHEAD_TIMEOUT };
  stopAt(findNeighbour([...countries.values()], startingPoint(view), [0, 1]).code);

  svg.addEventListener("focusin", ({ target }) => {
    const { code } = target.dataset;
    if (!code) return;
    isStarted = true;
    target.removeAttribute("aria-hidden");
    stopAt(code);
    if (!target.matches(":focus-visible")) return;
    drawn.focus(code);
    view.reveal(countries.get(code));
    tip.show(code);
  });
  svg.addEventListener("focusout", () => {
    drawn.focus(null);
    tip.hide();
  });
  view.addEventListener("change", () => {
    const focused = svg.querySelector("[data-code]:focus-visible");
    if (focused) tip.show(focused.dataset.code);
  });
  svg.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (handleKey(event, event.target.dataset.code ?? stop)) event.preventDefault();
  });

  function handleKey({ key, shiftKey, timeStamp }, code) {
    const isTyping = timeStamp - typed.time < TYPEAHEAD_TIMEOUT;
    if (/^\p{L}$/u.test(key) || (key === " " && isTyping)) {
      typed = { letters: (isTyping ? typed.letters : "") + foldText(key), time: timeStamp };
      move(findByName(typed.letters, code));
      return true;
    }
    typed = { letters: "", time: -TYPEAHEAD_TIMEOUT };
    const arrow = ARROWS[key];
    if (arrow && shiftKey) view.pan(-arrow[0] * PAN, -arrow[1] * PAN, { smooth: true });
    else if (arrow) move(findNeighbour([...countries.values()], countries.get(code), arrow));
    else if (key === "Enter" || key === " ") open(code);
    else if (key === "+" || key === "=") view.zoom(ZOOM, view.toFrame(countries.get(code)));
    else if (key === "-") view.zoom(1 / ZOOM, view.toFrame(countries.get(code)));
    else if (key === "0") view.showAll();
    else return false;
    return true;
  }

  function move(country) {
    country?.target.focus();
  }

  function stopAt(code) {
    countries.get(stop)?.target.setAttribute("tabindex", "-1");
    countries.get(code).target.setAttribute("tabindex", "0");
    stop = code;
  }

  // The next country whose name begins with these letters; one letter again and again goes
  // through all that begin with it.
  function findByName(letters, code) {
    const isOne = new Set(letters).size === 1;
    const names = [...countries.values()]
      .map((country) => [describe(country.code).name, country])
      .filter(([name]) => foldText(name).startsWith(isOne ? letters[0] : letters))
      .sort(([a], [b]) => a.localeCompare(b, "en"));
    const here = isOne ? names.findIndex(([, country]) => country.code === code) : -1;
    return names[(here + 1) % names.length]?.[1];
  }

  function startAt(code) {
    if (!isStarted && countries.has(code)) stopAt(code);
  }

  return { stopAt, startAt };
}

// The nearest country that lies more in the arrow's direction than beside it, else the nearest
// that lies in it at all; undefined at the world's end.
export function findNeighbour(countries, from, [right, down]) {
  const near = countries
    .filter((country) => country !== from)
    .map((country) => {
      const [x, y] = [country.x - from.x, country.y - from.y];
      const along = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      return { country, along, aside, far: along + SIDEWAYS_COST * aside };
    })
    .filter(({ along }) => along > 0)
    .sort((a, b) => a.far - b.far);
  return (near.find(({ along, aside }) => aside <= along) ?? near[0])?.country;
}

function startingPoint({ bounds }) {
  return { x: bounds.left + bounds.width / 2, y: bounds.top + bounds.height / 4 };
}
