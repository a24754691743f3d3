// On the first page: how much of each continent a person has seen.

import { shadeByMarks } from "../map/shading.js";
import { formatNumber } from "../shell/content.js";

const SEEN = /^seen/; // the shades of a country of which a person has seen a film

// How much of each continent a person has seen: the ring beside its name, and its countries' tiles.
export function showProgress(panel, map) {
  const seen = seenCountries(map);
  for (const section of panel.querySelectorAll("[data-continent]")) {
    section.querySelector(".ring").toggleAttribute("hidden", !map.marks);
    const tiles = [...section.querySelectorAll(".tiles [data-code]")];
    for (const tile of tiles) tile.classList.toggle("is-seen", seen.has(tile.dataset.code));
    const count = tiles.filter((tile) => seen.has(tile.dataset.code)).length;
    const share = tiles.length ? (100 * count) / tiles.length : 0;
    section.querySelector(".ring-seen").setAttribute("stroke-dasharray", `${share} 100`);
    section.querySelector(".progress").textContent = map.marks && tiles.length ? `${formatNumber(count)} of ${formatNumber(tiles.length)} seen` : "";
  }
}

// The codes of the countries of which somebody has seen a film.
function seenCountries(map) {
  if (!map.marks) return new Set();
  const codes = [...map.countries.keys()];
  const { shadeOf } = shadeByMarks(map.marks, new Map(), codes);
  return new Set(codes.filter((code) => SEEN.test(shadeOf(code))));
}
