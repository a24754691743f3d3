// Keeps the imports page current: asks how far the running import is and writes the answer into
// the page; when more than that may have changed, fetches the page itself and renews its parts.

const ACTIVE_MS = 1000;
const IDLE_MS = 2000;
const LONGEST_MS = 30000;
// The figures and the list of runs, while an import is active.
const RENEWAL_MS = 15000;

const panel = document.getElementById("live");
const progress = panel.querySelector("progress");
const status = panel.querySelector("[role=status]");
const trouble = document.getElementById("live-trouble");
const cancel = panel.querySelector("form");
let revision = panel.dataset.revision;
let announced = "";
let pause = IDLE_MS;
let renewed = performance.now();
// The part that kept the focus while the others were renewed: its turn comes when it has lost it.
let skipped = null;

function show(live) {
  for (const element of panel.querySelectorAll("[data-text]")) {
    setText(element, live[element.dataset.text] ?? "");
  }
  for (const element of panel.querySelectorAll("[data-show]")) {
    element.hidden = !live[element.dataset.show];
  }
  for (const element of document.querySelectorAll("[data-idle]")) {
    element.disabled = live.active;
  }
  panel.querySelector(".dot").classList.toggle("dot-off", live.nobody);
  if (live.percent == null) progress.removeAttribute("value");
  else progress.value = live.percent;
  if (cancel) showCancel(live);
  announce(live);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function showCancel(live) {
  const button = cancel.querySelector("button");
  cancel.elements.run.value = live.run ?? "";
  button.disabled = Boolean(live.cancelling);
  setText(button, live.cancelling ? "Cancelling …" : "Cancel");
}

// Read aloud: what begins and ends, and every tenth in between; not every second.
function announce(live) {
  const tenths = live.percent == null ? "" : `, ${Math.floor(live.percent / 10) * 10} %`;
  const words = live.running ? `${live.headline}: ${live.step}${tenths}` : live.headline;
  if (announced && words !== announced) status.textContent = words;
  announced = words;
}

async function renew() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  if (response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  skipped = null;
  for (const part of document.querySelectorAll("[data-renewed], #changelist-form")) {
    const fresh = page.getElementById(part.id);
    if (!fresh) continue;
    if (part.contains(document.activeElement)) {
      skipped = part;
      continue;
    }
    const open = part.querySelector("details")?.open;
    part.replaceChildren(...fresh.childNodes);
    if (open) part.querySelector("details").open = true;
  }
  renewed = performance.now();
}

async function ask() {
  const response = await fetch(panel.dataset.url, { headers: { Accept: "application/json" } });
  if (response.redirected || response.status === 403) return leave();
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const live = await response.json();
  const isOld = live.active && performance.now() - renewed > RENEWAL_MS;
  const isLeft = skipped && !skipped.contains(document.activeElement);
  show(live);
  if (live.revision !== revision || isOld || isLeft) await renew();
  revision = live.revision; // what the page shows now, and not before it does
  trouble.hidden = true;
  pause = live.active ? ACTIVE_MS : IDLE_MS;
  return true;
}

function leave() {
  trouble.textContent = "You are no longer logged in: reload the page to go on.";
  trouble.hidden = false;
  return false;
}

async function watch() {
  let goOn = true;
  try {
    if (!document.hidden) goOn = await ask();
  } catch (error) {
    pause = Math.min(pause * 2, LONGEST_MS);
    trouble.textContent = `What is shown here is not current: ${error.message}. Trying again …`;
    trouble.hidden = false;
  }
  if (goOn) setTimeout(watch, pause);
}

watch();
