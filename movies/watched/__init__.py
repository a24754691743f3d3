"""Where somebody's films come from: exports of IMDb or Letterboxd. Nothing of them is kept.

files    `files` extracts them from an upload: CSV files, or the entries of a zip archive
records  `records` reads a file by its encoding and delimiter: numbered rows of fields
rows     `rows` checks and types the records, by the header in which `columns` finds them
films    `matching` finds the films of rows; `classification` says what became of each row
answer   `summary` adds what is counted; `upload` is the way through all; the API writes JSON
"""
