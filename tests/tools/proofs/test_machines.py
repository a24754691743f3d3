"""Parts of a service that are killed: what is killed with them, and what readers say of it."""

import os
import sys
from functools import partial
from pathlib import Path

from tests.conftest import eventually
from tools.paced_requests import Answer, Request
from tools.proofs.machines import Readers, in_words
from tools.proofs.service_part import Program, children

# Writes its child's number.
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_program_is_killed_with_its_children_and_can_be_started_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = Program([sys.executable, "-c", PARENT], os.environ, log, "127.0.0.1:9")
    try:
        for times in (1, 2):
            program.start()
            child = last_number(log, times)
            assert is_running(child)
            assert not program.is_up()  # nobody listens there

            program.kill()

            eventually(partial(has_ended, child), seconds=60)
    finally:
        program.stop()


def last_number(log: Path, times: int) -> int:
    """What was written last, when so much has been."""
    eventually(lambda: log.exists() and len(log.read_text().split()) == times, seconds=60)
    return int(log.read_text().split()[-1])


def has_ended(number: int) -> bool:
    return not is_running(number)


def test_children_are_found_by_their_parent() -> None:
    assert os.getpid() in children(os.getppid())


def test_readers_tell_what_was_wrong_of_which_kind_and_when() -> None:
    readers = Readers([(1, "Heat")])
    film, home = Request("film", "/films/1/"), Request("home", "/")
    readers.note(home, Answer(200), due=1.0, seconds=0.5)
    readers.note(film, Answer(503), due=2.0, seconds=0.5)
    readers.note(home, Answer(503), due=3.0, seconds=0.25)
    readers.note(home, Answer(0, "ConnectionRefusedError(111, 'refused')"), due=2.9, seconds=0.1)
    readers.note(home, Answer(304), due=4.0, seconds=0.5)

    wrong = [seen for seen in readers.since(2.0) if seen.error]

    assert in_words(wrong) == "2 × 503 (film, home), 1 × ConnectionRefusedError (home)"
    assert len(readers.since(2.0)) == 4
    assert readers.last_wrong(2.0) == 3.25
    assert readers.last_wrong(4.0) == 4.0
