// The list of countries on the first page, narrowed by typing.

export function startCountryFilter() {
  document.addEventListener("input", ({ target }) => {
    if (target.matches("#country-filter")) narrow(target.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("#country-filter")) return;
    event.preventDefault();
    // Nothing has been looked for: the first country is no more meant than any other.
    if (folded(event.target.value) === "") return;
    document.querySelector(".countries li:not([hidden]) a")?.click();
  });
}

function narrow(text) {
  const wanted = folded(text);
  let found = 0;
  for (const part of document.querySelectorAll(".countries details")) {
    const shown = [...part.querySelectorAll("li")].filter((item) => {
      item.hidden = !folded(item.querySelector("a").textContent).includes(wanted);
      return !item.hidden;
    });
    part.hidden = shown.length === 0;
    part.open = wanted !== "";
    found += shown.length;
  }
  const words = found === 1 ? "1 country" : `${found} countries`;
  document.querySelector("#country-filter-found").textContent = wanted ? words : "";
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();
}
