"""Whether a film is called what was typed, or was found in spite of it."""

from movies import folding
from movies.articles import joined_key
from movies.derived.joined_names import initials
from movies.search.query import NameQuery, parse_name, parse_query, word_forms


def is_called(typed: str, title: str) -> bool:
    """Whether the title has every word that was typed, the last perhaps unfinished, however they
    are spaced; or is it for short."""
    query = parse_query(typed)
    if query.is_id:
        return True
    name = parse_name(query.name, query.year)
    joined = joined_key(name.bare_key)
    key = folding.key(title)
    if joined_key(key).startswith(joined):
        return True
    if joined.rstrip("0123456789") in initials(key):
        return True
    words = set(folding.words(title))
    return all(has_word(name, word, words) for word in name.required)


def has_word(name: NameQuery, word: str, words: set[str]) -> bool:
    is_begun = word == name.prefix and any(one.startswith(word) for one in words)
    return is_begun or not words.isdisjoint(word_forms(word))
