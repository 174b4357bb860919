"""What stands beneath an article and is none of it: other pages that are recommended, small print.

Neither is told by the names of its elements alone: most shops' pages have none that help. What is
recommended follows words that announce it, and is links; small print has a sign of copyright, and
links beside it. An address, hours or a telephone at the foot of a page stay: people ask for them.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from selectolax.lexbor import LexborNode

from .html_links import are_own, length, linked, words

TITLES = "h2, h3, h4, h5, h6, p, div"
INLINE = frozenset(["a", "b", "br", "em", "i", "img", "small", "span", "strong", "svg", "u"])
LONGEST_TITLE = 60  # characters
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BETWEEN = " |/·•-–—\n\t\r\xa0"  # links of a row
IN_PART = 0.4  # of the letters are links: the others are prices and dates
_PAGES = (
    r"(?:produtos?|posts?|artigos?|notícias?|conteúdos?|páginas?|matérias?|productos|artículos)"
)
ANNOUNCED = re.compile(
    r"(?:talvez )?(?:você|vc)s? também (?:pode|poderá|vai|iria) (?:gostar|se interessar)\b.{0,30}"
    r"|(?:veja|leia|confira|assista|descubra) (?:também|mais)\b.{0,30}"
    r"|quem (?:viu|comprou)\b.{0,40}"
    rf"|{_PAGES} (?:relacionad[oa]s|recomendad[oa]s|similares|semelhantes|recentes)\b.{{0,20}}"
    r"|(?:relacionad|recomendad)[oa]s(?: para você)?|compre junto|vistos recentemente"
    r"|continue lendo|sugestões para você|(?:também )?pode (?:te|lhe) interessar"
    r"|you (?:may|might) also\b.{0,30}|related \w+|see also|read (?:more|next|also)"
    r"|recommended(?: for you)?|more like this|customers also\b.{0,30}"
    r"|(?:también )?te pueden? (?:gustar|interesar)|ver también|lea también",
    re.I,
)
FOOT = re.compile(r"(?:^|[\s_-])(?:footer|rodap[ée]|copyright)(?=$|[\s_-])", re.I)
SMALL_PRINT = re.compile(
    r"©|\(c\)\s?(?:19|20)\d\d|copyright|direitos reservados|rights reserved|derechos reservados",
    re.I,
)
# Of all that a customer may ask for, whatever stands beside it.
WANTED = re.compile(
    r"@|\b(?:rua|r\.|av|avenida|praça|rodovia|travessa|bairro|cep|tel|telefone|fone|whats\w*|"
    r"horário|atendimento|calle|street)\b|\d{4}[ -]\d{4}\b|\b\d{1,2}(?:h|:\d\d)",
    re.I,
)


def find(main: LexborNode) -> Iterator[int]:
    """The `mem_id` of all that is not to be read, elements and texts."""
    for title in main.css(TITLES):
        if _announces(title):
            yield from _recommended(title, main)
    for node in main.css("footer, [class], [id]"):
        has = node.attributes
        if node.tag == "footer" or FOOT.search(f"{has.get('class') or ''} {has.get('id') or ''}"):
            yield from _small_print(node)


def _announces(title: LexborNode) -> bool:
    if any(each.tag not in INLINE for each in title.iter()):
        return False
    said = words(title)
    return len(said) <= LONGEST_TITLE and bool(ANNOUNCED.fullmatch(said.rstrip(" :!?.…")))


def _recommended(title: LexborNode, main: LexborNode) -> list[int]:
    """The title and what follows it, as long as that is links."""
    node = title
    while (following := next(_after(node), None)) is None:
        if node.parent is None or node.parent.mem_id == main.mem_id:
            return []
        node = node.parent
    if not _is_of_links(following):
        return []
    return [node.mem_id, *(each.mem_id for each in takewhile(_is_of_links, _after(node)))]


def _after(node: LexborNode) -> Iterator[LexborNode]:
    """The elements behind it that show something, up to the next heading."""
    following = node.next
    while following is not None and following.tag not in HEADINGS:
        if not (following.tag or "-").startswith("-") and length(following):
            yield following
        following = following.next


def _is_of_links(node: LexborNode) -> bool:
    links = node.css("a")
    return bool(links) and linked(links) >= IN_PART * length(node)


def _small_print(foot: LexborNode) -> Iterator[int]:
    """Its lines of copyright, and the links that stand in no sentence."""
    for node in foot.css("*"):
        children = list(node.iter(include_text=True))
        texts = [each for each in children if each.tag == "-text"]
        printed = {each.mem_id for each in texts if _is_small_print(each.text_content or "")}
        yield from printed
        others = [each for each in children if each.mem_id not in printed]
        links = [each for each in others if each.tag == "a"]
        if links and are_own(links) and all(map(_stands_beside_links, others)):
            yield from (each.mem_id for each in others)


def _is_small_print(text: str) -> bool:
    return bool(SMALL_PRINT.search(text)) and not WANTED.search(text)


def _stands_beside_links(node: LexborNode) -> bool:
    if node.tag == "-text":
        return not (node.text_content or "").strip(BETWEEN)
    return node.tag in ("a", "br")
