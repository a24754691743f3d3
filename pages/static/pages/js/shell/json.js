// What fetches JSON, by the name under which the modules of one's own films know it.

export { fetchJson } from "./fetch.js";
