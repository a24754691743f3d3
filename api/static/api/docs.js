// Names the choices of Swagger UI's forms, which have a name beside them that nothing ties to them.

const CHOICES = "select:not([aria-label])";

new MutationObserver(nameChoices).observe(document.querySelector("#swagger-ui"), { childList: true, subtree: true });
nameChoices();

function nameChoices() {
  for (const choice of document.querySelectorAll(CHOICES)) {
    const { paramName } = choice.closest("[data-param-name]")?.dataset ?? {};
    choice.setAttribute("aria-label", paramName ?? "Example or type of the answer");
  }
}
