// A picture of the map with a person's films on it, made in the browser, to keep or to share.

import { openDialog } from "../shell/dialog.js";
import { button, element } from "../shell/dom.js";
import { formatCount, formatNumber } from "../shell/format.js";
import { announce } from "../shell/panel.js";

const NAME = "my-world-in-movies.png";
const OFFER = "Make an image to share";

// `figures` are those of filmStatistics(). Without a map there is no image, and the button says so.
export function shareButton(map, figures) {
  const made = button(OFFER, async () => {
    made.disabled = true;
    made.textContent = "Making the image…"; // it may have to wait for the map
    await share(map, figures);
    made.textContent = OFFER;
    made.disabled = false;
    made.focus();
  });
  return made;
}

async function share(map, figures) {
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
      passOn(blob, title),
      button("Close", () => close("")),
    ),
    element("p", { class: "quiet" }, "It was drawn by your browser: nobody has it until you share it."),
  ]);
  URL.revokeObjectURL(url);
}

// The system's own way to pass something on, where there is one for pictures.
function passOn(blob, title) {
  const data = { files: [new File([blob], NAME, { type: "image/png" })], title };
  if (!navigator.canShare?.(data)) return null;
  return button("Share…", () => navigator.share(data).catch(() => {})); // thought better of
}
