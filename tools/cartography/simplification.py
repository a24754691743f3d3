"""Lines with fewer points that still look the same (Visvalingam and Whyatt, 1993)."""

from heapq import heapify, heappop, heappush

from tools.cartography.projection import Point


def simplify(line: list[Point], area: float, least: int) -> list[Point]:
    """The line without the points that make a triangle smaller than `area` with those beside them.

    The ends stay, and so do the `least` points between them that tell most.
    """
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    areas = {i: _area(line[i - 1], line[i], line[i + 1]) for i in range(1, len(line) - 1)}
    heap = [(size, i) for i, size in areas.items()]
    heapify(heap)
    while heap and len(areas) > least:
        size, i = heappop(heap)
        if areas.get(i) != size:
            continue  # it went already, or has grown since
        if size >= area:
            break
        del areas[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in areas:
                # Never smaller than what went before it, so that a gentle bend is not eaten up.
                areas[j] = max(size, _area(line[before[j]], line[j], line[after[j]]))
                heappush(heap, (areas[j], j))
    return [line[0], *(line[i] for i in sorted(areas)), line[-1]]


def _area(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
