// Keeps a person's films in this browser and nowhere else, and tells the pages when they change,
// in another tab too. Where the browser keeps nothing they are there until the page is closed.

import { emptyCollection, mergeUpload, parseCollection, serialiseCollection } from "./collection.js";

const KEY = "world-in-movies/my-films";

export class Store extends EventTarget {
  films = new Map(); // by id
  files = [];
  // The files of what was added last that could not be read, with the reason; they are not kept.
  unread = [];
  // What is wrong with keeping: "", "damaged", "forbidden", "full", "no room for rows".
  trouble = "";

  constructor() {
    super();
    this.#read();
    addEventListener("storage", ({ key }) => {
      if (key === KEY || key === null) this.#read();
    });
    // A page that comes back from the browser's history has not heard of what happened since.
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.#read();
    });
  }

  get isEmpty() {
    return this.files.length === 0;
  }

  // The answer of POST /api/v1/watched/.
  add(answer) {
    this.#become(mergeUpload(this, answer, new Date().toISOString()));
    this.unread = answer.unread ?? [];
    this.trouble = this.#write();
    this.#tell();
  }

  clear() {
    this.#become(emptyCollection());
    this.unread = [];
    try {
      localStorage.removeItem(KEY);
      this.trouble = "";
    } catch {
      this.trouble = "forbidden";
    }
    this.#tell();
  }

  #read() {
    const { collection, trouble } = readStorage();
    this.#become(collection);
    this.trouble = trouble;
    this.#tell();
  }

  #become({ films, files }) {
    this.films = films;
    this.files = files;
  }

  // The trouble with it. The rows that were not placed go first: the files still have them.
  #write() {
    for (const withUnplaced of [true, false]) {
      try {
        localStorage.setItem(KEY, serialiseCollection(this, { withUnplaced }));
        return withUnplaced ? "" : "no room for rows";
      } catch (error) {
        if (error.name !== "QuotaExceededError") return "forbidden";
      }
    }
    return "full";
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

function readStorage() {
  let text;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    return { collection: emptyCollection(), trouble: "forbidden" };
  }
  try {
    return { collection: text === null ? emptyCollection() : parseCollection(text), trouble: "" };
  } catch {
    return { collection: emptyCollection(), trouble: "damaged" };
  }
}
