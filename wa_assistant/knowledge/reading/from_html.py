"""The text of a web page, as one would read it: no scripts, no menus."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...models import Defect
from . import html_article, tables
from .blocks import MOST_CHARACTERS, Block, Outline, Unreadable, clean
from .html_tables import Table
from .links import address

_UNREAD = "script style noscript template svg nav iframe object select button head"
UNREAD = frozenset(_UNREAD.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TITLES = frozenset([*HEADINGS, "summary", "dt"])  # where a button is the question that it opens
CELLS = ("td", "th")
# What even a cell of a table is not read across.
PARTS = frozenset([*HEADINGS, "table", "caption", "thead", "tbody", "tfoot", "tr"])
# What begins on a line of its own, and holds nothing else that does, is a block.
_OWN_LINE = """
address article aside blockquote body button caption dd details div dl dt fieldset figcaption figure
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
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


def read(text: str) -> Iterator[Block]:
    _check(text)
    tree = LexborHTMLParser(text)
    article, frame = html_article.find(tree)
    reader = _Reader(_opened(tree), frame)
    if article is not None:
        reader.read(article)
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


def _opened(tree: LexborHTMLParser) -> frozenset[str]:
    """The ids of what a button shows and hides: closed at first, it is there to be read."""
    named = (node.attributes.get("aria-controls") for node in tree.css("[aria-controls]"))
    return frozenset(id_ for ids in named for id_ in (ids or "").split())


class _Reader:
    """Goes through the nodes in order, without recursion: pages may be nested without end."""

    def __init__(self, opened: frozenset[str], frame: frozenset[int]) -> None:
        self.blocks: list[Block] = []
        self._opened, self._frame = opened, frame
        self._outline = Outline()
        self._words: list[str] = []
        self._characters = 0
        self._within: Counter[str] = Counter()  # titles, cells
        self._began: list[int] = []  # where in the words each open link and cell begins
        self._tables: list[Table] = []  # those that are open, the innermost last

    def read(self, body: LexborNode) -> None:
        # What is still to do: a node to enter, or one to leave.
        left: list[tuple[LexborNode, bool]] = [(body, True)]
        while left:
            node, entering = left.pop()
            tag = node.tag or ""
            if tag == "-text":
                if node.mem_id not in self._frame:
                    self._words.append(node.text_content or "")
            elif tag == "br":
                self._words.append(" ")
            elif not entering:
                self._leave(node, tag)
            elif self._is_read(node, tag):
                self._enter(tag)
                left.append((node, False))
                left += [(child, True) for child in reversed(list(node.iter(include_text=True)))]
        self._end()
        self.blocks += self._outline.end()

    def _is_read(self, node: LexborNode, tag: str) -> bool:
        if node.mem_id in self._frame:
            return False
        if tag in UNREAD:
            return tag == "button" and (bool(self._within["titles"]) or html_article.asks(node))
        has = node.attributes
        hidden = (
            has.get("hidden", "until-found") != "until-found"
            or has.get("aria-hidden") == "true"
            or HIDDEN.search(has.get("style") or "")
        )
        return not hidden or has.get("id") in self._opened

    def _enter(self, tag: str) -> None:
        self._break(tag)
        if tag in CELLS or tag == "a":
            self._began.append(len(self._words))
        if tag == "table":
            self._tables.append(Table())
        self._within["cells"] += tag in CELLS
        self._within["titles"] += tag in TITLES

    def _leave(self, node: LexborNode, tag: str) -> None:
        self._within["titles"] -= tag in TITLES
        self._within["cells"] -= tag in CELLS
        if tag in HEADINGS:
            at = len(self.blocks) + 1
            self.blocks += self._outline.enter(HEADINGS[tag], self._take(), at)
        elif tag == "a":
            words = "".join(self._words[self._began.pop() :])
            self._words.append(address(node.attributes.get("href"), words))
        elif tag in CELLS and self._tables:
            self._leave_cell(node, tag)
        elif tag == "tr" and self._tables:
            self._leave_row()
        else:
            self._break(tag)
            if tag == "table" and self._tables:
                self._tables.pop().name(self.blocks)

    def _leave_cell(self, node: LexborNode, tag: str) -> None:
        began = self._began.pop()
        words = clean(SPACES.sub(" ", "".join(self._words[began:])))
        del self._words[began:]
        self._tables[-1].add(node, tag, words)

    def _leave_row(self) -> None:
        """A row whose cells were read without a pause is one block, in its columns."""
        table = self._tables[-1]
        if "".join(self._words).strip():
            self._end()
        elif cells := table.row():
            self._say(tables.line(cells))
            table.keep(len(self.blocks) - 1, cells)
        table.begin()

    def _break(self, tag: str) -> None:
        if tag == "button" and self._within["titles"]:
            return
        if tag in PARTS or (tag in OWN_LINE and not self._within["cells"]):
            self._end()
        elif tag in OWN_LINE:
            self._words.append(" ")

    def _end(self) -> None:
        """What was read since the last block is one, with the cells before it in its row."""
        self._say(self._take())

    def _say(self, words: str) -> None:
        if not words:
            return
        self._characters += len(words)
        if self._characters > MOST_CHARACTERS:
            raise Unreadable(Defect.BOMB)
        self.blocks.append(self._outline.block(words, len(self.blocks) + 1))

    def _take(self) -> str:
        words, self._words = clean(SPACES.sub(" ", "".join(self._words))), []
        self._began = [0] * len(self._began)
        before = self._tables[-1].interrupt() if self._tables and self._within["cells"] else []
        return tables.line([*before, words]) if before else words
