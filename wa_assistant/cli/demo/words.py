"""What the invented people are called, and what is said between them and a language school."""

FIRST = (
    "Ana", "Maria", "João", "José", "Antônio", "Francisco", "Carlos", "Paulo", "Pedro", "Lucas",
    "Luiz", "Marcos", "Luís", "Gabriel", "Rafael", "Daniel", "Marcelo", "Bruno", "Eduardo",
    "Felipe", "Raimundo", "Rodrigo", "Manoel", "Mateus", "André", "Fernando", "Fábio", "Leonardo",
    "Gustavo", "Guilherme", "Leandro", "Tiago", "Ânderson", "Ricardo", "Márcio", "Jorge",
    "Sebastião", "Alexandre", "Roberto", "Édson", "Diego", "Vítor", "Sérgio", "Cláudio", "Thiago",
    "Geraldo", "Adriano", "Luciano", "Júlio", "Renato", "Juliana", "Márcia", "Fernanda", "Patrícia",
    "Aline", "Sandra", "Camila", "Amanda", "Bruna", "Jéssica", "Letícia", "Júlia", "Luciana",
    "Vanessa", "Mariana", "Gabriela", "Vera", "Vitória", "Larissa", "Cláudia", "Beatriz", "Luana",
    "Rita", "Sônia", "Renata", "Eliane", "Josefa", "Simone", "Natália", "Cristiane", "Carla",
    "Débora", "Rosângela", "Jaqueline", "Rosa", "Daniela", "Aparecida", "Marlene", "Terezinha",
    "Raimunda", "Andréia", "Fabiana", "Lúcia", "Raquel", "Ângela", "Rafaela", "Joana", "Luzia",
    "Isabela", "Helena",
)  # fmt: skip
LAST = (
    "Silva", "Santos", "Oliveira", "Souza", "Rodrigues", "Ferreira", "Alves", "Pereira", "Lima",
    "Gomes", "Costa", "Ribeiro", "Martins", "Carvalho", "Almeida", "Lopes", "Soares", "Fernandes",
    "Vieira", "Barbosa", "Rocha", "Dias", "Nascimento", "Andrade", "Moreira", "Nunes", "Marques",
    "Machado", "Mendes", "Freitas", "Cardoso", "Ramos", "Gonçalves", "Santana", "Teixeira",
    "Araújo", "Pinto", "Campos", "Reis", "Batista", "Cavalcanti", "Monteiro", "Moura", "Borges",
    "Azevedo", "Brandão", "Conceição", "Assunção", "Guimarães", "Magalhães", "Siqueira", "Tavares",
    "Xavier", "Yamamoto", "Zanetti", "Kowalski", "Schmidt", "Bianchi", "Nogueira", "Peixoto",
)  # fmt: skip
AREAS = (11, 11, 11, 11, 21, 21, 31, 31, 41, 51, 61, 71, 81, 85, 19, 27, 47, 48, 62, 91, 92, 98)

GREETINGS = ("Oi", "Olá", "Oi, tudo bem?", "Bom dia!", "Boa tarde", "Boa noite", "Oii", "Olá! 😊")
AFTERTHOUGHTS = ("Obrigada!", "Obrigado!", "É para o mês que vem", "Pode ser por aqui mesmo", "🙏")
# What is asked, and how it is answered: pairs of which a conversation takes one after the other.
TALK = (
    (
        "Quanto custa o curso de inglês?",
        "O semestre de inglês custa R$ 1.890, em até seis vezes sem juros, com material.",
    ),
    (
        "Vocês têm turma à noite?",
        "Temos, sim: terças e quintas, das 19h às 20h30. Posso te contar sobre os níveis?",
    ),
    (
        "Tem aula aos sábados?",
        "Aos sábados temos duas turmas: das 9h às 12h e das 13h30 às 16h30.",
    ),
    (
        "Como faço o teste de nivelamento?",
        "O teste é gratuito e leva 20 minutos. Depois dele a gente indica a turma certa para você.",
    ),
    (
        "Qual é o endereço de vocês?",
        "Ficamos na Rua das Acácias, 120, segundo andar, ao lado da padaria.",
    ),
    (
        "Posso pagar no boleto?",
        "Pode: boleto, cartão ou Pix. No Pix à vista há 5% de desconto.",
    ),
    (
        "O boleto deste mês não chegou",
        "Sinto muito por isso! Pedi à secretaria que o reenvie ao seu e-mail ainda hoje.",
    ),
    (
        "Posso remarcar a aula de amanhã?",
        "Pode, com até 24 horas de antecedência. Que dia fica melhor para você?",
    ),
    (
        "Quando começa a próxima turma?",
        "A próxima turma de iniciantes começa na segunda-feira, dia 3. Ainda há quatro vagas.",
    ),
    (
        "Tem curso para criança?",
        "Temos turmas a partir dos sete anos, com no máximo oito alunos.",
    ),
    (
        "Vocês dão certificado?",
        "Sim, ao fim de cada nível, para quem teve pelo menos 75% de presença.",
    ),
    (
        "Dá para fazer online?",
        "Dá: as turmas online são ao vivo, com os mesmos professores e horários.",
    ),
    (
        "Preciso comprar o livro?",
        "Não precisa: o livro e o acesso à plataforma já estão na matrícula.",
    ),
    (
        "Até que horas a secretaria atende?",
        "De segunda a sexta das 8h às 20h, e aos sábados das 8h às 13h.",
    ),
    (
        "Tem desconto para irmãos?",
        "Tem: o segundo irmão paga 10% a menos, e o terceiro, 15%.",
    ),
    (
        "Quero trancar o curso por um mês",
        "Dá para trancar por até 60 dias sem custo. Me diga a partir de quando, por favor.",
    ),
)
BY_A_PERSON = (
    "Aqui é da secretaria: separei uma vaga para você até sexta.",
    "Olhei aqui no sistema e já está tudo certo. Qualquer coisa, me chame.",
    "Conversei com a coordenação, e podemos fazer assim. Combinado?",
    "Enviei por e-mail agora há pouco. Chegou?",
)
A_PERSON_PLEASE = "Quero falar com uma pessoa, por favor"
A_PERSON_COMES = "Claro! Chamei uma pessoa da equipe, que continua a conversa por aqui."
STOP = "SAIR"
STOPPED = "Pronto: não enviaremos mais mensagens. Para voltar, é só escrever."
ASKS_CONSENT = (
    "Antes de começar: podemos guardar as suas respostas para preparar o encontro? "
    "Responda sim ou não."
)
# What an interview's questions are answered with, by their names.
ANSWERS = {
    "atividade": ("Sou professora", "Trabalho com vendas", "Programo", "Sou designer", "Estudo"),
    "empresa": ("Uma startup de saúde", "Autônoma", "Uma escola", "Um banco", "Uma cooperativa"),
    "momento": ("Começando", "Crescendo", "Mudando de área", "Liderando"),
    "anos": ("1", "2", "3", "5", "8", "12", "20"),
    "expectativa": ("Conhecer gente da área", "Ideias novas", "Uma vaga", "Aprender na prática"),
    "ja_participou": ("yes", "no"),
    "objetivo": ("Falar inglês sem medo", "Mudar de emprego", "Abrir meu negócio", "Dar aulas"),
    "prazo": ("2027-03-31", "2027-06-30", "2027-12-31"),
    "recado": ("Obrigada pelo convite!", "Que tenha café", "Até lá!"),
}
SPOKEN = {"yes": "Sim", "no": "Ainda não"}
