"""What may say "stop" and may as well say something else: they are asked whether to stop."""

from ..grammar import each, phrases
from . import spanish
from .emphasis import HASTE
from .offers import REFUSE_OFFERS
from .stopping import HALT, I_WANT, STOP, TAKE

CANCEL = "cancela / cancele / cancelem / pode cancelar / podem cancelar"
ADVERTISING = """
    comunicacao / comunicacoes / comunicado / comunicados / notificacao / notificacoes / aviso /
    avisos / lembrete / lembretes / conteudo / conteudos
"""

MAYBE_STOP = (
    phrases("""
    remover / fim / end / para / chega / chega disso / ja chega / basta / ja basta / enough /
    bloquear / desisto / quero desistir / sai / sai daqui / quero parar com isso /
    nao quero continuar / posso parar / posso sair / podemos parar / como paro / como saio /
    como cancelo / como me descadastro /
    cancel / cancel it / i want to cancel / that is enough / i want out / me esquece / me esquecam /
    nao enche / nao perturba / nao incomoda / nao me enche / nao incomode / nao perturbe /
    vou bloquear / vou te bloquear / vou bloquear voces / vou denunciar / nao aguento mais /
    nao tenho mais interesse / perdi o interesse / nao quero mais conversar /
    nao quero mais falar com voces / nao quero conversa / encerrar contato / nao quero contato /
    sai fora / cai fora / some daqui / some / suma / nao quero mais fazer parte / enough already
    """)
    | each(
        "para / " + HALT, "com", "essa", "palhacada / chatice / porcaria / insistencia / bobagem"
    )
    | each("voces nao param", "- / de me", "mandar / enviar / encher / incomodar / perturbar")
    | each(I_WANT, "sair", "dessa / disso / disso tudo")
    | each("- / " + I_WANT, "cancelar", "- / tudo / isso")
    | each(CANCEL, "- / tudo / isso")
    | each(
        each("- / " + I_WANT, "cancelar") | phrases(CANCEL),
        "- / o / a / meu / minha / o meu / a minha",
        "inscricao / assinatura / cadastro / participacao / contato",
    )
    | each("excluir / apagar / remover / exclua / apague", "meu", "cadastro")
    | each("bloquear / bloqueia / bloqueie", "meu numero / meu contato / esse numero")
    | each("cancel", "my / the", "subscription / registration")
    | each(
        "encerrar / encerra / encerre / quero encerrar / finalizar",
        "- / conversa / a conversa / atendimento / o atendimento",
    )
    | each("- / " + I_WANT, "sair", "do grupo / desse grupo / deste grupo / daqui")
    | each("me", TAKE, "daqui / dai / do grupo / desse grupo / deste grupo")
    | each("- / eu", "nao quero mais", "- / isso / nada / receber / participar / continuar")
    | each("- / eu", "nao", "aceito / concordo", "mais")
    | each(
        "- / eu",
        "nao quero / nao desejo",
        "- / mais / receber / mais receber / receber mais",
        ADVERTISING,
    )
    | each("- / preciso / favor / " + I_WANT, "parar de / deixar de", "receber", ADVERTISING)
    | each("para / chega / " + HALT, "de", "- / me", "- / mandar / enviar", ADVERTISING)
    | each(
        "como faco",
        "para / pra",
        "parar / sair / cancelar / sair da lista / me descadastrar / parar de receber / "
        "parar de receber mensagens / nao receber mais mensagens / cancelar a inscricao / "
        "cancelar o recebimento",
    )
    | each(
        "how do i / how can i / can i / how to",
        "stop / stop this / stop these messages / unsubscribe / opt out / cancel",
    )
    | spanish.MAYBE_STOP
) - (STOP | REFUSE_OFFERS)
# "Por agora", "o pacote chega já": not what they say before a pause.
FOR_NOW = each("para / chega / sai", HASTE) | phrases("""
    para sempre / para logo / para hoje / para todos / olha para / cara para / gente para /
    para isso / para isto / para esto / para eso / para it / basta isso / basta esto / basta eso /
    chega pra mim / chega para mim / sai pra mim / sai para mim / fim de mensagem
""")
