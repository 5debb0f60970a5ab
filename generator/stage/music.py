"""A quiet bed of music in the mood that a caption's style and ambience speak of; none where they speak of none.

words ─▶ mood (scale, tempo, instruments) ─▶ four chords and a slow tune, over and over
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from generator.stage.signal import RATE, Samples, fade
from generator.stage.sounds import instruments
from generator.stage.sounds.instruments import Note
from generator.stage.sounds.tools import Chance, normal, placed
from generator.stage.words import has_word, seeded, tokens, word_set
from mavin.caption import HierarchicalCaption

__all__ = ["MOODS", "Mood", "mood_of", "music"]


@dataclass(frozen=True, slots=True)
class Mood:
    """How a bed sounds.

    Attributes:
        name: of the mood.
        chords: semitones above the root, four bars.
        scale: semitones of the tune.
        beat: seconds.
        lead: instrument of the tune.
        bed: instrument of the chords.
        root: Hz.
        density: share of beats on which the tune has a note.
        words: what calls for it.
    """

    name: str
    chords: tuple[tuple[int, ...], ...]
    scale: tuple[int, ...]
    beat: float
    lead: Note
    bed: Note
    root: float
    density: float
    words: frozenset[str]


_MAJOR = ((0, 4, 7), (-3, 0, 4), (5, 9, 12), (7, 11, 14))
_MINOR = ((0, 3, 7), (-4, 0, 3), (3, 7, 10), (-2, 2, 5))
_DARK = ((0, 3, 7), (1, 5, 8), (0, 3, 7), (-1, 2, 5))
_JAZZ = ((2, 5, 9, 12), (7, 11, 14, 17), (0, 4, 7, 11), (-3, 1, 4, 7))
_FIVE = (0, 2, 4, 7, 9, 12)
_FIVE_MINOR = (0, 3, 5, 7, 10, 12)
_BLUES = (0, 3, 5, 6, 7, 10, 12)

MOODS: tuple[Mood, ...] = (
    Mood("jazz", _JAZZ, _BLUES, 0.42, instruments.piano_note, instruments.bass_note, 130.8, 0.55,
     word_set("jazz jazzy swing blues bluesy saxophone lounge bebop ragtime cabaret speakeasy")),
    Mood("noir", _MINOR, _BLUES, 0.7, instruments.piano_note, instruments.pad_note, 110.0, 0.35,
     word_set("noir detective moody brooding smoky hardboiled mystery mysterious crime")),
    Mood("dread", _DARK, (0, 1, 3, 7, 8, 12), 0.85, instruments.violin_note, instruments.pad_note, 73.4, 0.2,
     word_set("horror scary eerie creepy thriller suspense suspenseful tense tension ominous dread gothic haunting "
              "menacing unheimlich gruselig effrayant terror spannend")),
    Mood("epic", _MINOR, _FIVE_MINOR, 0.5, instruments.brass_note, instruments.violin_note, 110.0, 0.5,
     word_set("epic heroic orchestral orchestra symphonic adventure fantasy war triumphant majestic grand")),
    Mood("electronic", _MINOR, _FIVE_MINOR, 0.27, instruments.box_note, instruments.pad_note, 98.0, 0.7,
     word_set("synth synthwave electronic cyberpunk techno futuristic sci-fi neon scifi vaporwave")),
    Mood("sad", _MINOR, _FIVE_MINOR, 0.75, instruments.piano_note, instruments.violin_note, 130.8, 0.45,
     word_set("sad melancholic melancholy sombre somber nostalgic wistful bittersweet elegiac mournful lonely "
              "melancholisch mélancolique triste melancólico malinconico грустный печальный")),
    Mood("romantic", _MAJOR, _FIVE, 0.62, instruments.violin_note, instruments.guitar_note, 130.8, 0.5,
     word_set("romantic romance tender love romantisch romantique romántico romantico романтический")),
    Mood("playful", _MAJOR, _FIVE, 0.3, instruments.box_note, instruments.guitar_note, 164.8, 0.7,
     word_set("comedy comic playful whimsical funny cheerful cartoon slapstick upbeat fun lustig heiter drôle "
              "divertido allegro happy joyful children bouncy quirky")),
    Mood("folk", _MAJOR, _FIVE, 0.45, instruments.guitar_note, instruments.guitar_note, 98.0, 0.5,
     word_set("folk country western acoustic guitar banjo ballad campfire-song ukulele")),
    Mood("lullaby", _MAJOR, _FIVE, 0.55, instruments.box_note, instruments.pad_note, 174.6, 0.5,
     word_set("lullaby dreamy dreamlike fairytale fairy-tale magical gentle-music music-box ghibli storybook")),
    Mood("piano", _MAJOR, _FIVE, 0.6, instruments.piano_note, instruments.pad_note, 130.8, 0.5,
     word_set("piano klavier пианино classical klassisch waltz")),
    Mood("strings", _MINOR, _FIVE_MINOR, 0.7, instruments.violin_note, instruments.violin_note, 98.0, 0.4,
     word_set("strings violin cello score soundtrack dramatic drama geige violon")),
    Mood("plain", _MAJOR, _FIVE, 0.55, instruments.piano_note, instruments.pad_note, 110.0, 0.4,
     word_set("music song melody tune musical band radio musik musique música musica музыка warm hopeful uplifting "
              "inspiring")),
)  # fmt: skip
"""The moods that words can call for, the more particular ones first."""
_FOREIGN_MUSIC = ("音乐", "音樂", "音楽", "음악", "موسيقى", "钢琴", "ピアノ", "피아노")
_NO_MUSIC = ("no music", "without music", "keine musik", "ohne musik", "sans musique", "sin música", "senza musica",
             "sem música", "без музыки", "没有音乐", "無音楽", "音楽なし", "음악 없이")  # fmt: skip


def mood_of(caption: HierarchicalCaption) -> Mood | None:
    """The mood of a caption's music, or ``None`` where neither its ambience nor its style speaks of one."""
    whole = caption.global_caption
    spoken = f"{whole.ambience} . {whole.style}"
    if any(re.search(rf"(?<!\w){re.escape(phrase)}", spoken.casefold()) for phrase in _NO_MUSIC):
        return None
    for text in (whole.ambience, whole.style):
        words = tokens(text)
        hits = [
            (min(at for at, word in enumerate(words) if has_word(word, mood.words)), mood)
            for mood in MOODS
            if has_word(text, mood.words)
        ]
        named = [hit for hit in hits if hit[1].name != "plain"] or hits
        if named:
            return min(named, key=lambda hit: hit[0])[1]
        if any(word in text for word in _FOREIGN_MUSIC):
            return MOODS[-1]
    return None


def music(mood: Mood, count: int, seed: object) -> Samples:
    """So many samples of a mood's music, at a root mean square of about 1; it fades in and out."""
    chance = seeded("music", mood.name, seed)
    seconds = count / RATE
    bar = mood.beat * 4
    chords, tune = [], []
    key = mood.root * 2 ** (float(chance.integers(-2, 3)) / 12)
    phrase = _phrase(mood, chance)
    for number in range(int(np.ceil(seconds / bar))):
        chords += [
            (number * bar, mood.bed(key * 2 ** (step / 12), bar * 1.05, chance)) for step in mood.chords[number % 4]
        ]
        for at, step in phrase[number % 2]:
            length = min(2.0, mood.beat * 2.2)
            tune.append((number * bar + at * mood.beat, mood.lead(2 * key * 2 ** (step / 12), length, chance)))
    total = 0.8 * normal(placed(count, chords)) + (0.7 * normal(placed(count, tune)) if tune else 0.0)
    return fade(np.asarray(total, np.float32), min(0.8, seconds / 4), min(1.5, seconds / 4))


def _phrase(mood: Mood, chance: Chance) -> tuple[list[tuple[int, int]], ...]:
    # Two bars of a tune that walks along the scale.
    bars = []
    at = int(chance.integers(len(mood.scale)))
    for _ in range(2):
        bar = []
        for beat in range(4):
            if chance.uniform() < mood.density or beat == 0:
                at = int(np.clip(at + chance.integers(-2, 3), 0, len(mood.scale) - 1))
                bar.append((beat, mood.scale[at]))
        bars.append(bar)
    return tuple(bars)
