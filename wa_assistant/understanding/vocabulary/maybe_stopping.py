"""What may say "stop" and may as well say something else: they are asked whether to stop."""

from ..grammar import each, phrases
from .stopping import I_WANT, MESSAGES, TAKE

MAYBE_STOP = (
    phrases("""
    remover / fim / end / para / chega / basta / enough / bloquear / desisto / quero desistir /
    sai / sai daqui / quero parar com isso / nao quero continuar / posso parar / posso sair /
    podemos parar / como paro / como saio / como cancelo / como me descadastro / cancel /
    cancel it / i want to cancel
    """)
    | each(
        "- / " + I_WANT,
        "cancelar",
        "- / tudo / isso / " + MESSAGES,
    )
    | each("cancela / cancele / pode cancelar", "- / tudo / isso / " + MESSAGES)
    | each(
        "encerrar / encerra / encerre / quero encerrar / finalizar",
        "- / conversa / a conversa / atendimento / o atendimento",
    )
    | each("- / " + I_WANT, "sair", "do grupo / desse grupo / deste grupo / daqui")
    | each("me", TAKE, "daqui / do grupo / desse grupo / deste grupo")
    | each("- / eu", "nao quero mais", "- / isso / nada / receber / participar / continuar")
    | each("- / eu", "nao", "aceito / concordo", "mais")
    | each(
        "como faco",
        "para / pra",
        "parar / sair / cancelar / sair da lista / me descadastrar / parar de receber / "
        "parar de receber mensagens / nao receber mais mensagens",
    )
    | each(
        "how do i / how can i / can i",
        "stop / stop this / stop these messages / unsubscribe / opt out / cancel",
    )
)
