// The beginning of a person's own films on every page: nearly nothing, until there are any, or a
// film is marked, a file is added, or a page is about them.

import { element } from "../shell/dom.js";
import { announce } from "../shell/panel.js";

const KEY = "world-in-movies/my-films"; // as store/store.js has it
const MY_FILMS = "[data-my-films]";
const PAGES = `${MY_FILMS}, [data-my-year], [data-next]`;
const BUTTONS = "button[data-mark]";
const FIELDS = ":is(select, input)[data-mark]";
const FILES = "#film-files";

// To be called once. `map` is the page's map.
export function startMyFilms({ map }) {
  const panel = document.querySelector("#panel");
  const untilThere = new AbortController();
  const { signal } = untilThere;
  let loading = null;
  const load = () => {
    loading ??= import("./own-films.js").then(({ startOwnFilms }) => {
      untilThere.abort(); // from here on it listens itself
      return startOwnFilms({ map, panel });
    });
    return loading;
  };
  const withFilms = async (use) => {
    try {
      await use(await load());
    } catch (error) {
      if (!signal.aborted) loading = null; // it has not come: the next use tries again
      console.warn(error);
      sayFailed();
    }
  };
  const use = ({ target }, selector) => {
    const control = target.closest?.(selector);
    if (!control) return;
    const { value } = control;
    withFilms((own) => {
      control.value = value; // what was chosen: the marks have been shown anew since
      own.use(control);
    });
  };
  const addChosen = (input) => {
    const files = [...input.files];
    input.value = ""; // so that the same file can be chosen again
    if (files.length) withFilms(({ uploader }) => uploader.add(files));
  };
  // What was chosen before this module was there.
  const takeOver = () => document.querySelectorAll(FILES).forEach(addChosen);
  const takeFiles = () =>
    startDropzone({
      onFiles: (files) => withFilms(({ uploader }) => uploader.add(files)),
      onFolder: () => withFilms(({ uploader }) => uploader.refuseFolder()),
    });

  document.addEventListener("change", ({ target }) => target.matches?.(FILES) && addChosen(target));
  document.addEventListener("panel", takeOver);
  document.addEventListener("click", (event) => use(event, BUTTONS), { signal });
  document.addEventListener("change", (event) => use(event, FIELDS), { signal });
  document.addEventListener("panel", () => panel.matches(PAGES) && withFilms(() => {}), { signal });
  addEventListener("storage", ({ key }) => key === KEY && withFilms(() => {}), { signal });
  if (panel.matches(MY_FILMS)) {
    // Where files are likely to be added, what this needs is there first, with or without a network.
    withFilms(({ uploader }) => uploader.load()).finally(takeFiles);
  } else {
    takeFiles();
    if (hasFilms() || panel.matches(PAGES)) withFilms(() => {});
  }
  takeOver();
}

// Whether this browser keeps any, without loading what reads them.
export function hasFilms() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function sayFailed() {
  const words = "What keeps your films could not be loaded: try again, or load the page again.";
  document.documentElement.removeAttribute("data-awaits-films"); // the page without them, then
  document.querySelector(".not-loaded")?.remove();
  document.body.append(element("p", { class: "problem not-loaded" }, words));
  announce(words);
}

// Files can be dropped anywhere on any page: a cover says so while they are above it.
// `onFiles` gets what was dropped, `onFolder` is called where that is nothing but folders.
function startDropzone({ onFiles, onFolder }) {
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
