"""Names what a file is that is no table, by its first bytes, for whoever sent it. Pure."""

SAVE_AS_CSV = "save it as CSV, and add that"
EXPORT_IS_CSV = "an export is a CSV file, or a zip"
# How a file begins, and what to call it.
SIGNATURES = {
    b"%PDF-": f"a PDF: {EXPORT_IS_CSV}",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": f"a document of Microsoft Office's: {SAVE_AS_CSV}",
    b"Rar!\x1a\x07": "a RAR archive: add the files in it, or a zip of them",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive: add the files in it, or a zip of them",
    b"\x1f\x8b": "a gzip archive: add the file in it, or a zip of it",
    b"{\\rtf": f"a text document: {EXPORT_IS_CSV}",
}
WEB_PAGES = (b"<!doctype html", b"<html")
BEGINNING_BYTES = 200


def known_type(content: bytes) -> str | None:
    """None for what may be a table."""
    for signature, name in SIGNATURES.items():
        if content.startswith(signature):
            return name
    beginning = content[:BEGINNING_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if beginning.startswith(WEB_PAGES):
        return f"a web page, and not the file that it leads to: {EXPORT_IS_CSV}"
    return None
