// The store of this page: one for all modules that show or change somebody's films.

import { Store } from "./store.js";

export const store = new Store();
