"""What came of the requests of a soak."""

import threading
import time
from collections import Counter, defaultdict

from tools.paced_requests import GOOD, Answer, Request

SHOWN = 20


class Answers:
    """The seconds of the good ones by kind, who was asked to return in a moment, as a site says
    that has enough to do, and all that were wrong."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.postponed: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.examples: list[str] = []
        self._lock = threading.Lock()

    def note(self, request: Request, answer: Answer, due: float, seconds: float) -> None:
        with self._lock:
            if answer.status in GOOD:
                self.seconds[request.kind].append(seconds)
            elif answer.is_postponed:
                self.postponed[request.kind] += 1
            else:
                self._note_wrong(request, answer)

    def _note_wrong(self, request: Request, answer: Answer) -> None:
        self.wrong[f"{request.kind}: {answer.status or answer.text}"] += 1
        if len(self.examples) < SHOWN:
            when = time.strftime("%H:%M:%S", time.gmtime())
            self.examples.append(f"{when} {request.path} {answer.status} {answer.text[:200]}")

    @property
    def count(self) -> int:
        good = sum(map(len, self.seconds.values()))
        return good + self.postponed.total() + self.wrong.total()
