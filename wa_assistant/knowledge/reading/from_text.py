"""Plain text and Markdown."""

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from . import tables
from .blocks import LINE, Block, Outline, clean

MARKUP = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
RULE = frozenset("|-: ")  # below the head of a table
CELL = re.compile(r"(?<!\\)\|")  # what ends one
FENCES = ("fence", "code_block")
FIELD = re.compile(r"([A-Za-z_][\w-]*):(.*)")  # of the front matter
TITLES = ("title", "Title", "titulo")


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
    lines, outline = text.split("\n"), Outline(LINE)
    if title := _take_front_matter(lines):
        outline.enter(0, title, at=1)
    tokens = parser.parse("\n".join(lines))
    for index, token in enumerate(tokens):
        if token.level or not token.map:
            continue
        if token.type == "heading_open":
            title = MARKUP.sub("", _without_comments(tokens[index + 1].content))
            yield from outline.enter(int(token.tag[1]), clean(title), token.map[0] + 1)
        else:
            yield from _written(lines, token, outline)
    yield from outline.end()


def _take_front_matter(lines: list[str]) -> str:
    """Empty the lines in front of the text that are for a program; gives the title in them."""
    if lines[0].rstrip() != "---" or not FIELD.match(lines[1] if len(lines) > 1 else ""):
        return ""
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not end:
        return ""
    fields = [found for line in lines[1:end] if (found := FIELD.match(line))]
    lines[: end + 1] = [""] * (end + 1)  # what follows stays on its line
    return next((clean(each[2]).strip("\"'") for each in fields if each[1] in TITLES), "")


def _without_comments(text: str) -> str:
    """What nobody sees is left out; what follows stays on its line."""
    kept, at = [], 0
    while (begins := text.find("<!--", at)) >= 0 and (ends := text.find("-->", begins + 4)) >= 0:
        kept += [text[at:begins], "\n" * text.count("\n", begins, ends)]
        at = ends + 3
    return "".join([*kept, text[at:]])


def _written(lines: list[str], token: Token, outline: Outline) -> Iterator[Block]:
    """A block's own lines; a long list or table is several, cut between its lines."""
    began, end = token.map or (0, 0)
    written = "\n".join(lines[began:end])
    if token.type not in FENCES:
        written = _without_comments(written)
    whole = token.type in FENCES or token.type == "paragraph_open"
    is_table = token.type == "table_open"
    names: list[str] = []
    for number, part in enumerate([written] if whole else written.split("\n"), began + 1):
        words = clean(part)
        if not set(words) - RULE:
            continue
        block = outline.block(words, number)
        if is_table and not names:
            names = _cells(words)
            block = replace(block, head=end - began > 2)
        elif is_table:
            block = replace(block, named=tables.named(names, _cells(words)))
        yield block


def _cells(row: str) -> list[str]:
    return [each.replace("\\|", "|").strip() for each in CELL.split(row.strip().strip("|"))]
