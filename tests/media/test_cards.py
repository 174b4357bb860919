"""Contact cards, as telephones of all ages write them."""

import pytest

from tests.cast import ANA, only
from tests.media.attached import asked
from tests.support.samples import VCARD, send
from wa_assistant.media import cards
from wa_assistant.models import Media, Participant

WHATSAPP = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Souza;Ana;;;\r\nFN:Ana Souza\r\nORG:Padaria\\, Ltda;\r\n"
    b"item1.TEL;waid=5511987654321:+55 11 98765-4321\r\nitem1.X-ABLabel:Celular\r\n"
    b"EMAIL;type=INTERNET:ana@pada\r\n ria.example\r\nEND:VCARD\r\n"
)
OLD = (
    b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4D=C3=BCller;Jo=\n"
    b'=C3=A3o;;;\nTEL;CELL:011 5555-1234\nTEL;VALUE=uri;TYPE="voice,a:b":tel:+1-555-0100\n'
    b"END:VCARD\n"
)


def names(content: bytes) -> list[str]:
    return [card["name"] for card in cards.read(content)]


def test_names_numbers_and_addresses_are_read():
    assert cards.read(WHATSAPP) == [
        {
            "name": "Ana Souza",
            "company": "Padaria, Ltda",
            "numbers": ["+55 11 98765-4321"],
            "emails": ["ana@padaria.example"],
        }
    ]


def test_an_old_telephone_s_are_too():
    (card,) = cards.read(OLD)
    assert (card["name"], card["numbers"]) == ("João Müller", ["011 5555-1234", "+1-555-0100"])


def test_one_file_may_hold_several():
    assert names(WHATSAPP + OLD) == ["Ana Souza", "João Müller"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", []),
        (b"\x00\xff" * 100, []),
        (b"FN:Nobody began", []),
        (b"BEGIN:VCARD\nFN:Never ended", ["Never ended"]),
        ("BEGIN:VCARD\nFN:Jo\u00e3o\nEND:VCARD".encode("latin-1"), ["João"]),
        ("\ufeffBEGIN:VCARD\nFN:Ana\nEND:VCARD".encode(), ["Ana"]),
        ("\ufeffBEGIN:VCARD\r\nFN:Jo\u00e3o\r\nEND:VCARD".encode("utf-16-le"), ["João"]),
        ("\ufeffBEGIN:VCARD\r\nFN:Jo\u00e3o\r\nEND:VCARD".encode("utf-16-be"), ["João"]),
        ("begin:vcard\nfn:\u4e2d\u6587\nend:vcard".encode("utf-16-le"), ["中文"]),
        ("BEGIN:VCARD\nFN:Ana\nEND:VCARD".encode("utf-16-be"), ["Ana"]),
        (b"begin:vcard\nfn:Ana\nend:vcard", ["Ana"]),
        (b"BEGIN:VCARD\nORG:Padaria\nTEL:1\nEND:VCARD", ["Padaria"]),
        (b"BEGIN:VCARD\nTEL;waid=5511987654321:\nEND:VCARD", [""]),
        ("BEGIN:VCARD\nFN:a\u202e\u0007b\nEND:VCARD".encode(), ["a b"]),
        (b"BEGIN:VCARD\nFN:one\\ntwo\\, three\nEND:VCARD", ["one two, three"]),
    ],
)
def test_what_is_no_card_is_none_and_the_rest_is_read(content, found):
    assert names(content) == found


def test_all_of_it_is_cut():
    long = b"BEGIN:VCARD\nFN:" + b"a\\" * 100_000 + b"\n" + b"TEL:1\nTEL:2\n" * 50_000
    (card,) = cards.read(long)
    assert (len(card["name"]), card["numbers"]) == (200, ["1", "2"])
    assert len(cards.read(VCARD * 1000)) == cards.MOST_CARDS


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("claimed", ["text/vcard", "text/x-vcard", "text/directory", "text/plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_model_is_told_who_it_is(openai, twilio, work, claimed, encoding):
    send(twilio, ANA, WHATSAPP.decode().encode(encoding), claimed, kind="contacts")
    work()
    people = "Ana Souza, Padaria, Ltda, +55 11 98765-4321, ana@padaria.example"
    assert asked(openai) == [f'[contact card: "{people}"]']
    assert only(Media).cards[0]["name"] == "Ana Souza"


FOLDED = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Araújo;Márcia;;Dra.;\nFN:Dra. Márcia Araújo\n"
    "ORG:Clínica Sorriso – Boa\n  Viagem;\nTITLE:Dentista\n"
    "item1.TEL;waid=5581991234567:+55 81 99123-4567\nitem1.X-ABLabel:Celular\n"
    "item2.TEL:+55 81 3465-1020\nitem2.X-ABLabel:Recepção\nEND:VCARD\n"
).encode()


@pytest.mark.usefixtures("context")
def test_a_landline_stands_beside_a_mobile_and_the_card_names_nobody_anew(openai, twilio, work):
    lia = "whatsapp:+5581991234567"
    send(twilio, lia, FOLDED, "text/vcard", kind="contacts", ProfileName="Lia Araújo")
    work()
    (card,) = only(Media).cards
    assert card["company"] == "Clínica Sorriso – Boa Viagem"
    told = asked(openai)[-1]
    for words in ("Dra. Márcia Araújo", "+55 81 99123-4567", "+55 81 3465-1020"):
        assert words in told
    assert only(Participant).name == "Lia Araújo"
