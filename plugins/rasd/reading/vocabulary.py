"""The words of pages as numbers, so that each is looked up once and what is known of it stands in arrays.

Looking up a word costs more than anything that is done with what is found: the tables of a language are larger than a
processor's caches. Numbers are given as words come; they mean nothing outside the vocabulary that gave them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rasd.reading.wording import CORES

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ids = npt.NDArray[np.int32]

# Of a line's words so many of the first and of the last are given on.
TAKEN_APART, LAST = 30, 2
# A vocabulary takes no further page once it has so many words: most of those that the press of a year uses.
_MOST_WORDS = 1 << 15


class Vocabulary(dict[str, int]):
    """The numbers of words, from 1 on: 0 is no word.

    Attributes:
        words: by number, the word.
        cores: by number, the number of the word's core (`wording.CORES`), which words of one subject share; 0 for none.
    """

    def __init__(self) -> None:
        import numpy as np

        super().__init__({"": 0})
        self.words = [""]
        self.cores: Ids = np.zeros(1 << 10, dtype=np.int32)
        self._core_numbers = {"": 0}

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.words)
        self.words.append(word)
        return number

    def numbers(self, words: Iterable[str], count: int) -> Ids:
        """Return the numbers of so many words; those never met get one."""
        import numpy as np

        known = len(self.words)
        found = np.fromiter(map(self.__getitem__, words), dtype=np.int32, count=count)
        if len(self.words) > known:
            self._learn(known)
        return found

    def _learn(self, known: int) -> None:
        """Fill in the cores of the words behind the first ones, which are known."""
        self.cores = grown(self.cores, len(self.words))
        numbers = self._core_numbers
        cores = map(CORES.__getitem__, self.words[known:])
        self.cores[known : len(self.words)] = [numbers.setdefault(core, len(numbers)) for core in cores]


def grown(table: npt.NDArray[Any], rows: int) -> npt.NDArray[Any]:
    """Return a table of at least so many rows: itself, or one twice as long with its rows first and zeros behind."""
    import numpy as np

    if rows <= len(table):
        return table
    more = max(rows, 2 * len(table)) - len(table)
    return np.concatenate([table, np.zeros((more, *table.shape[1:]), dtype=table.dtype)])


_in_use: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """Return the vocabulary for the next page."""
    if not _in_use or len(_in_use[0]) > _MOST_WORDS:
        _in_use[:] = [Vocabulary()]
    return _in_use[0]


Said = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """The words of lines that are given on: of each its first ones and its last ones (none where it is not whole).

    Attributes:
        vocabulary: whose numbers they are.
        places: lines × (`TAKEN_APART` + `LAST`), the numbers of the words, 0 where there are no more.
    """

    vocabulary: Vocabulary
    places: Ids

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, lines: slice) -> Told:
        return Told(self.vocabulary, self.places[lines])

    def __iter__(self) -> Iterator[Said]:
        words = self.vocabulary.words
        for line in self.places.tolist():
            first, last = line[:TAKEN_APART], line[TAKEN_APART:]
            yield [words[n] for n in first if n], [words[n] for n in last if n]
