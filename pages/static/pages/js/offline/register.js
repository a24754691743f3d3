// Has the browser keep the offline page, for whoever has something to be shown there, or has
// installed the site.

const KEY = "world-in-movies/my-films"; // as the store of my films has it

if ("serviceWorker" in navigator) {
  if (hasFilms() || matchMedia("(display-mode: standalone)").matches) register();
  else addEventListener("appinstalled", register);
}

function register() {
  const { worker } = document.querySelector("[data-worker]").dataset;
  navigator.serviceWorker.register(worker).catch((error) => console.warn(error));
}

function hasFilms() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
