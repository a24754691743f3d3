"""Reads the first ten of every country as the site does, and writes their ids, as JSON.

Run as a process of its own.
"""

import json
import os
import sys


def main() -> None:
    import django

    django.setup()
    from movies.lists.best import best_of_every_country
    from movies.models import Lens

    every = best_of_every_country(Lens.HOME, limit=10, shorts=False)
    firsts = {best.country.code: [film.movie.id for film in best.films] for best in every}
    json.dump(firsts, sys.stdout)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    main()
