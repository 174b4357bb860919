"""What people send besides words, as the team reads it."""

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, outbound, participant, write
from tests.support.browser import findings, photograph
from tests.support.samples import send
from wa_assistant.intake import simulator
from wa_assistant.models import Role

from .pages import CAMILA, of_looks

pytestmark = pytest.mark.usefixtures("context", "ids")

NAME = {"ProfileName": "Camila Ferreira"}
AD = {
    "ReferralHeadline": "Inglês em seis meses",
    "ReferralBody": "Turmas novas em fevereiro. Comece com uma aula grátis.",
    "ReferralSourceUrl": "https://fb.me/ingles",
    "ReferralSourceId": "1202",
}
CARD = (
    "BEGIN:VCARD\nFN:Bruno Almeida\nORG:Escola Acácias\nTEL;waid=5511912345678:+55 11 91234-5678\n"
    "EMAIL:bruno@acacias.example\nEND:VCARD\nBEGIN:VCARD\nFN:Secretaria\nTEL:(11) 3333-4444\n"
    "END:VCARD\n"
).encode()


@pytest.fixture
def sent(context, ids, twilio, openai, work) -> None:
    """Camila came from an ad, and sends one of each kind."""
    write(CAMILA, "Oi, vi o anúncio!", **AD, **NAME)
    work()
    answer = str(outbound()[-1].provider_sid)
    write(CAMILA, "Esse aqui, por favor", OriginalRepliedMessageSid=answer, **NAME)
    write(CAMILA, "E aquele outro?", OriginalRepliedMessageSid="SM" + "9" * 32, **NAME)
    tap = {"ButtonText": "Quero", "ButtonPayload": "want:1", "OriginalRepliedMessageSid": answer}
    write(CAMILA, "Quero", MessageType="button", **tap, **NAME)
    write(CAMILA, "", MessageType="interactive", ListTitle="Turma da noite", ListId="n", **NAME)
    place = {"Latitude": "-23.5505", "Longitude": "-46.6333"}
    write(CAMILA, "", MessageType="location", **place, **NAME)
    named = {"Label": "Praça da Sé", "Address": "Praça da Sé, s/n, Centro, São Paulo"}
    write(CAMILA, "", MessageType="location", **place, **named, **NAME)
    send(twilio, CAMILA, CARD, "text/vcard", kind="contacts", **NAME)
    write(CAMILA, "👍", MessageType="reaction", OriginalRepliedMessageSid=answer, **NAME)
    for kind in ("order", "unsupported", "system"):
        write(CAMILA, "", MessageType=kind, **NAME)
    work()


@of_looks
@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.usefixtures("sent")
def test_all_kinds_are_looked_at_and_axe_finds_nothing(visit, look):
    size, theme, locale = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    page = bia.open(f"/conversations/{participant(CAMILA).id}")
    page.wait_for_selector("html[data-live=yes]", state="attached")
    for name, place in (("top", "0"), ("middle", "520"), ("end", "1e6")):
        page.evaluate(f"document.querySelector('.thread').scrollTop = {place}")
        photograph(page, f"besides-{name}-{size['width']}-{theme}-{locale}")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.usefixtures("sent")
def test_each_is_told_for_what_it_is(visit):
    page = visit(BIA, Role.EDITOR).open(f"/conversations/{participant(CAMILA).id}")
    expect(page.locator(".came-from")).to_have_count(1)
    expect(page.locator(".came-from a")).to_have_attribute("href", "https://fb.me/ingles")
    expect(page.locator(".quoted").first).to_contain_text("You wrote:")
    expect(page.locator(".quoted-gone")).to_have_text("An earlier message that is not here")
    expect(page.locator(".tapped")).to_have_text(["Quero", "Turma da noite"])
    expect(page.locator(".location").first).to_contain_text("-23.5505, -46.6333")
    expect(page.locator(".location a").first).to_have_attribute(
        "href", "https://www.google.com/maps/search/?api=1&query=-23.5505%2C-46.6333"
    )
    expect(page.locator(".card-person")).to_have_count(2)
    number = page.get_by_text("+55 11 91234-5678", exact=True)
    number.click()
    assert page.evaluate("getSelection().toString()") == "+55 11 91234-5678"


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_pretended_phone_quotes_what_was_marked(visit, work):
    ivo = simulator.write(simulator.new_address(), "Ivo", "Quanto custa?")
    page = visit(BIA, Role.EDITOR).open(f"/simulator/{ivo.id}")
    page.wait_for_selector("html[data-live=yes]", state="attached")
    page.locator("label", has=page.get_by_label("Reply to this")).click()
    page.locator("#phone-body").fill("Esse aqui")
    page.locator("#phone-body").press("Enter")
    expect(page.locator(".said-quoted")).to_have_text("Quanto custa?")
    expect(page.locator(".bench-team .message .quoted-words")).to_have_text("Quanto custa?")
    expect(page.locator("[name=quoted]:checked")).to_have_count(0)
    photograph(page, "besides-simulator")
    assert findings(page) == []
