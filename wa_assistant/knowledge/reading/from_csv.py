"""A table of questions and answers: each row is a passage of its own."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from ...models import Defect
from ...models.participant import folded
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
SEPARATOR = re.compile(r"sep=([,;\t|])(?=\n)", re.I)  # Excel's own first line

csv.field_size_limit(32 * 1024 * 1024)


def read(text: str) -> Iterator[Block]:
    said = SEPARATOR.match(text)
    if said:
        text = text[said.end() :]
    delimiter = said[1] if said else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: list[str] | None = None
    line = 1
    try:
        for row in reader:
            cells = [clean(cell) for cell in row]
            if any(cells):
                if names is None:
                    names, is_head = _names(cells)
                    if is_head:
                        line = reader.line_num + 1
                        continue
                yield _block(names, cells, line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(Defect.BROKEN) from error


def _delimiter(text: str) -> str:
    """What cuts most rows into the same number of cells, and fewest of them amid their words."""
    sample = text if len(text) <= SAMPLE else text[:SAMPLE].rpartition("\n")[0] or text[:SAMPLE]
    return max(DELIMITERS, key=lambda each: _fits(sample, each))


def _fits(sample: str, delimiter: str) -> tuple[int, int]:
    rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    # After a comma in a sentence comes a space; a quote within a cell has been cut in two.
    amid = sum(cell.startswith(" ") or '"' in cell for row in rows for cell in row)
    return max(lengths.values(), default=0), -amid


def _names(cells: list[str]) -> tuple[list[str], bool]:
    """What the columns are called, and whether the first row says so."""
    words = [folded(cell) for cell in cells]
    if QUESTIONS & set(words) or ANSWERS & set(words):
        return words, True
    return ["question", "answer", *[""] * (len(cells) - 2)], False


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
