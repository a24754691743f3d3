// What lies above the page and is closed by Back, as by Escape: each has an entry of the history of
// its own, which is the page's but for how many lie above it by then.

import { leaveOverlays } from "./navigation.js";

const open = []; // from the lowest to the topmost, each what closes it
let leaving = Promise.resolve();

// Opens one: `close` is called once, by whatever closes it. Gives the function that does.
export async function openOverlay(close) {
  await leaving;
  const overlay = { close };
  open.push(overlay);
  history.pushState({ ...history.state, overlays: open.length }, "");
  return () => closeFrom(open.indexOf(overlay));
}

// Closes it, and those above it, and leaves their entries.
function closeFrom(index) {
  if (index < 0) return;
  const closed = open.splice(index).reverse();
  for (const { close } of closed) close();
  leaving = leaveOverlays(closed.length);
}

addEventListener("popstate", ({ state }) => {
  for (const { close } of open.splice(state?.overlays ?? 0).reverse()) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || open.length === 0) return;
  closeFrom(open.length - 1);
});
document.addEventListener("panel", () => {
  for (const { close } of open.splice(0).reverse()) close();
});
