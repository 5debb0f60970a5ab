"""The word lists behind :mod:`mavin.facts.foreign_words`, as plain text: one entry a language."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["TABLES"]

_SPANISH: dict[str, str | Mapping[str, str]] = {
    "masculine": "el un este ese aquel otro ningún algún al del",
    "feminine": "la una esta esa aquella otra ninguna alguna",
    "plural": "los las unos unas estos estas esos esas aquellos aquellas otros otras varios varias muchos muchas "
    "algunos algunas ambos ambas todos todas",
    "neutral": "cada mismo misma único única",
    "oblique": "",
    "possessives": "su sus mi mis tu tus nuestro nuestra nuestros nuestras",
    "definite": {"un": "el", "una": "la", "unos": "los", "unas": "las"},
    "he": "él",
    "she": "ella",
    "they": "ellos ellas ambos",
    "it": "ello",
    "first": "yo nosotros nosotras",
    "clitics": "se le les lo me te nos no ya también casi nunca jamás sí",
    "nobody": "nadie alguien uno todo nada algo cualquiera quienquiera alguno ninguno todos quien",
    "prepositions": "a al ante bajo con contra de del desde durante en entre hacia hasta para por según sin sobre tras mediante "
    "junto dentro fuera encima debajo detrás delante cerca lejos alrededor como",
    "to": "a al para hacia ante",
    "joint": "con y e junto",
    "of": "de del",
    "conjunctions": "y e o u pero ni mas sino",
    "subordinate": "que quien quienes donde cuando mientras porque aunque si como cuyo cuya cual cuanto ",
    "adverbs": "solo sólo solamente únicamente así aquí allí ahí ahora luego después entonces hoy ayer mañana siempre tarde "
    "temprano pronto lentamente despacio deprisa rápido arriba abajo adelante atrás fuera dentro afuera adentro cerca lejos muy más "
    "menos tan tanto mucho poco bien mal finalmente primero segundo tercero apenas aún todavía juntos juntas mientras "
    "encima debajo detrás delante alrededor tampoco además incluso quizá quizás acaso enseguida "
    "silencio plena pleno medianoche lunes martes miércoles jueves viernes sábado domingo",
    "verbs": "es son era fue está están estaba hay mira miran toca tocan cocina habla hablan llama grita pregunta marcha para pinta baila "
    "corta pesca caza sueña llora canta cuenta busca lucha trabaja juega entra pasa quema monta mete espera regresa vuela nada lava va "
    "van viene ve ven da dan abraza besa planta carga copia firma gana guarda limpia marca nota prueba rompe sierra tira usa vela viaja "
    "visita ayuda duda baja guía cruza cuelga suena calla cala despierta dice seca peina amasa riega barre saluda alcanza sopla roba salva "
    "empuja ríe llueve nieva",
    "not_verbs": "entre sobre bajo para como cada nada gran vieja viejo ante sino vino noche tarde luego vez media",
    "arrivals": "llegar entrar aparecer salir venir caer sonar quedar haber pasar existir surgir faltar asomar regresar volver estar ser "
    "brillar crecer flotar nacer morir subir bajar correr caminar hablar callar cantar reír llorar bailar esperar cruzar sobrevolar "
    "ladrar rugir empezar comenzar ocurrir",
    "speech": "jadear reír sonreír sollozar protestar gruñir bromear quejar gemir balbucear suspirar tartamudear confesar mentir prometer sisear "
    "decir preguntar responder contestar susurrar gritar exclamar murmurar añadir llamar pedir explicar replicar anunciar "
    "ordenar avisar suplicar cantar rogar insistir confesar mascullar saludar advertir bromear traducir leer comentar prometer "
    "hablar repetir recitar suspirar admitir",
    "men": "hombre niño chico señor padre hijo abuelo hermano rey príncipe tío primo novio marido esposo caballero muchacho anciano "
    "viejo joven mozo amigo vecino maestro alumno ciego mago brujo monje cura duque papá cantante actor torero herrero "
    "cartero farero portero pescador campesino granjero soldado marinero guerrero vaquero panadero carnicero zapatero camarero "
    "cocinero jardinero enfermero médico mecánico bombero carpintero relojero librero minero obrero barbero peluquero ladrón "
    " capitán jefe gigante payaso vampiro fantasma extranjero desconocido forastero prisionero mensajero camionero "
    "anfitrión nieto sobrino arquitecto científico músico fotógrafo alcalde abogado esclavo pastor niñito crío",
    "women": "mujer niña chica señora madre hija abuela hermana reina princesa tía prima novia esposa dama muchacha anciana vieja moza "
    "amiga vecina maestra alumna maga bruja monja duquesa mamá actriz camarera cocinera jardinera enfermera médica mecánica bombera "
    "carpintera panadera campesina granjera guerrera portera vendedora bailarina costurera modista nieta sobrina científica "
    " fotógrafa alcaldesa abogada pastora desconocida extranjera anfitriona azafata criada heroína sirena",
    "people": "skater repartidor influencer barista youtuber "
    "robot androide extraterrestre alienígena marciano monstruo zombi vampiro superhéroe "
    "sospechoso sospechosa acusado acusada herido herida culpable ganador asesino asesina líder invitado invitada novios marchante ayudante persona gente pareja familia público multitud equipo bebé policía juez testigo guía guardia artista pianista violinista "
    "periodista turista taxista dentista astronauta detective agente piloto estudiante cantante joven deportista atleta electricista "
    "conserje comerciante espía cliente paciente médium huésped dependiente demás víctima criatura poeta modelo caminante "
    "niños padres hijos amantes viajante mendigo campeón campeona mimo sastre general sargento",
    "animals": "perro perra gato gata gatito caballo yegua burro vaca toro oveja cabra cerdo gallina gallo pollo pato ganso cisne pájaro "
    "ave águila halcón búho lechuza cuervo paloma gaviota loro garza ratón rata conejo liebre zorro lobo loba oso osa león leona tigre "
    "elefante mono jirafa cebra camello ciervo pez tiburón ballena delfín pulpo cangrejo tortuga serpiente lagarto rana sapo abeja mosca "
    "mariposa araña hormiga dragón cachorro potro ardilla erizo foca pingüino murciélago golondrina gorrión",
    "adjectives": "gran buen mal primer tercer último última viejo vieja joven pequeño pequeña pobre nuevo nueva antiguo antigua solo sola "
    "único única largo alta alto bella bello hermoso hermosa ciego ciega sordo sorda mudo muda calvo calva rubio rubia solitario solitaria "
    "cansado cansada famoso famosa extraño extraña",
    "not_names": "plano planos toma escena cámara duración dura total estilo fundido corte sonido silencio",
}

_PORTUGUESE: dict[str, str | Mapping[str, str]] = {
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
    "adverbs": "só somente apenas assim aqui ali lá agora logo depois então hoje ontem amanhã sempre devagar rápido acima abaixo atrás "
    "fora dentro perto longe muito mais menos tão pouco bem mal finalmente primeiro segundo ainda juntos juntas enfim nunca "
    " além até meia-noite tarde cedo lentamente segunda terça quarta quinta sexta sábado domingo silêncio completamente",
    "verbs": "é são era foi está estão há diz dizem pergunta grita dança canta toca olha pinta cozinha pesca caça luta trabalha joga entra "
    "passa queima monta espera corta conta busca chama marcha para sonha chora planta guarda limpa marca prova quebra tira usa viaja "
    "visita ajuda baixa cruza sussurra murmura responde fala falam vai vão vem vê dá abraça beija lança vende ri sorri cai sai lê põe",
    "not_verbs": "sobre entre para como cada nada velha velho uma noite tarde copo mesa vez segunda",
    "arrivals": "chegar entrar aparecer sair vir cair soar ficar haver passar existir surgir faltar voltar estar ser brilhar crescer "
    "flutuar nascer morrer subir descer correr andar falar calar cantar rir chorar dançar ladrar começar",
    "speech": "ofegar rir sorrir soluçar protestar rosnar brincar gemer gaguejar suspirar confessar prometer "
    "dizer perguntar responder sussurrar gritar exclamar murmurar acrescentar chamar pedir explicar replicar anunciar "
    "ordenar avisar cantar insistir confessar cumprimentar advertir traduzir ler comentar prometer falar repetir suspirar admitir",
    "men": "homem menino rapaz garoto senhor pai filho avô irmão rei príncipe tio primo namorado marido cavaleiro velho jovem moço amigo "
    "vizinho professor aluno cego mago monge padre duque papai ator soldado marinheiro pescador guerreiro padeiro carteiro porteiro "
    "cozinheiro jardineiro enfermeiro médico mecânico bombeiro carpinteiro relojoeiro faroleiro mineiro barbeiro ladrão capitão chefe "
    "gigante palhaço fantasma estrangeiro desconhecido prisioneiro neto sobrinho condutor idoso pastor",
    "women": "mulher menina moça garota rapariga senhora mãe filha avó irmã rainha princesa tia prima namorada esposa dama velha amiga "
    "vizinha professora aluna bruxa freira duquesa mamãe atriz enfermeira médica cozinheira jardineira padeira guerreira vendedora "
    "bailarina costureira neta sobrinha desconhecida pastora idosa viúva criada",
    "people": "skatista entregador influenciador barista "
    "robô androide extraterrestre alienígena monstro zumbi vampiro super-herói "
    "pessoa gente casal família público multidão equipe bebê bebé polícia juiz guia guarda artista pianista violinista jornalista "
    "turista taxista motorista dentista astronauta detetive agente piloto estudante cantor cantora jovem atleta espião cliente paciente "
    "criança crianças poeta modelo pais idosos",
    "animals": "cão cachorro cadela gato gata gatinho cavalo égua burro vaca touro ovelha cabra porco galinha galo pato ganso cisne pássaro "
    "ave águia falcão coruja corvo pombo pomba gaivota papagaio garça rato coelho lebre raposa lobo urso leão leoa tigre elefante macaco "
    "girafa zebra camelo veado peixe tubarão baleia golfinho polvo caranguejo tartaruga cobra lagarto sapo rã abelha mosca borboleta "
    "aranha formiga dragão esquilo pinguim morcego andorinha",
    "adjectives": "grande bom boa mau primeiro primeira último última velho velha jovem pequeno pequena pobre novo nova antigo antiga "
    "sozinho sozinha longo alto alta belo bela cego cega surdo surda careca solitário solitária cansado cansada famoso famosa",
    "not_names": "plano planos cena câmara câmera duração dura total estilo corte som silêncio",
}

_ITALIAN: dict[str, str | Mapping[str, str]] = {
    "masculine": "il lo un uno questo quel quello altro alcun nessun",
    "feminine": "la una un' questa quella altra alcuna nessuna",
    "plural": "i gli le questi queste quei quegli quelle altri altre alcuni alcune molti molte tanti tante parecchi entrambi entrambe tutti "
    "tutte vari varie",
    "neutral": "l' ogni stesso stessa unico unica quell' quest'",
    "oblique": "",
    "possessives": "suo sua suoi sue mio mia miei mie nostro nostra loro",
    "definite": {"un": "il", "uno": "lo", "una": "la", "un'": "l'"},
    "he": "lui egli",
    "she": "lei ella",
    "they": "loro essi esse",
    "it": "esso essa",
    "first": "io noi",
    "clitics": "si gli mi ti ci ne vi non lo già anche quasi mai sì",
    "nobody": "nessuno qualcuno tutto niente nulla qualcosa chiunque ognuno tutti chi",
    "prepositions": "a ad al allo alla ai agli alle all' di d' del dello della dei degli delle dell' da dal dallo dalla dai dagli dalle dall' "
    "in nel nello nella nei negli nelle nell' con col coi su sul sullo sulla sui sugli sulle sull' per tra fra sotto sopra dentro fuori "
    "dietro davanti durante senza verso contro presso lungo oltre accanto vicino come",
    "to": "a ad al allo alla ai agli alle all' verso",
    "joint": "con col",
    "of": "di del dello della dei degli delle dell' d'",
    "conjunctions": "e ed o oppure ma però né",
    "subordinate": "che chi dove quando mentre perché poiché sebbene se come cui quale",
    "adverbs": "solo soltanto solamente così qui qua lì là ora adesso poi dopo allora oggi ieri domani sempre piano lentamente presto tardi "
    "subito su giù avanti indietro fuori dentro vicino lontano molto più meno tanto poco bene male finalmente prima ancora insieme infine "
    "improvvisamente all'improvviso appena intanto nemmeno neanche perfino forse davvero silenzio mezzanotte lunedì martedì mercoledì "
    "giovedì venerdì sabato domenica",
    "verbs": "è sono era fu sta stanno c'è ha hanno dice dicono legge pesca ride balla suona parla parlano chiama grida domanda "
    "cammina danza canta conta cerca lotta lavora gioca entra passa porta guarda corre apre chiude taglia beve mangia va vanno viene "
    "fa fanno esce sale scende cade bacia ferma salta pulisce lava versa nuota disegna scrive sorride piange getta lancia piega bussa "
    "alza abbassa firma guida nota posa ruba sogna spera sposta stira tira trova vola",
    "not_verbs": "sopra sotto verso contro lungo come ogni vecchio vecchia notte sera volta rete luce calvo solo sola",
    "arrivals": "arrivare entrare apparire comparire uscire venire cadere suonare restare rimanere essere passare esistere mancare tornare "
    "ritornare stare brillare crescere nascere morire salire scendere correre camminare parlare tacere cantare ridere piangere ballare "
    "abbaiare cominciare iniziare spuntare",
    "speech": "ansimare ridere sorridere singhiozzare protestare ringhiare scherzare gemere balbettare sospirare confessare promettere "
    "dire chiedere domandare rispondere sussurrare gridare urlare esclamare mormorare aggiungere chiamare spiegare replicare "
    "annunciare ordinare avvertire supplicare cantare insistere confessare salutare tradurre leggere commentare promettere parlare "
    "ripetere sospirare ammettere bisbigliare",
    "men": "uomo ragazzo bambino signore padre figlio nonno fratello re principe zio cugino fidanzato marito cavaliere vecchio giovane amico "
    "vicino maestro alunno cieco mago monaco prete duca papà attore soldato marinaio pescatore guerriero panettiere postino portiere "
    "cuoco giardiniere infermiere medico meccanico pompiere falegname orologiaio minatore barbiere ladro capitano capo gigante "
    "fantasma straniero sconosciuto prigioniero gelataio guardiano contadino macellaio cameriere re sarto calzolaio fabbro",
    "women": "donna ragazza bambina signora madre figlia nonna sorella regina principessa zia cugina fidanzata moglie dama vecchia amica "
    "vicina maestra alunna strega suora duchessa mamma attrice infermiera cuoca giardiniera panettiera guerriera sarta contadina cameriera "
    "ballerina sconosciuta pittrice scrittrice",
    "people": "skater corriere rider influencer barista "
    "robot androide extraterrestre alieno mostro vampiro supereroe "
    "persona gente coppia famiglia pubblico folla squadra bebè neonato polizia poliziotto poliziotta giudice guida guardia artista "
    "pianista violinista giornalista turista tassista autista dentista astronauta detective agente pilota studente studentessa cantante "
    "atleta spia cliente paziente nipote custode bimbo bimba poeta modella pastore anziano anziana genitori farmacista barista",
    "animals": "cane cagna gatto gatta gattino cavallo asino mucca toro pecora capra maiale gallina gallo anatra oca cigno uccello aquila "
    "falco gufo civetta corvo piccione colomba gabbiano pappagallo airone topo ratto coniglio lepre volpe lupo lupa orso leone leonessa "
    "tigre elefante scimmia giraffa zebra cammello cervo pesce squalo balena delfino polpo granchio tartaruga serpente lucertola rana "
    "rospo ape mosca farfalla ragno formica drago cucciolo scoiattolo pinguino pipistrello rondine passero",
    "adjectives": "grande buon buono buona cattivo primo prima ultimo ultima vecchio vecchia giovane piccolo piccola povero povera nuovo nuova "
    "antico antica solo sola lungo lunga alto alta bel bello bella cieco cieca sordo sorda stanco stanca famoso famosa strano strana",
    "not_names": "inquadratura inquadrature scena piano durata totale stile stacco suono silenzio",
}

_FRENCH: dict[str, str | Mapping[str, str]] = {
    "masculine": "le un ce cet autre aucun au du",
    "feminine": "la une cette aucune",
    "plural": "les des ces plusieurs quelques certains certaines tous toutes autres beaucoup",
    "neutral": "l' chaque même quelque",
    "oblique": "",
    "possessives": "son sa ses mon ma mes notre nos leur leurs ton ta tes votre vos",
    "definite": {"un": "le", "une": "la", "des": "les"},
    "he": "il lui",
    "she": "elle",
    "they": "ils elles eux",
    "it": "ça cela ce c'",
    "first": "je j' nous",
    "clitics": "se s' ne n' le l' lui leur y en me m' te t' pas plus jamais",
    "nobody": "on personne quelqu'un rien tout quiconque chacun tous qui",
    "prepositions": "à au aux avec chez contre dans de d' du des depuis derrière dès devant en entre envers hors jusque jusqu' malgré par "
    "parmi pendant pour sans selon sous sur vers près loin comme durant autour dessus dessous voici voilà",
    "to": "à au aux vers pour",
    "joint": "avec",
    "of": "de d' du des",
    "conjunctions": "et ou mais ni",
    "subordinate": "que qu' qui quoi où quand lorsque lorsqu' tandis parce puisque quoique si comme dont lequel laquelle",
    "adverbs": "seul seule seulement ainsi ici là maintenant puis ensuite alors aujourd'hui hier demain toujours lentement vite soudain "
    "haut bas avant arrière dehors dedans près loin très plus moins tant trop peu bien mal enfin finalement d'abord après encore ensemble "
    "aussi même déjà bientôt tôt tard doucement peut-être surtout puis pourtant minuit midi silence uniquement "
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "verbs": "est sont était fut a ont dit disent rit rient lit lisent boit vient viennent court courent va vont fait font met voit sort sourit "
    "aboie miaule hennit rugit gémit peint danse porte ferme marche tombe serre demande joue chante crie pêche chasse rêve pleure compte cherche lutte travaille entre "
    "passe montre monte garde goûte coupe plante parle regarde pose pousse tire rencontre saute vole visite aide brûle lance range lave "
    "tourne rate nage verse cuisine lève casse presse signe charge tend attend rend prend descend perd répond mord tient dort part finit "
    "suit vit suit croise souffle reste gratte frappe cache ouvre offre couvre cueille appelle jette éteint allume règle colle dresse "
    "marque quitte rame roule sonne tape trompe",
    "not_verbs": "entre sous vers contre comme vieux vieille petit petite jeune été nuit soir fois seconde lumière quai dernière "
    "plein mort morte gelé même autre chaque",
    "arrivals": "arriver entrer apparaître sortir venir tomber sonner rester être passer exister manquer revenir surgir briller naître mourir "
    "monter descendre courir marcher parler chanter rire pleurer danser aboyer commencer régner flotter",
    "speech": "haleter rire sourire sangloter protester grogner plaisanter gémir balbutier bégayer râler tonner siffler "
    "dire demander répondre chuchoter murmurer crier écrier exclamer ajouter déclarer souffler appeler expliquer répliquer annoncer "
    "ordonner avertir supplier chanter insister avouer saluer traduire lire commenter promettre parler répéter soupirer admettre lancer "
    "hurler prévenir bredouiller",
    "men": "homme garçon monsieur père fils grand-père frère roi prince oncle cousin fiancé mari chevalier vieillard vieux ami voisin maître "
    "aveugle magicien sorcier moine prêtre duc papa acteur soldat marin pêcheur guerrier boulanger facteur portier cuisinier jardinier "
    "infirmier médecin mécanicien pompier charpentier horloger mineur coiffeur voleur capitaine chef géant fantôme étranger inconnu "
    "prisonnier petit-fils berger boucher forgeron serveur vendeur nageur patineur plombier roi neveu fermier gardien bûcheron gamin "
    "randonneur joueur danseur chanteur chauffeur docteur professeur potier valet",
    "women": "femme fille fillette dame madame mère grand-mère sœur soeur reine princesse tante cousine fiancée épouse vieille amie voisine "
    "maîtresse magicienne sorcière nonne duchesse maman actrice infirmière boulangère cuisinière jardinière coiffeuse danseuse chanteuse "
    "vendeuse serveuse nageuse patineuse inconnue bergère pharmacienne gamine demoiselle nièce fermière gardienne couturière mariée joueuse "
    "petite-fille conductrice institutrice veuve",
    "people": "livreur skateur influenceur barista "
    "robot androïde extraterrestre alien monstre zombie vampire super-héros "
    "personne gens couple famille public foule équipe bébé police policier policière juge guide garde artiste pianiste violoniste "
    "journaliste touriste dentiste astronaute détective agent pilote étudiant étudiante élève espion client cliente patient patiente enfant "
    "enfants bibliothécaire poète modèle jeune libraire fleuriste moissonneurs parents architecte photographe secrétaire ministre maire "
    "interprète mime notaire concierge passager passagère passant passante",
    "animals": "chien chienne chat chatte chaton cheval jument âne vache taureau mouton chèvre cochon poule coq canard oie cygne oiseau aigle "
    "faucon hibou chouette corbeau pigeon colombe mouette perroquet héron souris rat lapin lièvre renard loup louve ours lion lionne tigre "
    "éléphant singe girafe zèbre chameau cerf poisson requin baleine dauphin pieuvre crabe tortue serpent lézard grenouille crapaud abeille "
    "mouche papillon araignée fourmi dragon chiot écureuil pingouin hérisson hirondelle moineau loutre",
    "adjectives": "grand grande bon bonne mauvais premier première dernier dernière vieux vieil vieille jeune petit petite pauvre nouveau nouvelle "
    "ancien ancienne seul seule long longue haut haute beau belle gros grosse aveugle sourd sourde chauve fatigué fatiguée célèbre étrange double",
    "not_names": "plan plans scène caméra durée total style fondu coupe son silence plan-séquence",
}

_GERMAN: dict[str, str | Mapping[str, str]] = {
    "masculine": "der dieser jener jeder mancher ein kein",
    "feminine": "die eine keine diese jene jede manche",
    "plural": "alle einige mehrere viele beide beiden manche wenige",
    "neutral": "das dieses jenes jedes",
    "oblique": "den dem des einen einem eines einer keinen keinem keiner diesen diesem meinen meinem seinen seinem ihren ihrem ihrer seiner "
    "meiner deinem deinen unserem unseren jedem jeden jenem jenen welchem welchen",
    "possessives": "sein seine ihr ihre mein meine dein deine unser unsere",
    "definite": {"eine": "die"},
    "he": "er",
    "she": "sie",
    "they": "",
    "it": "es",
    "first": "ich wir",
    "clitics": "sich nicht ihn ihm mich mir uns dich dir euch ihnen nie niemals auch nur",
    "nobody": "man niemand jemand keiner alle nichts alles etwas einer irgendwer jeder wer irgendjemand",
    "prepositions": "an am ans auf aufs aus bei beim bis durch durchs für gegen hinter hinterm in im ins mit nach neben ohne seit statt trotz über "
    "übers um ums unter unterm von vom vor vorm während wegen zu zum zur zwischen entlang gegenüber außer laut pro ab inmitten samt voller wie",
    "to": "zu zum zur an gegenüber",
    "joint": "mit neben samt",
    "of": "von vom des",
    "conjunctions": "und oder aber sondern denn doch",
    "subordinate": "dass daß weil wenn während als ob obwohl bevor nachdem damit indem sobald solange bis wo welcher welche welches seit",
    "adverbs": "erst nur bloß allein so hier dort da jetzt nun dann danach heute gestern morgen immer langsam schnell plötzlich oben unten vorne hinten "
    "draußen drinnen nah fern sehr mehr weniger viel wenig gut schlecht endlich schließlich zuerst zunächst noch schon zusammen wieder "
    "leise laut still auch sogar vielleicht kurz lange bald gleich sofort gemeinsam nie niemals oft manchmal dabei davor dahinter daneben "
    "anfangs zuletzt irgendwann inzwischen unterdessen mitternachts nachts abends morgens mittags tief hoch weit zurück hinaus herein "
    "nicht niemals irgendwo überall links rechts",
    "verbs": "ist sind war waren hat haben wird werden kann will muss darf soll mag steht liegt sitzt geht kommt sagt fragt ruft macht lacht weint "
    "singt tanzt spricht sprechen schweigt schweigen liest isst trinkt läuft rennt fällt hält lässt sieht gibt nimmt tritt bricht trifft schläft fährt trägt gräbt wäscht "
    "stehen sitzen liegen gehen kommen laufen spielen tanzen lief ging kam stand saß lag sah gab nahm sprach rief sagte fragte",
    "not_verbs": "leeren alten kleinen großen jungen leise weiter wieder unter hinter über neben zwischen alle keine einen meinen seinen ihren gegen "
    "sieben zehn wegen außen innen oben unten gestern morgen dagegen neuen vollen stummen weißen roten guten ersten letzten zweiten dritten "
    "offen trocken ungeöffnet versiegelt zusammen verlassen verlassenen beiden daneben",
    "arrivals": "",
    "speech": "keuchen raunen jubeln lachen kichern schluchzen wimmern nuscheln grinsen stöhnen fluchen knurren drohen widersprechen trösten scherzen protestieren schimpfen stottern jammern klagen krächzen "
    "sagen fragen antworten flüstern rufen schreien murmeln erwidern meinen erklären übersetzen vorlesen bitten brüllen singen seufzen "
    "hauchen warnen befehlen verkünden lesen grüßen wiederholen ergänzen entgegnen sprechen stammeln gestehen versprechen zischen",
    "men": "mann junge vater sohn opa großvater bruder könig prinz onkel vetter cousin freund ehemann ritter greis alter nachbar meister schüler "
    "blinder zauberer mönch priester herzog papa herr soldat matrose fischer krieger bäcker postbote pförtner torwart stürmer koch gärtner pfleger arzt "
    "mechaniker feuerwehrmann tischler uhrmacher bergmann friseur dieb kapitän chef riese clown geist fremder gefangener enkel neffe imker "
    "taucher wirt bauer hirte schmied kellner kutscher kommissar förster jäger lehrer maler tänzer sänger dirigent pilot schaffner bräutigam "
    "schneider schuster metzger bote richter pfarrer wanderer clown zwerg knabe bub kerl held gott teufel",
    "women": "frau mädchen mutter tochter oma großmutter schwester königin prinzessin tante cousine freundin ehefrau greisin dame hexe nonne herzogin "
    "mama braut witwe magd enkelin nichte fee heldin hebamme amme krankenschwester göttin stewardess diva fräulein seherin",
    "people": "kurier barista skater influencer youtuber coach cowboy manager "
    "monster alien außerirdischer zombie vampir androide "
    "mensch leute paar familie publikum menge team baby säugling polizei polizist kind kinder gast künstler pianist geiger journalist tourist "
    "zahnarzt astronaut detektiv agent pilot student sportler spion kunde patient alte alter alten blinde blinder stumme stummer fremde fremder "
    "kranke verletzte reisende reisender gefangene verlobte jugendliche jugendlicher angestellte beamter beamte zeuge bibliothekar eltern zwillinge geschwister "
    "freunde nachbarn fahrgast fahrgäste passagier zwilling waise einzelkind modell chor orchester",
    "animals": "hund hündin katze kater kätzchen pferd stute esel kuh stier schaf ziege schwein huhn hahn ente gans schwan vogel adler falke eule uhu "
    "rabe krähe taube möwe papagei reiher maus ratte hase kaninchen fuchs wolf wölfin bär löwe löwin tiger elefant affe giraffe zebra kamel hirsch "
    "reh fisch hai wal delfin krake krabbe schildkröte schlange eidechse frosch kröte biene fliege schmetterling spinne ameise drache welpe dackel "
    "eichhörnchen pinguin igel fledermaus schwalbe spatz otter dachs pudel schäferhund",
    "adjectives": "",
    "not_names": "einstellung einstellungen szene kamera dauer gesamtlänge stil schnitt ton stille sekunde sekunden minute minuten film video clip "
    "erde anfang ende schluss abend morgen nacht mittag tag nachmittag mitternacht montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "sommer winter herbst frühling licht dunkelheit",
}

TABLES: dict[str, dict[str, str | Mapping[str, str]]] = {
    "es": _SPANISH,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
    "fr": _FRENCH,
    "de": _GERMAN,
}
"""Word classes by language; the fields are those of :class:`mavin.facts.foreign_words.Words`."""
