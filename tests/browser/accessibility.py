"""What axe finds wrong with a page for those who do not see it, or have no mouse."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

# https://github.com/dequelabs/axe-core: the impacts are minor, moderate, serious, critical.
SERIOUS = {"serious", "critical"}


def serious_findings(page: Page) -> list[str]:
    """Each serious rule that the page breaks as it is now, and by which of its elements."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']][:5]}"
        for rule in violations
        if rule["impact"] in SERIOUS
    ]
