"""``python -m mavin.caption``: prints the JSON Schema of captions, or keeps a published copy of it current.

python -m mavin.caption                                    print it
python -m mavin.caption --write docs/caption.schema.json   write it
python -m mavin.caption --check docs/caption.schema.json   exit 1 where the file differs
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from mavin.caption.schema import json_schema


def schema_text() -> str:
    """The schema as it is published: two blanks of indentation, characters as they are, a final newline."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m mavin.caption", description="The JSON Schema of captions.")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--write", type=Path, metavar="FILE", help="write the schema to this file")
    action.add_argument("--check", type=Path, metavar="FILE", help="fail if this file is not the current schema")
    options = parser.parse_args(arguments)
    if options.write is not None:
        options.write.write_text(schema_text(), encoding="utf-8")
    elif options.check is not None:
        published = options.check.read_text(encoding="utf-8") if options.check.is_file() else None
        if published != schema_text():
            found = "differs" if published is not None else "is missing"
            sys.stderr.write(f"{options.check} must hold the current schema, but {found}; run: make schema\n")
            return 1
    else:
        sys.stdout.write(schema_text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
