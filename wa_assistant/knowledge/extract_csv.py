"""A table of questions and answers: each row is a passage of its own."""

import csv
import io
from collections.abc import Iterator

from ..models import Defect
from ..models.folding import folded
from .blocks import LINE, Block, Unreadable, clean

QUESTIONS = {"pergunta", "perguntas", "question", "questions", "q", "duvida", "titulo", "title"}
ANSWERS = {"resposta", "respostas", "answer", "answers", "a", "r", "texto", "text", "conteudo"}
DELIMITERS = ",;\t|"
SAMPLE = 20_000  # characters

csv.field_size_limit(32 * 1024 * 1024)


def read(text: str) -> Iterator[Block]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text[:SAMPLE]))
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


def _delimiter(sample: str) -> str:
    """What stands most often in the lines, outside of words: the same number in most of them."""
    first = sample.partition("\n")[0]
    return max(DELIMITERS, key=lambda each: (first.count(each), sample.count(each)))


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
