"""Twenty scripts to be read as a director would: a fixed sample, written one after the other, printed in full.

    python benchmarks/directors_reading.py storyeval.jsonl vimax.jsonl --llm embedded --out reading.txt

Thirteen prompts of the first file, one from each thirteenth of it, and seven of the second, chosen by
a fixed seed.  The verdicts are a person's and stand in ``directors_reading.md``; the prompts are by
StoryEval (Apache-2.0) and ViMax (MIT) and not part of this project.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from pathlib import Path
from typing import Any, TextIO

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from mavin.errors import InvalidInputError
from mavin.ledger import Fate, ScriptReport
from mavin.request import WriteRequest

SEED = 11


def sample(events: Path, overviews: Path, seed: int = SEED) -> list[dict[str, Any]]:
    """The twenty prompts: 13 spread over the first file, 7 of the second, in the files' order."""
    draw = random.Random(seed)
    first, second = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for path in (events, overviews)
    )
    bounds = [round(len(first) * part / 13) for part in range(14)]
    spread = [first[draw.randrange(left, right)] for left, right in itertools.pairwise(bounds)]
    return spread + sorted(draw.sample(second, 7), key=second.index)


def tell(item: dict[str, Any], report: ScriptReport, seconds: float, out: TextIO) -> None:
    """One script as a person reads it, with what was thrown away."""
    print(f"\n=== {item['id']} ({seconds:.0f} s, {report.llm.calls} calls)\n{item['prompt']}", file=out)
    for conflict in report.conflicts:
        places = " / ".join(span.text for span in conflict.spans)
        print(f"conflict {conflict.kind} {conflict.outcome}: {places}", file=out)
    caption = report.caption
    if caption is None:
        return
    print(f"style: {caption.global_caption.style}\nambience: {caption.global_caption.ambience}", file=out)
    for role in caption.roles:
        print(f"{role.id} {role.name}: {role.appearance} | voice: {role.voice}", file=out)
    for shot in caption.shots:
        print(f"{shot.id} {shot.start_ms / 1000:g}–{shot.end_ms / 1000:g} s [{', '.join(shot.roles)}]", file=out)
        print(f"   {shot.camera.size}, {shot.camera.angle}, {shot.camera.movement} | {shot.setting}", file=out)
        print(f"   {shot.action}\n   ♪ {'; '.join(sound.text for sound in shot.sounds)}", file=out)
    for line in caption.dialogue:
        print(f"{line.id} {line.role} {line.text}", file=out)
    for entry in report.ledger:
        if entry.outcome is Fate.DROPPED:
            print(f"   - dropped {entry.kind}: {entry.text!r}: {entry.why}", file=out)


def main() -> int:
    """Writes the scripts; a prompt that is no story is told and does not stop the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=Path)
    parser.add_argument("overviews", type=Path)
    parser.add_argument("--llm", default="embedded")
    parser.add_argument("--sample-seed", type=int, default=SEED, help="another seed reads twenty other prompts")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    from scripting import write_script
    from scripting.llm.connect import connect
    from scripting.llm.session import LlmSession

    with options.out.open("w", encoding="utf-8") if options.out else sys.stdout as out:
        for item in sample(options.events, options.overviews, options.sample_seed):
            begun = time.monotonic()
            with LlmSession(connect(options.llm)) as session:
                try:
                    report = write_script(WriteRequest(prompt=item["prompt"]), session)
                except InvalidInputError as error:
                    print(f"\n=== {item['id']}\n{item['prompt']}\n! {error}", file=out)
                    continue
            tell(item, report, time.monotonic() - begun, out)
            out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
