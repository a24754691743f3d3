"""Titles of made-up words in many scripts: few words are frequent, and those are short."""

from collections.abc import Iterator
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


def phrase(language: str, draws: Iterator[float]) -> str:
    """One to five words of the language; takes up to six draws, each in (0, 1)."""
    pieces = SCRIPTS.get(language, LATIN)
    count = 1 + int(5 * next(draws))
    words = [_word(int(VOCABULARY ** next(draws)) - 1, pieces) for _ in range(count)]
    return "".join(words) if language in UNSPACED else " ".join(words).title()


def _word(rank: int, pieces: list[str]) -> str:
    """Each rank has a word of its own: the first ones are single pieces."""
    base = len(pieces)
    word = pieces[rank % base]
    while rank >= base:
        rank = rank // base - 1
        word += pieces[rank % base]
    return word
