"""What the docs name is there: files, pages, commands, names of the environment."""

import dataclasses
import re
from pathlib import Path

import pytest

from config import Config

from .source import ROOT

DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
QUOTED = re.compile(r"`([^`\n]+)`")
# A path of ours, up to a name that is the reader's own (`wa_assistant/web/<noun>/`).
FOLDERS = "wa_assistant|jobs|deploy|docs|migrations|static|templates|tests"
PATH = re.compile(rf"(?:{FOLDERS})/(?:[\w.-]+/)*(?:[\w.-]+$)?")
TARGET = re.compile(r"\bmake ([a-z][a-z-]+)")
COMMAND = re.compile(r"flask --app wsgi (?!run|db)([a-z-]+) ([a-z-]+)")
ROW = re.compile(r"^\| ((?:`[A-Z_0-9]+`(?:, )?)+) \|", re.MULTILINE)
# What the code reads under another name than the environment's, and what it works out itself.
CALLED = {"TWILIO_AUTH_TOKENS": "TWILIO_AUTH_TOKEN", "REDIS_EMBEDDED": None}

of_docs = pytest.mark.parametrize("page", DOCS, ids=lambda path: str(path.relative_to(ROOT)))


@of_docs
def test_every_link_leads_somewhere(page):
    links = [link.partition("#")[0] for link in LINK.findall(page.read_text())]
    ours = [link for link in links if link and "://" not in link]
    assert [link for link in ours if not (page.parent / link).exists()] == []


@of_docs
def test_every_file_that_is_named_is_there(page):
    named = [match[0] for each in QUOTED.findall(page.read_text()) if (match := PATH.match(each))]
    assert [name for name in named if not (ROOT / name).exists()] == []


@of_docs
def test_every_target_of_make_is_there(page):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    quoted = [*QUOTED.findall(page.read_text()), *re.findall(r"^ {4}.*", page.read_text(), re.M)]
    named = {target for each in quoted for target in TARGET.findall(each)}
    assert named <= set(targets)


def test_every_command_of_the_shell_is_there(app):
    for group, command in {found for page in DOCS for found in COMMAND.findall(page.read_text())}:
        assert command in app.cli.commands[group].commands


@of_docs
def test_every_command_of_the_shell_runs_as_it_is_typed(page):
    if page.name == "CHANGELOG.md":
        return
    assert re.findall(r".*(?<!\.venv/bin/)flask --app wsgi.*", page.read_text()) == []


@of_docs
def test_lines_can_be_read(page):
    lines = page.read_text().splitlines()
    prose = [line for line in lines if not line.startswith(("|", "    ", "!["))]
    assert [line for line in prose if len(line) > 100] == []


def test_every_name_of_the_environment_is_explained():
    names = {CALLED.get(each.name, each.name) for each in dataclasses.fields(Config)} - {None}
    rows = ROW.findall((ROOT / "docs" / "configuration.md").read_text())
    assert {name for row in rows for name in re.findall(r"[A-Z_0-9]+", row)} == names


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    pages = {path.name for path in folder.glob("*.md")} - {"README.md"}
    assert {Path(link).name for link in LINK.findall(index)} == pages
