// What somebody has chosen on the journey, kept in this browser: which film of a country, and which
// continents are open.

const KEY = "world-in-movies/journey";

// { films: { code: id }, open: [names], or null where nobody has opened or closed any }.
export function readJourney() {
  try {
    const { films, open } = JSON.parse(localStorage.getItem(KEY));
    return { films: { ...films }, open: Array.isArray(open) ? open : null };
  } catch {
    return { films: {}, open: null };
  }
}

export function keepJourney(journey) {
  try {
    localStorage.setItem(KEY, JSON.stringify(journey));
  } catch {
    // It is there until the page is left.
  }
}
