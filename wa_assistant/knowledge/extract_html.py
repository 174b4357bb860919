"""The text of a web page, as one would read it: no scripts, no navigation."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..models import Defect
from .blocks import MOST_CHARACTERS, PARAGRAPH, Block, Outline, Unreadable, clean

UNREAD = "script, style, noscript, template, svg, nav, iframe, object, select, button, head"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What begins on a line of its own, and holds nothing else that does, is a block.
_OWN_LINE = """
address article aside blockquote body caption dd details div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead
tr ul html
"""
OWN_LINE = frozenset(_OWN_LINE.split())
_UNCLOSED = """
p li dt dd tr td th option thead tbody tfoot colgroup rt rp area base br col embed hr img input
link meta source track wbr path
"""
UNCLOSED = frozenset(_UNCLOSED.split())
TAG = re.compile(r"<(/?)([a-zA-Z]\w*)")
DEEPEST = 2_000
SPACES = re.compile(r"\s+")


def read(text: str) -> Iterator[Block]:
    _check(text)
    tree = LexborHTMLParser(text)
    for node in tree.css(UNREAD):
        node.decompose()
    reader = _Reader()
    if tree.body is not None:
        reader.read(tree.body)
    reader.end()
    yield from reader.blocks


def _check(text: str) -> None:
    """The parser's time grows with the square of how deep elements are nested."""
    depths: Counter[str] = Counter()
    for found in TAG.finditer(text):
        name = found[2].lower()
        depths[name] = max(0, depths[name] + (-1 if found[1] else 1))
        # Those that need not be closed, or never are, lie beside each other.
        if depths[name] > DEEPEST and name not in UNCLOSED:
            raise Unreadable(Defect.BROKEN)


class _Reader:
    """Goes through the nodes in order, without recursion: pages may be nested without end."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._outline = Outline()
        self._words: list[str] = []
        self._characters = 0

    def read(self, body: LexborNode) -> None:
        # What is still to do: a node to enter, or one to leave.
        left: list[tuple[LexborNode, bool]] = [(body, True)]
        while left:
            node, entering = left.pop()
            tag = node.tag or ""
            if tag == "-text":
                self._words.append(node.text_content or "")
            elif tag == "br":
                self._words.append(" ")
            elif entering:
                if tag in OWN_LINE:
                    self.end()
                left.append((node, False))
                left += [(child, True) for child in reversed(list(node.iter(include_text=True)))]
            elif tag in HEADINGS:
                self._outline.enter(HEADINGS[tag], self._take())
            elif tag in OWN_LINE:
                self.end()
            elif tag in ("td", "th"):
                self._words.append(" | ")

    def end(self) -> None:
        """What was read since the last block is one."""
        if words := self._take():
            self._characters += len(words)
            if self._characters > MOST_CHARACTERS:
                raise Unreadable(Defect.BOMB)
            self.blocks.append(Block(words, self._outline.path, len(self.blocks) + 1, PARAGRAPH))

    def _take(self) -> str:
        words, self._words = SPACES.sub(" ", "".join(self._words)), []
        return clean(words).strip(" |")
