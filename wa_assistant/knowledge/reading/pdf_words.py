"""The words of a PDF's page as they lie on it.

PDFium tells each character and its box; a word is what stands close together on one line.
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from . import pdf_letters
from .pdf_letters import Box

HYPHEN = "\u0002"  # what PDFium makes of a hyphen at the end of a line that goes on in the next
UNKNOWN = "\ufffe"
CUTS = (HYPHEN, UNKNOWN)
APART = 0.5  # of the smaller height: with less in common, two characters are on different lines
SPACE = 0.1  # of a character's height: the least gap between two words that nobody wrote
ASKEW = 0.3  # the sine of the least angle
BOLD = ("bold", "black", "heavy", "demi")
BOLD_WEIGHT = 600


@dataclass(slots=True)
class Word:
    """In points from the lower left corner; `order` counts as the file tells them."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False
    order: int = 0

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def words(page: pypdfium2.PdfPage) -> list[Word]:
    """In the file's own order; turned as the page is shown."""
    text_page = page.get_textpage()
    try:
        found = list(_words(text_page, turning(page), page.get_rotation()))
    finally:
        text_page.close()
    for number, each in enumerate(found):
        each.order = number
    return found


def turning(page: pypdfium2.PdfPage) -> Callable[[Box], Box]:
    """From a box as the file has it to one on the page as it is shown."""
    width, height = page.get_size()
    turns = page.get_rotation() // 90
    if turns % 2:
        width, height = height, width  # as they are before it is turned

    def turned(box: Box) -> Box:
        left, bottom, right, top = box
        if turns == 1:
            return bottom, width - right, top, width - left
        if turns == 2:
            return width - right, height - top, width - left, height - bottom
        if turns == 3:
            return height - top, left, height - bottom, right
        return box

    return turned


def _words(
    text_page: pypdfium2.PdfTextPage, turned: Callable[[Box], Box], degrees: int
) -> Iterator[Word]:
    handle, place = text_page.raw, raw.FS_RECTF()
    at = ctypes.byref(place)
    word: Word | None = None
    last: Box = (0.0, 0.0, 0.0, 0.0)
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        character = pdf_letters.written(chr(code)) if code < 0x110000 else UNKNOWN
        is_cut = character in CUTS and raw.FPDFText_IsHyphen(handle, index) == 1
        if is_cut or character.isspace() or not code:
            if word is not None:
                word.text += HYPHEN if is_cut else ""
                yield word
                word = None
        elif raw.FPDFText_GetLooseCharBox(handle, index, at):
            box = turned((place.left, place.bottom, place.right, place.top))
            before, last = last, box
            if word and (_is_beside(word, box, handle, index) or _is_askew(handle, index, degrees)):
                _add(word, character, box, is_over=pdf_letters.is_over(before, box))
                continue
            if word is not None:
                yield word
            word = Word(character, *box, _is_bold(handle, index))
    if word is not None:
        yield word


def _is_beside(word: Word, box: Box, handle: raw.FPDF_TEXTPAGE, index: int) -> bool:
    left, bottom, _, top = box
    height, higher = sorted((word.height, top - bottom))
    is_level = min(word.top, top) - max(word.bottom, bottom) >= APART * height
    gap = left - word.right
    if not is_level or gap <= -height:
        return False
    if gap < max(SPACE * height, 0.1):
        return True
    return gap < SPACE * higher and (_is_part(handle, index - 1) or _is_part(handle, index))


def _is_part(handle: raw.FPDF_TEXTPAGE, index: int) -> bool:
    """Whether a character is of a sign that the file says the letters of, as browsers say "fi".

    Its box is as narrow and low as its ink, where any other has its font's room around it. So a
    gap beside it looks wider, and it looks lower, than it is.
    """
    loose, ink = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(loose)):
        return False
    raw.FPDFText_GetCharBox(handle, index, *map(ctypes.byref, ink))
    left, right, bottom, top = (each.value for each in ink)
    room = (loose.left, loose.right, loose.bottom, loose.top)
    return all(map(math.isclose, room, (left, right, bottom, top)))


def _is_askew(handle: raw.FPDF_TEXTPAGE, index: int, degrees: int) -> bool:
    """Whether a character runs up or down the page, where no more is known than its order."""
    angle = raw.FPDFText_GetCharAngle(handle, index) - math.radians(degrees)
    return abs(math.sin(angle)) > ASKEW


def _add(word: Word, character: str, box: Box, *, is_over: bool) -> None:
    left, bottom, right, top = box
    made = pdf_letters.accented(word.text[-1], character) if is_over else ""
    word.text = word.text[:-1] + made if made else word.text + character
    word.left, word.bottom = min(word.left, left), min(word.bottom, bottom)
    word.right, word.top = max(word.right, right), max(word.top, top)


def _is_bold(handle: raw.FPDF_TEXTPAGE, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(handle, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(64)
    raw.FPDFText_GetFontInfo(handle, index, name, 64, None)
    written = name.value.decode(errors="ignore").lower()
    return any(each in written for each in BOLD)
