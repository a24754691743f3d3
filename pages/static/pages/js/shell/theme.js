// Light or dark, as somebody has chosen it in the footer, or as the system has it. It is kept by this
// browser. Every page begins with it, by a line of script of its own (templatetags/head_scripts.py), so that
// nothing is shown in other colours before this is there.

const KEY = "world-in-movies/theme"; // as that line has it
const THEMES = ["light", "dark"];

// To be called once.
export function startTheme(select) {
  // What was chosen while this was on its way.
  if (select.value) keep(select.value);
  show(select, select.value || kept());
  select.addEventListener("change", () => {
    keep(select.value);
    show(select, select.value);
  });
  // Chosen in another tab, or before Back has brought this page here again.
  addEventListener("storage", ({ key }) => key === KEY && show(select, kept()));
  addEventListener("pageshow", ({ persisted }) => persisted && show(select, kept()));
}

function show(select, theme) {
  const chosen = THEMES.includes(theme) ? theme : "";
  select.value = chosen;
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    const { of } = meta.dataset;
    meta.media = chosen ? (chosen === of ? "all" : "not all") : `(prefers-color-scheme: ${of})`;
  }
}

// null for the system's.
function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is forbidden: what is chosen is for this page alone
  }
}

function keep(theme) {
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // as above
  }
}
