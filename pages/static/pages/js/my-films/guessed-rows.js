// The rows whose film is not sure, with what speaks for it: to be looked at by somebody who knows.

import { element } from "../shell/dom.js";
import { formatCount, formatNumber } from "../shell/format.js";
import { filmUrl } from "../shell/urls.js";

const REASONS = {
  neighbouring_year: ({ year, rowYear }) => `your file says ${rowYear}, the film is of ${year}`,
  no_year: () => "your file has no year, and no other film this name",
  best_known: () => "several films have this name and year, and this is by far the best known",
  no_imdb_id: () => "no film has your file’s IMDb id; this one has its name and year, and no id",
};

// Nothing where all rows are sure.
export function guessedRows(files) {
  const rows = files.flatMap(({ name, guessed }) => guessed.map((row) => ({ file: name, ...row })));
  if (rows.length === 0) return [];
  const heading = element("h2", { id: "guessed" }, "Films that may be others");
  const summary = element("summary", {}, `${formatCount(rows.length, "row")} may be about another film`);
  const list = element("ul", { class: "guessed-rows" });
  const details = element("details", { ontoggle: () => list.hasChildNodes() || list.append(...rows.map(entry)) }, summary, list);
  return [element("section", { "aria-labelledby": "guessed" }, heading, details)];
}

function entry({ file, row, id, name, year, matchedName, rowYear, why }) {
  const link = element("a", { href: filmUrl(id) }, element("bdi", {}, name));
  const other = matchedName && matchedName !== name ? [" by the name ", element("bdi", {}, matchedName)] : [];
  const reason = (REASONS[why] ?? (() => why))({ year, rowYear });
  const where = element("span", { class: "quiet" }, `${file}, row ${formatNumber(row)}`);
  return element("li", {}, link, year ? ` (${year})` : "", ...other, `: ${reason}. `, where);
}
