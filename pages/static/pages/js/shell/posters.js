// Removes poster images that fail to load, so that the stand-in below shows and no broken picture.

export function removeBrokenPosters() {
  const remove = ({ target }) => target.matches?.(".cover img") && target.remove();
  // An image's error does not bubble.
  document.addEventListener("error", remove, { capture: true });
  for (const image of document.querySelectorAll(".cover img")) {
    if (image.complete && image.naturalWidth === 0) image.remove();
  }
}
