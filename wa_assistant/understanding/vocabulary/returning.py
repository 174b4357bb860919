"""How people who have stopped come back. CHANGED says why, and may stand beside any command."""

from ..grammar import each, phrases

CHANGED = phrases("""
    mudei de ideia / mudei de opiniao / me arrependi / eu me arrependi / arrependi /
    i changed my mind / changed my mind / i have changed my mind / i regret it /
    cambie de opinion / cambie de idea / me arrepenti / lo pense mejor
""")
I_WANT = "- / quero / eu quero / queria / gostaria de / posso / preciso / desejo"
AGAIN = "de novo / novamente / outra vez"
BACK = "de volta"

PORTUGUESE = (
    phrases("""
    pensei melhor / voltei / eu voltei / volta / volte / voltem / volta ai / quero de volta /
    estou de volta / to de volta / quero estar de volta / reative / reativa / recomecar /
    comecar de novo / quero recomecar / quero comecar de novo / desfazer /
    quero suas mensagens de volta
    """)
    | each(
        I_WANT,
        "voltar / retornar / retomar / reativar / me reinscrever / me recadastrar / "
        "voltar a receber / voltar a participar / entrar de novo",
        "- / aqui / a conversa / pra lista / para a lista / pra o grupo / pra conversa",
    )
    | each(
        "volta a / volte a / voltem a / pode voltar a / podem voltar a",
        "mandar / me mandar / enviar / me enviar / escrever / me escrever",
    )
    | each(I_WANT + "/ pode / podem", "receber / me mandar / mandar / enviar / participar", AGAIN)
    | each(
        I_WANT + "/ pode / podem",
        "receber / me mandar / mandar / enviar",
        "mensagem / mensagens / as mensagens / suas mensagens",
        AGAIN,
    )
    | each(
        "- / pode / podem",
        "me",
        "coloca / coloque / coloquem / colocar / bota / bote / botar / poe / ponha / inclui / "
        "inclua / incluir / adiciona / adicione / adicionar / cadastra / cadastre / inscreve / "
        "inscreva / reinscreve / reinscreva / reativa / reative / aceita / aceite / traz / traga",
        f"- / {BACK} / {AGAIN}",
        "- / na lista / nessa lista",
    )
    | each("me", "coloca / coloque / bota / poe", "na lista", AGAIN)
    | each(
        I_WANT + "/ pode",
        "reativar / ativar / desbloquear",
        "- / meu / o meu / minha / a minha",
        "inscricao / cadastro / numero / contato",
    )
    | each("reative / reativa / ative / ativa", "- / meu / minha", "inscricao / cadastro / numero")
    | phrases(
        "inscrever / quero me inscrever / ativar / quero ativar / desbloquear / me desbloqueia"
    )
    | each("- / quero", "me", "inscrever / cadastrar / incluir", AGAIN)
    | each("me", "manda / mande / mandem", "mensagem / mensagens / as mensagens", AGAIN)
)
ENGLISH = phrases("""
    return / start / back / come back / i want to come back / i am back / start again / restart /
    unstop / resubscribe / subscribe / resume / subscribe me / resubscribe me / opt in /
    opt me in / opt me back in / sign me up again / add me back / put me back /
    put me back on the list / i want back / i want back in / let me back in /
    i would like to come back / i want to return / i want to start again / can i come back /
    send me messages again / i want to get messages again / i want to receive messages again /
    text me again
""")
SPANISH = phrases("""
    volver / quiero volver / yo quiero volver / vuelvo / volver a empezar /
    quiero volver a recibir / quiero volver a recibir mensajes / regresar / quiero regresar /
    reanudar / reactivar / quiero reactivar / he vuelto / volvi / estoy de vuelta / ya volvi /
    alta / darme de alta / quiero darme de alta / dame de alta / deme de alta / ponme de nuevo /
    quiero entrar de nuevo / agregame de nuevo / anademe de nuevo / suscribirme /
    quiero suscribirme de nuevo
""") | each("quiero / quisiera", "recibir", "- / mensajes", "de nuevo / otra vez")
RETURN = PORTUGUESE | ENGLISH | SPANISH
