"""French: its closed word classes, people, verbs of speech and endings."""

from __future__ import annotations

from mavin.facts.languages.tables.table import LanguageTable

__all__ = ["FRENCH"]

FRENCH = LanguageTable(
    tag="fr",
    speech_verbs=r"dit|disent|demande|demanda|répond|répondit|chuchote|chuchota|murmure|murmura|crie|cria|s['’]écrie|"
    r"s['’]exclame|"
    r"ajoute|ajouta|déclare|souffle|explique|ordonne|annonce|hurle|répète|lance|chante|fait|supplie|murmurent|"
    r"soupire|réplique|prévient|lit|"
    r"insiste|rétorque|balbutie|grogne"
    r"|commente|appelle|avertit|promet|avoue|gémit|bégaie|plaisante|rit|pleure|affirme|propose|salue|interrompt|marmonne|sanglote"
    r"|jure|exige|précise|conclut|reprend|objecte|suggère|confie|admet|implore|gronde|halète|siffle|disait|ordonna|annonça|hurla"
    r"|répéta|lança|chanta|fit|supplia|soupira|répliqua|expliqua|souffla|déclara|insista|rétorqua|balbutia|grogna|gémit|promit|avoua"
    r"|proposa|conclut|reprit|crient|demandent|répondent|chuchotent",
    words={
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
        "nobody": "on personne aucun aucune quelqu'un rien tout quiconque chacun tous qui",
        "prepositions": "à au aux avec chez contre dans de d' du des depuis derrière dès devant en entre envers hors jusque jusqu' malgré par "
        "parmi pendant pour sans selon sous sur vers près loin comme durant autour dessus dessous voici voilà",
        "to": "à au aux vers pour",
        "joint": "avec",
        "of": "de d' du des",
        "conjunctions": "et ou mais ni",
        "subordinate": "que qu' qui quoi où quand lorsque lorsqu' tandis parce puisque quoique si comme dont lequel laquelle",
        "adverbs": "exactement précisément seul seule seulement ainsi ici là maintenant puis ensuite alors aujourd'hui hier demain toujours lentement vite soudain "
        "haut bas avant arrière dehors dedans près loin très plus moins tant trop peu bien mal enfin finalement d'abord après encore ensemble "
        "aussi même déjà bientôt tôt tard doucement peut-être surtout puis pourtant minuit midi silence uniquement "
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "verbs": "écrit plie plient déplie paie essuie balaie entre entrent pilote pilotent est sont était fut a ont dit disent rit rient lit lisent boit vient viennent court courent va vont fait font met voit sort sourit "
        "aboie miaule hennit rugit gémit peint danse porte ferme marche tombe serre demande joue chante crie pêche chasse rêve pleure compte cherche lutte travaille entre "
        "passe montre monte garde goûte coupe plante parle regarde pose pousse tire rencontre saute vole visite aide brûle lance range lave "
        "tourne rate nage verse cuisine lève casse presse signe charge tend attend rend prend descend perd répond mord tient dort part finit "
        "suit vit suit croise souffle reste gratte frappe cache ouvre offre couvre cueille appelle jette éteint allume règle colle dresse "
        "marque quitte rame roule sonne tape trompe",
        "not_verbs": "entre sous vers contre comme vieux vieille petit petite jeune été nuit soir fois seconde lumière quai dernière "
        "plein mort morte gelé même autre chaque",
        "arrivals": "arriver entrer apparaître sortir venir tomber sonner rester être passer exister manquer revenir surgir briller naître mourir "
        "monter descendre courir marcher parler chanter rire pleurer danser aboyer commencer régner flotter",
        "speech": "marmonner pleurer proposer haleter rire sourire sangloter protester grogner plaisanter gémir balbutier bégayer râler tonner siffler "
        "dire demander répondre chuchoter murmurer crier écrier exclamer ajouter déclarer souffler appeler expliquer répliquer annoncer "
        "ordonner avertir supplier chanter insister avouer saluer traduire lire commenter promettre parler répéter soupirer admettre lancer "
        "hurler prévenir bredouiller",
        "men": "homme garçon monsieur père fils grand-père frère roi prince oncle cousin fiancé mari chevalier vieillard vieux ami voisin maître "
        "aveugle magicien sorcier moine prêtre duc papa acteur soldat marin pêcheur guerrier boulanger facteur portier cuisinier jardinier "
        "infirmier médecin mécanicien pompier charpentier horloger mineur coiffeur voleur capitaine chef géant fantôme étranger inconnu "
        "prisonnier petit-fils berger boucher forgeron serveur vendeur nageur patineur plombier roi neveu fermier gardien bûcheron gamin "
        "randonneur joueur danseur chanteur chauffeur docteur professeur potier valet maçon patron employé mendiant apprenti barman mec pote papi général",
        "women": "suspecte accusée inconnue détenue mariée fiancée passagère voisine coupable femme fille fillette dame madame mère grand-mère sœur soeur reine princesse tante cousine fiancée épouse vieille amie voisine "
        "maîtresse magicienne sorcière nonne duchesse maman actrice infirmière boulangère cuisinière jardinière coiffeuse danseuse chanteuse "
        "vendeuse serveuse nageuse patineuse inconnue bergère pharmacienne gamine demoiselle nièce fermière gardienne couturière mariée joueuse "
        "petite-fille conductrice institutrice veuve mamie hôtesse avocate belle-mère adolescente jumelles copine employée patronne mendiante apprentie",
        "people": "livreur skateur influenceur barista "
        "robot androïde extraterrestre alien monstre zombie vampire super-héros "
        "personne gens couple famille public foule équipe bébé police policier policière juge guide garde artiste pianiste violoniste "
        "journaliste touriste dentiste astronaute détective agent pilote étudiant étudiante élève espion client cliente patient patiente enfant "
        "enfants bibliothécaire poète modèle jeune libraire fleuriste moissonneurs parents architecte photographe secrétaire ministre maire "
        "interprète mime notaire concierge passager passagère passant passante pirate peintre écrivain scientifique arbitre clown acrobate vigile stagiaire vétérinaire cow-boy samouraï ninja otage témoin victime assassin commissaire commis collègue colocataire retraité",
        "animals": "chien chienne chat chatte chaton cheval jument âne vache taureau mouton chèvre cochon poule coq canard oie cygne oiseau aigle "
        "faucon hibou chouette corbeau pigeon colombe mouette perroquet héron souris rat lapin lièvre renard loup louve ours lion lionne tigre "
        "éléphant singe girafe zèbre chameau cerf poisson requin baleine dauphin pieuvre crabe tortue serpent lézard grenouille crapaud abeille "
        "mouche papillon araignée fourmi dragon chiot écureuil pingouin hérisson hirondelle moineau loutre",
        "adjectives": "grand grande bon bonne mauvais premier première dernier dernière vieux vieil vieille jeune petit petite pauvre nouveau nouvelle "
        "ancien ancienne seul seule long longue haut haute beau belle gros grosse aveugle sourd sourde chauve fatigué fatiguée célèbre étrange double",
        "not_names": "plan plans scène caméra durée total style fondu coupe son silence plan-séquence",
    },
    human_acts="sourire rire pleurer acquiescer bâiller éternuer saluer embrasser boire cuisiner lire écrire converser discuter penser hésiter marcher "
    "applaudir prier trinquer sangloter coudre tricoter peindre hocher agenouiller",
    infinitive=r"(?:er|ir|ïr|re)$",
    endings=(
        ("e", ("er", "ir")),
        ("ent", ("er", "re", "ir")),
        ("it", ("ir",)),
        ("a", ("er",)),
        ("ait", ("er", "ir", "re")),
        ("èrent", ("er",)),
        ("d", ("dre",)),
        ("issent", ("ir",)),
        ("nt", ("ntir",)),
        ("rt", ("rtir", "rmir")),
    ),
    human_endings=r"(?:eurs?|euses?|iers?|ières?|trices?|istes?|logues?|graphes?|iens?|iennes?)$",
)
