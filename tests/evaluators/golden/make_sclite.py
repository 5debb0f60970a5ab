"""Makes ``sclite.json``: 50 random pairs of sentences and the errors that NIST's sclite counts in them.

    apt-get install sctk
    python tests/evaluators/golden/make_sclite.py /usr/lib/sctk/bin/sclite

The tests read the file alone.  Substitutions, deletions and insertions of a pair depend on which of the
shortest ways an aligner takes; their sum does not, and is what the tests compare.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

VOCABULARY = "we must reach the old harbour before last ferry leaves tonight and nobody knows where she went".split()
PAIRS = 50


def pairs() -> list[tuple[str, str]]:
    """Sentences and what somebody hard of hearing made of them."""
    dice = random.Random(20260629)
    found = []
    for _ in range(PAIRS):
        said = [dice.choice(VOCABULARY) for _ in range(dice.randint(1, 14))]
        heard = []
        for word in said:
            fate = dice.random()
            if fate < 0.12:
                continue
            heard.append(dice.choice(VOCABULARY) if fate < 0.27 else word)
            if fate > 0.88:
                heard.append(dice.choice(VOCABULARY))
        found.append((" ".join(said), " ".join(heard)))
    return found


def main(sclite: str) -> None:
    """Runs sclite and writes what it counts."""
    texts = pairs()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("script.trn", "heard.trn")]
        for side, file in enumerate(files):
            file.write_text("".join(f"{pair[side]} (p{at:02d}-0)\n" for at, pair in enumerate(texts)), encoding="utf-8")
        command = [sclite, "-r", str(files[0]), "trn", "-h", str(files[1]), "trn", "-i", "wsj", "-o", "rsum", "stdout"]
        table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = re.findall(r"\|\s*p(\d\d)\s*\|\s*\d+\s+(\d+)\s*\|\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", table)
    assert len(rows) == PAIRS, table
    kept = [
        {"script": script, "heard": heard, "words": int(words), "errors": int(errors)}
        for (script, heard), (_, words, _, _, _, _, errors) in zip(texts, rows, strict=True)
    ]
    data = {
        "made_by": "sclite 2.10 (SCTK 2.4.10, Debian sctk)",
        "words": sum(int(row[1]) for row in rows),
        "errors": sum(int(row[-1]) for row in rows),
        "pairs": kept,
    }
    target = Path(__file__).with_name("sclite.json")
    target.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {data['errors']} errors in {data['words']} words")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
