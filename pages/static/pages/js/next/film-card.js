// A film to be seen: its poster or a stand-in, its title, year and rating.

import { element } from "../shell/dom.js";
import { formatRating } from "../shell/format.js";
import { filmUrl, posterUrl } from "../shell/urls.js";

export function filmCard({ id, name, year, world, poster, isWanted, hasFewVotes }, { isLarge = false } = {}) {
  const facts = [year ?? "year not known", world === null ? "not rated" : formatRating(world), ...(hasFewVotes ? ["few votes"] : [])].join(" · ");
  return element(
    "div",
    { class: isLarge ? "film-card large" : "film-card" },
    cover(name, poster, isLarge),
    element(
      "div",
      {},
      element("a", { href: filmUrl(id), dir: "auto" }, name),
      element("p", { class: "quiet" }, facts),
      isWanted ? element("span", { class: "badge" }, "on your list") : null,
    ),
  );
}

// As poster.html has it: the name shows where there is no poster, or it does not come.
function cover(name, poster, isLarge) {
  const address = (width) => `${posterUrl(poster, width)} ${width}w`;
  const image = poster
    ? element("img", {
        src: posterUrl(poster, 154),
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
