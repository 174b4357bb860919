"""What people write beside an answer, or in its place: a courtesy, a bare yes, that they have none.

By the whole of a message, as their consent is read: with any other word it may be an answer.
"""

from ...understanding import vocabulary
from ...understanding.normalise import parts, squeezed
from ...understanding.vocabulary.ways import each, phrases
from .. import values

MOST_WORDS = 6  # of a phrase


def _alike(known: set[str]) -> set[str]:
    return {squeezed(phrase) for phrase in known}


HELLO = "oi / oie / ola / opa / alo / bom dia / boa tarde / boa noite / hi / hello / hey"
WELL = "tudo bem / tudo bom / tudo certo / tudo joia / como vai / how are you"
COURTESIES = _alike(
    phrases(f"""
    {HELLO} / e ai / eai / good morning / good afternoon / good evening / good night /
    ok / okay / okey / ta / ta bom / ta certo / beleza / certo / combinado / entendi /
    all right / alright / got it /
    por favor / por gentileza / please / agradeco / de nada / imagina / you are welcome /
    tchau / ate logo / ate mais / ate breve / ate la / abraco / abracos / um abraco / beijo /
    beijos / bye / bye bye / goodbye / see you / so isso / e so isso / e so / thats all /
    that is all / k / rs / haha / hahaha
    """)
    | vocabulary.THANKS
    | each(HELLO, WELL, "- / com voce / com voces / por ai")
)
AGREES = _alike(
    values.YES
    | phrases("uhum / quero sim / gostaria / gostaria sim / i would / i do / i would like to")
    | each(
        "- / eu",
        "quero / gostaria de / vou / posso",
        "deixar / mandar / contar / escrever",
        "- / um / uma / um recado / uma mensagem / um comentario",
    )
)
WHAT = """
    nada / recado / recados / mensagem / mensagens / comentario / comentarios / sugestao /
    sugestoes / duvida / duvidas / observacao / observacoes
"""
HAS_NONE = _alike(
    values.NO
    | phrases("""
    nenhum / nenhuma / nao tenho / nao tem / nao precisa / nao preciso / nao e preciso /
    nao e necessario / acho que nao / creio que nao / deixa / deixa pra la / deixa para la /
    fica pra proxima / fica para a proxima / none / nothing / nothing more / nothing else /
    nothing to add / no need / no comment / no message / i do not think so / maybe later
    """)
    | each("agora / hoje / por enquanto / por ora / no momento", "nao")
    | each("nao", "- / por", "agora / hoje / enquanto / ora")
    | each("not", "now / right now / today / at the moment / for now")
    | each("sem / nenhum / nenhuma / nao tenho / nao ha", "- / nenhum / nenhuma", WHAT)
    | each(
        "- / nao tenho / nao ha / nao tem",
        "nada / mais nada / nada mais / nada nao",
        "- / a / para / pra",
        "- / dizer / declarar / acrescentar / comentar / deixar",
    )
)


def says_nothing(text: str) -> bool:
    """Whether `text` is courtesy or a yes and nothing more, or has no word at all."""
    return _is_made_of(text, COURTESIES | AGREES)


def only_agrees(text: str) -> bool:
    """Whether all it says is yes."""
    return says_nothing(text) and not _is_made_of(text, COURTESIES)


def has_none(text: str) -> bool:
    """Whether it says that there is no answer: "agora não", "sem recado"."""
    return not says_nothing(text) and _is_made_of(text, COURTESIES | HAS_NONE)


def _is_made_of(text: str, known: set[str]) -> bool:
    """Whether phrases of `known`, the longest first, leave nothing of `text` over."""
    said = [word for words, _ in parts(text) for word in words]
    at = 0
    while at < len(said):
        ends = range(min(len(said), at + MOST_WORDS), at, -1)
        end = next((end for end in ends if " ".join(said[at:end]) in known), None)
        if end is None:
            return False
        at = end
    return True
