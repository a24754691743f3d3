// Which countries count as the world: chosen once, kept in this browser and nowhere else.

const KEY = "world-in-movies/counted";
// The codes of ISO 3166 that are no member of the United Nations.
const NOT_IN_UN = new Set(
  ("AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS " +
    "NC NF NU PF PM PN PR PS RE SH SJ SX TC TF TK TW UM VA VG VI WF YT").split(" "),
);
// Kosovo's code is in use, and none of ISO's.
const NOT_IN_ISO = new Set(["XK"]);

// By what is kept, each with its words, and whether a country of that code and so many rated films
// is one.
export const COUNTED = {
  films: {
    words: "all with a rated film here",
    note: "Countries of which this catalogue has a film of their own that somebody has rated; former states besides.",
    counts: (code, rated) => rated > 0,
  },
  un: {
    words: "the United Nations’ 193",
    note: "Its members: films of Hong Kong, Taiwan, Puerto Rico and others stay yours, and count for none.",
    counts: (code) => !NOT_IN_UN.has(code) && !NOT_IN_ISO.has(code),
  },
  iso: {
    words: "all of ISO 3166",
    note: "Every country and territory with a code that TMDB knows, uninhabited islands among them.",
    counts: (code) => !NOT_IN_ISO.has(code),
  },
};

export function readCounted() {
  try {
    const kept = localStorage.getItem(KEY);
    return Object.hasOwn(COUNTED, kept ?? "") ? kept : "films";
  } catch {
    return "films";
  }
}

export function keepCounted(kind) {
  try {
    localStorage.setItem(KEY, kind);
  } catch {
    // It is chosen for this page alone, and only until it is made anew.
  }
}

// Of the API's list of countries.
export function isCounted({ code, rated, is_current: isCurrent }) {
  return isCurrent && counts(code, rated);
}

export function counts(code, rated) {
  return COUNTED[readCounted()].counts(code, rated);
}
