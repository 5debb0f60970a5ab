"""Whether vLLM knows every flag of ``mavin serve``, also those that no CPU can try.

Run with the Python of vLLM's environment: command lines come in as JSON, one list of arguments each; the exit code
is 0 where vLLM's own parser takes them all, and its complaint is on standard error where not.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

COMMANDS: tuple[dict[str, Any], ...] = (
    {},
    {"cpu": True, "memory": 2},
    {"tensor_parallel": 8, "pipeline_parallel": 2, "ray": True, "memory": 0.8},
    {"quantization": "fp8_per_tensor", "extra": ["--dtype", "half", "--kv-cache-dtype", "fp8"]},
)
"""What ``serve_command`` is asked for: one of each sort that docs/serving.md shows."""


def main() -> None:
    """Parses each command line of standard input."""
    # Only vLLM's environment has these, hence no types here.
    utils: Any = importlib.import_module("vllm.utils.argparse_utils")
    cli: Any = importlib.import_module("vllm.entrypoints.launchers.cli_args")
    for arguments in json.load(sys.stdin):
        cli.make_arg_parser(utils.FlexibleArgumentParser()).parse_args(arguments)


if __name__ == "__main__":
    main()
