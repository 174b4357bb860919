"""How people say plainly that they want no more messages."""

from ..grammar import each, phrases

I_WANT = """
    quero / eu quero / queria / eu queria / gostaria de / eu gostaria de / desejo / eu desejo /
    prefiro
"""
NOW = "agora / ja / agora mesmo / imediatamente"
MESSAGES = """
    mensagem / mensagens / as mensagens / essa mensagem / essas mensagens / estas mensagens /
    suas mensagens / tanta mensagem / tantas mensagens / spam
"""
THIS = "isso / isto"
OFF_THE_LIST = "da lista / dessa lista / desta lista / da lista de mensagens"
LEAVE = "sair / parar / descadastrar / me descadastrar / desinscrever / me desinscrever"
HALT = """
    pare / parem / pode parar / podem parar / voce pode parar / voces podem parar /
    quero que pare / quero que parem
"""
SEND = "mandar / enviar / escrever / incomodar / perturbar / encher"
DO_SEND = "mande / mandem / envie / enviem"
TAKE = """
    tire / tira / tirem / retire / retira / retirem / remova / remove / removam /
    exclua / exclui / excluam
"""
UNSUBSCRIBE = "descadastre / descadastra / descadastrem / desinscreva / desinscreve / desinscrevam"
ASKED = "me / pode me / podem me / quero que me"

LEAVING = (
    phrases("""
    descadastro / sair disso / me deixa em paz / me deixe em paz / me deixem em paz
    """)
    | each("- / " + I_WANT, LEAVE, "- / " + OFF_THE_LIST, "- / " + NOW)
    | each("- / " + ASKED, UNSUBSCRIBE, "- / " + OFF_THE_LIST)
    | each(UNSUBSCRIBE, "me / se", "- / " + OFF_THE_LIST)
    | each(ASKED, TAKE, "- / " + OFF_THE_LIST)
    | each(TAKE, "me", "- / " + OFF_THE_LIST)
    | each("pode me / podem me", "tirar / retirar / remover / excluir", OFF_THE_LIST)
    | each(
        TAKE + "/ remover / descadastrar / " + UNSUBSCRIBE,
        "- / o",
        "meu numero / meu contato / meu telefone",
        "- / dai / daqui / " + OFF_THE_LIST,
    )
)
HALTING = (
    each(HALT, "- / " + THIS, "- / " + NOW)
    | each("para / " + HALT, "com", "isso / isto / as mensagens / essas mensagens", "- / " + NOW)
    | each("para / " + HALT, "de", "- / me", SEND, "- / " + MESSAGES + "/" + THIS)
    | each("parar / pare / parem", "- / de me mandar / de me enviar", MESSAGES)
    | each("chega de / basta de", MESSAGES)
)
NO_MORE = (
    each(
        "- / eu",
        "nao quero / nao desejo / nao gostaria de",
        "receber / receber mais / mais receber",
        "nada / mais nada / " + MESSAGES + "/" + THIS,
    )
    | each("- / eu", "nao quero / nao desejo", "mais", MESSAGES)
    | each(I_WANT, "parar de / deixar de", "receber", "- / " + MESSAGES + "/" + THIS)
    | each(I_WANT, "nao receber mais", "nada / " + MESSAGES)
    | each(
        "nao me",
        "manda / envia / " + DO_SEND,
        "- / mais",
        "nada / mais nada / " + MESSAGES + "/" + THIS,
    )
    | each("nao", DO_SEND, MESSAGES)
    | each("nao", "- / me", DO_SEND, "mais", "- / nada / " + MESSAGES + "/" + THIS)
    | each("nao me", "escreva / escrevam / chame / chamem / procure / procurem", "mais")
    | each("nao me", "incomode / incomodem / perturbe / perturbem", "- / mais")
    | each(
        "- / eu",
        "revogo / retiro / quero revogar / quero retirar",
        "- / o / a",
        "meu consentimento / minha autorizacao",
    )
    | each(
        "- / eu",
        "nao",
        "autorizo / consinto / permito",
        "mais",
        "- / isso / mensagens / o uso dos meus dados / o uso das minhas mensagens",
    )
)

SENDING = "messaging / texting / calling / contacting / bothering / spamming / sending"
TEXTS = """
    messages / these messages / those messages / your messages / any messages / more messages /
    any more messages / texts / spam
"""
ENGLISH = (
    phrases("""
    stopall / quit / optout / opt out / opt me out / unsubscribe / unsubscribe me / remove me /
    leave me alone / i want you to stop / unsubscribe from this
    """)
    | each("stop", "- / it / this / that / all / all this / messages / the messages", "- / now")
    | each("stop", SENDING)
    | each(
        "stop", "writing / " + SENDING, "- / to", "me", "- / this / anything / " + TEXTS, "- / now"
    )
    | each("stop sending", "this / " + TEXTS, "- / to me")
    | each(
        "do not", "message / text / write / call / contact / bother", "me", "- / anymore / again"
    )
    | each("do not send", "- / me", "anything / this / " + TEXTS, "- / anymore / again")
    | each(
        "i do not want",
        "- / to receive / to get",
        TEXTS,
        "- / anymore / from you / from you anymore",
    )
    | each("no", "- / any", "more", "messages / texts", "- / from you")
    | each(
        "take me off / remove me from / unsubscribe me from / unsubscribe from",
        "the / this / your",
        "list / mailing list",
    )
    | each(
        "remove / delete",
        "my",
        "number / phone number",
        "- / from the list / from this list / from your list",
    )
    | each("i want to / i would like to", "stop / opt out / unsubscribe / be removed", "- / now")
    | each("i", "withdraw / revoke", "my consent")
)

STOP = LEAVING | HALTING | NO_MORE | ENGLISH
