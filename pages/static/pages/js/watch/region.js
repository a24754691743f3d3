// The region in which a person watches films: kept in this browser and nowhere else.

const KEY = "world-in-movies/region";

// The code of the one that was chosen last; until then that of the browser's language. "" for none.
export function readRegion() {
  try {
    return localStorage.getItem(KEY) ?? guessRegion();
  } catch {
    return guessRegion();
  }
}

// Whether nobody has chosen one, and the browser's language has one.
export function isRegionGuessed() {
  try {
    return localStorage.getItem(KEY) === null && guessRegion() !== "";
  } catch {
    return guessRegion() !== "";
  }
}

export function keepRegion(code) {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // It is chosen for this page alone.
  }
}

function guessRegion() {
  const tags = navigator.languages.map((language) => new Intl.Locale(language).region);
  return tags.find(Boolean) ?? "";
}
