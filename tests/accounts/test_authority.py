"""The table of who may do what; docs/roles.md is made of it."""

import os
from itertools import groupby

import pytest
from flask_babel import force_locale

from tests.structure.source import ROOT
from wa_assistant.accounts import authority, users
from wa_assistant.accounts.authority import Act
from wa_assistant.database import db, transaction
from wa_assistant.models import Role, User

PAGE = ROOT / "docs" / "roles.md"
BEGIN, END = "<!-- made by tests/accounts/test_authority.py -->\n", "<!-- end -->\n"


def colleague(role: Role, active: bool = True) -> User:
    return User(email=f"{role}@example.com", role=role, active=active)


@pytest.mark.parametrize("act", Act, ids=lambda act: act.name)
def test_who_may_is_the_least_role_and_those_above_it(act):
    ranks = list(Role)
    allowed = [role for role in Role if authority.may(colleague(role), act)]
    assert allowed == ranks[ranks.index(act.least) :] == authority.roles(act)


@pytest.mark.parametrize("role", Role)
def test_who_is_active_no_more_may_do_nothing(role):
    assert not any(authority.may(colleague(role, active=False), act) for act in Act)


def test_each_act_stands_once_under_the_role_that_adds_it():
    told = [act for role in Role for _, acts in authority.added_by(role) for act in acts]
    assert sorted(told, key=list(Act).index) == list(Act)
    for role in Role:
        assert all(act.least == role for _, acts in authority.added_by(role) for act in acts)
        nouns = [str(noun) for noun, _ in authority.added_by(role)]
        assert len(nouns) == len(set(nouns)), "what is of one noun stands together in the table"


def test_a_sentence_is_one_and_says_its_act_alone():
    sentences = [str(act.sentence) for act in Act]
    assert len(sentences) == len(set(sentences))
    assert all(each.endswith(".") and each[0].isupper() for each in sentences)


def test_a_conversation_is_assigned_only_to_who_may_see_to_it(app):
    with app.app_context():
        with transaction():
            db.session.add_all(map(colleague, Role))
            db.session.add(User(email="gone@example.com", role=Role.OWNER, active=False))
        assert [user.role for user in users.assignable()] == authority.roles(Act.SEE_TO_ATTENTION)


def test_the_page_about_roles_says_what_the_table_says():
    with force_locale("en"):
        made = "\n".join(["| | Viewer | Editor | Owner |", "|---|---|---|---|", *rows()])
    before, rest = PAGE.read_text().split(BEGIN)
    written, after = rest.split(END)
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(f"{before}{BEGIN}\n{made}\n\n{END}{after}")
        return
    assert written.strip() == made, "WRITE_DOCS=1 in the environment of this test writes it anew"


def rows() -> list[str]:
    """By noun, in the order of the table."""
    found = []
    for noun, acts in groupby(Act, lambda act: act.noun):
        found.append(f"| **{noun}** | | | |")
        found += [f"| {act.sentence} | {' | '.join(marks(act))} |" for act in acts]
    return found


def marks(act: Act) -> list[str]:
    return ["yes" if role in authority.roles(act) else "–" for role in Role]
