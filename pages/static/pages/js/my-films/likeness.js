// Whether a film may be meant by a name that is mistyped. Pure.

import { foldText } from "../shell/format.js";

// One letter of so many may be wrong.
const LETTERS_FOR_A_MISTAKE = 5;

// Whether the row's name is a film's but for some letters, and its year but for one more or less.
export function isLike(row, { name, original_name: originalName, year }) {
  if (row.year && year && Math.abs(row.year - year) > 1) return false;
  return [name, originalName].some((title) => title && isMistyped(letters(row.name), letters(title)));
}

function letters(text) {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, "");
}

function isMistyped(typed, title) {
  const longest = Math.max(typed.length, title.length);
  const allowed = Math.floor(longest / LETTERS_FOR_A_MISTAKE);
  return Math.abs(typed.length - title.length) <= allowed && distance(typed, title) <= allowed;
}

// Levenshtein's, row by row.
function distance(a, b) {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    before = row;
  }
  return before[b.length];
}
