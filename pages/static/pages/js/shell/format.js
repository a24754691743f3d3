// Formats numbers and counts, and folds and compares names.

const NUMBERS = new Intl.NumberFormat("en-GB");
const RATINGS = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const IRREGULAR = { country: "countries", person: "people" };

export const compareNames = new Intl.Collator("en", { numeric: true }).compare;

export function formatNumber(value) {
  return NUMBERS.format(value);
}

// "1 film", "2,201 films".
export function formatCount(value, noun) {
  return `${formatNumber(value)} ${value === 1 ? noun : (IRREGULAR[noun] ?? `${noun}s`)}`;
}

// "7.6"; a dash where nobody has voted.
export function formatRating(value) {
  return value === null ? "–" : RATINGS.format(value);
}

// Without accents and capitals, as somebody types it who is in a hurry.
export function foldText(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
