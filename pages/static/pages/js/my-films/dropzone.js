// Files can be dropped anywhere on any page: a cover says so while they are above it.

import { element } from "../shell/dom.js";

// `onFiles` gets what was dropped, `onFolder` is called where that is nothing but folders.
export function startDropzone({ onFiles, onFolder }) {
  const cover = document.body.appendChild(
    element("div", { class: "drop-cover", hidden: true }, element("p", {}, "Drop your IMDb or Letterboxd file to add its films")),
  );
  // A picture of the page that is dragged about claims to be a file, too.
  let isOfThePage = false;
  document.addEventListener("dragstart", () => (isOfThePage = true));
  document.addEventListener("dragend", () => (isOfThePage = false));
  const carriesFiles = ({ dataTransfer }) => !isOfThePage && (dataTransfer?.types.includes("Files") ?? false);

  document.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    cover.hidden = false;
  });
  // Without it the browser would open the file instead.
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    if (relatedTarget === null) cover.hidden = true; // out of the window, not into another element
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    cover.hidden = true;
    const { files, hasFolder } = contentOf(event.dataTransfer);
    if (files.length || !hasFolder) onFiles(files);
    else onFolder();
  });
}

// The files, and whether there are folders among them, which stay where they are.
function contentOf({ items }) {
  const dropped = [...items].filter(({ kind }) => kind === "file");
  const isFolder = (item) => item.webkitGetAsEntry?.()?.isDirectory ?? false;
  const files = dropped.filter((item) => !isFolder(item)).map((item) => item.getAsFile());
  return { files, hasFolder: dropped.some(isFolder) };
}
