// Which colour a country has, and the words that go with it: by the number of its rated films,
// or by what a person has seen. What is given here to the map, the legend and the picture alike:
// {title, classes: [{shade, label}], shadeOf(code), textOf(code)}.

// Where the classes after "none" begin. The last row that the largest number reaches to the end
// of is taken, so that a small catalogue has as many shades as a large one.
const LADDERS = [
  [1, 2, 3, 4, 5],
  [1, 2, 5, 10, 20],
  [1, 3, 10, 30, 100],
  [1, 5, 20, 100, 500],
  [1, 10, 50, 200, 1000],
  [1, 10, 100, 1000, 10_000],
];
const MARKS = [["seen", "seen"], ["wanted", "on the list"], ["neither", "neither"], ["0", "no rated film"]];
const NUMBER = new Intl.NumberFormat("en");

// A Map by code, of a Map or a plain object.
export function table(values) {
  return values instanceof Map ? values : new Map(Object.entries(values ?? {}));
}

export function unpainted() {
  return { title: "", classes: [], shadeOf: () => "0", textOf: () => "" };
}

export function shading(values) {
  const steps = ladder(Math.max(...values.values()));
  return {
    title: "Rated films",
    classes: [{ shade: "0", label: "none" }, ...steps.map(step)],
    shadeOf: (code) => String(steps.filter((from) => from <= (values.get(code) ?? 0)).length),
    textOf: (code) => counted(values.get(code) ?? 0, "rated film"),
  };
}

export function marking({ seen, wanted }, values, codes) {
  const shadeOf = (code) => {
    if (seen.get(code)) return "seen";
    if (wanted.get(code)) return "wanted";
    return values.size && !values.get(code) ? "0" : "neither";
  };
  const numberOf = (shade) => codes.filter((code) => shadeOf(code) === shade).length;
  return {
    title: "My films",
    classes: MARKS.map(([shade, label]) => ({ shade, label, number: numberOf(shade) }))
      .filter(({ shade, number }) => number || shade !== "0")
      .map(({ shade, label, number }) => ({ shade, label: `${label}: ${counted(number, "country", "countries")}` })),
    shadeOf,
    textOf: (code) => textOf(seen.get(code) ?? 0, wanted.get(code) ?? 0, shadeOf(code)),
  };
}

function ladder(most) {
  return LADDERS.findLast((steps) => steps.at(-1) <= most) ?? LADDERS[0];
}

function step(from, index, steps) {
  const shade = String(index + 1);
  if (index === steps.length - 1) return { shade, label: `${NUMBER.format(from)} or more` };
  const to = steps[index + 1] - 1;
  return { shade, label: from === to ? `${from}` : `${NUMBER.format(from)}–${NUMBER.format(to)}` };
}

function textOf(seen, wanted, shade) {
  if (shade === "0") return "no rated film";
  const parts = [seen && `${NUMBER.format(seen)} seen`, wanted && `${NUMBER.format(wanted)} on the list`];
  return parts.filter(Boolean).join(", ") || "none seen";
}

function counted(number, one, many = `${one}s`) {
  if (number === 0) return `no ${one}`;
  return `${NUMBER.format(number)} ${number === 1 ? one : many}`;
}
