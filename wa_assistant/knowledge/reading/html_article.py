"""What of a web page is its article, and what is the frame that all pages of its site share.

Menus are told by what they are called and by how they look: short links and hardly anything else.
Whatever may be said to a customer stays: questions that open, tables, prices, addresses. Libraries
that extract articles leave those out more often than a menu does harm.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import html_beneath
from .html_links import are_own, is_of_contact, length, linked

_ROLES = """
navigation banner contentinfo complementary search menu menubar dialog alertdialog tablist toolbar
"""
ROLES = frozenset(_ROLES.split())
MAIN = "main, [role=main]"
LEAST_MAIN = 0.2  # of the page's text, or it is but a part of what is to be read
CONSENT = re.compile(r"cookie|consent|lgpd|gdpr", re.I)
FRAME = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navbar|navigation|breadcrumbs?|sidebar|topbar|share|social|related"
    r"|relacionad\w*|recommend\w*|newsletter|pagination|paginacao|skip(?:-?link)?|footer|rodape"
    r"|header|cabecalho|toc|comments?|comentarios|tags|login|idiomas?|languages?)(?=$|[\s_-])",
    re.I,
)
FRAME_TAGS = frozenset(["header", "footer", "aside"])
LISTS = frozenset(["ul", "ol", "menu"])
OPENS = ("aria-expanded", "aria-controls")
MOSTLY = 0.6  # of the letters are links
MOST_IN_CONSENT = 2_000  # characters
LEAST_LINKS = 3
SHORT_LINK = 40  # characters, on average


def find(tree: LexborHTMLParser) -> tuple[LexborNode | None, frozenset[int]]:
    """The part of the page that is to be read; and what frames it there, texts too, by `mem_id`."""
    body = tree.body
    if body is None:
        return None, frozenset()
    main = _main(body)
    around = (each.mem_id for each in main.css("*") if _is_frame(each, main))
    return main, frozenset([*around, *html_beneath.find(main)])


def asks(button: LexborNode) -> bool:
    """Whether a button is read: it is a question, or heads what it opens, and opens no menu."""
    has, words = button.attributes, button.text(strip=False).strip()
    opens = any(name in has for name in OPENS)
    opened = f"{words} {has.get('aria-controls') or ''} {has.get('class') or ''}"
    return words.endswith("?") or (opens and not FRAME.search(opened))


def _main(body: LexborNode) -> LexborNode:
    mains = body.css(MAIN)
    if len(mains) == 1 and length(mains[0]) >= LEAST_MAIN * length(body):
        return mains[0]
    return body


def _is_frame(node: LexborNode, within: LexborNode) -> bool:
    tag = node.tag or ""
    has = node.attributes
    called = f"{has.get('class') or ''} {has.get('id') or ''}"
    if CONSENT.search(called) and length(node) < MOST_IN_CONSENT and not node.css_first("h1, main"):
        return True
    if (has.get("role") or "") in ROLES:
        return not node.css_first("h1, main, article")
    if tag in FRAME_TAGS or FRAME.search(called):
        return _is_of_links(node)
    return tag in LISTS and not _is_in_article(node, within) and _is_menu(node)


def _is_in_article(node: LexborNode, within: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("article", "main"):
            return True
        parent = parent.parent
    return within.tag == "main"


def _is_of_links(node: LexborNode) -> bool:
    links = node.css("a")
    if any(is_of_contact(each) for each in links):
        return False
    return len(links) >= 1 and linked(links) >= MOSTLY * length(node)


def _is_menu(node: LexborNode) -> bool:
    """Whether a list is short links into the same site, and nothing else."""
    links = node.css("a")
    if len(links) < LEAST_LINKS or linked(links) > SHORT_LINK * len(links):
        return False
    return are_own(links) and linked(links) >= 0.9 * length(node)
