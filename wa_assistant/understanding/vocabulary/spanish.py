"""How people say it in Spanish: stop, a person please, yes and no. Returns are in returning.py."""

from ..grammar import each, phrases

I_WANT = "quiero / yo quiero / quisiera / deseo / me gustaria / necesito"
MESSAGES = """
    mensaje / mensajes / los mensajes / sus mensajes / esos mensajes / estos mensajes /
    mas mensajes / tantos mensajes
"""
THIS = "esto / eso / nada / mas nada / nada mas"
FROM_THE_LIST = "de la lista / de esta lista / de esa lista / de su lista"
TO_SEND = "escribirme / mandarme / enviarme / molestarme / mandar / enviar / molestar"
SEND = "escriban / escribas / escriba / manden / mandes / mande / envien / envies / envie"
BOTHER = "contacten / contactes / molesten / molestes / moleste"
MY_NUMBER = "mi numero / mi telefono / mi contacto"

STOP = (
    phrases("""
    salir / quiero salir / salirme / quiero salirme / baja / darse de baja / paren / parad /
    dejame en paz / dejenme en paz / dejame tranquilo / dejame tranquila / no mas mensajes /
    basta de mensajes / cancelar suscripcion / cancelar la suscripcion / anular suscripcion /
    anular la suscripcion / cancelar los mensajes / quiero cancelar los mensajes /
    detener mensajes / detener los mensajes / detengan los mensajes / retiro mi consentimiento /
    dar de baja / quiero la baja / me quiero dar de baja /
    no escriban mas / no manden mas mensajes / revoco mi consentimiento / ya no autorizo
    """)
    | each(
        "- / " + I_WANT,
        "darme de baja / desuscribirme / desuscribir / desinscribirme / que me den de baja",
    )
    | each("- / " + I_WANT, "dejar de / parar de", "recibir", "- / " + MESSAGES + "/" + THIS)
    | each("dame / deme / denme / me dan / me da / me das", "de baja")
    | each("da / den / dar", "de baja / la baja", "- / " + MY_NUMBER + " / mi suscripcion")
    | each("da / dame / deme / denme / den", "baja / la baja")
    | each("- / " + I_WANT, "salir / salirme", FROM_THE_LIST)
    | each(
        "quitame / quitenme / sacame / saquenme / borrame / borrenme / eliminame / eliminenme",
    )
    | each("eliminar / elimina / eliminen / borrar / borra / borren / quiten", MY_NUMBER)
    | each(
        "- / quiero que",
        "deja de / dejen de / deje de / dejad de / paren de",
        TO_SEND,
        "- / nada / mas nada / nada mas",
    )
    | each(
        "- / ya / yo / yo ya",
        "no",
        "quiero / deseo / me gustaria",
        "recibir / recibir mas / seguir recibiendo",
        MESSAGES + "/" + THIS,
    )
    | each("- / ya", "no quiero", "mas mensajes / sus mensajes / mas sus mensajes")
    | each("- / ya", "no me", SEND + "/" + BOTHER, "mas / mas mensajes / mas nada / nada mas")
    | each("ya no me", SEND + "/" + BOTHER, "- / mensajes / nada")
)
MAYBE_STOP = (
    phrases("""
    ya no quiero / no quiero mas / no quiero recibir mas / ya basta / no quiero seguir / fuera /
    como me doy de baja / como salgo / como cancelo / puedo salir / puedo darme de baja /
    quiero cancelar la suscripcion / quiero parar / cancelalo / sacame de aqui /
    saquenme de aqui / cancelar mi suscripcion / quiero cancelar mi suscripcion
    """)
    | each("dejen / deja / deje", "de escribir / de llamar")
    | each("como hago para / como puedo", "salir / darme de baja / no recibir mas mensajes")
)

OF_WHAT = phrases(MESSAGES + "/ esto / eso /" + FROM_THE_LIST)

A = "- / un / una / el / la / algun / alguna"
UNSURE = """
    persona / ser humano / agente / asesor / asesora / operador / operadora / representante /
    ejecutivo / ejecutiva / encargado / encargada / supervisor / alguien / alguien real /
    alguien del equipo / soporte
"""
# What these are is said in people.py.
TALK = each(
    "hablar / conversar / comunicarme / contactar / chatear / comunicarse", "con"
) | phrases("""
    paseme con / pasame con / comuniqueme con / comunicame con / conecteme con / paseme a /
    me comunica con / me puede comunicar con / me pasa con / transfierame a / pongame con /
    ponme con / ayuda de / que me atienda
""")
WISH = phrases("""
    quisiera / necesito / me gustaria / puedo / podria / es posible / prefiero /
    donde esta / hay / tienen
""")
SOMEBODY = each(A, UNSURE)
PERSON = (
    phrases("""
    atencion al cliente / quiero atencion al cliente / soporte humano / atencion humana /
    hay alguien / hay alguien ahi / hay alguien aqui / hay alguien que me atienda
    """)
    | each(A, "humano / persona real / persona de verdad / agente humano")
    | each(
        "quiero / yo quiero / necesito / quisiera / prefiero / donde esta",
        A,
        "persona / agente / asesor / asesora / operador / operadora / representante",
    )
    | each("un / el / algun", "ser humano")
    | each(
        "- / hay",
        "alguien / alguna persona / una persona",
        "real / de verdad",
        "ahi / aqui / del otro lado",
    )
    | each("hay", "alguien / alguna persona / una persona", "real / de verdad")
    | each("hay / tienen", "algun / alguna / un / una", "agente / asesor / asesora / persona")
    | each("no quiero", "hablar con", "un / una / el / la", "robot / maquina / bot / computadora")
)

YES = (
    phrases("claro que si / por supuesto / doy mi consentimiento / estoy de acuerdo / de acuerdo")
    | each("- / si / yo", "acepto / quiero / autorizo")
    | each("si", "claro / por supuesto / estoy de acuerdo / de acuerdo")
)
NO = phrases("""
    yo no / no estoy de acuerdo / para nada / de ninguna manera / de ningun modo / ni hablar /
    claro que no / por supuesto que no / desde luego que no / rechazo /
    no me interesa / no doy mi consentimiento / no senor / no senora
""") | each("- / yo", "no", "quiero / acepto / autorizo", "- / participar / nada / nada de eso")
# As the reply to a prompt: replying.py.
NOD = phrases("""
    si / si si / si senor / si senora / dale / si dale / vale / si vale / listo / venga / va /
    desde luego / como no / asi es / puede ser / adelante / empecemos / comencemos / si empecemos /
    si comencemos / si adelante
""")
LIKING = phrases("bueno / esta bien / muy bien / perfecto / genial / excelente")
DEMUR = phrases("""
    ahora no / hoy no / no ahora / por ahora no / mejor no / no hace falta / dejalo / dejalo asi /
    no por ahora
""") | each("prefiero no / prefiero que no / mejor no", "- / por ahora / ahora / hoy")
