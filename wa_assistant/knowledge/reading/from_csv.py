"""A table, of questions and answers or of anything else: each row is a passage of its own."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from ...models import Defect
from ...models.participant import folded
from . import tables
from .blocks import LINE, Block, Unreadable, clean

QUESTIONS = {
    "pergunta",
    "perguntas",
    "question",
    "questions",
    "q",
    "duvida",
    "duvidas",
    "titulo",
    "title",
}
ANSWERS = {"resposta", "respostas", "answer", "answers", "a", "r", "texto", "text", "conteudo"}
DELIMITERS = ",;\t|"
SAMPLE = 20_000  # characters
LOOKED_AT = 200  # rows, to see whether the first of them are names
DECIMAL = re.compile(r"\d,\d")
SEPARATOR = re.compile(r"sep=([,;\t|])(?=\n)", re.I)  # Excel's own first line

csv.field_size_limit(32 * 1024 * 1024)


def read(text: str) -> Iterator[Block]:
    said = SEPARATOR.match(text)
    if said:
        text = text[said.end() :]
    rows = _rows(text, said[1] if said else _delimiter(text))
    first = list(islice(rows, LOOKED_AT))
    while len(first) > 1 and _is_title(first[0][0], first[1][0]):
        cells, line = first.pop(0)
        yield Block(tables.line(cells), at=line, unit=LINE, alone=True)
    if first and (names := _asked(first[0][0])):
        for cells, line in chain(first[1:], rows):
            yield _block(names, cells, line)
        return
    columns, told = tables.apart([cells for cells, _ in first])
    for cells, line in chain(first[len(first) - len(told) :], rows):
        if columns:
            yield Block(tables.named(columns, cells), at=line, unit=LINE, alone=True)
        else:
            yield _block(["question", "answer"], cells, line)


def _rows(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """The cells of each row that has any words, and the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            cells = [clean(cell) for cell in row]
            if any(cells):
                yield cells, line
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(Defect.BROKEN) from error


def _is_title(cells: list[str], following: list[str]) -> bool:
    """Whether a row is words above the table."""
    return len(following) > 2 and bool(cells[0]) and not any(cells[1:])


def _delimiter(text: str) -> str:
    """What cuts most rows into the same number of cells, and fewest of them amid their words."""
    sample = text if len(text) <= SAMPLE else text[:SAMPLE].rpartition("\n")[0] or text[:SAMPLE]
    return max(DELIMITERS, key=lambda each: _fits(sample, each))


def _fits(sample: str, delimiter: str) -> tuple[int, int]:
    rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    # After a comma in a sentence comes a space; a quote within a cell has been cut in two.
    amid = sum(cell.startswith(" ") or '"' in cell for row in rows for cell in row)
    if delimiter == ",":  # most commas between figures are none
        amid += len(DECIMAL.findall(sample))
    return max(lengths.values(), default=0), -amid


def _asked(cells: list[str]) -> list[str]:
    """What the columns are called, folded, where that is questions or answers."""
    words = [folded(cell) for cell in cells]
    return words if QUESTIONS & set(words) or ANSWERS & set(words) else []


def _block(names: list[str], cells: list[str], line: int) -> Block:
    """The question is the heading, and stands before the answer; other columns follow, named."""
    questions, answers, others = [], [], []
    for index, cell in enumerate(cells):
        name = names[index] if index < len(names) else ""
        if not cell:
            continue
        if name in QUESTIONS:
            questions.append(cell)
        elif name in ANSWERS:
            answers.append(cell)
        else:
            others.append(f"{name}: {cell}" if name else cell)
    heading = " ".join(questions).replace("\n", " ")
    text = "\n".join([*questions, *answers, *others])
    return Block(text, (heading,) if heading else (), line, LINE, alone=True)
