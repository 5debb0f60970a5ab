"""Scripts for the tests of forms: drawn by hypothesis, with words that forms stumble over; and what of them is left."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from mavin.caption import Angle, Aspect, HierarchicalCaption, Movement, Size, load_caption
from mavin.formats import FilmScript
from tests.conftest import GOLDEN_CAPTION

GOLDEN = load_caption(GOLDEN_CAPTION.read_bytes())

_ODD = st.sampled_from(
    [
        "MARA", "INT. HOUSE - DAY", "> CUT TO:", "=1+1", "+cmd", "-dash", "@home", "'=1", "a\n\nb", "a\nb", " x ", "Mara: no",
        "<i>x</i>", "{\\an8}x", "a & b < c", "\"quoted\"", "“curly”", "[[note]]", "/* x */", "# section", "= synopsis", "~la",
        "!bang", ".dot", "...", "(aside)", "L1 Mara 0.0–1.0s: \"x\"", "X1 0–1s: y", "00:00:01,000 --> 00:00:02,000", "7", "*a*",
        "_u_", "日本語、です", "Ça va, à bientôt", "שלום", "👩‍🚀 emoji", "TO:", "a;b,c|d\t", "x\u2028y", "NOTE x", "STYLE", "\\N", "-->",
        "MARA (O.S.)", "^", "K1", "S1", "CUT TO:", "FADE OUT.", "a: b", "::", "mavin", "Title: x",
    ]
)  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(["Come home.", "Mara waits by the sea", "Wer ist da?"]),
    _ODD,
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=16),
).filter(lambda text: any(char.isalnum() for char in text))
_MAYBE = st.one_of(st.just(""), WORDS)


@st.composite
def captions(draw: st.DrawFn, cast: list[dict[str, Any]] | None = None) -> HierarchicalCaption:
    """A caption of 1 to 4 shots with a cast, lines that may cross cuts, and sounds."""
    lengths = draw(st.lists(st.integers(800, 3700), min_size=1, max_size=4))
    if sum(lengths) < 3000:
        lengths[-1] += 3000 - sum(lengths)
    cuts = [sum(lengths[:number]) for number in range(len(lengths) + 1)]
    roles = cast if cast is not None else draw(casts())
    ids = [role["id"] for role in roles]
    shots = [_shot(draw, number, cuts[number - 1], cuts[number], ids) for number in range(1, len(cuts))]
    lines: list[dict[str, Any]] = []
    now = draw(st.integers(0, 600))
    while ids and now + 300 <= cuts[-1] and len(lines) < 4:
        end = min(now + draw(st.integers(200, 2500)), cuts[-1])
        lines.append(
            {
                "id": f"L{len(lines) + 1}",
                "role": draw(st.sampled_from(ids)),
                "start_ms": now,
                "end_ms": end,
                "text": draw(WORDS),
                "delivery": draw(_MAYBE),
                "language": draw(st.sampled_from(["en", "en", "de-AT", "ja"])),
                "on_screen": draw(st.booleans()),
                "recording": draw(st.sampled_from([None, None, None, "references/said.wav"])),
            }
        )
        now = end + draw(st.integers(0, 1500))
    data = {
        "title": draw(_MAYBE),
        "language": draw(st.sampled_from(["en", "de", "zh-Hans"])),
        "duration_ms": cuts[-1],
        "aspect": draw(st.sampled_from(Aspect)),
        "global_caption": {"storyline": draw(WORDS), "style": draw(WORDS), "ambience": draw(WORDS)},
        "shots": shots,
        "roles": roles,
        "dialogue": lines,
    }
    return HierarchicalCaption.model_validate(data)


@st.composite
def casts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to three roles whose names differ however they are written."""
    names = draw(st.lists(WORDS, max_size=3, unique_by=lambda name: " ".join(name.split()).casefold()))
    return [
        {
            "id": f"C{number}",
            "name": name,
            "appearance": draw(_MAYBE),
            "voice": draw(_MAYBE),
            "reference": draw(_references()),
        }
        for number, name in enumerate(names, 1)
    ]


def _references() -> st.SearchStrategy[dict[str, str | None]]:
    """A picture and a voice of somebody, or neither."""
    return st.sampled_from(
        [
            {"image": None, "audio": None},
            {"image": "references/face [1].png", "audio": None},
            {"image": "references/a.png", "audio": "references/b.wav"},
        ]
    )


def _overrides(draw: st.DrawFn, ids: list[str]) -> list[dict[str, Any]]:
    """Another look, voice or picture of those who are seen, sometimes."""
    return [
        {
            "role": role,
            "appearance": draw(WORDS),
            "voice": draw(st.none() | WORDS),
            "reference": draw(st.none() | _references()),
        }
        for role in ids
        if draw(st.sampled_from([False, False, True]))
    ]


def _shot(draw: st.DrawFn, number: int, start: int, end: int, ids: list[str]) -> dict[str, Any]:
    sounds = []
    if draw(st.booleans()):
        sounds = [{"id": f"X{number}", "start_ms": start + 100, "end_ms": end - 100, "text": draw(WORDS)}]
    camera = {
        "size": draw(st.sampled_from(Size)),
        "angle": draw(st.sampled_from(Angle)),
        "movement": draw(st.sampled_from(Movement)),
        "note": draw(_MAYBE),
    }
    seen = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    return {
        "id": f"S{number}",
        "title": draw(_MAYBE),
        "start_ms": start,
        "end_ms": end,
        "setting": draw(WORDS),
        "action": draw(WORDS),
        "camera": camera,
        "roles": seen,
        "overrides": _overrides(draw, seen),
        "sounds": sounds,
    }


@st.composite
def films(draw: st.DrawFn) -> FilmScript:
    """A film of one or two clips with one cast."""
    cast = draw(casts())
    return FilmScript.of(*draw(st.lists(captions(cast=cast), min_size=1, max_size=2)))
