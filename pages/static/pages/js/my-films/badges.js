// Says of the films in a page's lists which of them are seen or wanted.

import { element } from "../shell/dom.js";

// Keeps it so for all that is in the panel, or gets there later.
export function startBadges(panel, store) {
  const mark = () => updateBadges(panel, store.films);
  store.addEventListener("change", mark);
  new MutationObserver(mark).observe(panel, { childList: true, subtree: true });
  mark();
}

function updateBadges(panel, films) {
  for (const entry of panel.querySelectorAll("[data-film-id]")) {
    const film = films.get(Number(entry.dataset.filmId));
    const words = film ? badgeText(film) : "";
    const there = entry.querySelector(".badge");
    if ((there?.textContent ?? "") === words) continue; // or the observer would see it for ever
    there?.remove();
    if (words) (entry.querySelector("[data-badges]") ?? entry).append(element("span", { class: "badge" }, words));
  }
}

function badgeText({ seen, rating }) {
  if (!seen) return "wanted";
  return rating === null ? "seen" : `seen, you gave it ${rating}`;
}
