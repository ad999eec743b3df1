"""Work kept between two checks of the same brand: patterns of a kit, words of its past posts. Kept by identity, a few at a time."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


class Kept(Generic[Key, Made]):
    """Makes a value from an immutable object once, as long as that very object comes back. Safe between threads."""

    def __init__(self, make: Callable[[Key], Made], size: int = 16) -> None:
        self._make = make
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[int, tuple[Key, Made]] = OrderedDict()

    def of(self, key: Key) -> Made:
        """The value for `key`; the entry holds on to `key`, so its identity cannot be taken by another object."""
        with self._lock:
            entry = self._kept.get(id(key))
            if entry is not None and entry[0] is key:
                self._kept.move_to_end(id(key))
                return entry[1]
        made = self._make(key)
        with self._lock:
            self._kept[id(key)] = (key, made)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
