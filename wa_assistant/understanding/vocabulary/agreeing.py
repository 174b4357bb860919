"""How people agree and refuse.

YES agrees plainly; FINE agrees or is mere politeness; BEGIN agrees to begin. DOUBT only sounds like
a decision: it is listed so that no shorter phrase within it is taken for one. What agrees or
refuses only as the reply to a prompt is in replying.py.
"""

from ..grammar import each, phrases
from . import spanish
from .courtesy import OK
from .maybe_stopping import FOR_NOW

MY_DATA = "meus dados / os meus dados / minhas mensagens / as minhas mensagens"
USE_OF_IT = "o uso dos meus dados / o uso das minhas mensagens"

YES = (
    phrases("""
    sim / quero / eu quero / sim eu quero / claro / e claro / claro que sim / com certeza /
    positivo / sim senhora / yes / yep / yeah / yup / of course / absolutely / i do /
    yes i do / agreed / agree / accept / i am ok with it / i give my consent
    """)
    | each(
        "- / sim / eu / sim eu / li e / eu li e",
        "aceito / concordo / autorizo / consinto",
        "- / sim / plenamente / totalmente / com tudo / com isso / com os termos / os termos / "
        "participar / " + USE_OF_IT,
    )
    | each("- / sim", "quero / eu quero / gostaria de / eu gostaria de", "participar / comecar")
    | each("- / sim", "- / voce / voces", "pode / podem", "usar", "- / sim / " + MY_DATA)
    | each("- / sim", "- / eu", "dou", "- / o", "meu consentimento")
    | each("- / estou / to", "- / ciente e", "de acordo")
    | each(
        "- / yes / ok",
        "i",
        "agree / accept / consent",
        "- / to it / to that / to the terms / the terms",
    )
    | spanish.YES
)
# Before a wish these are no yes: "vamos sair".
BEGIN = (
    phrases("vamos la / bora la / lets go / lets start / we can start / yes we can")
    | each("- / sim", "podemos / vamos / bora", "- / sim / comecar / comecar sim")
    | phrases("bora bora / vamos nessa / sim bora / quero comecar sim")
    | each("- / sim", "pode / podem", "sim / comecar / comecar sim")
)
FINE = OK | phrases("certo / pode / combinado / sure / go ahead")

# "No" in English and Spanish; in a Portuguese conversation it is as likely "no", in the.
ONLY_ENGLISH = phrases("no")
NO = (
    ONLY_ENGLISH
    | phrases("""
    nao / nope / nops / nah / nao senhor / nao senhora / nao mesmo / eu nao / claro que nao /
    com certeza nao / de jeito nenhum / de forma alguma / nem pensar / nunca / jamais / negativo /
    recuso / eu recuso / discordo / eu discordo / nao estou de acordo / nao tenho interesse /
    sem interesse / prefiro nao / prefiro nao participar / never / no way / of course not /
    absolutely not / not interested / i am not interested / i disagree / i refuse / i decline /
    i would rather not / i do not give my consent
    """)
    | each(
        "- / eu",
        "nao",
        "quero / aceito / concordo / autorizo / permito / consinto",
        "- / nao / isso / nada disso / com isso / com os termos / os termos / participar / "
        "comecar / " + USE_OF_IT,
    )
    # The other way round it is as plain: "quero não".
    | each("- / eu", "quero / aceito / concordo / autorizo / permito / consinto", "nao")
    | each("- / eu", "nao", "dou", "- / o", "meu consentimento")
    | each("- / voce / voces", "nao", "pode / podem", "usar", "- / " + MY_DATA)
    | each(
        "- / no",
        "i",
        "do not / cannot",
        "agree / accept / consent / want",
        "- / to / to it / to this / to that / this / it",
    )
    | spanish.NO
)
DOUBT = FOR_NOW | phrases("""
    pode sair / podem sair / aham ta / uhum ta / ta aham / nao discordo / eu nao discordo /
    nao recuso / nao nego / nao nunca / nao no / no nao / i do not disagree / i do not refuse /
    i do not decline
""")
