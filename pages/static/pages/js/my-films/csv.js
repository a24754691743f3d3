// A table as a CSV file that is made in the browser. Pure but for the saving.

import { element } from "../shell/dom.js";

// Excel takes a file for UTF-8 only with it.
const BYTE_ORDER_MARK = "\uFEFF";
// A spreadsheet would take a cell that begins so for a formula and could run it.
const FORMULA = /^[=+\-@\t\r\n]/;

// RFC 4180; `rows` are arrays of strings, numbers and nulls.
export function formatCsv(rows) {
  return rows.map((row) => row.map(formatCell).join(",")).join("\r\n") + "\r\n";
}

function formatCell(value) {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function downloadCsv(name, rows) {
  saveFile(name, new Blob([BYTE_ORDER_MARK, formatCsv(rows)], { type: "text/csv" }));
}

export function saveFile(name, blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only later
}
