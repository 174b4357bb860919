"""What of a web page is its article, and what is the frame that all pages of its site share.

Menus are told by what they are called and by how they look: short links and hardly anything else.
Whatever may be said to a customer stays: questions that open, tables, prices, addresses. Libraries
that extract articles leave those out more often than a menu does harm.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
MOSTLY = 0.6  # of the letters are links
MOST_IN_CONSENT = 2_000  # characters
LEAST_LINKS = 3
SHORT_LINK = 40  # characters, on average
OWN_PLACE = re.compile(r"^(?!https?://|mailto:|tel:|//)", re.I)
SPACES = re.compile(r"\s+")


def find(tree: LexborHTMLParser) -> tuple[LexborNode | None, frozenset[int]]:
    """The part of the page that is to be read; and what frames it there, by `mem_id`."""
    body = tree.body
    if body is None:
        return None, frozenset()
    main = _main(body)
    return main, frozenset(each.mem_id for each in main.css("*") if _is_frame(each, main))


def _main(body: LexborNode) -> LexborNode:
    mains = body.css(MAIN)
    if len(mains) == 1 and _length(mains[0]) >= LEAST_MAIN * _length(body):
        return mains[0]
    return body


def _is_frame(node: LexborNode, within: LexborNode) -> bool:
    tag = node.tag or ""
    has = node.attributes
    called = f"{has.get('class') or ''} {has.get('id') or ''}"
    if (
        CONSENT.search(called)
        and _length(node) < MOST_IN_CONSENT
        and not node.css_first("h1, main")
    ):
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
    return len(links) >= 1 and _linked(links) >= MOSTLY * _length(node)


def _is_menu(node: LexborNode) -> bool:
    """Whether a list is short links into the same site, and nothing else."""
    links = node.css("a")
    if len(links) < LEAST_LINKS or _linked(links) > SHORT_LINK * len(links):
        return False
    own = all(OWN_PLACE.match(each.attributes.get("href") or "") for each in links)
    return own and _linked(links) >= 0.9 * _length(node)


def _linked(links: list[LexborNode]) -> int:
    return sum(map(_length, links))


def _length(node: LexborNode) -> int:
    return len(SPACES.sub(" ", node.text(strip=False)).strip())
