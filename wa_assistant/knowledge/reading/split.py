"""Packs the blocks of a document into passages of about 500 to 800 tokens.

A passage ends where its section does, else after a paragraph, else after a sentence; one that goes
on in the next shares its last sentences with it. Short sections share a passage: it is headed by
the first of them, and the others' headings are written where they begin.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

from .blocks import PAGE, Block

MOST, ENOUGH, SHORT, OVERLAP = 800, 650, 200, 80  # tokens; a section that is SHORT can be shared
BYTES_A_TOKEN = 3.7  # of Portuguese; English has more, and no passage is too long by it
LONGEST_HEADING = 300
# Of one document: 20 MB of prose. They are let in at one moment, in which nobody else can write.
MOST_PASSAGES = 10_000
SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")
BETWEEN = " > "


@dataclass(frozen=True)
class Piece:
    """What becomes a passage. `place`: "p. 3-4", "l. 12" or "§ 7"."""

    text: str
    heading: str
    place: str
    tokens: int


def tokens(text: str) -> int:
    """About how many tokens a model makes of `text`, rather too many than too few.

    An estimate: the tables of tokens are fetched from the network, and differ between models.
    """
    return int(len(text.encode()) / BYTES_A_TOKEN) + 1


def split(blocks: Iterable[Block]) -> Iterator[Piece]:
    """The passages of a document, in order."""
    pack = _Pack()
    told = (replace(each, text=each.named or each.text) for each in blocks if not each.head)
    for (alone, _), blocks_of_one in groupby(told, lambda each: (each.alone, each.headings)):
        section = list(blocks_of_one)
        if alone or not pack.takes_in(section):
            yield from pack.close()
        for block in section:
            if alone:
                yield from _alone(block)
            else:
                yield from _add(pack, block)
    yield from pack.close()


def _add(pack: "_Pack", block: Block) -> Iterator[Piece]:
    for part in _parts(block):
        yield from pack.add(part)
        if pack.size >= ENOUGH:
            yield from pack.cut()


def _alone(block: Block) -> Iterator[Piece]:
    pack = _Pack()
    for part in _parts(block):
        yield from pack.add(part)
    yield from pack.close()


def sentences(text: str) -> list[str]:
    return [each.strip() for each in SENTENCE.split(text) if each.strip()]


def _parts(block: Block) -> Iterator[Block]:
    """The block whole where it fits in a passage, else in sentences."""
    if tokens(block.text) <= ENOUGH:
        yield block
        return
    for text in _sentences(block.text, ENOUGH // 4):
        yield Block(text, block.headings, block.at, block.unit, alone=True)


def _sentences(text: str, most: int) -> Iterator[str]:
    """The sentences of `text`; one of more than `most` tokens is cut between words, or anywhere."""
    longest = int(most * BYTES_A_TOKEN / 1.2)  # characters, some of which are two bytes
    for sentence in sentences(text):
        start = 0
        while len(sentence) - start > longest:
            end = sentence.rfind(" ", start + longest // 2, start + longest)
            end = start + longest if end < 0 else end
            yield sentence[start:end].strip()
            start = end
            while sentence[start].isspace():
                start += 1
        yield sentence[start:]


def _size(part: Block) -> float:
    return (len(part.text.encode()) + 1) / BYTES_A_TOKEN


@dataclass
class _Pack:
    """A passage in the making. `inherited` of its parts are the end of the one before."""

    parts: list[Block] = field(default_factory=list)
    size: float = 0  # tokens
    inherited: int = 0

    def takes_in(self, section: list[Block]) -> bool:
        """Whether a section goes well with those before: all of them are short, and whole."""
        short = self.size < SHORT and sum(map(_size, section)) < SHORT
        return short and not self.inherited

    def add(self, part: Block) -> Iterator[Piece]:
        """Take one more part; what was there before is a passage where both are too much."""
        size = _size(part)
        if self.parts and self.size + size > MOST:
            yield from self.cut()
        self.parts.append(part)
        self.size += size

    def close(self) -> Iterator[Piece]:
        """The passage as it is, if there is anything new in it; the next one starts afresh."""
        if len(self.parts) > self.inherited:
            yield self._piece()
        self.parts, self.size, self.inherited = [], 0.0, 0

    def cut(self) -> Iterator[Piece]:
        """The passage as it is; its last sentences stand in the next one too."""
        tail = self._tail()
        yield from self.close()
        self.parts, self.size, self.inherited = tail, sum(map(_size, tail)), len(tail)

    def _tail(self) -> list[Block]:
        last = self.parts[-1]
        kept: list[str] = []
        for sentence in reversed(list(_sentences(last.text, OVERLAP))):
            if sum(map(tokens, [*kept, sentence])) > OVERLAP:
                break
            kept.insert(0, sentence)
        if not kept:
            return []
        return [Block(" ".join(kept), last.headings, last.at, last.unit, alone=True)]

    def _piece(self) -> Piece:
        text = self._text()
        heading = BETWEEN.join(self.parts[0].headings)
        return Piece(text, heading[:LONGEST_HEADING], self._place(), tokens(text))

    def _text(self) -> str:
        """The parts; the headings that begin within are written where they begin."""
        lines: list[str] = []
        before = self.parts[0]
        for part in self.parts:
            if part.headings != before.headings:
                lines += ["", *_new(part.headings, before.headings)]
            # Sentences of one paragraph are joined again.
            if part.alone and before.alone and part.at == before.at and lines:
                lines[-1] += f" {part.text}"
            else:
                lines.append(part.text)
            before = part
        return "\n".join(lines).strip()

    def _place(self) -> str:
        # What it has in common with the one before is not where it stands.
        first, last = self.parts[min(self.inherited, len(self.parts) - 1)], self.parts[-1]
        if first.unit == PAGE and first.at != last.at:
            return f"{PAGE} {first.at}-{last.at}"
        return f"{first.unit} {first.at}"


def _new(headings: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """Those that were not in force before."""
    pairs = zip(headings, before, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return headings[shared:]
