"""Plain text and Markdown."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .blocks import LINE, Block, Outline, clean

MARKUP = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
RULE = frozenset("|-: ")  # below the head of a table
FENCES = ("fence", "code_block")


def read_text(text: str) -> Iterator[Block]:
    """Paragraphs: what has blank lines around it, and every line where there are none."""
    lines = text.split("\n")
    has_paragraphs = any(not line.strip() for line in lines[1:-1])
    paragraph: list[str] = []
    began = 1
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            began = began if paragraph else number
            paragraph.append(line)
        if paragraph and (not line.strip() or not has_paragraphs):
            if words := clean("\n".join(paragraph)):
                yield Block(words, at=began, unit=LINE)
            paragraph = []


def read_markdown(text: str) -> Iterator[Block]:
    """Its blocks as they were written, under its headings."""
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    parser.disable(["inline", "text_join"])
    lines, outline = text.split("\n"), Outline()
    tokens = parser.parse(text)
    for index, token in enumerate(tokens):
        if token.level or not token.map:
            continue
        if token.type == "heading_open":
            title = MARKUP.sub("", tokens[index + 1].content)
            outline.enter(int(token.tag[1]), clean(title).replace("\n", " "))
        else:
            yield from _written(lines, token, outline)


def _written(lines: list[str], token: Token, outline: Outline) -> Iterator[Block]:
    """A block's own lines; a long list or table is several, cut between its lines."""
    began, end = token.map or (0, 0)
    if token.type in FENCES or token.type == "paragraph_open":
        parts = [(began, lines[began:end])]
    else:
        parts = [(number, [lines[number]]) for number in range(began, end)]
    for number, part in parts:
        words = clean("\n".join(part))
        if set(words) - RULE:
            yield Block(words, outline.path, number + 1, LINE)
