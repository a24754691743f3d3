// The dialog with the link to somebody's map, to be copied or passed on.

import { openDialog } from "../shell/dialog.js";
import { button, element } from "../shell/dom.js";
import { announce } from "../shell/panel.js";
import { MY_FILMS } from "../shell/urls.js";
import { encodeMap } from "./map-link.js";

// `marks` is what countByCountry() gives.
export function shareLinkButton(marks) {
  return button("Share by a link", () => share(`${location.origin}${MY_FILMS}#${encodeMap(marks)}`));
}

function share(address) {
  const field = element("input", { id: "shared-link", readonly: true, value: address, onfocus: () => field.select() });
  const said = element("span", { class: "quiet", role: "status" });
  return openDialog("A link to your map", (close) => [
    element("p", {}, "Whoever opens it sees which countries you have seen a film from, and which you want one from, beside their own."),
    element("p", {}, element("label", { class: "wide", for: field.id }, "The link"), field),
    element(
      "div",
      { class: "actions" },
      button("Copy", () => copy(field, said), { class: "primary" }),
      passOn(address),
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

function passOn(url) {
  if (!navigator.share) return null;
  return button("Share…", () => navigator.share({ title: "My World in Movies", url }).catch(() => {})); // thought better of
}
