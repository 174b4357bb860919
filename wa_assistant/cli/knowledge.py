"""The knowledge base from a shell: `flask --app wsgi knowledge ...`."""

import json
import sys
from typing import Any

import click
from flask.cli import AppGroup

from ..database import db
from ..knowledge.evaluate import WORDS_ALONE, Measured, measure
from ..knowledge.search import RESULTS, Result, search

EXPECTED = ("document", "expected_document", "expected")  # what a line may call it

knowledge = AppGroup("knowledge", help="What the assistant answers from.")


@knowledge.command("search")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="A JSON list instead of text.")
@click.option("--limit", default=RESULTS, show_default=True, type=click.IntRange(1, 100))
def search_command(text: str, as_json: bool, limit: int) -> None:
    """Find passages for TEXT, or for each line of standard input where TEXT is "-"."""
    queries = (line.strip() for line in sys.stdin) if text == "-" else iter([text])
    for query in queries:
        found = search(query, limit) if query else []
        db.session.rollback()  # no transaction is open while the next line is waited for
        if as_json:
            listed = [_as_json(each) for each in found]
            click.echo(json.dumps(listed, ensure_ascii=False))
        else:
            click.echo("\n\n".join(map(_as_text, found)) or "Nothing was found.")
        sys.stdout.flush()


@knowledge.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
def evaluate_command(file: str, as_json: bool) -> None:
    """Measure the search by FILE, or standard input where it is "-".

    A line of it is JSON: {"question": ..., "document": ...}, where the document may be called
    "expected_document" or "expected", too.
    """
    measured = measure(_golden(file))
    if measured.missing:
        words = f"{measured.missing} of {len(measured.ranks)} questions name a document that is not"
        click.echo(f"{words} in the knowledge base; they count as not found.", err=True)
    figures = _figures(measured)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for name, figure in figures.items():
        click.echo(f"{name:<13}{figure}")


def _figures(measured: Measured) -> dict[str, Any]:
    by = "words alone" if measured.found_by == WORDS_ALONE else measured.found_by
    return {
        "questions": len(measured.ranks),
        "missing": measured.missing,
        "R@1": round(measured.recall(1), 4),
        "R@5": round(measured.recall(5), 4),
        "MRR": round(measured.mrr, 4),
        "milliseconds": round(measured.milliseconds, 2),
        "found by": by or "words alone in part",
    }


def _golden(file: str) -> list[tuple[str, str]]:
    try:
        with click.open_file(file, encoding="utf-8-sig") as opened:
            lines = opened.read().split("\n")
    except UnicodeDecodeError as error:
        raise click.ClickException("The file is not UTF-8.") from error
    found = [_line(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise click.ClickException("The file has no questions.")
    return found


def _line(number: int, line: str) -> tuple[str, str]:
    try:
        given = json.loads(line)
        question = given["question"]
        document = next(given[name] for name in EXPECTED if name in given)
    except (ValueError, KeyError, TypeError, StopIteration):
        question = document = None
    if not isinstance(question, str) or not isinstance(document, str):
        wanted = '{"question": ..., "document": ...}'
        raise click.ClickException(f"Line {number} is not {wanted}.")
    return question, document


def _as_json(result: Result) -> dict[str, Any]:
    return {
        "document": result.document,
        "heading": result.heading,
        "text": result.text,
        "score": result.score,
        "rank": result.rank,
    }


def _as_text(result: Result) -> str:
    place = ", ".join(filter(None, (result.heading, result.place)))
    title = f"{result.rank}. {result.document}"
    return f"{title} ({place})\n{result.text}" if place else f"{title}\n{result.text}"
