// Removes pictures that fail to load, so that what stands in for them shows and no broken picture.

const PICTURES = ".cover img, .portrait img, .backdrop img, .offers img";

export function removeBrokenPosters() {
  // An image's error does not bubble.
  document.addEventListener("error", ({ target }) => target.matches?.(PICTURES) && remove(target), { capture: true });
  for (const image of document.querySelectorAll(PICTURES)) {
    if (image.complete && image.naturalWidth === 0) remove(image);
  }
}

function remove(image) {
  // Nothing stands in for a backdrop.
  (image.closest(".backdrop") ?? image).remove();
}
