"""Portuguese: its closed word classes, people, verbs of speech and endings."""

from __future__ import annotations

from mavin.facts.languages.tables.table import LanguageTable

__all__ = ["PORTUGUESE"]

PORTUGUESE = LanguageTable(
    tag="pt",
    speech_verbs=r"diz|disse|pergunta|perguntou|responde|respondeu|sussurra|sussurrou|grita|gritou|exclama|murmura|"
    r"explica|ordena|anuncia|repete|canta|lê|implora|acrescenta|replica"
    r"|comenta|suspira|chama|avisa|adverte|promete|insiste|confessa|geme|berra|gagueja|balbucia|brinca|ri|chora|declara|afirma"
    r"|admite|propõe|cumprimenta|interrompe|resmunga|cochicha|fala|soluça|jura|exige|sugere|conclui|retruca|rosna|suplica|exclamou"
    r"|murmurou|acrescentou|ordenou|replicou|comentou|explicou|suspirou|chamou|avisou|prometeu|insistiu|confessou|gemeu|berrou"
    r"|declarou|afirmou|admitiu|falou|repetiu|anunciou|implorou|cantou|dizem|gritam|perguntam|respondem",
    words={
        "masculine": "o um este esse aquele outro algum nenhum ao do no num pelo",
        "feminine": "a uma esta essa aquela outra alguma nenhuma à da na numa pela",
        "plural": "os as uns umas estes estas esses essas aqueles aquelas outros outras vários várias muitos muitas alguns algumas ambos "
        "ambas todos todas",
        "neutral": "cada mesmo mesma único única",
        "oblique": "",
        "possessives": "seu sua seus suas meu minha meus minhas nosso nossa",
        "definite": {"um": "o", "uma": "a", "uns": "os", "umas": "as"},
        "he": "ele",
        "she": "ela",
        "they": "eles elas",
        "it": "",
        "first": "eu nós",
        "clitics": "se lhe lhes me te nos não já também quase nunca",
        "nobody": "ninguém alguém tudo nada algo qualquer todos quem",
        "prepositions": "a ao aos à às ante após até com contra de do da dos das desde em no na nos nas num numa nuns numas entre para "
        "perante por pelo pela pelos pelas sem sob sobre trás durante dele dela junto dentro fora perto longe como pra pro",
        "to": "a ao à aos às para pra pro",
        "joint": "com",
        "of": "de do da dos das",
        "conjunctions": "e ou mas nem porém",
        "subordinate": "que quem onde quando enquanto porque embora se como cujo cuja qual",
        "adverbs": "exatamente precisamente só somente apenas assim aqui ali lá agora logo depois então hoje ontem amanhã sempre devagar rápido acima abaixo atrás "
        "fora dentro perto longe muito mais menos tão pouco bem mal finalmente primeiro segundo ainda juntos juntas enfim nunca "
        " além até meia-noite tarde cedo lentamente segunda terça quarta quinta sexta sábado domingo silêncio completamente",
        "verbs": "é são era foi está estão há diz dizem pergunta grita dança canta toca olha pinta cozinha pesca caça luta trabalha joga entra "
        "passa queima monta espera corta conta busca chama marcha pára sonha chora planta guarda limpa marca prova quebra tira usa viaja "
        "visita ajuda baixa cruza sussurra murmura responde fala falam vai vão vem vê dá abraça beija lança vende ri sorri cai sai lê põe",
        "not_verbs": "sobre entre para como cada nada velha velho uma noite tarde copo mesa vez segunda",
        "arrivals": "chegar entrar aparecer sair vir cair soar ficar haver passar existir surgir faltar voltar estar ser brilhar crescer "
        "flutuar nascer morrer subir descer correr andar falar calar cantar rir chorar dançar ladrar começar",
        "speech": "resmungar berrar cochichar chorar declarar afirmar retrucar ofegar rir sorrir soluçar protestar rosnar brincar gemer gaguejar suspirar confessar prometer "
        "dizer perguntar responder sussurrar gritar exclamar murmurar acrescentar chamar pedir explicar replicar anunciar "
        "ordenar avisar cantar insistir confessar cumprimentar advertir traduzir ler comentar prometer falar repetir suspirar admitir",
        "men": "homem menino rapaz garoto senhor pai filho avô irmão rei príncipe tio primo namorado marido cavaleiro velho jovem moço amigo "
        "vizinho professor aluno cego mago monge padre duque papai ator soldado marinheiro pescador guerreiro padeiro carteiro porteiro "
        "cozinheiro jardineiro enfermeiro médico mecânico bombeiro carpinteiro relojoeiro faroleiro mineiro barbeiro ladrão capitão chefe "
        "gigante palhaço fantasma estrangeiro desconhecido prisioneiro neto sobrinho condutor idoso pastor garçom noivo advogado mendigo mágico músico sogro mestre árbitro assassino funcionário secretário veterinário",
        "women": "mulher menina moça garota rapariga senhora mãe filha avó irmã rainha princesa tia prima namorada esposa dama velha amiga "
        "vizinha professora aluna bruxa freira duquesa mamãe atriz enfermeira médica cozinheira jardineira padeira guerreira vendedora "
        "bailarina costureira neta sobrinha desconhecida pastora idosa viúva criada garçonete noiva aeromoça funcionária secretária advogada sogra corredora gêmeas veterinária delegada",
        "people": "skatista entregador influenciador barista "
        "robô androide extraterrestre alienígena monstro zumbi vampiro super-herói "
        "pessoa gente casal família público multidão equipe bebê bebé polícia juiz guia guarda artista pianista violinista jornalista "
        "turista taxista motorista dentista astronauta detetive agente piloto estudante cantor cantora jovem atleta espião cliente paciente "
        "criança crianças poeta modelo pais idosos pirata policial viajante adolescente refém testemunha vítima colega aprendiz salva-vidas",
        "animals": "cão cachorro cadela gato gata gatinho cavalo égua burro vaca touro ovelha cabra porco galinha galo pato ganso cisne pássaro "
        "ave águia falcão coruja corvo pombo pomba gaivota papagaio garça rato coelho lebre raposa lobo urso leão leoa tigre elefante macaco "
        "girafa zebra camelo veado peixe tubarão baleia golfinho polvo caranguejo tartaruga cobra lagarto sapo rã abelha mosca borboleta "
        "aranha formiga dragão esquilo pinguim morcego andorinha",
        "adjectives": "grande bom boa mau primeiro primeira último última velho velha jovem pequeno pequena pobre novo nova antigo antiga "
        "sozinho sozinha longo alto alta belo bela cego cega surdo surda careca solitário solitária cansado cansada famoso famosa",
        "not_names": "plano planos cena câmara câmera duração dura total estilo corte som silêncio",
    },
    human_acts="sorrir rir chorar ajoelhar bocejar espirrar cumprimentar abraçar beijar beber cozinhar ler escrever conversar discutir pensar "
    "lembrar hesitar caminhar passear aplaudir rezar brindar soluçar costurar pintar",
    infinitive=r"(?:[aei]r|ôr|or)$",
    endings=(
        ("a", ("ar",)),
        ("am", ("ar",)),
        ("e", ("er", "ir")),
        ("em", ("er", "ir")),
        ("ou", ("ar",)),
        ("aram", ("ar",)),
        ("eu", ("er",)),
        ("iu", ("ir",)),
        ("ava", ("ar",)),
        ("avam", ("ar",)),
    ),
    human_endings=r"(?:eir[oa]s?|[dt]or(?:a|as|es)?|sora?|istas?|ólog[oa]s?|ógraf[oa]s?)$",
)
