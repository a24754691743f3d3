// Numbers and names as the pages write them, and words as they are compared.

const NUMBERS = new Intl.NumberFormat("en-GB");
const RATINGS = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const IRREGULAR = { country: "countries" };

export const inOrder = new Intl.Collator("en", { numeric: true }).compare;

export function number(value) {
  return NUMBERS.format(value);
}

// "1 film", "2,201 films".
export function count(value, noun) {
  return `${number(value)} ${value === 1 ? noun : (IRREGULAR[noun] ?? `${noun}s`)}`;
}

// "7.6"; a dash where nobody has voted.
export function rating(value) {
  return value === null ? "–" : RATINGS.format(value);
}

// Without accents and capitals, as somebody types it who is in a hurry.
export function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
