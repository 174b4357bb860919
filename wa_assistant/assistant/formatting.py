"""What a model writes, fit to be sent: in WhatsApp's own formatting, with no link to strangers.

WhatsApp knows *bold*, _italic_, ~struck~, `code`, lists and quotes. Headings become bold lines,
links their text and address, tables a line a row. What links may lead to, links.py tells.
"""

import re
import unicodedata
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from ..conversation import outbox
from ..models import characters
from . import links, tidying

MOST_MESSAGES = 3  # of one answer
ROOM = 10  # characters, of which a part leaves none, for the mark that it goes on

# No raw HTML and no code by indentation: what a person might write so is meant as it stands.
_parser = (
    MarkdownIt("commonmark", {"html": False})
    .enable(["table", "strikethrough"])
    .disable(["code", "html_block", "html_inline", "entity", "reference", "lheading"])
)
MARKS = {"strong": "*", "s": "~"}
# Letters and a picture to Unicode, and nothing at all to who reads.
BLANK = set("\u115f\u1160\u2800\u3164\uffa0")
# A text without any of these holds no link, however it is written: links.py is not asked.
MAY_HOLD_LINKS = re.compile(rf"{links.DOT}\S|\s{links.DOT}|[@(\[{{]|:\s?/|ponto")


def for_whatsapp(text: str) -> str:
    """`text` as WhatsApp shows it best; what is no Markdown stays as it is."""
    if not text.replace("\n", "").isprintable():
        text = characters.seen(text)
    tokens: list[Token] = _parser.parse(text)
    return _blocks(SyntaxTreeNode(tokens).children).strip() or text.strip()


def is_legible(text: str) -> bool:
    """Whether there is anything to read in it: a letter, a digit or a picture."""
    return any(
        (each.isalnum() or unicodedata.category(each) == "So") and each not in BLANK
        for each in text
    )


def is_too_long(words: str) -> bool:
    """Whether they fill more messages than people read in one answer."""
    return len(outbox.parts(words)) > MOST_MESSAGES


def beginning(words: str) -> str:
    """As much of them as so many messages hold, up to the end of a sentence."""
    *before, last = outbox.parts(words)[:MOST_MESSAGES]
    whole = tidying.up_to_its_last_sentence(last)
    return "\n\n".join([*before, whole or f"{last[:-ROOM].rsplit(' ', 1)[0]} …"])


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> str:
    return "\n\n".join(block for node in nodes if (block := _block(node)))


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "heading":
            words = _inline(node)
            return words if "*" in words else f"*{words}*"
        case "bullet_list" | "ordered_list":
            return _list(node)
        case "blockquote":
            return "\n".join(f"> {line}" for line in _blocks(node.children).splitlines())
        case "fence":
            return f"```{node.content.rstrip()}```"
        case "table":
            return _table(node)
        case "hr":
            return ""
    return _inline(node)


def _list(node: SyntaxTreeNode) -> str:
    first = int(node.attrs.get("start", 1))
    loose = any(not child.hidden for item in node.children for child in item.children[:1])
    items = []
    for number, item in enumerate(node.children, first):
        mark = f"{number}." if node.type == "ordered_list" else "-"
        lines = "\n".join(_block(child) for child in item.children).splitlines() or [""]
        items.append("\n".join([f"{mark} {lines[0]}", *(f"  {line}" for line in lines[1:])]))
    return ("\n\n" if loose else "\n").join(items)


def _table(node: SyntaxTreeNode) -> str:
    rows = [
        [_inline(cell) for cell in row.children]
        for section in node.children
        for row in section.children
    ]
    return "\n".join(" | ".join(cells) for cells in rows)


def _inline(node: SyntaxTreeNode, within: str = "") -> str:
    """`within` are the marks it stands in: WhatsApp knows none inside itself."""
    match node.type:
        case "text":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "code_inline":
            return f"`{node.content}`"
        case "image":
            return _with_address(node.content, str(node.attrs.get("src", "")))
    mark = node.markup[:1] if node.type == "em" else MARKS.get(node.type, "")
    mark = "" if mark in within else mark
    words = "".join(_inline(child, within + mark) for child in node.children)
    if node.type == "link":
        return _with_address(words, str(node.attrs.get("href", "")))
    return f"{mark}{words}{mark}"


def _with_address(words: str, address: str) -> str:
    return address if words in ("", address) else f"{words} ({address})"


def known_links_only(text: str, said: str = "", taken_out: list[str] | None = None) -> str:
    """`text` without the links that neither the company nor `said`, the conversation so far, names,
    which are added to `taken_out`: see links.py."""
    if not text.replace("\n", "").isprintable():
        text = characters.seen(text)
    if not MAY_HOLD_LINKS.search(text):
        return text.strip()
    return links.known_only(text, said, [] if taken_out is None else taken_out)
