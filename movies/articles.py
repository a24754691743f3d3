"""Articles that may stand before a name or be left out: "godfather" means The Godfather."""

ARTICLES = ("the", "a", "an", "le", "la", "les", "l", "el", "los", "las", "il", "lo",
            "der", "das")  # fmt: skip


def without_article(key: str) -> str:
    """The folded name without the article before it; one that is nothing else stays."""
    first, _, rest = key.partition(" ")
    return rest if first in ARTICLES and rest else key


def joined_key(key: str) -> str:
    """The folded name without its article and its spaces, as `JoinedName` has it."""
    return without_article(key).replace(" ", "")
