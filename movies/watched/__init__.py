"""Where somebody's films come from: the files that IMDb, Letterboxd and other sites give their
users. Nothing of them is kept.

files    `files` extracts them from an upload: as they are, or by `archives` out of a zip
records  `records` reads a CSV file by its encoding and delimiter: numbered rows of fields
rows     `rows` checks and types the records (`fields`, `title_types`), by the header in which
         `columns` finds them (by `column_names` in many languages), and says which of `sources`
         it is; `trakt` reads Trakt's JSON and `json_tables` that of others; `exports` reads each
         file in its form
films    `matching` finds the films of rows in what `catalogue` reads; among namesakes `namesakes`
         chooses by `spelling`, title, year and votes, and `candidates` are what others could
         be about; `found` is what became of a row
answer   `classification` puts each row into its list, with the newest of `own_ratings`; `summary`
         adds what is counted; `upload` is the way through all; the API writes JSON
"""
