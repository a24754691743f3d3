// Has the browser keep the pages that are visited, and the offline page; says where one is shown
// that was kept.

import { element } from "../shell/content.js";

const VISITED = "visited"; // as the service worker has it

// Browsers have it where the site is served over https, and on localhost.
export async function registerWorker() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  for (const change of ["online", "offline"]) addEventListener(change, sayOffline);
  sayOffline();
  const isNew = !serviceWorker.controller;
  await serviceWorker.register(document.querySelector("[data-worker]").dataset.worker);
  await serviceWorker.ready;
  if (isNew) await keepPage();
}

// The page that is shown has come without the worker, and so has all that it is made of.
async function keepPage() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = loaded.filter(({ origin }) => origin === location.origin).map(({ href }) => href);
  const page = new URL(location.href);
  page.hash = "";
  const visited = await caches.open(VISITED);
  await Promise.allSettled([...new Set([page.href, ...ours])].map((address) => visited.add(address)));
}

function sayOffline() {
  document.querySelector(".offline-note")?.remove();
  if (navigator.onLine) return;
  const words = "You are offline: pages where you have been before are shown as they were then.";
  document.querySelector(".sheet").before(element("p", { class: "note small offline-note", role: "status" }, words));
}
