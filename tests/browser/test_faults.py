"""What a person sees when something goes wrong, without loading a page again."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import BIA, CAIO, acting, at_once, only, outbound, participant, rows, say, write
from tests.support import eventually as waiting
from tests.support.browser import findings, photograph
from wa_assistant.assistant import reply
from wa_assistant.conversation import takeover
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import webhook_log
from wa_assistant.knowledge import documents
from wa_assistant.knowledge.pending import DOCUMENTS
from wa_assistant.models import (
    Author,
    Message,
    Provider,
    Reason,
    Role,
    Status,
    User,
)
from wa_assistant.operations import dead_letters
from wa_assistant.providers import circuit
from wa_assistant.work import claims
from wa_assistant.work.claims import Kind

from .pages import CAMILA, PUSHED, of_many_looks, opened, squeezed

pytestmark = pytest.mark.usefixtures("context")

MARINA = "whatsapp:+5581999112233"


def bury(kind: Kind[Any], row_id: int, fault: str) -> None:
    with transaction():
        row = db.session.get_one(kind.table, row_id)
        row.faults, row.fault = kind.policy.most_faults, fault
        claims.bury(kind, row)


def bury_talk(address: str) -> None:
    write(address, "Vocês aceitam cartão? 💳")
    bury(
        ANSWERS,
        participant(address).id,
        "UndefinedError\n  /srv/wa_assistant/assistant/reply.py:55 _answer\n"
        "  /srv/wa_assistant/assistant/prompt.py:41 build\nKeyError\n"
        "  /srv/wa_assistant/assistant/prompt.py:58 _said",
    )


def bury_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:

        def fail(*_: object, **__: object) -> None:
            raise LookupError("no kind of message is called 'interactive'")

        patch.setattr(inbound_module, "receive", fail)
        write("whatsapp:+5511912345678", "Oi, tudo bem? Queria saber o preço do intensivo.")
        (webhook,) = webhook_log.unprocessed()
        for _ in range(4):
            webhook_log.process(webhook.id)


def fail_marinas(code: int) -> None:
    with transaction():
        (failed,) = db.session.query(Message).filter_by(status=Status.FAILED)
        failed.error_code = code


def bury_message(address: str) -> None:
    message_id = say(address, "Sim! Cartão e Pix. 💳 Em até 12 vezes.")
    bury(MESSAGES, message_id, "LookupError\n  /srv/wa_assistant/clients/twilio.py:71 send")


def bury_document() -> None:
    document = documents.upload(acting(BIA), "Tabela de preços 2026.md", "# Preços".encode())
    bury(DOCUMENTS, document.id, "ValueError\n  /srv/wa_assistant/knowledge/prepare.py:88 _read")


def leave_marinas_unknown() -> None:
    with transaction():
        (failed,) = db.session.query(Message).filter_by(status=Status.FAILED)
        failed.error_code, failed.reason = None, Reason.LIST_UNREADABLE


def interrupt(app, openai, address: str, email: str) -> None:
    """The model is thinking when somebody takes over; then it answers."""
    write(address, "E no sábado?")
    person = participant(address).id
    openai.hold()
    with at_once(app) as start:
        thinking = start(reply.answer, person)
        waiting.eventually(lambda: openai.waiting)
        takeover.take_over(person, only(User, User.email == email))
        openai.release()
        thinking.result(10)


def test_a_refusal_appears_and_goes_on_an_open_page(bia, caio):
    page, owners = opened(bia, CAMILA), opened(caio)
    page.locator("#body").fill("half a sent")
    circuit.break_(Provider.TWILIO, "HTTP 401: Authenticate", 20003)
    expect(page.locator("#alarm-twilio")).to_contain_text("Twilio refuses", timeout=PUSHED)
    owners.locator("#alarm-twilio summary").click()
    expect(owners.get_by_text("Check TWILIO_ACCOUNT_SID")).to_be_visible()
    # What one has opened to read stays open while it is brought up to date.
    circuit.break_(Provider.MODEL, "no credit")
    expect(owners.locator("#alarm-model")).to_be_visible(timeout=PUSHED)
    expect(owners.get_by_text("Check TWILIO_ACCOUNT_SID")).to_be_visible()
    circuit.close(Provider.TWILIO)
    circuit.close(Provider.MODEL)
    expect(owners.locator(".alarm")).to_have_count(0, timeout=PUSHED)
    expect(page.locator(".alarm")).to_have_count(0, timeout=PUSHED)
    expect(page.locator("#body")).to_have_value("half a sent")


def test_a_dead_letter_is_replayed_while_a_colleague_watches(bia, caio, monkeypatch):
    home, page = opened(caio), bia.open("/dead-letters")
    expect(page.get_by_text("No dead letters")).to_be_visible()
    page.wait_for_selector("html[data-live=yes]", state="attached")
    bury_webhook(monkeypatch)
    expect(page.get_by_text("A message came in")).to_be_visible(timeout=PUSHED)
    expect(home.locator("#alarm-dead-letters")).to_be_visible(timeout=PUSHED)
    page.get_by_text("What Twilio sent").click()
    expect(page.get_by_role("cell", name="Queria saber o preço")).to_be_visible()
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_text("it has taken effect")).to_be_visible()
    expect(page.get_by_text("No dead letters")).to_be_visible()
    expect(home.locator("#alarm-dead-letters")).to_have_count(0, timeout=PUSHED)
    expect(home.locator("#rows-others .row-item").first).to_contain_text("Queria saber")


def test_a_double_click_on_send_again_sends_once(bia, caio):
    fail_marinas(63012)
    page, other = opened(bia, MARINA), opened(caio, MARINA)
    page.get_by_role("button", name="Send again").dblclick()
    expect(page.get_by_text("You sent it again.")).to_be_visible()
    expect(other.get_by_text("Bia Ramos sent it again.")).to_be_visible(timeout=PUSHED)
    expect(other.get_by_role("button", name="Send again")).to_have_count(0)
    expect(page.locator(".by-user .text")).to_have_count(1)
    assert len(rows(Message, Message.form_key.startswith("again-"))) == 1
    expect(page.locator("#state")).to_contain_text("The assistant answers.")


def test_before_what_may_have_arrived_is_sent_again_a_person_is_asked(bia):
    leave_marinas_unknown()
    page = opened(bia, MARINA)
    expect(page.get_by_text("not known whether it was sent", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Send it all the same")).to_be_hidden()
    page.locator("summary", has_text="Send again").click()
    expect(page.get_by_text("they might read it twice")).to_be_visible()
    page.get_by_role("button", name="Send it all the same").click()
    expect(page.get_by_text("You sent it again.")).to_be_visible()
    assert len(rows(Message, Message.form_key.startswith("again-"))) == 1


def test_an_answer_in_flight_becomes_the_draft_of_who_took_over(app, bia, openai, twilio, work):
    page = opened(bia, CAMILA)
    interrupt(app, openai, CAMILA, BIA)
    work()
    unsaid = outbound()[-1]
    assert (unsaid.status, twilio.messages) == (Status.CANCELLED, [])
    expect(page.locator(".cancelled .text")).to_have_text(unsaid.body, timeout=PUSHED)

    page.get_by_role("link", name="Use as draft").click()
    body = page.locator("#body")
    expect(body).to_have_value(unsaid.body)
    expect(body).to_be_focused()
    page.keyboard.type(" E das 9h às 11h.")
    page.reload()  # which keeps what was edited, and not what was suggested
    expect(body).to_have_value(f"{unsaid.body} E das 9h às 11h.")
    page.wait_for_selector("html[data-live=yes]", state="attached")
    body.press("Enter")
    expect(body).to_have_value("")
    expect(page.get_by_role("link", name="Use as draft")).to_have_count(0, timeout=PUSHED)
    work()
    assert [each.body for each in twilio.messages] == [f"{unsaid.body} E das 9h às 11h."]
    sent = outbound()[-1]
    assert (sent.author, sent.user_id) == (Author.USER, only(User, User.email == BIA).id)


def test_a_draft_comes_after_what_is_being_written_and_once(app, bia, openai):
    page = opened(bia, CAMILA)
    page.locator("#body").fill("Oi, Camila!")
    interrupt(app, openai, CAMILA, BIA)
    words = outbound()[-1].body
    for _ in range(2):
        page.get_by_role("link", name="Use as draft").click()
    expect(page.locator("#body")).to_have_value(f"Oi, Camila!\n\n{words}")


def test_what_was_only_suggested_is_not_suggested_for_ever(app, bia, openai):
    interrupt(app, openai, CAMILA, BIA)
    page = opened(bia, CAMILA)
    expect(page.locator("#body")).to_have_value(outbound()[-1].body)
    takeover.write(participant(CAMILA).id, only(User, User.email == BIA), "Sim!", "another-tab")
    page.reload()
    expect(page.locator("#body")).to_have_value("")


@of_many_looks
def test_what_goes_wrong_can_be_read(app, visit, ids, openai, monkeypatch, look):
    size, theme, locale = look
    visitor = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=locale)
    look = f"{size['width']}-{theme}-{locale}"

    def seen(page: Page, name: str) -> None:
        photograph(page, f"faults-{name}-{look}")
        assert findings(page) == []
        assert squeezed(page) == []

    seen(visitor.open("/dead-letters"), "nothing")
    fail_marinas(63012)
    seen(visitor.open(f"/conversations/{participant(MARINA).id}"), "failed")
    leave_marinas_unknown()
    page = visitor.open(f"/conversations/{participant(MARINA).id}")
    seen(page, "unknown")
    page.locator(".offer-asks summary").click()
    seen(page, "unknown-asks")
    interrupt(app, openai, CAMILA, CAIO)
    seen(visitor.open(f"/conversations/{participant(CAMILA).id}"), "draft")
    circuit.break_(Provider.TWILIO, "HTTP 401: Authenticate", 20003)
    circuit.break_(Provider.MODEL, "HTTP 429: You exceeded your current quota, please check it")
    bury_webhook(monkeypatch)
    bury_talk("whatsapp:+5531987651234")
    bury_talk("whatsapp:+5521998765432")
    bury_message(MARINA)
    bury_document()
    assert dead_letters.anything()
    page = visitor.open("/dead-letters")
    seen(page, "dead-letters")
    for each in page.locator("details").all():
        each.evaluate("each => { each.open = true; }")
    seen(page, "dead-letters-open")
    seen(visitor.open("/work"), "work")
    seen(visitor.open("/dead-letters?kind=answer"), "dead-letters-of-a-kind")
    seen(visitor.open("/system"), "system")
    seen(visitor.open("/"), "banner")
    page = visitor.open(f"/conversations/{participant(MARINA).id}")
    page.locator("#alarm-twilio summary").click()
    seen(page, "banner-open")
