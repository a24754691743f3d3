// The shelf of films on the first page: other nine, and those of a time.

import { announce } from "../shell/navigation.js";
import { fetchText } from "../shell/site.js";

const SETTLED = 400; // milliseconds after which a time is no longer being chosen
let settling = 0;

// The next nine take the place of those that are there.
export async function showOthers(link) {
  const list = await load(link, link.href);
  announce(`Films from ${[...list.querySelectorAll(".from")].map((one) => one.textContent.trim()).join(", ")}`);
}

// The first nine of this time, {since, until} or null for all, once it has been chosen; those that
// are there stay where they are of it already, and where nobody answers.
export function showTime(time) {
  clearTimeout(settling);
  settling = setTimeout(async () => {
    const link = document.querySelector("a[data-replaces]");
    if (!link) return;
    const shown = new URL(link.href);
    const years = time ? [`${time.since}`, `${time.until}`] : [null, null];
    if (["from", "to"].every((name, at) => shown.searchParams.get(name) === years[at])) return;
    shown.search = time ? new URLSearchParams({ from: time.since, to: time.until }) : "";
    await load(link, shown.href).catch((error) => console.warn(error));
  }, SETTLED);
}

// Puts in what the shelf has at this address, and gives the list.
async function load(link, address) {
  link.setAttribute("aria-busy", "true");
  try {
    const { text } = await fetchText(address);
    const page = new DOMParser().parseFromString(text, "text/html");
    const list = document.querySelector(link.dataset.replaces);
    const found = page.querySelector(link.dataset.replaces);
    list.replaceChildren(...(found?.children ?? []));
    list.scrollTo({ left: 0 });
    if (found) link.href = page.querySelector(`#${link.id}`).href;
    return list;
  } finally {
    link.removeAttribute("aria-busy");
  }
}
