// Keeps the pages that have been visited, and the one that is shown where another is not to be had,
// for when there is no network: what is online is always asked for first.
{% autoescape off %}
const KEPT = "offline-{{ edition }}";
const OFFLINE = {{ offline }};
const FILES = {{ files }};
const PARTS = {{ parts }};
{% endautoescape %}
const VISITED = "visited"; // as offline/register.js has it
const MOST_VISITED = 400; // pages, and the files and answers that they are made of

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(Promise.all([forgetOthers(), clients.claim()])));

addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(answer(event));
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

async function answer(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (isOfPage(request, response)) event.waitUntil(remember(request, response.clone()));
    return response;
  } catch (error) {
    const found = await caches.match(request, { ignoreVary: true });
    const instead = request.mode === "navigate" ? await caches.match(OFFLINE) : null;
    if (found ?? instead) return found ?? instead;
    throw error;
  }
}

// A page that is anybody's, or what one is made of: neither /admin nor a list that is downloaded.
function isOfPage({ url }, { ok, redirected, headers }) {
  const isPublic = /\bpublic\b/.test(headers.get("Cache-Control") ?? "");
  const isPage = headers.get("Content-Type")?.startsWith("text/html");
  const { pathname } = new URL(url);
  return ok && !redirected && isPublic && (isPage || PARTS.some((part) => pathname.startsWith(part)));
}

async function remember(request, response) {
  const visited = await caches.open(VISITED);
  await visited.put(request.url, response);
  const all = await visited.keys(); // those that were put first, first
  await Promise.all(all.slice(0, -MOST_VISITED).map((one) => visited.delete(one)));
}
