// The map on all of a small screen, until it is closed again, by Back or Escape too.

import { openOverlay } from "../shell/overlay.js";

// Opens it, filled by the part of the world that is in view.
export async function openMap(section, opener, view) {
  const set = (isOpen) => {
    section.classList.toggle("is-open", isOpen);
    opener.setAttribute("aria-pressed", isOpen);
    opener.textContent = isOpen ? "Close" : "Larger";
  };
  const wasWhole = view.isWhole;
  const close = await openOverlay(() => {
    set(false);
    if (wasWhole) view.showAll({ smooth: false });
    opener.removeEventListener("click", close);
  });
  set(true);
  view.fill();
  opener.addEventListener("click", close);
}
