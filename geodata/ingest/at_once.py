"""Two pieces of work on a table's columns, done by two threads: Arrow and numpy leave the interpreter to the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


def both(first: Callable[[], One], then: Callable[[Callable[[], One]], Other]) -> tuple[One, Other]:
    """What two functions give; ``then`` may ask for what the first found, and waits only where it does.

    Nobody can tell from the outcome that they ran at once: where both fail, the error of the first is raised.
    """
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(first)
        try:
            other = then(found.result)
        except Exception:
            found.result()
            raise
        return found.result(), other
