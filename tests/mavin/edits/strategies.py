"""Edits of every kind for property tests: most can be made on the golden caption, some cannot."""

from __future__ import annotations

from hypothesis import strategies as st

from mavin.caption import Angle, Aspect, Movement, Size
from mavin.edits import (
    AddLine,
    AddRole,
    AddSound,
    BindReference,
    DeleteLine,
    DeleteShot,
    DeleteSound,
    DuplicateShot,
    InsertShot,
    Lock,
    MergeLines,
    MergeRoles,
    MergeShots,
    MoveCut,
    MoveLine,
    Operation,
    RecordLine,
    RemoveRole,
    RenameRole,
    ReorderShots,
    RetimeLine,
    RetimeSound,
    RevoiceLine,
    RewordLine,
    SetCamera,
    SetClip,
    SetDuration,
    SetOverride,
    SetPresence,
    SetText,
    SplitLine,
    SplitShot,
    StretchShot,
    UnbindReference,
    Unlock,
)

SHOTS = st.sampled_from(["S1", "S2", "S3", "S2", "S3", "S4"])
LINES = st.sampled_from(["L1", "L2", "L1", "L2", "L3"])
ROLES = st.sampled_from(["C1", "C2", "C1", "C2", "C3"])
SOUNDS = st.sampled_from(["X1", "X2", "X1", "X2", "X3"])
TIMES = st.one_of(st.integers(0, 75).map(lambda tenths: tenths * 100), st.integers(-50, 16_000))
LENGTHS = st.one_of(st.integers(2, 40).map(lambda tenths: tenths * 100), st.integers(-50, 16_000))
WORDS = st.one_of(
    st.sampled_from(
        ["Come home.", "a b c", "Mara waits", 'She says "no"; then (softly) goes', "日本語、です", " x ", ""]
    ),
    st.text(max_size=12),
)
FILES = st.sampled_from(["references/a.png", "references/b.wav", ""])
CHANGES = [
    "title", "global_caption.style", "shots.S1.action", "shots.S2.title", "shots.S1.sounds.X1.text",
    "shots.S2.camera.note", "roles.C2.voice", "dialogue.L1.text", "dialogue.L2.delivery", "shots.S1.id",
]  # fmt: skip
LOCKS = st.sampled_from(
    [
        "S1", "S2", "S2.camera", "cut S2", "cut S3", "L1", "L1.text", "L2.interval", "C1", "C2.name", "style", "X1",
        "title", "duration_ms", "shots.S1.action", "dialogue", "nothing",
    ]
)  # fmt: skip


@st.composite
def _spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(TIMES)
    return start, start + draw(st.one_of(st.integers(2, 20).map(lambda tenths: tenths * 100), st.integers(-10, 900)))


def _maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), values)


ON_LINES: st.SearchStrategy[Operation] = st.one_of(
    st.builds(lambda line, span: RetimeLine(line=line, start_ms=span[0], end_ms=span[1]), LINES, _spans()),
    st.builds(RewordLine, line=LINES, text=WORDS),
    st.builds(RevoiceLine, line=LINES, role=ROLES, delivery=_maybe(WORDS)),
    st.builds(RevoiceLine, line=LINES, language=st.sampled_from(["en", "de", "x"]), on_screen=st.booleans()),
    st.builds(RecordLine, line=LINES, recording=_maybe(FILES)),
    st.builds(
        lambda role, span, text: AddLine(role=role, start_ms=span[0], end_ms=span[1], text=text), ROLES, _spans(), WORDS
    ),
    st.builds(DeleteLine, line=LINES),
    st.builds(SplitLine, line=LINES, at_ms=TIMES, text_at=st.integers(-1, 14)),
    st.builds(MergeLines, line=LINES, other=LINES),
    st.builds(MoveLine, line=LINES, shot=SHOTS, start_ms=st.one_of(st.none(), TIMES)),
)
ON_TIMES: st.SearchStrategy[Operation] = st.one_of(
    st.builds(
        MoveCut,
        shot=SHOTS,
        to_ms=TIMES,
        mode=st.sampled_from(["roll", "ripple"]),
        lines=st.sampled_from([None, "follow", "stay"]),
        sounds=st.sampled_from([None, "follow", "stay"]),
    ),
    st.builds(StretchShot, shot=SHOTS, length_ms=LENGTHS, mode=st.sampled_from(["ripple", "hold"])),
    st.builds(SetDuration, duration_ms=TIMES, mode=st.sampled_from(["scale", "trim"])),
)
ON_SHOTS: st.SearchStrategy[Operation] = st.one_of(
    st.builds(SplitShot, shot=SHOTS, at_ms=TIMES, action=_maybe(WORDS)),
    st.builds(MergeShots, shot=SHOTS, other=SHOTS),
    st.builds(ReorderShots, order=st.permutations(["S1", "S2", "S3"]).map(tuple)),
    st.builds(InsertShot, after=_maybe(SHOTS), length_ms=LENGTHS, setting=WORDS, action=WORDS),
    st.builds(DuplicateShot, shot=SHOTS, lines=st.booleans()),
    st.builds(
        DeleteShot,
        shot=SHOTS,
        time=st.sampled_from(["ripple", "previous", "next"]),
        lines=st.sampled_from(["delete", "keep"]),
    ),
)
ON_FIELDS: st.SearchStrategy[Operation] = st.one_of(
    st.builds(SetText, path=st.sampled_from(CHANGES), text=WORDS),
    st.builds(SetCamera, shot=SHOTS, size=st.sampled_from(Size), angle=st.sampled_from(Angle)),
    st.builds(SetCamera, shot=SHOTS, movement=st.sampled_from(Movement), note=_maybe(WORDS)),
    st.builds(SetClip, aspect=st.sampled_from(Aspect), language=st.sampled_from(["en", "ja", ""])),
    st.builds(lambda span, text: AddSound(start_ms=span[0], end_ms=span[1], text=text), _spans(), WORDS),
    st.builds(lambda sound, span: RetimeSound(sound=sound, start_ms=span[0], end_ms=span[1]), SOUNDS, _spans()),
    st.builds(DeleteSound, sound=SOUNDS),
)
ON_ROLES: st.SearchStrategy[Operation] = st.one_of(
    st.builds(AddRole, name=WORDS, appearance=WORDS),
    st.builds(RenameRole, role=ROLES, name=WORDS),
    st.builds(MergeRoles, role=ROLES, into=ROLES),
    st.builds(RemoveRole, role=ROLES, lines=st.sampled_from(["refuse", "delete"])),
    st.builds(SetPresence, shot=SHOTS, roles=st.lists(ROLES, max_size=3).map(tuple)),
    st.builds(SetOverride, role=ROLES, shot=SHOTS, appearance=WORDS, clear=st.sampled_from([(), ("voice",)])),
    st.builds(SetOverride, role=ROLES, shot=SHOTS, voice=_maybe(WORDS), clear=st.just(("appearance",))),
    st.builds(BindReference, role=ROLES, shot=_maybe(SHOTS), image=FILES, audio=_maybe(FILES)),
    st.builds(UnbindReference, role=ROLES, shot=_maybe(SHOTS), kind=st.sampled_from([None, "image", "audio"])),
)
EDITS = st.one_of(ON_LINES, ON_TIMES, ON_SHOTS, ON_FIELDS, ON_ROLES)
"""Any edit of a caption."""

LOCKINGS: st.SearchStrategy[Operation] = st.one_of(st.builds(Lock, path=LOCKS), st.builds(Unlock, path=LOCKS))
"""Locking and unlocking."""
