"""No entry of the audit holds what was said: every form of the product is sent with words in it
that are looked for afterwards, over conversations that hold them too."""

import ast
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tests.cast import rows
from tests.web import people
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    Answer,
    AuditEntry,
    JourneyVersion,
    Media,
    Message,
    Role,
    UnansweredQuestion,
    VersionState,
)

from . import world
from .source import calls, modules
from .test_gate import FIELDS, revised
from .world import EVA, World

SAID = "abacaxi"
# Fields in which people write to participants, or what they asked.
WRITTEN = {"body": SAID, "value": SAID, "question": f"{SAID}?", "answer": SAID, "text": SAID}
NAMED = {"title": "Prices again", "document": "prices.md", "stage": "intro", "name": "role"}
# What before and after may hold, and why that is nothing anybody said. A new key is added here when
# somebody has looked at what stands under it.
KEYS = {
    "about": "a model, a limit or a scheduled job, that an alert is of",
    "answer": "an answer's id",
    "at_most": "an amount",
    "bulk": "the key of an act for many",
    "undone": "an entry's id",
    "undid": "the key of an act for many",
    "by": "who has signed somebody in, or names of filters",
    "fields": "names of fields",
    "begins": "when a stage begins, as a word of ours",
    "filters": "a number",
    "journey": "a journey's id",
    "keywords": "their ids",
    "mapping": "keys of stages",
    "merged": "a participant's id",
    "message": "a message's id",
    "messages": "a number",
    "minutes": "a number",
    "note": "a note's id",
    "name": "of a journey, or of a field of a stage",
    "participants": "a number",
    "people": "users' e-mail addresses",
    "questions": "ids",
    "reason": "why a person is needed, as a word of ours",
    "since": "a moment",
    "assigned_to_id": "a user's id",
    "asked_for_person_at": "a moment",
    "role": "a user's",
    "sector": "its name",
    "sessions": "a number",
    "shared": "whether everybody sees a view",
    "type": "of an alert, as a word of ours",
    "until": "a moment",
    "sha256": "of a document's file, or of a notice",
    "size": "of a document's file",
    "spent": "an amount",
    "stage": "a stage's key",
    "taken_over_by": "a user's e-mail address",
    "to": "a user's e-mail address",
    "valid_from": "a day",
    "value": "of a setting, as an owner chose it",
    "change": "what has changed in a notice, as an owner wrote it",
    "day": "a day",
    "deed": "what became of a note, as a word of ours",
    "document": "a document's name",
    "version": "a number",
    "added": "a tag's id",
    "removed": "a tag's id",
    "field": "a field's id",
    "empty": "whether it is",
    "kind": "of a field; of an event of consent",
    "options": "of a field, as an owner wrote them",
    "place": "a number",
    "part": "a word of ours",
    "purpose": "a word of ours",
    "source": "a word of ours",
    "on": "a day",
    "characters": "a number",
    "format": "of a file, as a word of ours",
    "shortcut": "of a quick reply, as a user of the team wrote it",
}


# What is asked for is which words are kept, and not how: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def say_it() -> None:
    """In everything that stands for something somebody said."""
    with transaction():
        for table, name in (
            (Message, "body"),
            (Answer, "value"),
            (Answer, "quote"),
            (Media, "transcript"),
            (UnansweredQuestion, "question"),
        ):
            if hasattr(table, name):
                db.session.execute(update(table).values({name: SAID}))


@pytest.mark.usefixtures("engine")
def test_whatever_is_done_the_audit_holds_no_words_of_it(app: Flask, made: World):
    client = people.signed_in(app, EVA, Role.OWNER)
    token = {"csrf_token": people.csrf_token(client.get("/preferences"))}
    with app.app_context():
        say_it()
        ids = {"ids": [each.id for each in rows(UnansweredQuestion)]}
        for rule in sorted(each.rule for each in app.url_map.iter_rules() if takes_a_form(each)):
            form: dict[str, Any] = {**token, **ids, **NAMED, **WRITTEN, **FIELDS.get(rule, {})}
            client.post(world.filled(rule, made), data=form | of_a_draft(made)).close()
        found = rows(AuditEntry)
        assert len({each.action for each in found}) > 12, "this shows nothing"
        told = [(each.action, each.subject_id, each.before, each.after) for each in found]
    assert not [each for each in told if SAID in json.dumps(each)]


def of_a_draft(made: World) -> dict[str, Any]:
    """Until a form has published or discarded it."""
    drafts = rows(JourneyVersion, JourneyVersion.state == VersionState.DRAFT)
    ours = [each for each in drafts if each.journey_id == made["journey_id"].own]
    return revised(made) if ours else {}


def takes_a_form(rule: Any) -> bool:
    return "POST" in rule.methods and not rule.rule.startswith(("/sign-out", "/whatsapp"))


def test_every_key_of_before_and_after_was_looked_at():
    found: dict[str, str] = {}
    for where, call in calls("record"):
        if not ast.unparse(call.func).startswith("audit."):
            continue
        for each in call.keywords:
            if each.arg in ("before", "after"):
                found |= dict.fromkeys(keys(each.value, where), f"{where}:{call.lineno}")
    assert len(found) > 10
    assert {key: where for key, where in found.items() if key not in KEYS} == {}


def keys(value: ast.expr, where: str) -> list[str]:
    """Of a dictionary that is written out there, or under this name in the same module, or that a
    function of the module gives."""
    name = ast.unparse(value.func if isinstance(value, ast.Call) else value)
    meant: list[ast.AST] = [value]
    for node in ast.walk(modules()[where]):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            meant.append(node.value)
        if isinstance(node, ast.FunctionDef) and node.name == name:
            meant.extend(ast.walk(node))
    dictionaries = [each for each in meant if isinstance(each, ast.Dict)]
    return [
        str(key.value)
        for each in dictionaries
        for key in each.keys
        if isinstance(key, ast.Constant)
    ]
