// Dialogs above the page: the browser keeps the focus in them and Escape closes them.

import { button, element } from "./content.js";

let made = 0;

// Opens it; `fill` gets the function that closes it, with what it says then, and gives its content.
// The promise is of what it was closed with: "" for Escape.
export function openDialog(title, fill) {
  made += 1;
  const heading = element("h2", { id: `dialog-${made}` }, title);
  const shown = element("dialog", { "aria-labelledby": heading.id }, heading);
  shown.append(...fill((value) => shown.close(value)));
  document.body.append(shown);
  shown.showModal();
  return new Promise((resolve) => {
    shown.addEventListener("close", () => {
      shown.remove();
      resolve(shown.returnValue);
    });
  });
}

// Whether the reader says yes to the question.
export async function confirmInDialog(title, question, yes) {
  const answer = await openDialog(title, (close) => [
    element("p", {}, question),
    element("div", { class: "actions" }, button("Cancel", () => close("")), button(yes, () => close("yes"), { class: "danger" })),
  ]);
  return answer === "yes";
}
