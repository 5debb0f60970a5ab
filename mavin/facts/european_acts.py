"""What only people do, in the European languages: whoever does it is somebody, whatever the tables know of the noun.

"La capitana sonríe"   "Der Bademeister nickt"   "Le timonier salue"
"""

from __future__ import annotations

from mavin.facts.inflections import infinitive

__all__ = ["human_act_abroad"]

_ACTS = {
    "es": "sonreír reír llorar asentir arrodillarse arrodillar bostezar estornudar saludar abrazar besar beber cocinar leer escribir conversar "
    "discutir pensar recordar dudar caminar pasear aplaudir rezar brindar parpadear fruncir sollozar coser tejer pintar sentarse agacharse",
    "pt": "sorrir rir chorar ajoelhar bocejar espirrar cumprimentar abraçar beijar beber cozinhar ler escrever conversar discutir pensar "
    "lembrar hesitar caminhar passear aplaudir rezar brindar soluçar costurar pintar",
    "it": "sorridere ridere piangere annuire inginocchiarsi sbadigliare starnutire salutare abbracciare baciare bere cucinare leggere scrivere "
    "conversare discutere pensare ricordare esitare camminare passeggiare applaudire pregare brindare singhiozzare cucire dipingere",
    "fr": "sourire rire pleurer acquiescer bâiller éternuer saluer embrasser boire cuisiner lire écrire converser discuter penser hésiter marcher "
    "applaudir prier trinquer sangloter coudre tricoter peindre hocher agenouiller",
    "de": "lächeln lachen weinen nicken knien gähnen niesen grüßen winken umarmen küssen trinken kochen lesen schreiben plaudern streiten denken "
    "zögern spazieren klatschen beten schluchzen nähen stricken malen kichern grinsen joggen",
}
_BY_LANGUAGE = {language: frozenset(words.split()) for language, words in _ACTS.items()}


def human_act_abroad(verb: str, language: str) -> bool:
    """Whether a finite verb form tells of something that people do.

    Args:
        verb: the verb as it is written.
        language: its language tag.
    """
    acts = _BY_LANGUAGE.get(language)
    return acts is not None and infinitive(verb.lower(), language) in acts
