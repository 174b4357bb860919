"""What is not seen goes from what we send, and from names; what joins an emoji or letters stays."""

import time

import pytest

from tests.cast import ANA, outbound, participant, write
from wa_assistant.conversation import outbox
from wa_assistant.database import db, transaction
from wa_assistant.media import files
from wa_assistant.models import Author, Participant, characters

GONE = [
    ("evil\u200b.com", "evil.com"),
    ("foto\u202egpj.exe", "fotogpj.exe"),
    ("um\u2066dois\u2069", "umdois"),
    ("\ufeffoi\u2060", "oi"),
    ("a\u200db", "ab"),
    ("a\u200c b", "a b"),
    ("evil\ufe0f.com", "evil.com"),
    ("oi\U000e0041\U000e0042", "oi"),
    ("🏴\U000e0067\U000e0062 oi", "🏴 oi"),
    ("pre\u00adço", "preço"),
    ("\u3164\u115f\uffa0", ""),
    ("a\x00\x1b[31mb\x07", "a[31mb"),
    ("1\r\n2\r3\u20284", "1\n2\n3\n4"),
]
STAYS = [
    "Olá, João!\n\tTudo bem? R$ 10,00 – “sim”",
    "👨‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 🏃‍➡️ ❤️‍🔥 👁️‍🗨️",
    "1️⃣ #️⃣ ©️ ™️ ‼️ ☎︎",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇧🇷",
    "می‌خواهم",
    "क्‍ष",
    "שלום 你好 مرحبا",
]


@pytest.mark.parametrize(("text", "left"), GONE)
def test_what_is_not_seen_goes(text, left):
    assert characters.seen(text) == left


@pytest.mark.parametrize("text", STAYS)
def test_what_is_needed_stays(text):
    assert characters.seen(text) == text


@pytest.mark.parametrize("piece", ["\u200b", "🏴\U000e0041", "\U000e0041", "👩\u200d", "\r\n"])
def test_many_of_them_are_read_quickly(piece):
    started = time.process_time()
    characters.seen(piece * 10_000)
    assert time.process_time() - started < 2


@pytest.mark.usefixtures("context")
def test_a_name_is_shown_without(work):
    write(ANA, ProfileName="  Ana\u202e\u200b  Maria\n👩‍🍳 ")
    work()
    assert participant(ANA).name == "Ana Maria 👩‍🍳"
    assert participant(ANA).name_folded.startswith("ana maria")
    write(ANA, ProfileName="\u3164\u200b")
    work()
    assert participant(ANA).name == "Ana Maria 👩‍🍳"


@pytest.mark.usefixtures("context")
def test_so_is_what_a_colleague_pasted():
    write(ANA)
    with transaction():
        ana = db.session.get_one(Participant, participant(ANA).id)
        said = outbox.put(ana, "Pix: \u202achave\u202c\u200b 123", Author.USER)
        assert outbox.is_said_by(said, "Pix: \u202achave\u202c\u200b 123")
    assert outbound()[-1].body == "Pix: chave 123"


@pytest.mark.parametrize(
    ("name", "shown"), [("foto\u202egpj.exe", "foto gpj.exe"), ("a/b\u200b/c\u2060.pdf", "c.pdf")]
)
def test_the_name_of_a_file_shows_its_ending(name, shown):
    assert files.clean(name) == shown
