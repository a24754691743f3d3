"""Titles of made-up words in many scripts, as frequent, as long and as alike as real ones."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import product

VOCABULARY = 400_000
"""Words in a script; the k-th is drawn about 1/k as often as the first (Zipf's law)."""


def _syllables(onsets: str, vowels: str) -> list[str]:
    return [onset + vowel for vowel, onset in product(vowels.split(), onsets.split())]


def _signs(first: int, count: int, step: int = 1) -> list[str]:
    return [chr(first + sign * step) for sign in range(count)]


LATIN = _syllables("l r s t n m d k b v f g h p z st ch th br w", "a e i o u é ø")
CYRILLIC = _syllables("л р с т н м д к б в ж з п ч ш", "а е и о у я й")
GREEK = _syllables("λ ρ σ τ ν μ δ κ β φ γ π θ", "α ε ι ο ά ή")
ARABIC = _syllables("ل ر س ت ن م د ك ب ف", "ا ي و ة")
DEVANAGARI = _syllables("ल र स त न म द क ब प", "ा ि ो े")
KANA = _signs(0x30AB, 60)
HAN = _signs(0x4E00, 500, step=37)
HANGUL = _signs(0xAC00, 400, step=27)

SCRIPTS = {
    "ru": CYRILLIC,
    "uk": CYRILLIC,
    "el": GREEK,
    "ar": ARABIC,
    "fa": ARABIC,
    "hi": DEVANAGARI,
    "ja": KANA,
    "zh": HAN,
    "cn": HAN,
    "ko": HANGUL,
}
"""What the words of a language are made of, unless it is LATIN."""

UNSPACED = ("ja", "zh", "cn")

HEADS = {
    language: words.split()
    for language, words in {
        "en": """the of a and in to for my love man night day from on with you is life girl world
                 last house time one dead black death boy story home war big red woman blood""",
        "fr": """le de la les des du un et une en amour au nuit vie dans homme pour mon femme""",
        "de": """der die das und in ein von im des eine liebe mann nacht frau tod zu mit leben""",
        "es": """la de el los y en del una un las vida amor noche que muerte casa hombre por""",
        "it": """il la di del e un una i amore le della per notte vita donna morte uomo che""",
        "pt": """o a de do da e os um no vida amor uma na em noite as homem que mulher casa""",
    }.items()
}
"""Their most frequent words, those first that titles do not end with, a quarter of them."""

LENGTHS = (0.18, 0.46, 0.71, 0.87, 0.95)
"""How many words titles have: up to the first share one, up to the second two, ..."""
SPARSENESS = 12
"""Of so many things that could be a word one is."""
SCATTERING = 2_654_435_761
"""A prime, so that it leads each number of a power of smaller ones to another."""
RARE_LAST = {1: 0.5, 2: 0.3}
"""By the number of a title's words, which draws in (0, 1) would be too frequent as its last."""


def phrase(language: str, draws: Iterator[float]) -> str:
    """One to six words of the language; takes up to seven draws, each in (0, 1)."""
    pieces, head = SCRIPTS.get(language, LATIN), HEADS.get(language, ())
    count = 1 + bisect(LENGTHS, next(draws))
    words = [_word(_rank(next(draws)), pieces, head) for _ in range(count - 1)]
    # A title does not end with "of the", and a short one tells its film from others.
    rare = RARE_LAST.get(count, 0)
    words.append(_word(len(head) // 4 + _rank(rare + (1 - rare) * next(draws)), pieces, head))
    return "".join(words) if language in UNSPACED else " ".join(words).title()


def word(rank: int) -> str:
    """A word of Latin letters that is no title's head, each rank another."""
    return _word(rank, LATIN, ())


def _rank(draw: float) -> int:
    return int(VOCABULARY**draw) - 1


def _word(rank: int, pieces: list[str], head: Sequence[str]) -> str:
    """Each rank has a word of its own: the head's, then single pieces, then longer ones."""
    if rank < len(head):
        return head[rank]
    rank -= len(head)
    length, words = 1, len(pieces)
    # Only some of what could be a word is one, so that few words are one letter apart.
    while rank >= words // SPARSENESS:
        rank -= words // SPARSENESS
        length, words = length + 1, words * len(pieces)
    rank = rank * SCATTERING % words
    word = ""
    for _ in range(length):
        rank, piece = divmod(rank, len(pieces))
        word += pieces[piece]
    return word
