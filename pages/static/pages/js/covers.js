// A poster that does not come leaves its stand-in to be seen, and not a broken picture.

export function startCovers() {
  const remove = ({ target }) => target.matches?.(".cover img") && target.remove();
  // An image's error does not bubble.
  document.addEventListener("error", remove, { capture: true });
  for (const image of document.querySelectorAll(".cover img")) {
    if (image.complete && image.naturalWidth === 0) image.remove();
  }
}
