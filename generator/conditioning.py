"""From a hierarchical caption to text segments, each with the time in which it may be seen (§4.2, Eq. 2).

    segment        video tower                     audio tower
    global 𝐠       always                          always
    shot 𝐬ᵢ        τ ∈ 𝒯ᵢˢ                         τ ∈ 𝒯ᵢˢ
    role 𝐝ⱼᵛ       τ ∈ 𝒯ᵢˢ with j ∈ ℛᵢ             never
    role 𝐝ⱼᵃ       never                           τ ∈ 𝒯ⱼʳ

Every segment is encoded by itself: an encoder that read them together would carry one shot's words into
another's tokens before any mask could keep them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mavin.caption import HierarchicalCaption, Role, Shot
from mavin.errors import InvalidInputError, UsageError
from mavin.interval import Interval, format_interval, merge

if TYPE_CHECKING:
    from torch import Tensor

    from generator.codecs.interfaces import TextEncoder

__all__ = [
    "Condition",
    "EncodedText",
    "SegmentKind",
    "TextSegment",
    "Wording",
    "condition",
    "encode",
    "plain_prompt",
    "role_mark",
]


class SegmentKind(StrEnum):
    """Which level of the hierarchy a segment is."""

    GLOBAL = "global"
    SHOT = "shot"
    APPEARANCE = "appearance"
    VOICE = "voice"


class Wording(StrEnum):
    """How speech and sound are marked for a text encoder and the weights that were trained with it."""

    MAVIN = "mavin"
    """The paper's: ``C1 says 1.9–2.5s: "…"``."""
    OVI_720 = "ovi_720"
    """Ovi's 720 × 720 weights: ``<S>…<E>`` and ``<AUDCAP>…<ENDAUDCAP>``."""
    OVI_960 = "ovi_960"
    """Ovi's 960 × 960 weights: ``<S>…<E>`` and ``Audio: …``."""


@dataclass(frozen=True, slots=True)
class TextSegment:
    """One part of the caption.

    Attributes:
        kind: its level.
        name: id of its shot or role, empty for the global caption.
        text: the words.
        intervals: when it may be seen; ``None`` for always.
        role: place of its role among the script's, from 1; 0 for no role's.
    """

    kind: SegmentKind
    name: str
    text: str
    intervals: tuple[Interval, ...] | None
    role: int = 0

    @property
    def label(self) -> str:
        """What to call it: ``global``, ``S1``, ``C1 appearance``."""
        return " ".join(part for part in (self.name, "" if self.kind is SegmentKind.SHOT else self.kind) if part)


@dataclass(frozen=True, slots=True)
class Condition:
    """𝒞 of Eq. 2 as both towers see it."""

    video: tuple[TextSegment, ...]
    audio: tuple[TextSegment, ...]

    def tower(self, name: str) -> tuple[TextSegment, ...]:
        """The segments of the tower ``video`` or ``audio``."""
        return self.video if name == "video" else self.audio


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A tower's text as the network takes it.

    Attributes:
        tokens: ``(L, text_dim)``, the segments one after the other.
        counts: tokens of each segment.
        segment_ids: which segment each of the L tokens belongs to.
    """

    tokens: Tensor
    counts: tuple[int, ...]
    segment_ids: tuple[int, ...]


def condition(caption: HierarchicalCaption, wording: Wording = Wording.MAVIN) -> Condition:
    """The text segments of a caption.

    A role that is never in the picture has no appearance segment and one that never speaks no voice
    segment: nothing could see them.  A role that looks or sounds otherwise in a shot has one segment for
    each look or voice, seen in the shots where it holds.
    """
    whole = TextSegment(SegmentKind.GLOBAL, "", _global_text(caption, wording), None)
    shots = tuple(
        TextSegment(SegmentKind.SHOT, shot.id, _shot_text(caption, shot, wording), (_until_end(caption, shot),))
        for shot in caption.shots
    )
    return Condition(
        video=(whole, *shots, *_appearances(caption)),
        audio=(whole, *shots, *_voices(caption, wording)),
    )


def plain_prompt(caption: HierarchicalCaption, wording: Wording = Wording.MAVIN) -> str:
    """The whole caption as one prompt, as a network without routing takes it: what is seen, then what is heard."""
    apart = wording is not Wording.MAVIN
    whole = caption.global_caption
    looks = (segment.text for segment in _appearances(caption))
    shots = (
        _shot_text(caption, shot.model_copy(update={"sounds": ()}) if apart else shot, wording)
        for shot in caption.shots
    )
    sounds = (sound.text for shot in caption.shots if apart for sound in shot.sounds)
    voices = (segment.text for segment in _voices(caption, Wording.MAVIN))
    heard = " ".join(_sentence(part) for part in (whole.ambience, *sounds, *voices))
    seen = (_sentence(part) for part in (whole.storyline, whole.style, *looks, *shots))
    return " ".join((*seen, _heard(heard, wording)))


def encode(
    segments: Sequence[TextSegment],
    encoder: TextEncoder,
    known: dict[str, Tensor] | None = None,
    *,
    role_marks: bool = False,
) -> EncodedText:
    """The segments through a text encoder, each text once and by itself.

    Not even the padding of a common batch is shared: rewording one shot leaves every other segment's tokens
    as they are, to the last bit.

    Args:
        segments: of one tower.
        encoder: the text encoder.
        known: texts that were encoded before; filled by this call, so that both towers can share it.
        role_marks: whether a role's tokens carry which role it is (:func:`role_mark`).

    Raises:
        InvalidInputError: if a segment is empty or too long for the encoder.
    """
    import torch

    known = {} if known is None else known
    for segment in segments:
        if segment.text not in known:
            try:
                (known[segment.text],) = encoder.encode([segment.text])
            except UsageError as error:
                raise InvalidInputError(f"The text of {segment.label} cannot be encoded: {error}") from None
    encoded = [known[segment.text] for segment in segments]
    if role_marks:
        encoded = [
            tokens + role_mark(segment.role, tokens.shape[1]).to(tokens) if segment.role else tokens
            for tokens, segment in zip(encoded, segments, strict=True)
        ]
    counts = tuple(tokens.shape[0] for tokens in encoded)
    for segment, count in zip(segments, counts, strict=True):
        if not count:
            raise InvalidInputError(f"The text of {segment.label} must have at least one token, got {segment.text!r}.")
        if count > encoder.max_tokens:
            raise InvalidInputError(
                f"The text of {segment.label} must have at most {encoder.max_tokens} tokens, got {count}. Shorten it."
            )
    ids = tuple(number for number, count in enumerate(counts) for _ in range(count))
    return EncodedText(torch.cat(encoded), counts, ids)


def role_mark(role: int, width: int) -> Tensor:
    """What a small network is told of whose words a token is: a Walsh function, ±1/4, of shape ``(width,)``.

    Attention sees a bag of tokens.  Who is on the left is said by no word of a role's own caption, and to find it by
    the name, which another segment mentions, is more than a network of a few million numbers learns.

        role 1   + − + − + − + − …
        role 2   + + − − + + − − …
        role 3   + − − + + − − + …
    """
    import torch

    signs = [1 - 2 * ((place & role).bit_count() % 2) for place in range(width)]
    return torch.tensor(signs, dtype=torch.float32) / 4


def _until_end(caption: HierarchicalCaption, shot: Shot) -> Interval:
    # The network's last latents may lie behind the delivered frames; they belong to the last shot.
    last = shot is caption.shots[-1]
    return Interval(shot.start_ms, shot.end_ms + 1000) if last else shot.interval


def _global_text(caption: HierarchicalCaption, wording: Wording) -> str:
    parts = caption.global_caption
    heard = _heard(parts.ambience, wording)
    return " ".join((_sentence(parts.storyline), _sentence(parts.style), heard))


def _shot_text(caption: HierarchicalCaption, shot: Shot, wording: Wording) -> str:
    if wording is Wording.MAVIN:
        return caption.shot_text(shot)
    text = caption.shot_text(shot.model_copy(update={"sounds": ()}))
    for part in caption.lines_in(shot):
        words = " ".join(part.line.text.split())
        opening, closing = "" if part.starts else "— ", "" if part.ends else " —"
        at = format_interval(part.interval)
        text = text.replace(f'{at}: {opening}"{words}"{closing}', f"{at}: {opening}<S>{words}<E>{closing}", 1)
    sounds = " ".join(_sentence(f"{format_interval(sound.interval)}: {sound.text}") for sound in shot.sounds)
    return f"{text} {_heard(sounds, wording)}" if sounds else text


def _heard(text: str, wording: Wording) -> str:
    if wording is Wording.OVI_720:
        return f"<AUDCAP>{_sentence(text)}<ENDAUDCAP>"
    return f"Audio: {_sentence(text)}" if wording is Wording.OVI_960 else _sentence(text)


def _appearances(caption: HierarchicalCaption) -> Iterable[TextSegment]:
    for number, role in enumerate(caption.roles, 1):
        looks: dict[str, list[Interval]] = {}
        for shot in caption.shots:
            if role.id in shot.roles:
                look = caption.role_in_shot(role.id, shot)
                looks.setdefault(_look_text(look), []).append(_until_end(caption, shot))
        for text, intervals in looks.items():
            yield TextSegment(SegmentKind.APPEARANCE, role.id, text, merge(intervals), number)


def _look_text(role: Role) -> str:
    return " ".join(_sentence(part) for part in (f"{role.id} is {role.name}", role.appearance) if part.strip())


def _voices(caption: HierarchicalCaption, wording: Wording) -> Iterable[TextSegment]:
    for number, role in enumerate(caption.roles, 1):
        voices: dict[str, list[Interval]] = {}
        for interval in caption.dialogue_intervals(role.id):
            for shot in caption.shots:
                part = interval.intersection(shot.interval)
                if part is not None:
                    voice = caption.role_in_shot(role.id, shot)
                    voices.setdefault(_voice_text(voice, wording), []).append(part)
        for text, intervals in voices.items():
            yield TextSegment(SegmentKind.VOICE, role.id, text, merge(intervals), number)


def _voice_text(role: Role, wording: Wording) -> str:
    text = f"{role.id} is the voice of {role.name}"
    return _heard(f"{text}: {role.voice}" if role.voice.strip() else text, wording)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "。", "！", "？", "…", '"', "—", ">")) else f"{text}."
