"""How far a long stage is: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO, TypeVar

T = TypeVar("T")
WIDTH = 30


def _one(_thing: Any) -> int:
    return 1


class Progress:
    def __init__(self, stream: TextIO):
        self.stream = stream
        self.draws = stream.isatty()

    def through(
        self, words: str, things: Iterable[T], total: int, worth: Callable[[T], int] = _one
    ) -> Iterator[T]:
        """Give the things one by one and show how far of the total they lead."""
        self._begin(words)
        done, shown = 0, -1
        for thing in things:
            percent = done * 100 // max(total, 1)
            if self.draws and percent != shown:
                self._draw(words, percent)
                shown = percent
            yield thing
            done += worth(thing)
        self._end(words, done)

    def _begin(self, words: str) -> None:
        if not self.draws:
            self._write(f"  {words} ...\n")

    def _draw(self, words: str, percent: int) -> None:
        full = min(percent, 100) * WIDTH // 100
        self._write(f"\r  [{'#' * full}{'.' * (WIDTH - full)}] {percent:3} %  {words}")

    def _end(self, words: str, done: int) -> None:
        if self.draws:
            self._draw(words, 100)
            self._write(f": {done}\n")
        else:
            self._write(f"  {words}: {done}\n")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
