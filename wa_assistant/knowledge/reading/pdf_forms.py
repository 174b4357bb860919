"""What people put into a PDF: into the fields of its form, and as notes on its pages."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from .blocks import clean
from .pdf_words import Word, turning

MOST_BYTES = 100_000  # of what one field holds, or one note says
NOT_NOTES = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_WIDGET)
TICKED = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
WRITTEN = (
    *(raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX),
    raw.FPDF_FORMFIELD_LISTBOX,
)
TICK, NO_TICK = "☑", "☐"
CLOSE = 250.0  # points between a field and what says what it is for

Handle = Any  # PDFium's own, without types


def with_fields(
    words: list[Word], document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage
) -> list[Word]:
    """The words of a page in order, with what its form's fields hold: each after its label."""
    for field, called in _fields(document, page):
        beside = [each for each in words if _is_beside(each, field)]
        above = [each for each in words if _is_above(each, field)]
        if beside:
            label = max(beside, key=lambda each: each.right)
            field.bottom, field.top = label.bottom, label.top
        elif above:
            label = min(above, key=lambda each: (each.bottom, -each.order))
        else:
            field.text = f"{called}: {field.text}" if called else field.text
            words = [*words, field]
            continue
        at = next(place for place, each in enumerate(words) if each is label) + 1
        words = [*words[:at], field, *words[at:]]
    for number, each in enumerate(words):
        each.order = number
    return words


def notes(page: pypdfium2.PdfPage) -> list[str]:
    """What was noted on a page, each once, in the file's order."""
    found = []
    for each in _annotations(page):
        if raw.FPDFAnnot_GetSubtype(each) not in NOT_NOTES:
            found.append(_text(raw.FPDFAnnot_GetStringValue, each, b"Contents"))
    return list(dict.fromkeys(filter(None, found)))


def _is_beside(word: Word, field: Word) -> bool:
    is_left = field.left - word.left >= -2 and word.right <= field.left + 4
    return is_left and field.bottom <= word.middle <= field.top and field.left - word.right < CLOSE


def _is_above(word: Word, field: Word) -> bool:
    is_over = word.left < field.right and word.right > field.left
    return is_over and 0 <= word.middle - field.top < 2 * word.height


def _fields(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[tuple[Word, str]]:
    """What each field holds, as a word at its place, and what the field is called."""
    if document.formenv is None:
        return
    form, turned = document.formenv.raw, turning(page)
    for each in _annotations(page):
        if raw.FPDFAnnot_GetSubtype(each) != raw.FPDF_ANNOT_WIDGET:
            continue
        box = raw.FS_RECTF()
        said = _said(form, each)
        if said and raw.FPDFAnnot_GetRect(each, box):
            low, high = sorted((box.bottom, box.top))
            yield Word(said, *turned((box.left, low, box.right, high))), _name(form, each)


def _said(form: Handle, field: Handle) -> str:
    kind = raw.FPDFAnnot_GetFormFieldType(form, field)
    if kind in TICKED:
        return TICK if raw.FPDFAnnot_IsChecked(form, field) else NO_TICK
    return _text(raw.FPDFAnnot_GetFormFieldValue, form, field) if kind in WRITTEN else ""


def _name(form: Handle, field: Handle) -> str:
    """What is said to people, else the last part of what programs call it."""
    said = _text(raw.FPDFAnnot_GetFormFieldAlternateName, form, field)
    named = _text(raw.FPDFAnnot_GetFormFieldName, form, field)
    return said or named.rpartition(".")[2].partition("[")[0]


def _annotations(page: pypdfium2.PdfPage) -> Iterator[Handle]:
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            try:
                yield annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _text(ask: Callable[..., int], *of: Handle) -> str:
    """What PDFium writes into a buffer, on one line."""
    size = min(ask(*of, None, 0), MOST_BYTES)
    buffer = ctypes.create_string_buffer(size + 2)
    ask(*of, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    written = buffer.raw[:size].decode("utf-16-le", errors="ignore").partition("\0")[0]
    return clean(written.replace("\n", " "))
