"""How people answer a question of a stage by yes or no, and say that they have nothing to tell.

Not the yes and no of a prompt, which are in agreeing.py: "isso", "pode ser" and "ainda não" answer
a question, and neither give consent nor refuse it.
"""

from ..grammar import each, phrases

ANSWERS_YES = phrases("""
    sim / s / ss / claro / claro que sim / com certeza / isso / isso mesmo / positivo / quero /
    pode / pode ser / pode sim / sim quero / sim claro / sim senhor / sim senhora / aham /
    yes / y / yep / yeah / yup / sure / of course / correct / true / verdadeiro
""")
ANSWERS_NO = phrases("""
    nao / n / nn / nao quero / nunca / negativo / de jeito nenhum / ainda nao / no / nope / nah /
    never / not yet / not really / false / falso
""")
# A whole sentence of one of these refuses nothing: it may be what was asked for.
BARE_NO = phrases("nao / n / no / nope / nunca / jamais / negativo / never")

# "Quer deixar um recado?" "Sim": the message itself is yet to come.
WILL_TELL = (
    ANSWERS_YES
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
HAS_NONE = (
    ANSWERS_NO
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

# Beside an option these leave it as it is. With any other word ("quase", "queria estar", "longe
# de") it may well not be meant.
OPINION = (
    each("acho / creio / acredito / diria / claro", "que")
    | each("i", "think / guess / would say", "- / that")
    | phrases("com certeza")
)
_PLAIN = """
a o um uma e eh eu minha meu de da do em na pela sou somos estou estamos to esta ta ando fico
bem muito sim claro agora hoje ainda ja atualmente opcao numero
i m am its s the in at my yes now still currently option number
"""
PLAIN_WORDS = set(_PLAIN.split())
