"""Makes the dump of a failure readable without ever believing it. Pure."""

import json
from dataclasses import dataclass

SHOWN_CHARACTERS = 20_000
# Whoever sends this much as JSON is shown it as it came.
LARGEST_JSON = 2_000_000
HEX_BYTES = 4_096
HEX_WIDTH = 16
# Beyond this share of bytes that are no text, text with escapes is harder to read than bytes.
MOST_UNREADABLE = 0.3


@dataclass(frozen=True)
class Readable:
    """A dump as it is shown."""

    text: str
    # `JSON`, `text` or `bytes`
    form: str
    size: int
    is_cut: bool

    @property
    def size_words(self) -> str:
        return f"{self.size:,} bytes"


def readable(dump: bytes) -> Readable:
    """JSON indented, other text with escapes for what cannot be seen, anything else in hex."""
    if (text := indented(dump)) is not None:
        return cut(text, "JSON", len(dump))
    decoded = dump[: SHOWN_CHARACTERS * 4].decode(errors="backslashreplace")
    if unreadable_share(dump[:HEX_BYTES]) > MOST_UNREADABLE:
        shown = dump[:HEX_BYTES]
        return Readable(hexadecimal(shown), "bytes", len(dump), len(shown) < len(dump))
    shown_text = cut(decoded, "text", len(dump))
    return shown_text if len(dump) <= SHOWN_CHARACTERS * 4 else cut_short(shown_text)


def indented(dump: bytes) -> str | None:
    """None for what is not JSON, or too large, deep or strange to be read as such."""
    if len(dump) > LARGEST_JSON:
        return None
    try:
        return json.dumps(json.loads(dump), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return None


def cut(text: str, form: str, size: int) -> Readable:
    return Readable(
        visible(text[:SHOWN_CHARACTERS]), form, size, is_cut=len(text) > SHOWN_CHARACTERS
    )


def cut_short(shown: Readable) -> Readable:
    return Readable(shown.text, shown.form, shown.size, is_cut=True)


def visible(text: str) -> str:
    """With escapes for control characters, lone surrogates and what turns text around."""
    return "".join(
        letter if letter.isprintable() or letter in "\n\t" else escaped(letter) for letter in text
    )


def escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def unreadable_share(head: bytes) -> float:
    if not head:
        return 0.0
    text = head.decode(errors="replace")
    strange = sum(1 for letter in text if letter == "\N{REPLACEMENT CHARACTER}" or letter < "\t")
    return strange / len(text)


def hexadecimal(some: bytes) -> str:
    """`00000010  7b 22 69 64 …  {"id…`, a line for every HEX_WIDTH bytes."""
    return "\n".join(
        hex_line(start, some[start : start + HEX_WIDTH])
        for start in range(0, len(some), HEX_WIDTH)
    )


def hex_line(start: int, row: bytes) -> str:
    letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
    return f"{start:08x}  {row.hex(' '):<{HEX_WIDTH * 3 - 1}}  {letters}"
