"""What a shot shows that no event of the user's fills, in the language of the story.

Every text but English names its subject in front or as the subject of its verb, so that no case or
contraction is needed ("der Mann von der Seite"), and holds the plural of that verb.
"""

from __future__ import annotations

from dataclasses import dataclass

from mavin.facts import Facts
from mavin.facts.languages.chinese.script import written_like
from mavin.facts.model import Gender

__all__ = ["quiet_after", "quiet_before", "view_of"]


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a language; ``{}`` is the subject, pairs hold singular and plural.

    Attributes:
        before: the moment before somebody comes.
        before_all: the moment before anything happens.
        after: the moment when somebody stays behind.
        after_all: the moment after everything.
        scene: what is seen where nobody is there.
        views: five views of somebody.
    """

    before: tuple[str, str]
    before_all: str
    after: tuple[str, str]
    after_all: str
    scene: str
    views: tuple[str, ...]


_QUIET = "The place lies quiet before {} comes into play"
_STAYS = "{} stays behind as the moment passes"
_ENGLISH = _Texts(
    (_QUIET, _QUIET),
    _QUIET.format("everything"),
    (_STAYS, _STAYS),
    _STAYS.format("everything"),
    "the scene",
    (
        "Closer on {}, every small movement visible",
        "The surroundings of {}, wide and still",
        "{} from the side, in profile",
        "{} from behind, facing the depth of the place",
        "A detail of {}, filling the frame",
    ),
)
_TEXTS = {
    "es": _Texts(
        ("El lugar está en calma antes de que {} entre en escena",
         "El lugar está en calma antes de que {} entren en escena"),
        "El lugar está en calma antes de que todo empiece",
        ("{} sigue ahí mientras pasa el momento", "{} siguen ahí mientras pasa el momento"),
        "El lugar queda en calma mientras pasa el momento",
        "la escena",
        (
            "{} más de cerca, con cada pequeño movimiento visible",
            "{} en un entorno amplio y quieto",
            "{} de lado, de perfil",
            "{} de espaldas, hacia el fondo del lugar",
            "{}: un detalle que llena el cuadro",
        ),
    ),
    "pt": _Texts(
        ("O lugar está calmo antes que {} entre em cena", "O lugar está calmo antes que {} entrem em cena"),
        "O lugar está calmo antes que tudo comece",
        ("{} continua ali enquanto o momento passa", "{} continuam ali enquanto o momento passa"),
        "O lugar fica calmo enquanto o momento passa",
        "a cena",
        (
            "{} mais de perto, com cada pequeno movimento visível",
            "{} em um ambiente amplo e quieto",
            "{} de lado, de perfil",
            "{} de costas, voltado para o fundo do lugar",
            "{}: um detalhe que enche o quadro",
        ),
    ),
    "it": _Texts(
        ("Il luogo è tranquillo prima che {} entri in scena", "Il luogo è tranquillo prima che {} entrino in scena"),
        "Il luogo è tranquillo prima che tutto cominci",
        ("{} resta lì mentre il momento passa", "{} restano lì mentre il momento passa"),
        "Il luogo resta tranquillo mentre il momento passa",
        "la scena",
        (
            "{} più da vicino, con ogni piccolo movimento visibile",
            "{} in un ambiente ampio e immobile",
            "{} di lato, di profilo",
            "{} di spalle, verso il fondo del luogo",
            "{}: un dettaglio che riempie il quadro",
        ),
    ),
    "fr": _Texts(
        ("Le lieu est calme, et bientôt {} entre en scène", "Le lieu est calme, et bientôt {} entrent en scène"),
        "Le lieu est calme avant que tout commence",
        ("{} reste là pendant que l'instant passe", "{} restent là pendant que l'instant passe"),
        "Le lieu reste calme pendant que l'instant passe",
        "la scène",
        (
            "{} de plus près, chaque petit mouvement visible",
            "{} dans un décor large et immobile",
            "{} de côté, de profil",
            "{} de dos, vers le fond du lieu",
            "{} : un détail qui remplit le cadre",
        ),
    ),
    "de": _Texts(
        ("Der Ort liegt still da, bevor {} ins Spiel kommt", "Der Ort liegt still da, bevor {} ins Spiel kommen"),
        "Der Ort liegt still da, bevor alles beginnt",
        ("{} bleibt da, während der Augenblick vergeht", "{} bleiben da, während der Augenblick vergeht"),
        "Der Ort bleibt still, während der Augenblick vergeht",
        "die Szene",
        (
            "{} aus der Nähe, jede kleine Bewegung sichtbar",
            "{} in weiter, stiller Umgebung",
            "{} von der Seite, im Profil",
            "{} von hinten, mit Blick in die Tiefe des Ortes",
            "{}: ein Detail, das das Bild füllt",
        ),
    ),
    "zh": _Texts(
        ("{}出场之前，四周一片安静", "{}出场之前，四周一片安静"),
        "一切开始之前，四周一片安静",
        ("{}留在原地，时间静静过去", "{}留在原地，时间静静过去"),
        "四周一片安静，时间静静过去",
        "场景",
        (
            "更近地看{}，每个细微的动作都清晰可见",
            "{}的周围，开阔而安静",
            "从侧面看{}的轮廓",
            "从背后看{}，朝向远处",
            "{}的一个细节，充满画面",
        ),
    ),
    "ja": _Texts(
        ("{}が登場する前、あたりは静かだ", "{}が登場する前、あたりは静かだ"),
        "すべてが始まる前、あたりは静かだ",
        ("{}はその場に残り、時が静かに過ぎる", "{}はその場に残り、時が静かに過ぎる"),
        "あたりは静かなまま、時が過ぎる",
        "その場面",
        (
            "{}により近づき、小さな動きまで見える",
            "{}の周りが広く静かに見える",
            "{}を横から見た姿",
            "{}を後ろから見た姿、奥を向いている",
            "{}の細部が画面いっぱいに映る",
        ),
    ),
}  # fmt: skip


def _texts(facts: Facts) -> _Texts:
    return _TEXTS.get(facts.language.split("-")[0].lower(), _ENGLISH)


def _in_script(words: str, facts: Facts) -> str:
    """Chinese in traditional characters where the prompt is written in them."""
    return written_like(words, facts.prompt) if _texts(facts) is _TEXTS["zh"] else words


def _filled(pair: tuple[str, str], empty: str, facts: Facts, key: str | None) -> str:
    if key is None:
        text = _in_script(empty, facts)
    else:
        role = facts.role(key)
        text = _in_script(pair[role.gender is Gender.PLURAL], facts).format(role.phrase)
    return text[:1].upper() + text[1:]


def quiet_before(facts: Facts, key: str | None) -> str:
    """The moment before a role comes into play, or before anything does."""
    texts = _texts(facts)
    return _filled(texts.before, texts.before_all, facts, key)


def quiet_after(facts: Facts, key: str | None) -> str:
    """The moment after the last event of a role, or of anything."""
    texts = _texts(facts)
    return _filled(texts.after, texts.after_all, facts, key)


def view_of(facts: Facts, key: str | None, number: int) -> str:
    """Another view of a role, or of the scene; a different one for each number."""
    texts = _texts(facts)
    view = _in_script(texts.views[number % len(texts.views)], facts)
    text = view.format(facts.role(key).phrase if key else _in_script(texts.scene, facts))
    return text[:1].upper() + text[1:]
