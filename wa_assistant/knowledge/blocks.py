"""What is read out of a file: its blocks in order, before they are packed into passages."""

from dataclasses import dataclass

from ..models import Defect

PAGE, LINE, PARAGRAPH = "p.", "l.", "§"  # the same in English and in Portuguese
MOST_CHARACTERS = 20_000_000  # that may come out of one file


@dataclass(frozen=True)
class Block:
    """A paragraph, a table's row, a list's item.

    `headings` are those above it, outermost first; `at` counts pages, lines or paragraphs from 1,
    as `unit` says. One that stands `alone` is a passage by itself: a question and its answer.
    """

    text: str
    headings: tuple[str, ...] = ()
    at: int = 1
    unit: str = PARAGRAPH
    alone: bool = False


class Unreadable(Exception):
    """A file that gives no text; `defect` says why."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.value)
        self.defect = defect


def clean(text: str) -> str:
    """`text` without what no database keeps or nobody sees; lines are kept, spaces are single."""
    sound = text.encode(errors="ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(
        each if each.isprintable() or each == "\n" else _instead(each) for each in sound
    )
    return "\n".join(" ".join(line.split()) for line in shown.split("\n")).strip()


def _instead(character: str) -> str:
    # A soft hyphen or a mark of direction stands inside a word, a tab or a NUL between two.
    return "" if character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe" else " "


class Outline:
    """The headings in force while a document is read from top to bottom."""

    def __init__(self) -> None:
        self._levels: list[tuple[int, str]] = []

    def enter(self, level: int, heading: str) -> None:
        self._levels = [each for each in self._levels if each[0] < level]
        if heading := " ".join(heading.split()):
            self._levels.append((level, heading))

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(heading for _, heading in self._levels)
