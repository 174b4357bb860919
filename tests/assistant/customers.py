"""What people ask, and documents that answer it or speak of something else.

The documents are a language school's, a residents' association's and a clinic's. ASKED_OF_A_SHOP
is asked as a shop's customers ask; nothing here answers it. ANSWERED is answered by a document,
and each line names words of the answer after the question.
"""

DOCUMENTS = {
    "escola.md": """\
# Escola de idiomas

## Matrícula
A matrícula custa 120 reais e vale por um ano. Traga RG, CPF e comprovante de residência. Menores
de idade vêm com um responsável.

## Mensalidades

| Curso | Mensal | Semestral |
|---|---|---|
| Inglês | R$ 210,00 | R$ 1.150,00 |
| Francês | R$ 240,00 | R$ 1.300,00 |
| Italiano | R$ 240,00 | |
| Libras | | R$ 900,00 |

O pagamento vence no dia 5. Depois disso há multa de 2 % e juros de 1 % ao mês. Irmãos têm 10 % de
desconto na mensalidade.

## Horários
A secretaria abre de segunda a sexta, das 8h às 20h, e aos sábados das 9h às 13h. As turmas da
manhã
começam às 8h30, as da noite às 19h.

## Faltas e reposição
Quem falta três vezes seguidas sem avisar perde a vaga. A aula perdida pode ser reposta até o fim
do
mês seguinte, em outra turma do mesmo nível, quando a falta foi avisada com 24 horas de
antecedência.

## Certificado
O certificado sai em 15 dias depois do fim do nível, para quem teve nota 7 e presença de 75 %. A
segunda via custa 30 reais.

## Trancamento
O trancamento é pedido por escrito na secretaria, até o dia 20, e vale por até seis meses. Quem
cancela o curso antes da primeira aula recebe a matrícula de volta.
""",
    "condominio.md": """\
# Regimento do condomínio

## Mudanças
Mudanças são feitas de segunda a sábado, das 8h às 17h, com aviso à portaria dois dias antes. O
elevador de serviço é forrado pelo zelador. Aos domingos e feriados não se faz mudança.

## Piscina
A piscina abre de terça a domingo, das 9h às 21h. É preciso exame médico, que vale por seis meses e
custa 25 reais na administração. Convidados: no máximo dois por apartamento. É proibido entrar com
copos de vidro.

## Animais
Animais de pequeno porte são aceitos. No elevador vão no colo ou pelo de serviço. O dono recolhe o
que o animal deixa nas áreas comuns, sob pena de multa de uma cota.

## Salão de festas
O salão é reservado com o síndico, pelo aplicativo, com até 60 dias de antecedência. A taxa é de
150
reais, paga junto com o condomínio. O som é desligado às 22h de domingo a quinta, e à meia-noite de
sexta e sábado. Cabem 80 pessoas.

## Garagem
Cada apartamento tem uma vaga, marcada com o número. É proibido lavar carros na garagem. Visitantes
estacionam na frente do prédio; bicicletas ficam no bicicletário do subsolo.

## Lixo
O lixo comum é deixado na lixeira do andar até as 20h. O reciclável desce às terças e quintas.
Óleo de
cozinha vai em garrafa fechada, para o tambor ao lado da guarita.

## Obras
Obras em apartamentos só de segunda a sexta, das 9h às 17h, com projeto entregue ao síndico e ART
do
engenheiro. Quem troca o piso põe manta acústica. O entulho sai em sacos, na caçamba da rua.
""",
    "clinica.md": """\
# Clínica de exames

## Preparo
Para exame de sangue, jejum de 8 horas; água pode. Para ultrassom de abdômen, jejum de 6 horas e
bexiga cheia: beba quatro copos de água uma hora antes. Evite bebida alcoólica por três dias.

## Agendamento
Exames de sangue são feitos por ordem de chegada, das 6h30 às 10h. Os outros são marcados pelo
telefone
(81) 3333-4444. Chegue 15 minutos antes com documento com foto, carteira do convênio e pedido
médico.

## Convênios
Atendemos Saúde Azul, Vida Plena e o plano dos servidores. Sem convênio, a consulta custa 180
reais e
o ultrassom 140, em até três vezes no cartão.

## Resultados
Os resultados saem em dois dias úteis, no site, com o código que está no protocolo. O resultado da
biópsia demora dez dias. A entrega no balcão é feita das 7h às 17h, a quem traz o protocolo.

## Coleta em casa
A coleta em domicílio é feita no Recife e em Olinda, das 6h às 9h, e custa 60 reais. Marque com um
dia de antecedência.

## Vacinas
Vacina da gripe: 90 reais. Febre amarela: 120 reais, com certificado internacional. Crianças tomam
acompanhadas; traga a caderneta.

## Onde estamos
Rua das Flores, 500, sala 12, Boa Vista, em frente à praça. Há estacionamento conveniado ao lado,
com
duas horas grátis para pacientes. O prédio tem rampa e elevador.
""",
}

ASKED_OF_A_SHOP = """\
Quanto é o frete?
quanto custa o frete pra Curitiba
vocês entregam em casa?
Qual o prazo de entrega para o interior?
tem esse vestido no tamanho M?
esse tênis é original?
Posso trocar se não servir?
quero devolver um produto
como faço pra trocar o tamanho da camisa
vocês têm cupom de desconto?
aceita pix?
dá pra parcelar em 10x sem juros?
meu pedido não chegou
cadê meu pedido
onde eu vejo o código de rastreio?
quando vai chegar minha encomenda
tem loja física?
vocês vendem no atacado?
qual o valor da calça jeans
essa blusa encolhe na lavagem?
tem na cor azul?
ainda tem em estoque?
quando volta o estoque do modelo preto?
o celular vem com carregador?
qual a garantia da geladeira
a televisão de 50 polegadas tem garantia estendida?
vocês fazem montagem dos móveis?
o sofá cabe no elevador
chegou com defeito, e agora?
comprei e me arrependi, consigo o dinheiro de volta?
o boleto venceu, como gero outro?
posso retirar na loja?
tem nota fiscal?
o site está fora do ar
esqueci minha senha
como cancelo minha compra
entrega no sábado?
vocês embrulham para presente?
tem vale-presente?
qual a numeração do sapato 38?
tem promoção de Black Friday?
esse perfume é importado
quanto tempo dura a bateria?
essa cadeira aguenta quantos quilos?
o colchão é ortopédico?
tem ração para gato?
qual a diferença entre os dois modelos?
a panela serve no fogão de indução?
serve em criança de 5 anos?
vocês compram celular usado?
queria falar sobre meu reembolso
a taxa de entrega é quanto
Do you ship to Portugal?
how much is shipping?
Can I return these shoes?
is this jacket waterproof?
my order arrived broken
onde fica a loja de vocês no shopping?
quanto custa a camiseta branca
que horas fecha a loja no domingo?"""

ANSWERED = """\
quanto custa a matrícula? | 120 reais
qual o valor da matricula | 120 reais
que documentos preciso levar pra matrícula? | RG, CPF
menor de idade pode se matricular? | responsável
quanto é o curso de inglês? | 210,00
qual o preço do francês | 240,00
quanto custa o semestre de libras | 900,00
tem curso de italiano? | Italiano
quando vence a mensalidade? | dia 5
tem multa se atrasar o pagamento? | multa de 2 %
tem desconto para irmãos? | 10 %
que horas a secretaria abre? | 8h
a secretaria abre no sábado? | 9h às 13h
que horas começam as turmas da noite? | 19h
o que acontece se eu faltar três vezes? | perde a vaga
como faço pra repor uma aula? | mês seguinte
posso repor aula perdida em outra turma? | mesmo nível
quando sai o certificado? | 15 dias
quanto custa a segunda via do certificado? | 30 reais
qual a nota mínima pro certificado | nota 7
como peço o trancamento do curso? | por escrito
até que dia posso trancar? | dia 20
se eu cancelar antes da primeira aula recebo a matrícula de volta? | de volta
posso fazer mudança no domingo? | Aos domingos
que horas pode fazer mudança? | 8h às 17h
precisa avisar a portaria da mudança? | dois dias antes
que horas abre a piscina? | 9h às 21h
a piscina precisa de exame médico? | exame médico
quanto custa o exame da piscina? | 25 reais
quantos convidados posso levar na piscina? | dois por apartamento
pode ter animal no prédio? | Animais de pequeno porte
o animal pode andar no elevador? | colo
como reservo o salão de festas? | síndico
qual a taxa do salão? | 150
que horas tem que desligar o som? | 22h
quantas pessoas cabem no salão? | 80 pessoas
posso lavar o carro na garagem? | proibido lavar
onde deixo a bicicleta? | bicicletário
onde os visitantes estacionam? | na frente do prédio
que dia desce o reciclável? | terças e quintas
onde jogo o óleo de cozinha? | tambor
que horas pode fazer obra? | 9h às 17h
precisa de manta acústica pra trocar o piso? | manta acústica
quantas horas de jejum para exame de sangue? | 8 horas
pode beber água no jejum? | água pode
preciso de jejum pro ultrassom de abdomen? | 6 horas
que horas são os exames de sangue? | 6h30
qual o telefone para marcar? | 3333-4444
quais convênios vocês atendem? | Saúde Azul
quanto custa a consulta sem convênio? | 180 reais
o ultrassom quanto é? | 140
quando saem os resultados? | dois dias úteis
quanto demora o resultado da biópsia? | dez dias
fazem coleta em casa? | domicílio
qual o valor da coleta em domicílio? | 60 reais
quanto é a vacina da gripe? | 90 reais
tem vacina de febre amarela? | 120 reais
onde fica a clínica? | Rua das Flores
tem estacionamento? | duas horas
tem rampa no prédio? | rampa"""
