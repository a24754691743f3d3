"""A page as a reader of its HTML sees it."""

from html.parser import HTMLParser

from django.test import Client


class Page(HTMLParser):
    """Its texts, its elements with their attributes, and what can be asked of both."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        """All of it, without what separates its pieces being told."""
        return " ".join(self.texts)

    @property
    def links(self) -> list[str]:
        return self.attributes("a", "href")

    @property
    def countries(self) -> str | None:
        """The codes that the map is to show."""
        panel = next(found for tag, found in self.elements if tag == "main")
        return panel.get("data-shown-countries")

    def attributes(self, tag: str, name: str) -> list[str]:
        """The values of an attribute, of all elements that have it."""
        found = (attributes.get(name) for other, attributes in self.elements if other == tag)
        return [value for value in found if value is not None]


def load(client: Client, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return Page(answer.content.decode())
