"""Figures as Markdown, aligned so that they can be read as they are, too."""

import sys
from collections.abc import Sequence


def tell(step: str) -> None:
    """Say on stderr what is being measured."""
    sys.stderr.write(f"… {step}\n")


def section(title: str, table: str, *notes: str) -> str:
    """A heading, the table and what has to be known about it."""
    return "\n\n".join([f"### {title}", table, *notes])


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, all others, which are figures, to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in [header, rule, *rows]
    )


def against(
    figure: float, unit: str = "", *, most: float | None = None, least: float | None = None
) -> str:
    """`2.81`, or where that is not as it should be, `**3.2** (target: ≤ 3)`."""
    shown = rounded(figure) + f" {unit}" * bool(unit)
    if most is not None and figure > most:
        return f"**{shown}** (target: ≤ {rounded(most)})"
    if least is not None and figure < least:
        return f"**{shown}** (target: ≥ {rounded(least)})"
    return shown


def rounded(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"
