"""What a small model is not asked in a script, and why: does it weigh shots, does it tell a clash from none?

    python benchmarks/small_model.py --llm embedded --pairs 14

Two questions that larger models are asked (``scripting/structure/scene.py``, ``scripting/agents/suspicions.py``):

- pace: six stories of three shots in which one shot plainly lasts longest; does it say "long" of that one,
  and do its answers follow the story or the shots' places?
- pairs: planted clashes of ``prompts.jsonl`` with both phrases quoted, and as many pairs of innocent parts,
  drawn by ``--seed``; how many of each does it call a contradiction?

Dated results and what follows from them stand in ``small_model.md``.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.labels import read_labels
from mavin.errors import MavinError

if TYPE_CHECKING:
    from scripting.llm import LlmSession

STORIES = (
    ("A man waits a long time for a bus", "The man checks his watch", "The bus door opens"),
    ("A match is struck", "A candle slowly burns down to its end", "A breath blows the candle out"),
    ("The sun slowly rises over the valley", "A bird blinks", "A dog barks once"),
    ("A glass falls", "A woman sits down", "The woman carefully sweeps the whole floor"),
    ("A turtle blinks", "The turtle crawls up the whole beach", "The turtle stops"),
    ("A door slams", "A lamp goes out", "Footsteps slowly fade down a long corridor"),
)
"""Three shots each; the one with "slowly", "long", "whole" in it lasts longest, twice at each place."""
LONGEST = (0, 1, 0, 2, 1, 2)


def ask_pace(session: LlmSession) -> Iterator[tuple[str, ...]]:
    """The answers for each story, in the order of its shots."""
    from prompts import BeatShot, PaceContext
    from scripting.agents.asking import question
    from scripting.pacing import pace_field

    for shots in STORIES:
        ids = tuple(f"S{number}" for number in range(1, len(shots) + 1))
        listed = tuple(BeatShot(*pair) for pair in zip(ids, shots, strict=True))
        asked = PaceContext(". ".join(shots) + ".", listed, ids)
        answer = session.ask(question("structure_parser", "pace", asked, {"pace": pace_field(ids)}, max_tokens=60))
        yield tuple(answer.data["pace"][name] for name in ids) if answer is not None else ()


def ask_pairs(session: LlmSession, prompts: Path, count: int, seed: int) -> Iterator[tuple[bool, bool]]:
    """Whether each pair was planted, and whether the model calls it a contradiction."""
    from scripting.agents.suspicions import clashes, story_parts

    draw = random.Random(seed)
    tasks = read_labels(prompts)
    planted = [task for task in tasks if task.group == "model" and len(task.conflicts[0].spans) > 1]
    innocent = [task for task in tasks if task.group in ("clean", "tricky") and len(story_parts(task.prompt)) > 1]
    for task in draw.sample(planted, min(count, len(planted))):
        yield True, clashes(session, task.prompt, task.conflicts[0].spans[0], task.conflicts[0].spans[1])
    for task in draw.sample(innocent, min(count, len(innocent))):
        first, second = draw.sample(story_parts(task.prompt), 2)
        yield False, clashes(session, task.prompt, first.text, second.text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks and prints; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", default="embedded", help="language model, as for mavin write")
    parser.add_argument("--model", help="name of the model there")
    parser.add_argument("--pairs", type=int, default=14, metavar="N", help="planted and innocent pairs each (14)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    from scripting.llm import LlmSession, connect

    try:
        with LlmSession(connect(options.llm, options.model), seed=options.seed) as session:
            right = 0
            places: list[Counter[str]] = [Counter(), Counter(), Counter()]
            for shots, longest, words in zip(STORIES, LONGEST, ask_pace(session), strict=True):
                print(f"{' · '.join(shots)}: {', '.join(words) or 'no answer'}", flush=True)
                right += bool(words) and words[longest] == "long" and words.count("long") == 1
                for place, word in zip(places, words, strict=False):
                    place[word] += 1
            print(f"pace: the longest shot alone is long in {right} of {len(STORIES)} stories")
            for number, place in enumerate(places, 1):
                print(f"  shot {number}: {', '.join(f'{word} {times}' for word, times in sorted(place.items()))}")
            said = Counter(
                ask_pairs(session, Path(__file__).parent / "prompts" / "prompts.jsonl", options.pairs, options.seed)
            )
            for kind, name in ((True, "planted"), (False, "innocent")):
                affirmed, total = said[kind, True], said[kind, True] + said[kind, False]
                print(f"pairs: {affirmed} of {total} {name} ones are called a contradiction")
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
