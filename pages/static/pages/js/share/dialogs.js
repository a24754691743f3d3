// The dialogs with which somebody's map is shared: as a link, to be copied or passed on, and as a picture
// with their films on it, made in the browser.

import { button, element, formatCount, formatNumber } from "../shell/content.js";
import { openDialog } from "../shell/dialog.js";
import { announce } from "../shell/navigation.js";
import { MY_FILMS } from "../shell/site.js";
import { encodeMap } from "./map-link.js";

const NAME = "my-world-in-movies.png";

// `marks` is what countByCountry() gives.
export function shareLink(marks) {
  const address = `${location.origin}${MY_FILMS}#${encodeMap(marks)}`;
  const field = element("input", { id: "shared-link", readonly: true, value: address, onfocus: () => field.select() });
  const said = element("span", { class: "quiet", role: "status" });
  return openDialog("A link to your map", (close) => [
    element("p", {}, "Whoever opens it sees which countries you have seen a film from, and which you want one from, beside their own."),
    element("p", {}, element("label", { class: "wide", for: field.id }, "The link"), field),
    element(
      "div",
      { class: "actions" },
      button("Copy", () => copy(field, said), { class: "primary" }),
      passOnButton({ title: "My World in Movies", url: address }),
      button("Close", () => close("")),
      said,
    ),
    element("p", { class: "quiet" }, "The map is in the link itself: nobody stores it, and it knows none of your films."),
  ]);
}

async function copy(field, said) {
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied.";
  } catch {
    field.focus(); // and so selects it
    said.textContent = "Copy what is selected, by Ctrl and C.";
  }
  announce(said.textContent);
}

// `figures` are those of filmStatistics(). Without a map there is no image, and the dialog says so.
export async function shareImage(map, figures) {
  const words = wordsOn(figures);
  const image = await map.image(words).catch(() => null);
  await (image ? show(image, words) : apologise());
}

function apologise() {
  return openDialog("There is no image", (close) => [
    element("p", {}, "The map could not be drawn, so there is no picture of it."),
    button("Close", () => close("")),
  ]);
}

function wordsOn({ seenCountries, allCountries, seenFilms, formerStates, wantedFilms }) {
  const films = [
    `${formatCount(seenFilms, "film")} seen`,
    formerStates.length ? `${formatCount(formerStates.length, "former state")} besides` : "",
    wantedFilms ? `${formatNumber(wantedFilms)} wanted` : "",
  ];
  return {
    title: `I have seen films from ${formatNumber(seenCountries)} of ${formatCount(allCountries, "country")}`,
    lines: [films.filter(Boolean).join(" · "), `World in Movies · ${location.host}`],
  };
}

async function show(blob, { title, lines }) {
  const url = URL.createObjectURL(blob);
  announce("The image is made.");
  await openDialog("Your map", (close) => [
    element("img", { src: url, class: "shared-image", alt: `Map of the world. ${title}. ${lines.join(" ")}.` }),
    element(
      "div",
      { class: "actions" },
      element("a", { href: url, download: NAME, class: "button" }, "Download the image"),
      passOnButton({ files: [new File([blob], NAME, { type: "image/png" })], title }),
      button("Close", () => close("")),
    ),
    element("p", { class: "quiet" }, "It was drawn by your browser: nobody has it until you share it."),
  ]);
  URL.revokeObjectURL(url);
}

// The system's own way to pass something on, where there is one for this.
function passOnButton(data) {
  if (!navigator.canShare?.(data)) return null;
  return button("Share…", () => navigator.share(data).catch(() => {})); // thought better of
}
