// A person's own films, once there is something to do with them: marks and badges on all pages,
// the map that shows them, the files that add to them, and the pages that are about them.

import { startBadges, startMarks } from "../marks/marks.js";
import { startUndoBar } from "../marks/undo-bar.js";
import { button, element } from "../shell/content.js";
import { Store } from "../store/store.js";
import { MyFilmsMap } from "./map.js";

// The modules that bring a page of this kind up to date.
const PAGES = {
  "[data-my-films]": () => import("./page.js"),
  "[data-my-year]": () => import("../year/page.js"),
  "[data-next]": () => import("../next/page.js"),
};

// To be called once. `use` is what a control of a film does, `uploader` adds files.
export function startOwnFilms({ map, panel }) {
  const store = new Store();
  const uploader = new LazyUploader(store);
  const site = { store, map: new MyFilmsMap(map, store), uploader };
  let update = () => {};
  const takeOver = async () => {
    update = () => {};
    site.map.show(null);
    const page = panel.firstElementChild;
    const isShown = () => panel.firstElementChild === page; // or another one has come
    awaitFilms(!store.isEmpty);
    try {
      const create = await pageOf(panel);
      if (!create || !isShown()) return;
      update = create(panel, site);
      await update();
    } catch (error) {
      console.warn(error);
      page.after(notLoaded());
    } finally {
      if (isShown()) awaitFilms(false);
    }
  };
  document.addEventListener("panel", takeOver);
  store.addEventListener("change", () => update());
  startBadges(panel, store);
  startUndoBar(store);
  const use = startMarks(store);
  takeOver();
  return { use, uploader };
}

// Until then a page is not laid out that would be another one with them: css/my-films.css. Before this
// is there, the page says it itself (templatetags/head_scripts.py).
function awaitFilms(isAwaiting) {
  document.documentElement.toggleAttribute("data-awaits-films", isAwaiting);
}

// A module that has not come is asked for anew only by another load of the page.
function notLoaded() {
  const again = button("Load the page again", () => location.reload());
  return element("div", {}, element("p", { class: "problem", role: "alert" }, "This page could not be loaded as a whole."), again);
}

// What makes the function that brings the page in the panel up to date; null for most.
async function pageOf(panel) {
  for (const [selector, load] of Object.entries(PAGES)) {
    if (panel.matches(selector)) return (await load()).createPage;
  }
  return null;
}

// What adds files to a person's films, loaded when there may be some.
class LazyUploader {
  #store;
  #loading = null;

  constructor(store) {
    this.#store = store;
  }

  async add(files) {
    if (files.length === 0) return;
    // The switch of the page that is shown: nothing stays on that cannot be seen.
    const listsAreSeen = document.querySelector("#lists-are-seen")?.checked ?? false;
    const uploader = await this.load();
    await uploader.add(files, { listsAreSeen });
  }

  async refuseFolder() {
    (await this.load()).refuseFolder();
  }

  load() {
    this.#loading ??= import("./uploader.js").then(({ Uploader }) => new Uploader(this.#store));
    this.#loading.catch(() => (this.#loading = null));
    return this.#loading;
  }
}
