// The row of decades below the map of the first page: two handles choose a time, and so does a press
// on a bar; the play button goes through them one after the other.

import { timeName } from "../map/shading.js";
import { formatCount } from "../shell/content.js";

const STEP = 10; // years
const PACE = 900; // milliseconds that a decade is shown when they are played

// `choose` is called with {since, until}, decades by their first years, or null for all times, by what
// that was chosen ("handles", "bar", "play"), and whether they are being played. Gives {read(), asked(),
// show(time)}: what the page in the panel says, what the address does, and what the page is to say.
export function startDecades(panel, choose) {
  let timer = 0;
  const part = (name) => panel.querySelector(`.decades .${name}`);

  panel.addEventListener("input", ({ target }) => {
    if (!target.matches(".decades input")) return;
    stop();
    set(read(), "handles");
  });
  panel.addEventListener("click", ({ target }) => {
    if (target.closest?.(".decades .play")) timer ? stop() : play();
    else if (target.closest?.(".decades .all-times")) (stop(), set(null, "bar"));
    else if (target.closest?.(".decade-bars [data-decade]")) (stop(), press(target.closest("[data-decade]")));
  });
  panel.addEventListener("submit", (event) => event.target.matches(".decades") && event.preventDefault());
  document.addEventListener("panel", stop);

  // The handles may have passed one another.
  function read() {
    const form = panel.querySelector(".decades");
    if (!form) return null;
    return between(form, [...form.querySelectorAll("input")].map(({ value }) => Number(value)));
  }

  // As pages/decades.py has it: what is no decade counts as not asked for.
  function asked() {
    const form = panel.querySelector(".decades");
    if (!form) return null;
    const { first, last } = form.dataset;
    const query = new URLSearchParams(location.search);
    const endOf = (name, usual) => (/^\d{3}0$/.test(query.get(name)) ? query.get(name) : usual);
    const ends = [endOf("from", first), endOf("to", last)].map(Number);
    return between(form, ends.map((end) => Math.min(Math.max(end, Number(first)), Number(last))));
  }

  function between(form, ends) {
    const [since, until] = ends.sort((a, b) => a - b);
    const isAll = since === Number(form.dataset.first) && until === Number(form.dataset.last);
    return isAll ? null : { since, until };
  }

  function show(time) {
    const form = panel.querySelector(".decades");
    if (!form) return;
    const { since, until } = time ?? { since: Number(form.dataset.first), until: Number(form.dataset.last) };
    const [from, to] = form.querySelectorAll("input");
    // While one is held it stays where it is, though it may be the later one by now.
    if (!form.querySelector("input:focus")) [from.value, to.value] = [since, until];
    for (const input of [from, to]) {
      input.defaultValue = input.value; // what a form is reset to that comes back
      input.setAttribute("aria-valuetext", `${input.value}s`);
    }
    form.querySelector(".timeline").style.setProperty("--bars", form.querySelectorAll("[data-decade]").length);
    for (const bar of form.querySelectorAll("[data-decade]")) {
      const decade = Number(bar.dataset.decade);
      bar.classList.toggle("is-out", decade < since || decade > until);
    }
    part("words").textContent = time ? timeName(time) : "All times";
    part("number").textContent = time ? formatCount(filmsBetween(form, since, until), "film") : "";
    part("all-times").hidden = !time;
  }

  function set(time, by) {
    if (!time) document.activeElement?.matches?.(".decades input") && document.activeElement.blur();
    show(time);
    choose(time, by, timer !== 0);
  }

  // Of the bar's decade alone; of all times where it was that.
  function press({ dataset }) {
    const decade = Number(dataset.decade);
    const now = read();
    set(now?.since === decade && now.until === decade ? null : { since: decade, until: decade }, "bar");
  }

  function play() {
    const { dataset } = panel.querySelector(".decades");
    const now = read();
    const span = now ? now.until - now.since : 0;
    const first = Number(dataset.first);
    const last = Number(dataset.last);
    let since = now && now.until < last ? now.since + STEP : first;
    const next = () => {
      set({ since, until: Math.min(since + span, last) }, "play");
      since += STEP;
      if (since + span > last) stop();
    };
    timer = setInterval(next, PACE);
    markPlaying(true);
    next();
  }

  function stop() {
    const wasPlaying = timer !== 0;
    clearInterval(timer);
    timer = 0;
    markPlaying(false);
    if (wasPlaying && part("words")) choose(read(), "play", false);
  }

  function markPlaying(isPlaying) {
    part("play")?.setAttribute("aria-pressed", isPlaying);
  }

  return { read, asked, show };
}

function filmsBetween(form, since, until) {
  const bars = [...form.querySelectorAll("[data-decade]")].map(({ dataset }) => dataset);
  return bars.reduce((sum, { decade, films }) => sum + (since <= decade && decade <= until ? Number(films) : 0), 0);
}
