"""The shell says whether the audit is whole, and by its exit code to who watches it."""

import pytest
from flask import Flask

from tests.audit.trail import forced, written
from tests.cast import only
from wa_assistant.audit.chain import chain
from wa_assistant.cli.audit import verify_
from wa_assistant.models import AuditChain, AuditEntry

pytestmark = pytest.mark.usefixtures("context")


def said(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(verify_, arguments)
    return result.exit_code, result.output


def test_it_says_how_far_it_is_whole_and_what_to_keep_elsewhere(app):
    assert said(app) == (0, "0 entries are as they were chained.\n")
    written(3)
    chain()
    written(2)
    code, words = said(app)
    assert code == 0
    assert "3 entries are as they were chained." in words
    assert "2 are not chained yet" in words
    noted = f"3:{only(AuditChain).hash}"
    assert words.endswith(f"Keep this elsewhere: {noted}\n")
    assert said(app, "--noted", noted)[0] == 0


def test_it_names_the_first_broken_entry_and_ends_with_1(app):
    written(3)
    chain()
    forced("UPDATE audit_entries SET actor = 'eva' WHERE position > 1")
    entry = only(AuditEntry, AuditEntry.position == 2).id
    code, words = said(app)
    assert code == 1
    assert f"Broken at position 2 (entry {entry}): it says something else" in words
    forced("DELETE FROM audit_entries WHERE position = 1")
    code, words = said(app)
    assert (code, "Broken at position 1: there is none" in words) == (1, True)


def test_what_was_noted_must_be_a_position_with_its_hash(app):
    assert said(app, "--noted", "3:abc")[0] == 2
    written(1)
    chain()
    code, words = said(app, "--noted", f"1:{'0' * 64}")
    assert (code, "you noted another hash" in words) == (1, True)
