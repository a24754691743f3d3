"""Where somebody's films come from: an export of IMDb or Letterboxd, turned into countries.

`files` unpacks what was uploaded, `records` and `columns` read it, `rows` makes rows of it,
`matching` finds their films, `answer` says what became of every row. Nothing of it is kept.
"""
