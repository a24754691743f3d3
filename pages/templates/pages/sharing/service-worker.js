// Keeps the page that is shown where there is no network, and nothing else: what is online is
// always asked for.
{% autoescape off %}
const KEPT = "offline-{{ edition }}";
const OFFLINE = {{ offline }};
const FILES = {{ files }};
{% endautoescape %}
addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  else if (isKept(request)) event.respondWith(fetch(request).catch(() => caches.match(request)));
});

async function keep() {
  const kept = await caches.open(KEPT);
  await kept.addAll(FILES);
  await skipWaiting();
}

async function forgetOthers() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith("offline-") && name !== KEPT);
  await Promise.all(others.map((name) => caches.delete(name)));
}

function isKept({ url }) {
  const { origin, pathname } = new URL(url);
  return origin === location.origin && FILES.includes(pathname);
}
