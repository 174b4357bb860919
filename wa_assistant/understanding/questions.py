"""Whether something is asked, without a model: by a question mark, or how a sentence begins.

A beginning counts only where hardly any other sentence begins so; a question word needs the one
after it ("quanto custa", not "quanto ao pagamento"). A question is rather missed than made up:
what is found goes on a list for the team, who stop reading it when most of it asks nothing.
"""

import re

from ..models.participant import folded
from . import courtesies

MARK = re.compile("[?？]")
WHOLE_SENTENCE = re.compile(r"[^.!?？\n]*(?:[.!?？]+|\n|$)")
SENTENCE = re.compile(r"[.!;:\n]+")
LEAD = r"(?:(?:e|mas|entao|por favor|and|but|so|please),? )*"

# Patterns for folded text.
YOU = "(?:voces?|vcs?)"
WHAT = "(?:o que|oque|oq|o q)"
HOW_MUCH = "(?:quanto|qto|qnto)"
IS = "(?:e|eh|esta|ta)"
PRAISE = r"(?:muito|bem|mal|otim\w*|bons?|boas?|razao|sempre|nunca|que|meu|minha)"
# "Tem sim", "tem que ser", "tem chovido", "tem um portão azul".
HAVING = r"(?:sim|nao|que|razao|gente|dias?|vezes|hora|uma?|uns|umas|muit\w+|pouc\w+|\d+|\w+[ai]do)"
PORTUGUESE = (
    r"qual|quais",
    rf"{HOW_MUCH} (?:custam?|ficam?|saem?|sai|seria|valem?|cobram?|demoram?|duram?|devo|pago)",
    rf"{HOW_MUCH} (?:{IS} (?:o|a)|{YOU} cobram?|tempo (?:de|demora|dura|leva|tem))",
    r"(?:quantos|quantas|qtos|qtas) (?!vezes|saudades)\w+",
    r"(?:(?:a|de|ate|desde) )?(?:que|q) horas|que (?:documentos?|tipos? de)",
    r"(?:de|em|ate|a partir de|para|pra) que (?:dia|data|horario|idade|forma)",
    rf"{WHAT} (?:levar|inclui|(?:eu )?(?:preciso|devo|posso|tenho que) \w+r)",
    r"com quem (?:eu )?(?:falo|posso|devo)",
    r"sera que|tem como|(?:gostaria|queria|quero) (?:de )?saber",
    r"(?:pode|podem|poderia|poderiam|sabe|sabem) me (?:dizer|informar)",
    rf"{YOU} (?:aceitam?|vendem?|abrem?|fecham?|atendem?|entregam?|parcelam?|cobram?|oferecem?|"
    rf"alugam?|emitem?|fazem|tem|trabalham? com)(?!.*\b{PRAISE}\b) \w+",
    r"(?:aceitam|entregam|parcelam|vendem|alugam) \w+",
    r"aceita (?:pix|cartao|cartoes|dinheiro|boleto|convenio|vale|debito|credito)",
    r"(?:abre|abrem|fecham|atendem) (?:hoje|amanha|aos?|(?:no |de )?(?:domingo|sabado|feriado)s?)",
    r"posso (?!(?:ir|vir|ser|esperar|aguardar|ajudar|confirmar|falar|dizer)\b)\w+[aei]r\b(?! sim)",
    r"da (?:para|pra) (?!(?:ver|perceber|notar|sentir|entender)\b)\w+[aei]r",
    rf"tem (?!{HAVING}\b)\w+(?: \w+){{0,4}}$",
)
ENGLISH = (
    r"what(?:'?s| is| are| time| do| does| kinds? of| documents?)",
    r"which \w+ (?:is|are|do|does|can|should)",
    r"who (?:is the|do i|can i|should i)",
    r"(?:when|where) (?:is|are|do|does|can|will)|why (?:is|are|do|does)",
    r"how (?:do|does|can|should) (?!you do)\w+",
    r"how (?:much|many|long)(?: \w+)? (?:is|are|do|does|will|can|should)",
    r"(?:is|are) there|do (?:i|you|we|they)|does it",
    r"(?:can|may) (?:i|we) (?!just|talk|speak)\w+|(?:can|could) you tell me",
)
# These begin a question only where the sentence then ends: not in "Onde fica minha casa não chega
# correio".
CLAUSES = (
    r"(?:quando|qdo) (?:(?:e|eh) (?:que|o|a)|sera|abrem?|fecham?|comecam?|terminam?|vai|vao|posso)",
    r"(?:onde|aonde) (?:e|eh|ficam?|esta|estao|tem|posso|consigo|encontro|compro|pego|retiro)",
    r"como (?:faco|faz|fazer) (?:para|pra|o|a|uma?)|como (?:e|eh) que|como funcionam?",
    r"como (?:eu )?(?:posso|consigo|devo) (?!dizer)\w+r|como (?:chego|chegar|pago|cancelo|agendo)",
    r"quem (?:e|eh|sao) (?:o|a|os|as)",
)
GOES_ON = re.compile(r",(?! por favor| obrigad)|\b(?:nao|eu|sou|avis\w+)\b")


def _opening(*kinds: str) -> re.Pattern[str]:
    return re.compile(rf"{LEAD}(?:{'|'.join(kinds)})\b")


QUESTION = _opening(*PORTUGUESE, *ENGLISH)
CLAUSE = _opening(*CLAUSES)


def marked(text: str) -> bool:
    """Whether `text` has a question mark."""
    return bool(MARK.search(text))


def parted(text: str) -> tuple[str, str]:
    """What `text` asks and what it tells: its sentences with a question mark, and those without."""
    said = WHOLE_SENTENCE.findall(text)
    asked = "".join(each for each in said if marked(each))
    return asked.strip(), "".join(each for each in said if not marked(each)).strip()


def begun(text: str) -> bool:
    """Whether a sentence of `text`, without its courtesies, begins as questions do."""
    return any(map(_begins, SENTENCE.split(text)))


def _begins(sentence: str) -> bool:
    said = folded(courtesies.left_out(sentence)).lstrip(" ,")
    if QUESTION.match(said):
        return True
    clause = CLAUSE.match(said)
    return clause is not None and not GOES_ON.search(said, clause.end())
