// A film to be seen: its poster or a stand-in, its title, year and rating.

import { filmPage, posterAddress } from "./addresses.js";
import { element } from "./elements.js";
import { rating } from "./words.js";

export function filmCard({ id, name, year, world, poster, isWanted }, { isLarge = false } = {}) {
  const facts = [year ?? "year not known", world === null ? "not rated" : rating(world)].join(" · ");
  return element(
    "div",
    { class: isLarge ? "film-card large" : "film-card" },
    cover(name, poster, isLarge),
    element(
      "div",
      {},
      element("a", { href: filmPage(id), dir: "auto" }, name),
      element("p", { class: "quiet" }, facts),
      isWanted ? element("span", { class: "badge" }, "on your list") : null,
    ),
  );
}

// As cover.html has it: the name shows where there is no poster, or it does not come.
function cover(name, poster, isLarge) {
  const address = (width) => `${posterAddress(poster, width)} ${width}w`;
  const image = poster
    ? element("img", {
        src: posterAddress(poster, 154),
        srcset: [154, 342].map(address).join(", "),
        sizes: isLarge ? "9rem" : "(min-width: 64rem) 10rem, 30vw",
        width: 154,
        height: 231,
        alt: "",
        loading: "lazy",
        decoding: "async",
      })
    : null;
  return element("span", { class: "cover", "aria-hidden": "true" }, element("span", { class: "stand-in" }, name), image);
}
