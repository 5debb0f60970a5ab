"""Pictures of the stage: is every noun that has a picture seen in its shot?

    python benchmarks/stage_nouns.py PROMPTS.jsonl [MORE.jsonl …] --prompts 40 --sheets DIR --record

From each file the same share of prompts is taken at even distances, written with ``rules`` and
drawn.  For each shot, the nouns of its action that the names of the ``emoji`` package
(or the stage's own list of synonyms) give a picture must be among what the frames show, with at
least half of the box inside a frame and at least 0.1 % of its area.  Nouns are told from verbs by
this script's own rule, stricter than the stage's: a word counts as soon as an article, number or
possessive stands before its phrase, unless it is a
verb behind its subject ("the alarm rings").  ``--sheets`` draws a picture of every film to look at.

``--record`` adds a dated summary to ``stage_nouns.json`` beside this script.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import emoji

from generator.stage import art
from generator.stage.bonds import VERBS
from generator.stage.composer import ShotStage
from generator.stage.drawn import Drawn
from generator.stage.lexicon import BODY_PARTS, COUNTED_AS_VERBS, NEVER, SYNONYMS
from generator.stage.motion import MOVEMENTS
from generator.stage.renderer import framing_variants
from generator.stage.words import singulars
from mavin.api import write
from mavin.caption import HierarchicalCaption, Shot

HERE = Path(__file__).resolve().parent
_LOOKS = 7  # frames of a shot that are looked at
_ARTICLES = frozenset(
    "a an the his her its their another some two three four five six seven eight nine ten no every each".split()
)
_BETWEEN = frozenset(
    "and or of in on at to from with by into onto over under behind is are was as while then "
    "that which who it them".split()
)


_VERBS = VERBS | MOVEMENTS | COUNTED_AS_VERBS | {"present", "question", "train", "unlock"}


@dataclass(frozen=True, slots=True)
class ShotResult:
    """The nouns of one shot with a picture, and those of them that no frame shows."""

    prompt: str
    shot: str
    action: str
    setting: str
    nouns: tuple[str, ...]
    missed: tuple[str, ...]
    unread: tuple[str, ...]
    """Emoji names in the text that the stage leaves out on purpose: no things, or named by another word."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One dated run."""

    date: str
    version: str
    prompts: int
    shots: int
    shots_with_nouns: int
    nouns: int
    nouns_seen: int
    shots_complete: float
    seconds: float
    missed: tuple[str, ...]


def names() -> dict[str, str]:
    """English words and phrases → code points, for every picture with a name."""
    found: dict[str, str] = {}
    for char, data in emoji.EMOJI_DATA.items():
        code = "-".join(f"{ord(c):04X}" for c in char if c != "\ufe0f")
        if not art.exists(code) or data["status"] != 2 or "skin_tone" in data["en"]:
            continue
        for key in (data["en"], *data.get("alias", ())):
            found.setdefault(re.sub(r"[_\s:]+", " ", key.casefold()).strip(), code)
    return found | SYNONYMS


def nouns_of(text: str, table: dict[str, str]) -> dict[str, str]:
    """The nouns of a text that have a picture → code points; the last noun of a phrase counts, as long as it can be."""
    words = [(match[0].casefold(), match.end()) for match in re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)]
    found: dict[str, str] = {}
    for at, (word, _) in enumerate(words):
        if word not in _ARTICLES and not word.endswith(("'s", "’s")):
            continue
        # The phrase behind the article: up to four words, no stop in between.
        phrase: list[str] = []
        end = words[at][1]
        for nxt, stop in words[at + 1 : at + 5]:
            if nxt in _BETWEEN or nxt in _ARTICLES or re.search(r"[,.;:!?—]", text[end:stop]):
                break
            phrase.append(nxt)
            end = stop
        best = _head(phrase, table)
        if best and not (word in ("his", "her", "its", "their") and best[0].split()[-1] in BODY_PARTS):
            found[best[0]] = best[1]
    return found


def _head(phrase: Sequence[str], table: dict[str, str]) -> tuple[str, str] | None:
    # The first name in the phrase; where names follow each other directly, the last of them.
    hit: tuple[str, str] | None = None
    end = -1
    at = 0
    while at < len(phrase):
        found = None
        for length in (3, 2, 1):
            part = phrase[at : at + length]
            if len(part) < length:
                continue
            for last in reversed(singulars(part[-1])):
                name = " ".join([*part[:-1], last])
                if name in table and name not in NEVER:
                    found = (name, table[name], length)
                    break
            if found:
                break
        if found and at and _is_verb(phrase, at):
            break
        if found and (hit is None or (at == end and not phrase[at].endswith("s"))):
            hit, end = (found[0], found[1]), at + found[2]
        at += found[2] if found else 1
    return hit


def _is_verb(phrase: Sequence[str], at: int) -> bool:
    # "the alarm rings", "two athletes train": a word that may be a verb, behind what may be its subject.
    word, before = phrase[at], phrase[at - 1]
    if not any(form in _VERBS for form in singulars(word)):
        return False
    return word.endswith("s") or (before.endswith("s") and not before.endswith("ss"))


def _is_seen(name: str, code: str, shown: Iterable[Drawn], size: tuple[int, int]) -> bool:
    forms = {form for part in name.split() for form in singulars(part)}
    plain = _unsexed(code)
    for drawn in shown:
        box = drawn.box
        words = {form for part in drawn.noun.casefold().split() for form in singulars(part)}
        if not (_unsexed(drawn.code) == plain or words & forms):
            continue
        if drawn.inside >= 0.5 and box.width * box.height >= 0.001 * size[0] * size[1]:
            return True
        # A figure in a near frame is cut: its head is what counts.
        if drawn.kind in ("role", "person", "animal", "scenery") and box.width * box.height >= 0.02 * size[0] * size[1]:
            return True
    return False


def _unsexed(code: str) -> str:
    for one in ("1F468", "1F469"):
        code = code.replace(one, "1F9D1")
    return {"1F467": "1F466", "1F9D2": "1F466", "1F478": "1F934", "1F475": "1F474"}.get(code, code)


def check_shot(
    prompt: str, caption: HierarchicalCaption, shot: Shot, variant: int, table: dict[str, str]
) -> ShotResult:
    """Draw a shot's labels and look for its nouns."""
    stage = ShotStage(caption, shot, variant=variant)
    frames = [stage.frames[round(at * (len(stage.frames) - 1) / (_LOOKS - 1))] for at in range(_LOOKS)]
    shown = [drawn for frame in frames for drawn in stage.drawn(frame)]
    wanted = nouns_of(shot.action, table)
    missed = tuple(name for name, code in wanted.items() if not _is_seen(name, code, shown, caption.pixels))
    said = {form for word in re.findall(r"[^\W\d_]+", shot.action.casefold()) for form in singulars(word)}
    unread = tuple(sorted(word for word in said if word in table and word not in wanted and word not in NEVER))
    return ShotResult(prompt, shot.id, shot.action, shot.setting, tuple(wanted), missed, unread)


def chosen(paths: Sequence[Path], count: int) -> list[tuple[str, str]]:
    """Prompts of several files with their ids, spread evenly over each; three quarters from the first file."""
    files = [
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()] for path in paths
    ]
    shares = [count] if len(files) == 1 else [count * 3 // 4, *[count - count * 3 // 4] * (len(files) - 1)]
    return [
        (str(rows[at * len(rows) // share]["id"]), str(rows[at * len(rows) // share]["prompt"]))
        for rows, share in zip(files, shares, strict=True)
        for at in range(min(share, len(rows)))
    ]


def main() -> None:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--prompts", type=int, default=40)
    parser.add_argument("--sheets", type=Path)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    table, start = names(), time.monotonic()
    results: list[ShotResult] = []
    tasks = chosen(options.files, options.prompts)
    for number, (name, prompt) in enumerate(tasks, 1):
        with tempfile.TemporaryDirectory() as folder:
            film = write(prompt, Path(folder) / "film.mavin", llm="rules")
            for caption in film.captions[:1]:
                variants = framing_variants(caption)
                results += [
                    check_shot(name, caption, shot, variant, table)
                    for shot, variant in zip(caption.shots, variants, strict=True)
                ]
                if options.sheets:
                    from generator.stage.sheet import storyboard

                    options.sheets.mkdir(parents=True, exist_ok=True)
                    storyboard(caption, options.sheets / f"{number:02}-{name}.png")
        print(f"\r{number} of {len(tasks)} prompts", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    told = [result for result in results if result.nouns]
    nouns = sum(len(result.nouns) for result in told)
    missed = [f"{result.prompt} {result.shot}: {', '.join(result.missed)}" for result in told if result.missed]
    summary = Summary(
        datetime.now(UTC).strftime("%Y-%m-%d"), version("mavin"), len(tasks), len(results), len(told), nouns,
        nouns - sum(len(result.missed) for result in told),
        round(1 - len(missed) / max(1, len(told)), 4), round(time.monotonic() - start, 1), tuple(missed),
    )  # fmt: skip
    for result in told:
        if result.missed:
            print(f"{result.prompt} {result.shot}: missed {', '.join(result.missed)} | {result.action}")
    unread = sorted({word for result in results for word in result.unread})
    print(f"Names left out on purpose or as verbs: {', '.join(unread) or 'none'}")
    print(
        f"{summary.shots_complete:.1%} of {summary.shots_with_nouns} shots show every noun; "
        f"{summary.nouns_seen} of {nouns} nouns are seen "
        f"({len(results)} shots, {len(tasks)} prompts, {summary.seconds} s)"
    )
    if options.record:
        path = HERE / "stage_nouns.json"
        record = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        path.write_text(json.dumps([*record, asdict(summary)], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
