"""What is read out of a file: its blocks in order, before they are packed into passages."""

from dataclasses import dataclass

from ...models import Defect

PAGE, LINE, PARAGRAPH = "p.", "l.", "§"  # the same in English and in Portuguese
LARGEST = 20 * 1024 * 1024  # bytes of a file
MOST_CHARACTERS = LARGEST  # that may come out of one; a text never has more of them than bytes


@dataclass(frozen=True)
class Block:
    """A paragraph, a table's row, a list's item.

    `headings` are those above it, outermost first; `at` counts pages, lines or paragraphs from 1,
    as `unit` says. One that stands `alone` is a passage by itself: a question and its answer. A
    table's row is `named` where its columns have names: it says the same with them, and that is
    what stands in a passage. The row of the names itself, a `head`, is then left out.
    `recognised`: it was read from a picture.
    """

    text: str
    headings: tuple[str, ...] = ()
    at: int = 1
    unit: str = PARAGRAPH
    alone: bool = False
    named: str = ""
    head: bool = False
    recognised: bool = False


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
    """The headings in force while a document is read from top to bottom, and the blocks beneath."""

    def __init__(self, unit: str = PARAGRAPH) -> None:
        self._unit = unit
        self._levels: list[tuple[int, str]] = []
        self._bare: Block | None = None  # the last heading, until anything stands beneath it

    def enter(self, level: int, heading: str, at: int) -> list[Block]:
        """Begin a section. Where nothing stood beneath the heading before, that is a block."""
        goes_deeper = not self._levels or self._levels[-1][0] < level
        bare = [] if goes_deeper else self.end()
        self._levels = [each for each in self._levels if each[0] < level]
        if heading := " ".join(heading.split()):
            self._bare = Block(heading, self.path, at, self._unit)
            self._levels.append((level, heading))
        return bare

    def block(self, text: str, at: int) -> Block:
        self._bare = None
        return Block(text, self.path, at, self._unit)

    def end(self) -> list[Block]:
        """The last heading, where nothing stands beneath it."""
        bare, self._bare = self._bare, None
        return [bare] if bare else []

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(heading for _, heading in self._levels)
