// The beginning of a person's own films on every page: nearly nothing, until there are any, or a
// film is marked, a file is added, or a page is about them.

import { element } from "../shell/content.js";
import { sayFailed } from "../shell/navigation.js";

// As store/store.js has them.
const KEY = "world-in-movies/my-films";
const UNREADABLE_KEY = "world-in-movies/my-films-unreadable";
const MY_FILMS = "[data-my-films]";
const MY_YEAR = "[data-my-year]";
const NEXT = "[data-next]";
const BUTTONS = "button[data-mark]";
const FIELDS = ":is(select, input)[data-mark]";
const FILES = "#film-files";
const RESTORES = "[data-restores]";
const SHARED_MAP = "#map="; // as share/map-link.js has it
const NO_FILMS = { films: new Map(), isEmpty: true };

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
  const withFilms = async (use, what = "Your films") => {
    try {
      await use(await load());
    } catch (error) {
      if (!signal.aborted) loading = null; // it has not come: the next use tries again
      console.warn(error);
      document.documentElement.removeAttribute("data-awaits-films"); // the page without them, then
      sayFailed(what);
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
  const add = (files) => withFilms(({ uploader }) => uploader.add(files), "Adding films");
  const addChosen = (input) => {
    const files = [...input.files];
    input.value = ""; // so that the same file can be chosen again
    if (files.length) add(files);
  };
  const chooseBackup = () => {
    const input = element("input", { type: "file", accept: ".json,application/json", onchange: () => addChosen(input) });
    input.click();
  };
  // What was chosen before this module was there.
  const takeOver = () => document.querySelectorAll(FILES).forEach(addChosen);
  const enter = () => {
    if (panel.matches(MY_FILMS) && hasFilms()) import("./page.js").catch(() => {}); // beside the others
    if (hasFilms() || needsFilms(panel)) withFilms(() => {});
    else if (panel.matches(NEXT)) showNext(panel, map);
  };

  document.addEventListener("change", ({ target }) => target.matches?.(FILES) && addChosen(target));
  document.addEventListener("click", ({ target }) => target.closest?.(RESTORES) && chooseBackup());
  document.addEventListener("panel", takeOver);
  document.addEventListener("click", (event) => use(event, BUTTONS), { signal });
  document.addEventListener("change", (event) => use(event, FIELDS), { signal });
  document.addEventListener("panel", enter, { signal });
  addEventListener("hashchange", enter, { signal });
  addEventListener("storage", ({ key }) => key === KEY && withFilms(() => {}), { signal });
  startDropzone({ onFiles: add, onFolder: () => withFilms(({ uploader }) => uploader.refuseFolder(), "Adding films") });
  enter();
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

// Whether the page has something to show or to say to somebody who may have no films.
function needsFilms(panel) {
  if (panel.matches(MY_YEAR)) return true;
  return panel.matches(MY_FILMS) && (location.hash.startsWith(SHARED_MAP) || isStorageOdd());
}

// What was kept cannot be read, or nothing can be kept.
function isStorageOdd() {
  try {
    return localStorage.getItem(UNREADABLE_KEY) !== null;
  } catch {
    return true;
  }
}

// For whoever has no films it needs nothing of what keeps them.
async function showNext(panel, map) {
  try {
    const { createPage } = await import("../next/page.js");
    await createPage(panel, { store: NO_FILMS, map })();
  } catch (error) {
    console.warn(error);
    sayFailed("This page");
  }
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
