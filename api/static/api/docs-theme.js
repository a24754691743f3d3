// Has Swagger UI's page in dark colours, by the class that its stylesheet knows, where the system has
// them, or somebody's choice in a footer of the site. It is loaded before the page is painted.

const dark = matchMedia("(prefers-color-scheme: dark)");

function colour() {
  const { classList, dataset } = document.documentElement;
  classList.toggle("dark-mode", dataset.theme ? dataset.theme === "dark" : dark.matches);
}

colour();
dark.addEventListener("change", colour);
