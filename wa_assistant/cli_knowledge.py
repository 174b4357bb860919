"""The knowledge base from a shell: `flask --app wsgi knowledge ...`."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from .database import db
from .knowledge.evaluate import measure
from .knowledge.search import RESULTS, Result, search

knowledge = AppGroup("knowledge", help="What the assistant answers from.")


def init_app(app: Flask) -> None:
    app.cli.add_command(knowledge)


@knowledge.command("search")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="A JSON list instead of text.")
@click.option("--limit", default=RESULTS, show_default=True, type=click.IntRange(1, 100))
def search_command(text: str, as_json: bool, limit: int) -> None:
    """Find passages for TEXT, or for each line of standard input where TEXT is "-"."""
    questions = (line.strip() for line in sys.stdin) if text == "-" else iter([text])
    for question in questions:
        found = search(question, limit) if question else []
        db.session.rollback()  # no transaction is open while the next line is waited for
        if as_json:
            listed = [_as_json(each) for each in found]
            click.echo(json.dumps(listed, ensure_ascii=False))
        else:
            click.echo("\n\n".join(map(_as_text, found)) or "Nothing was found.")
        sys.stdout.flush()


@knowledge.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
def evaluate_command(file: Path, as_json: bool) -> None:
    """Measure the search by FILE: lines of JSON, each {"question": ..., "document": ...}."""
    measured = measure(_golden(file))
    figures = {
        "questions": len(measured.ranks),
        "R@1": round(measured.recall(1), 4),
        "R@5": round(measured.recall(5), 4),
        "MRR": round(measured.mrr, 4),
        "milliseconds": round(measured.milliseconds, 2),
    }
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, figure in figures.items():
        click.echo(f"{name:<13}{figure}")


def _golden(file: Path) -> list[tuple[str, str]]:
    found = []
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            question, document = given["question"], given["document"]
        except (ValueError, KeyError, TypeError) as error:
            wanted = '{"question": ..., "document": ...}'
            raise click.ClickException(f"Line {number} is not {wanted}.") from error
        found.append((str(question), str(document)))
    if not found:
        raise click.ClickException("The file has no questions.")
    return found


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
