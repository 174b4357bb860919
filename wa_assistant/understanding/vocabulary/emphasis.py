"""What people put beside a wish that changes nothing of it: haste, anger, that they said it before.

Beside a yes it may change everything ("sim, agora?"), and so it counts beside commands only.
"""

from ..grammar import each, phrases

HASTE = phrases("""
    agora / agora mesmo / ja / imediatamente / de uma vez / de uma vez por todas / de vez /
    hoje mesmo / o quanto antes / o mais rapido possivel / definitivamente /
    now / right now / immediately / at once / asap / for good /
    ahora / ahora mismo / ya / ya mismo / inmediatamente / cuanto antes
""")
ANGER = phrases("""
    af / afe / porra / caralho / cacete / merda / inferno / saco / que saco / que inferno /
    pqp / meu deus / deus me livre / credo / poxa / puts / damn / damn it / fuck /
    for gods sake / que molesto / carajo /
    isso e spam / que insistencia / que absurdo
""")
CALLING_OUT = phrases("""
    gente / galera / mano / cara / olha / olhe / escuta / ei / queridos / entao / mas / but / pero /
    look / listen / guys / oye / oigan / mira / miren
""")
INSISTING = each(
    "- / eu",
    "ja",
    "falei / disse / pedi / avisei / te falei / te disse",
    "- / que / para / pra",
) | phrases("i said / i already said / i told you / i told you to / ya dije que / ya les dije que")
ASKING_WHAT_WE_ARE = each(
    "isso e / voce e / e / is this / are you",
    "- / um / uma / a / an",
    "robo / bot / maquina / ia / robot / computer",
)
EMPHASIS = HASTE | ANGER | CALLING_OUT | INSISTING | ASKING_WHAT_WE_ARE
