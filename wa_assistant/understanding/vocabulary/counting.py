"""Numbers and places in a list as people write them out, and what may stand beside either."""

_UNITS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
/ zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze
dezesseis dezessete dezoito dezenove
/ cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
dieciseis diecisiete dieciocho diecinueve
"""
_TENS = """
twenty thirty forty fifty sixty seventy eighty ninety hundred
/ vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem
/ veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien
"""
_PLACES = """
first second third fourth fifth sixth seventh eighth ninth tenth
/ primeira segunda terceira quarta quinta sexta setima oitava nona decima
/ primeiro segundo terceiro quarto quinto sexto setimo oitavo nono decimo
/ primera segunda tercera cuarta quinta sexta septima octava novena decima
/ primer segundo tercero cuarto quinto sexto septimo octavo noveno decimo
"""


def _counted(rows: str, begins: int, step: int = 1) -> dict[str, int]:
    """The number of each word in `rows`, that are set apart by "/"."""
    return {
        word: step * number
        for row in rows.split("/")
        for number, word in enumerate(row.split(), begins)
    }


NUMBERS = {"uma": 1, "una": 1, "duas": 2} | _counted(_UNITS, begins=0) | _counted(_TENS, 2, step=10)
ARTICLES = {"um", "uma", "one", "uno", "una"}  # rather than numbers
PLACES = _counted(_PLACES, begins=1) | dict.fromkeys(("ultima", "ultimo", "last"), -1)
AND = {"e", "y", "and"}
OUT_OF = "/|de|em|sobre|out|of"  # a scale: "9 out of 10"

# Before or behind a number, with nothing else, it is still what was asked for.
_BESIDE_A_NUMBER = """
a o as os um uma uns umas de da do na no em por pelo para pra pro e eh eu minha meu nota notas
ponto pontos dou daria acho que creio diria merece vale leva seria foi ha faz tenho sou estou
trabalho atuo atuando quase cerca tipo mais menos ou aproximadamente bem certeza com so
ano anos mes meses dia dias semana semanas vez vezes pessoas reais porcento cento
the is i m am it its an give would say think about around almost for years year months
point points score rating times people my in at of
un unos unas el la le doy es hace tengo casi
oi ola opa bom boa tarde noite obrigado obrigada hello hi hola sim claro
"""
BESIDE_A_NUMBER = set(_BESIDE_A_NUMBER.split())
# After these one goes on about something else.
_GOES_ON = "mas porem pois porque pq por que e foi pela but because and pero y so"
GOES_ON = set(_GOES_ON.split())
_BESIDE_A_PLACE = """
a o as os opcao opcoes alternativa das dos da do de fico com escolho prefiro quero acho que seria
e eh essa esse numero sim claro the one option i choose would say number la el opcion elijo creo es
"""
BESIDE_A_PLACE = set(_BESIDE_A_PLACE.split())
