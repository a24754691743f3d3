// What adds files to a person's films, loaded when there may be some.

export class LazyUploader {
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
