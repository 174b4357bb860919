"""How people say plainly that they want no more messages.

Haste and anger beside it ("sair agora") are in emphasis.py.
"""

from ..grammar import each, phrases
from . import spanish

I_WANT = """
    quero / eu quero / queria / eu queria / gostaria de / eu gostaria de / desejo / eu desejo /
    prefiro
"""
MESSAGES = """
    mensagem / mensagens / as mensagens / essa mensagem / essas mensagens / estas mensagens /
    suas mensagens / tanta mensagem / tantas mensagens / nenhuma mensagem / spam
"""
THIS = "isso / isto"
OFF_THE_LIST = """
    da lista / de lista / dessa lista / desta lista / da sua lista / da lista de voces /
    da lista de mensagens / da lista de transmissao / dessa lista de transmissao
"""
LEAVE = "sair / parar / descadastrar / me descadastrar / desinscrever / me desinscrever"
HALT = """
    pare / parem / pode parar / podem parar / voce pode parar / voces podem parar /
    quero que pare / quero que parem / quero que voces parem / preciso que parem /
    gostaria que parassem
"""
SEND = """
    mandar / enviar / escrever / incomodar / perturbar / encher / encher o saco /
    encher a paciencia / amolar / chatear / importunar / contatar / procurar
"""
TO_ME = "mandar / enviar / escrever / incomodar / perturbar / encher / encher o saco"
DO_SEND = "mande / mandem / envie / enviem"
TAKE = """
    tire / tira / tirem / retire / retira / retirem / remova / remove / removam /
    exclua / exclui / excluam
"""
UNSUBSCRIBE = "descadastre / descadastra / descadastrem / desinscreva / desinscreve / desinscrevam"
ASKED = "me / pode me / podem me / quero que me"
MY_NUMBER = "meu numero / meu contato / meu telefone / meu whatsapp"
END = "cancelar / parar / encerrar / interromper / suspender / desativar"
DO_END = (
    "cancela / cancele / cancelem / pode cancelar / podem cancelar / parem / encerrem / suspendam"
)
COMING = """
    recebimento / o recebimento / esse recebimento / envio / o envio / esse envio / os envios
"""

LEAVING = (
    phrases("""
    descadastro / descadastramento / descadastre / quero o descadastro / sair disso
    """)
    | each(
        "solicito / peco / quero / favor fazer",
        "- / o / meu / o meu / a",
        "descadastro / descadastramento / remocao do meu numero / exclusao do meu numero / "
        "remocao do meu contato / exclusao do meu contato",
    )
    | each("me", "deixa / deixe / deixem", "em paz / quieto / quieta")
    | each("- / " + I_WANT, LEAVE)
    | each("preciso / vou / favor me", "sair", OFF_THE_LIST)
    | each("- / " + ASKED, UNSUBSCRIBE)
    | each(UNSUBSCRIBE, "me / se")
    | each(ASKED, TAKE)
    | each(TAKE, "me")
    | each("pode me / podem me / favor me", "tirar / retirar / remover / excluir", OFF_THE_LIST)
    | each(
        I_WANT,
        "ser removido / ser removida / ser retirado / ser retirada / me remover / que me tirem",
    )
    | each(
        TAKE + "/ remover / descadastrar / apaga / apague / apaguem / deleta / delete /"
        " esquece / esquecam / " + UNSUBSCRIBE,
        "- / o",
        MY_NUMBER,
        "- / dai / daqui",
    )
)
ENDING = (
    # So a mail's footer calls it; with "minha" it may be that of an event: maybe_stopping.py.
    phrases("cancelar inscricao / cancelamento de inscricao / anular inscricao")
    | each(
        "cancelar / cancele / quero cancelar",
        "- / a / minha / a minha",
        "inscricao / assinatura",
        OFF_THE_LIST + "/ na lista / nessa lista / de mensagens / das mensagens",
    )
    | each("- / " + I_WANT, END, COMING)
    | each(DO_END, COMING)
)
HALTING = (
    each(HALT, "- / isso")
    | each("para / " + HALT, "com / de", "isso / isto / as mensagens / essas mensagens / spam")
    | each("para / " + HALT, "com", "esse spam / o spam")
    | each("para / " + HALT, "de", "- / me", SEND, "- / isso / isso ai / essas coisas")
    | each("interromper / suspender / desativar", MESSAGES)
    | each("parar / deixa / deixe / deixem", "de me", TO_ME)
    | each(I_WANT + "/ voces tem que / tem que / favor", "parar de me", TO_ME)
    | each("para / " + HALT, "de", SEND, "mensagem / mensagens", "pra mim / para mim / aqui")
    | each("para / pare / parem", "de falar comigo / de me chamar aqui / de me escrever aqui")
    | each("parar", "com", "as mensagens / essas mensagens")
    | each("parar / pare / parem", "- / de me mandar / de me enviar", MESSAGES)
    | each("chega de / basta de / cansei de / cansei dessas / chega dessas", "mensagens")
    | each("chega de / basta de", MESSAGES)
)
NO_MORE = (
    each(
        "- / eu",
        "nao quero / nao desejo / nao gostaria de / nao tenho interesse em / "
        "nao tenho mais interesse em / nao preciso / nao pretendo / nao aguento / nao autorizo",
        "receber / receber mais / mais receber / continuar recebendo / ficar recebendo",
        "nada / mais nada / " + MESSAGES + "/" + THIS,
    )
    | each("- / eu", "nao quero / nao desejo / nao aguento", "mais", MESSAGES)
    | each(
        "- / eu",
        "nao quero",
        "- / mais",
        "ser",
        "incomodado / incomodada / perturbado / perturbada / contatado / contatada / "
        "contactado / contactada / importunado / importunada",
        "- / mais",
    )
    | each("nao quero / sem", "mais", "contato / nenhum contato / contato com voces")
    | each("nao", "entre / entrem", "- / mais", "em contato", "- / comigo", "- / mais")
    | each("- / preciso / favor / " + I_WANT, "parar de / deixar de", "receber")
    | each(I_WANT + "/ favor", "nao receber mais", "nada / " + MESSAGES)
    | each(
        "nao me",
        "manda / envia / mandar / enviar / " + DO_SEND,
        "- / mais",
        "nada / mais nada / " + MESSAGES + "/" + THIS,
    )
    | each("nao precisa / nao precisam / nunca", "mais", "me", TO_ME + "/" + DO_SEND, MESSAGES)
    | each("nao", DO_SEND, MESSAGES)
    | each(
        "nao",
        "- / me",
        DO_SEND + "/ manda / envia / mandar / enviar",
        "mais",
        "- / nada / " + MESSAGES + "/" + THIS,
    )
    | each("nao me", "escreva / escrevam / chame / chamem / procure / procurem", "mais")
    | each("nao me", "incomode / incomodem / perturbe / perturbem / encha / encham", "- / mais")
    | each(
        "- / eu",
        "revogo / retiro / cancelo / quero revogar / quero retirar / quero cancelar",
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
TEXTS = each(
    "- / the / these / those / your / any / more / any more / more of these",
    "messages / texts / text messages",
) | phrases("anything / spam")
GOING = "anymore / any more / again / ever again / from you / from you anymore"
ENGLISH = (
    phrases("""
    stopall / quit / optout / opt out / opt me out / unsubscribe / unsubscribe me / remove me /
    leave me alone / i want you to stop / unsubscribe from this / cancel subscription /
    lose my number / get me off this list / i am opting out / just stop
    """)
    | each("stop", "- / all / all this")
    | each("stop", SENDING)
    | each("stop / quit", "writing / " + SENDING, "- / to", "me")
    | each("stop", "sending", TEXTS | {"this"}, "- / to me")
    | each("stop", "receiving / getting", TEXTS)
    | each(
        "do not / never / please do not",
        "message / text / write / write to / call / contact / bother",
        "me",
        "- / " + GOING,
    )
    | each("do not send", "- / me", TEXTS | {"this"}, "- / anymore / again")
    | each(
        "i do not want / i no longer want / i no longer wish / i do not wish",
        "- / to receive / to get",
        TEXTS,
        "- / " + GOING,
    )
    | each("no", "- / any", "more", "messages / texts", "- / from you / please")
    | each(
        "take me off / remove me from / unsubscribe me from / unsubscribe from / delete me from",
        "the / this / your",
        "list / mailing list",
    )
    | each(
        "remove / delete",
        "my",
        "number / phone number",
        "- / from the list / from this list / from your list",
    )
    | each(
        "i want to / i would like to / let me / i wish to",
        "stop / opt out / unsubscribe / be removed / stop receiving messages / "
        "stop getting messages / stop receiving these messages / stop getting these messages",
    )
    | each("i", "withdraw / revoke", "my consent")
)

# What a stop may name, and says no more by it.
OF_WHAT = (
    spanish.OF_WHAT
    | TEXTS
    | phrases(MESSAGES + "/ isto / disso /" + OFF_THE_LIST)
    | phrases("de voces / sua / suas / nenhuma / no whatsapp / no meu whatsapp / por whatsapp")
    | phrases("nesse numero / neste numero / todo dia / toda hora / o tempo todo / o dia todo")
    | phrases("de mensagem / de mensagens / das mensagens / dessas mensagens / pra mim / para mim")
    | phrases("this / that / it / the messages / from this list / from your list / from the list")
)
STOP = LEAVING | ENDING | HALTING | NO_MORE | ENGLISH | spanish.STOP
