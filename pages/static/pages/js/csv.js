// A table as a CSV file that is made in the browser. Pure but for the saving.

import { element } from "./elements.js";

// Excel takes a file for UTF-8 only with it.
const BYTE_ORDER_MARK = "\uFEFF";
// A spreadsheet would take a cell that begins so for a formula and could run it.
const FORMULA = /^[=+\-@\t\r\n]/;

// RFC 4180; `rows` are arrays of strings, numbers and nulls.
export function csv(rows) {
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value) {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function download(name, rows) {
  save(name, new Blob([BYTE_ORDER_MARK, csv(rows)], { type: "text/csv" }));
}

function save(name, blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only later
}
