// A film to be seen: its poster or a stand-in, its title, year and rating, and the marks of it.

import { markControls } from "../marks/controls.js";
import { element } from "../shell/dom.js";
import { formatRating } from "../shell/format.js";
import { filmUrl, posterUrl } from "../shell/urls.js";

export function filmCard(film, { isLarge = false } = {}) {
  const { id, name, year, runtime, world, poster, isWanted, hasFewVotes, facts } = film;
  const told = [
    year ?? "year not known",
    runtime ? `${runtime} min` : "",
    world === null ? "not rated" : formatRating(world),
    hasFewVotes ? "few votes" : "",
  ];
  return element(
    "div",
    { class: isLarge ? "film-card large" : "film-card beside" },
    cover(name, poster),
    element(
      "div",
      { class: "about" },
      element("a", { href: filmUrl(id), dir: "auto" }, name),
      element("p", { class: "quiet" }, told.filter(Boolean).join(" · ")),
      isWanted ? element("span", { class: "badge" }, "wanted") : null,
      markControls(facts),
    ),
  );
}

// As poster.html has it: the name shows where there is no poster, or it does not come.
function cover(name, poster) {
  const address = (width) => `${posterUrl(poster, width)} ${width}w`;
  const image = poster
    ? element("img", {
        src: posterUrl(poster, 154),
        srcset: [154, 342].map(address).join(", "),
        sizes: "9rem",
        width: 154,
        height: 231,
        alt: "",
        loading: "lazy",
        decoding: "async",
      })
    : null;
  return element("span", { class: "cover", "aria-hidden": "true" }, element("span", { class: "stand-in" }, name), image);
}
