"""What a PDF says again at the edge of each page: numbers are left out, the rest is said once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import page_numbers
from .pdf_page import Line, Page

EDGE = 0.13  # of a page's height, at either end
NEAR = 6.0  # points: a head stands at the same height on each page
NEIGHBOURS = (1, 2)  # pages: those of odd and of even numbers differ


@dataclass(slots=True)
class _Edge:
    """A line at the edge of a page; `words` are those beside the page's number, and `ahead` is by
    how much that number is greater than the page's place in the file.
    """

    line: Line
    words: str
    ahead: int | None


def leave_out(pages: Sequence[Page]) -> None:
    """Take them out of the pages."""
    edges = [list(_edges(page, number)) for number, page in enumerate(pages)]
    heads = [
        [each for each in own if _is_head(each, number, edges)] for number, own in enumerate(edges)
    ]
    said: set[str] = set()
    for page, own in zip(pages, heads, strict=True):
        gone: set[int] = set()
        for each in own:
            each.line.text = each.words
            if not each.words or each.words.casefold() in said:
                gone.add(id(each.line))
            said.add(each.words.casefold())
        page.items = [each for each in page.items if id(each) not in gone]


def _edges(page: Page, number: int) -> Iterator[_Edge]:
    low, high = EDGE * page.height, (1 - EDGE) * page.height
    for each in page.items:
        if isinstance(each, Line) and (each.top <= low or each.bottom >= high):
            words, said = page_numbers.apart(each.text)
            yield _Edge(each, words, None if said is None else said - number)


def _is_head(edge: _Edge, number: int, edges: Sequence[Sequence[_Edge]]) -> bool:
    """Whether a page nearby says the same at the same height, or it is no more than a number."""
    if not edge.words and edge.ahead is None:
        return True
    near = [page for step in NEIGHBOURS for page in (number - step, number + step)]
    return any(
        other.words == edge.words
        and other.ahead == edge.ahead
        and abs(other.line.bottom - edge.line.bottom) <= NEAR
        for page in near
        if 0 <= page < len(edges)
        for other in edges[page]
    )
