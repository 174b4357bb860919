"""What kind of thing a question asks for, and whether a text has such a thing in it.

"Quanto custa a matrícula?" asks for a sum of money, and "A matrícula: R$ 120" answers it without
any word for costing. Such words say nothing of what it is about, nor do "posso" and "fazer".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# All folded, as they are written.
_PRICE = """
cost costs custa custam custar custo custos mensalidade much pagar pago preco precos price prices
sai vale valor valores
"""
_TIME = """
aberta aberto abre abrem abrir close closes comeca comecam fecha fecham fechar funciona funcionam
funcionamento hora horario horarios horas hours open opening opens
"""
_PLACE = "address endereco fica ficam localizacao localizada localizado located"
# They stand in any question.
_SAYS_NOTHING = """
acontece acontecer agora ainda alguem algum alguma bem chama cobra cobram coisa comprar consegue
conseguir consigo da dar deixar deixo deve devo dia dias dizer do does existe faco fala falar faz
fazem fazer feita feito fica ficar gente get give gostar have hoje informacao informacoes ir la leva
levar make maximo mesmo minima minimo need oferecem peco pedir pega pegar pra pras precisa precisam
precisar preciso pro pros quando quantas quantos que sabe saem sai sair so tao tell tenha ter tipo
toda todo todos traz trazer usar use vai vao vejo vem ver vez voces want when
"""
SAYS_NOTHING = frozenset(_SAYS_NOTHING.split())
MONEY = re.compile(r"R\$|[$€£]|\breais\b|\breal\b|grátis|gratuit|isent|\bfree\b|\d,\d\d\b", re.I)
HOURS = re.compile(
    r"\d\s*h\b|\dh\d|\d:\d\d|\bhoras?\b|\bhours?\b|meio-dia|meia-noite|\d\s*[ap]m\b"
    r"|\b(?:às|das|até as)\s+(?:\d|uma|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze"
    r"|treze|catorze|quinze|dezesseis|dezessete|dezoito|dezenove|vinte)",
    re.I,
)
STREET = re.compile(
    r"\b(?:rua|avenida|av\.|praça|rodovia|alameda|travessa|bairro|andar|sala|subsolo|street|road"
    r"|avenue|km)\b",
    re.I,
)


@dataclass(frozen=True)
class Kind:
    """`words` ask for it; `shown` is how a text gives it."""

    words: frozenset[str]
    shown: re.Pattern[str]


KINDS = (
    Kind(frozenset(_PRICE.split()), MONEY),
    Kind(frozenset(_TIME.split()), HOURS),
    Kind(frozenset(_PLACE.split()), STREET),
)


def kinds(forms: Iterable[str]) -> list[Kind]:
    """What is asked for by words of these forms."""
    written = set(forms)
    return [each for each in KINDS if each.words & written]
