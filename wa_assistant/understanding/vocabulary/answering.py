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
# To a question that wants a yes or a no; to what one may tell they may be the telling.
ALSO_YES = phrases("""
    uhum / aham / ahan / ja / ja sim / si / si claro / sem duvida / com toda certeza / bastante /
    muito / demais / certamente / exato / exatamente / logico / obvio / obviamente / sempre /
    definitely / absolutely / certainly / very much / always / por supuesto
""")
ALSO_NO = phrases("""
    de modo algum / de forma alguma / nem um pouco / tambem nao / claro que nao / nem pensar /
    jamais / not at all / no way / aun no / todavia no / para nada
""")
_NEGATIONS = "nao nunca nem jamais no not never sem"
NEGATIONS = set(_NEGATIONS.split())
# The verb of a question, and how one answers by it alone where that is no form of it by its stem.
ECHOES = {
    "esta": "estou to tou", "e": "sou", "tem": "tenho", "vai": "vou", "quer": "quero",
    "pode": "posso", "foi": "fui", "fez": "fiz", "veio": "vim", "viu": "vi", "deu": "dei",
    "are": "am", "have": "have", "do": "do", "will": "will", "would": "would", "can": "can",
}  # fmt: skip
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
