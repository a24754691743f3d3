"""What somebody could do to the site, tried against it as production has it."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.proofs import floods, forged_requests, hostile_uploads
from tools.proofs.attacked_site import Site, attacked_site
from tools.proofs.outcome import say

Attack = Callable[[Site], Iterator[str]]

# Those that use up a limit or lock somebody out come last.
ATTACKS: tuple[Attack, ...] = (
    forged_requests.imports_without_leave,
    forged_requests.markup_in_names,
    forged_requests.foreign_redirects,
    forged_requests.foreign_hosts,
    forged_requests.files_outside,
    forged_requests.odd_values,
    forged_requests.odd_messages,
    hostile_uploads.hostile_zips,
    floods.silent_connections,
    floods.tried_passwords,
    floods.secrets_in_the_log,
)
# These want the limits that the others would run into.
LIMITED: tuple[Attack, ...] = (forged_requests.addresses_made_up,)
LARGE: tuple[Attack, ...] = (floods.large_uploads,)


def prove(server: str) -> Iterator[str]:
    """Each attack is a line: held, or what came of it."""
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        for attacks, settings in (
            (ATTACKS, {"API_RATE": "", "API_UPLOAD_RATE": ""}),
            (LIMITED, {}),
            (LARGE, {}),
        ):
            with attacked_site(server, Path(folder), **settings) as site:
                for attack in attacks:
                    yield from tried(attack, site)


def tried(attack: Attack, site: Site) -> Iterator[str]:
    problems = list(attack(site))
    said = " ".join((attack.__doc__ or "").split())
    say(f"{'DID NOT HOLD' if problems else 'held'}: {said}")
    yield from problems
