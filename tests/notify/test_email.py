"""E-mails to colleagues: put down, and sent by a worker."""

import re
import time
from typing import Any

import pytest

from tests.cast import BIA, CAIO, come, only, rows, set_back
from tests.support.eventually import eventually
from wa_assistant import live
from wa_assistant.accounts import sign_in, team
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditEntry, Email, Role, SignInLink, User
from wa_assistant.notify import email
from wa_assistant.work import policies

LINK = re.compile(r"http\S+/sign-in/(\S{43})")

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def caio() -> Any:
    return come(CAIO, Role.OWNER).user


def invited(caio: Any, name: str = "Bia Reis") -> User:
    return team.invite({"email": BIA, "name": name, "role": "editor"}, caio)


def token(message: Any) -> str:
    (found,) = LINK.findall(message.get_content())
    return str(found)


def test_an_invitation_holds_a_link_that_signs_in_once(mail, work, caio):
    email.invite(invited(caio), "pt_BR", caio)
    assert mail.taken == [], "no request waits for a mail server"
    assert work() == ["jobs.notify.send_email"]
    (message,) = mail.taken
    assert message["To"] == BIA
    assert message["Subject"] == "caio convida você para o assistente de WhatsApp"
    assert "Olá, Bia Reis," in message.get_content()
    signed_in = sign_in.redeem(token(message))
    assert signed_in
    assert (signed_in.user.email, signed_in.user.role) == (BIA, Role.EDITOR)
    assert sign_in.redeem(token(message)) is None


def test_an_open_page_hears_what_becomes_of_it(mail, work, caio):
    bia, hub = invited(caio), live.hub()
    hub.listen()
    eventually(lambda: hub.missed(time.time()) == [])
    stream = hub.subscribe(time.time() + live.MARGIN_SECONDS)
    assert stream
    email.invite(bia, "en", caio)
    assert stream.get(timeout=5) == "ways-in", "it is on its way"
    work()
    assert stream.get(timeout=5) == "ways-in", "it was sent"


def test_the_link_stands_nowhere_but_in_the_e_mail(mail, work, caio):
    email.invite(invited(caio), "en", caio)
    before = written_down()
    work()
    once = token(mail.taken[0])
    assert once not in before + written_down()
    row = only(Email)
    assert (row.problem, row.finished_at is None) == (None, False)


def written_down() -> str:
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return "".join(str(db.session.execute(table.select()).all()) for table in tables)


def test_who_has_it_sent_is_who_made_the_link(mail, work, caio):
    email.invite(invited(caio), "en", caio)
    work()
    email.ask_for_link(CAIO, "en")
    work()
    assert [each.made_by for each in rows(SignInLink)][1:] == [CAIO, "sign-in page"]
    entries = rows(AuditEntry, AuditEntry.action == "made a sign-in link")
    assert [(each.actor, each.subject_id) for each in entries][1:] == [
        (CAIO, BIA),
        ("sign-in page", CAIO),
    ]


def test_one_s_own_language_comes_before_the_page_s(mail, work, caio):
    bia = invited(caio)
    with transaction():
        db.session.get_one(User, bia.id).language = "en"
    email.invite(bia, "pt_BR", caio)
    work()
    assert mail.taken[0]["Subject"] == "caio invites you to the WhatsApp assistant"


def test_a_stranger_is_sent_nothing_and_forgotten(mail, work, caio):
    email.ask_for_link("eva@example.com", "en")
    assert len(rows(Email)) == 1, "which a colleague's would be, too"
    work()
    assert (mail.taken, rows(Email)) == ([], [])


def test_who_asks_twice_at_once_is_sent_one(mail, work, caio):
    for _ in range(3):
        email.ask_for_link(CAIO, "en")
    work()
    assert len(mail.taken) == 1
    set_back(Email.finished_at, 121)
    email.ask_for_link(CAIO, "en")
    work()
    assert len(mail.taken) == 2


def test_what_owners_gave_somebody_works_on_when_a_stranger_asks_in_their_name(mail, work, caio):
    bia = invited(caio)
    given = sign_in.make_link(BIA, None, caio).rpartition("/")[2]
    email.ask_for_link(bia.email, "en")
    work()
    assert len(mail.taken) == 1
    assert sign_in.redeem(given)


def test_who_was_put_out_or_has_come_meanwhile_is_not_written_to(mail, work, caio):
    bia = invited(caio)
    email.invite(bia, "en", caio)
    sign_in.redeem(sign_in.make_link(BIA, None, caio).rpartition("/")[2])
    work()
    with transaction():
        team.deactivate(bia.id, caio)
    email.ask_for_link(BIA, "en")
    work()
    assert mail.taken == []
    assert only(Email).problem == email.OVERTAKEN
    asked = only(AuditEntry, AuditEntry.action == "asked for a sign-in link")
    assert (asked.actor, asked.subject_id) == (CAIO, BIA), "which is told whatever becomes of it"


def test_what_is_not_taken_for_now_is_tried_again(mail, work, caio):
    mail.planned.extend(["451 greylisted"] * 2)
    email.invite(invited(caio), "en", caio)
    work(within=10)
    assert (only(Email).problem, only(Email).finished_at) == ("451 greylisted", None)
    work()
    assert len(mail.taken) == 1
    assert only(Email).problem is None
    assert sign_in.redeem(token(mail.taken[0]))


def test_what_is_refused_for_good_or_again_and_again_is_given_up_and_says_why(mail, work, caio):
    bia = invited(caio)
    mail.refused[BIA] = "550 no such mailbox"
    email.invite(bia, "en", caio)
    assert work() == ["jobs.notify.send_email"]
    mail.refused[BIA] = "450 busy"
    email.invite(bia, "en", caio)
    assert len(work()) == policies.EMAIL.most_attempts
    assert [each.problem for each in rows(Email)] == ["550 no such mailbox", "450 busy"]
    assert all(each.finished_at for each in rows(Email))


def test_an_e_mail_nobody_came_to_send_for_long_is_not_sent(mail, work, caio):
    email.ask_for_link(CAIO, "en")
    set_back(Email.created_at, 13 * 3600)
    work()
    assert (mail.taken, rows(Email)) == ([], [])


def test_a_name_with_a_line_of_its_own_adds_no_header(mail, work, caio):
    bia = invited(caio, name="Bia\r\nBcc: eva@example.com")
    email.invite(bia, "en", caio)
    work()
    assert mail.taken[0]["Bcc"] is None
    assert "Hello Bia Bcc: eva@example.com," in mail.taken[0].get_content()
