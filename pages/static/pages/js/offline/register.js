// Has the browser keep the offline page.

export async function registerWorker() {
  const { worker } = document.querySelector("[data-worker]").dataset;
  await navigator.serviceWorker?.register(worker);
}
