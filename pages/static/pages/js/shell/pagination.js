// "Show more" below a list: the next page's films are put behind those that are there.

import { formatCount } from "./content.js";
import { announce } from "./navigation.js";
import { fetchText, messageOf } from "./site.js";

// `link` is the one that has been pressed.
export async function appendPage(link) {
  if (link.getAttribute("aria-disabled") === "true") return;
  const place = link.closest(".more");
  // Found now: when the answer comes, another page's list may be the one that is shown.
  const list = link.closest("section").querySelector(link.dataset.appends);
  const words = place.querySelector("[role=status]");
  const said = link.textContent;
  link.setAttribute("aria-disabled", "true");
  link.textContent = "Loading…";
  words.textContent = "";
  try {
    const { text } = await fetchText(link.href);
    const page = new DOMParser().parseFromString(text, "text/html");
    const entries = [...page.querySelector(link.dataset.appends).children];
    // Its heading stands there already.
    const isKnown = (entry) => entry.matches(".few-votes") && list.querySelector(".few-votes");
    const added = entries.filter((entry) => !isKnown(entry));
    const films = added.filter((entry) => entry.matches(".film"));
    const rest = page.querySelector(".more");
    const isShown = place.isConnected;
    list.append(...added);
    place.replaceWith(...(rest ? [rest] : []));
    if (!isShown) return;
    films[0].querySelector("a")?.focus();
    announce(formatCount(films.length, "more film"));
  } catch (error) {
    words.textContent = messageOf(error);
    link.textContent = said;
    link.removeAttribute("aria-disabled");
  }
}
