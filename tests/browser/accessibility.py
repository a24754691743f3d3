"""What axe finds wrong with a page for those who do not see it, or have no mouse."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

# https://github.com/dequelabs/axe-core: the impacts are minor, moderate, serious, critical.
SERIOUS = {"serious", "critical"}
# All that other colours can break.
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = Axe().axe_script
# A page hears of other colours in the frame in which it has them.
FRAME = "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))"


def serious_findings(page: Page, without: str = "") -> list[str]:
    """Each serious rule that the page breaks as it is now, and by which of its elements.

    In light colours and in dark ones. `without` is a part of the page that is left out, as the
    map is where it has been looked at before: it has more elements than all the rest.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    page.emulate_media(color_scheme="dark")
    page.evaluate(FRAME)
    found = violations(page, without, {"runOnly": COLOURS})
    page.emulate_media(color_scheme="light")
    page.evaluate(FRAME)
    found += violations(page, without, {})
    return found


def violations(page: Page, without: str, options: dict[str, object]) -> list[str]:
    context = {"include": ["html"], "exclude": [without] if without else []}
    options = {"resultTypes": ["violations"]} | options
    answer = page.evaluate("([what, how]) => axe.run(what, how)", [context, options])
    return [
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']][:5]}"
        for rule in answer["violations"]
        if rule["impact"] in SERIOUS
    ]
