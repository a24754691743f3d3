// On a country's page, what a person has seen of it.

import { mineOf } from "../map/card.js";

// To be called once; it sees to every country's page.
export function startOwnProgress(map) {
  const show = () => {
    const place = document.querySelector("[data-own-progress]");
    if (!place) return;
    const words = mineOf(map, place.dataset.ownProgress);
    place.textContent = words ? `Of its films: ${words}.` : map.marks ? "You have seen none of its films yet." : "";
    place.hidden = place.textContent === "";
  };
  document.addEventListener("panel", show);
  map.addEventListener("marks", show);
  map.addEventListener("countries", show);
  show();
}
