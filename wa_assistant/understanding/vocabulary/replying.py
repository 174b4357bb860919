"""What agrees or refuses as the reply to a prompt, and says nothing of the kind in a chat.

NOD agrees to a prompt; LIKING agrees or is mere politeness, as FINE is; DEMUR refuses, and takes a
wish back. GO_ON agrees to begin, would rather not stop, and brings back who has stopped.
"""

from ..grammar import each, phrases
from . import spanish
from .courtesy import OK

NOD = (
    phrases("""
    uhum / uhm / aham / ahan / anham / arram / hum hum / mhm / uh huh / certeza / fechado /
    fechou / feito / topo / eu topo / topado / ta valendo / to dentro / estou dentro /
    ja e / partiu / simbora / vambora / vamo / vamo la / isso / isso mesmo / isso ai / isso sim /
    exato / exatamente / correto / sem problema / sem problemas / nenhum problema / manda ver /
    vai em frente / pode ir / pode seguir / pode ir em frente / com prazer / logico / obvio /
    obviamente / certamente / sem duvida / com toda certeza / autorizado / liberado / permito /
    eu permito / confirmo / confirmado / afirmativo / aceitamos / concordamos / deixo /
    deal / why not / definitely / certainly / by all means / sure thing / works for me /
    fine by me / fine with me / ok by me / i am in / count me in
    """)
    | each("pode ser", "- / sim / entao / claro")
    | each("por mim", "- / sim / pode / pode ser / tudo bem / " + " / ".join(sorted(OK)))
    | each("claro", "que pode / que podem / pode / pode sim / pode ser")
    | spanish.NOD
)
LIKING = (
    phrases("""
    ta / ta bem / ta joia / ta otimo / ta certo / ta ok / ta beleza / ta legal / esta bom /
    esta bem / perfeito / otimo / show / show de bola / maravilha / joia / top / oks /
    certinho / tranquilo / suave / de boa / numa boa / all right / alright / great / perfect /
    fine / sounds good / very well / okis
    """)
    | each("ta bom", "- / sim")
    | each("entao", "ta / ta bom / ta certo / ok / beleza")
    | each("ta / ta bom / ok / beleza / combinado / certo", "entao")
    | each("ok / okay / fine", "then")
    | spanish.LIKING
)
NOT_NOW = "agora / hoje / por agora / por hoje / por enquanto / por ora / no momento"
AT_PRESENT = "now / right now / today / at the moment / for now"
DEMUR = (
    phrases("""
    deixa quieto / deixa queto / deixe quieto / deixa assim / deixa / deixa pra la /
    deixa para la / melhor nao / acho melhor nao / e melhor nao / nao precisa / nao preciso /
    nao e necessario / nao ha necessidade / dispenso / eu passo / to fora / estou fora /
    sem chance / nem a pau / nem ferrando / nem morto / nem morta / que nada / fica pra proxima /
    fica para a proxima / fica para uma proxima / nao rola / nao vai dar / nao posso / nao da /
    nao me interessa / nao to afim / nao to a fim / nao estou afim / nao estou a fim /
    nao estou interessado / nao estou interessada / sem condicoes /
    no need / never mind / nevermind / forget it / rather not / better not / not really /
    i pass / pass / hard pass / i am good / no can do
    """)
    | each(NOT_NOW, "nao", "- / da / posso / vai dar")
    | each("nao", NOT_NOW)
    | each("prefiro nao / melhor nao / e melhor nao / acho melhor nao", NOT_NOW)
    | each(NOT_NOW, "prefiro nao / melhor nao / acho melhor nao")
    | phrases("prefiro que nao")
    | each("- / no", "not", AT_PRESENT)
    | each("rather not / i would rather not / better not", AT_PRESENT)
    | spanish.DEMUR
)
GO_ON = (
    phrases("""
    continuar / pode continuar / podem continuar / vamos continuar / quero continuar /
    eu quero continuar / gostaria de continuar / pode voltar / podem voltar / quero receber /
    eu quero receber / quero continuar recebendo / i want to go on / keep going / go on /
    i want to continue / continue / i want to receive messages / keep sending /
    continuar recebiendo / quiero continuar / quiero seguir / quiero recibir / sigamos
    """)
    | each(
        "quero / quero continuar a / quero voltar a / gostaria de / quero sim",
        "receber",
        "mensagem / mensagens / as mensagens / suas mensagens",
    )
    | each("pode / podem", "mandar / enviar / continuar mandando", "- / mensagem / mensagens")
)
