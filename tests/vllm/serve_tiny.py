"""Serves a model folder on a CPU with the very command of ``mavin serve``: ``serve_tiny.py PYTHON FOLDER PORT``."""

from __future__ import annotations

import sys

from scripting.llm.serve import run_server, serve_command

if __name__ == "__main__":
    python, folder, port = sys.argv[1:4]
    sys.exit(run_server(serve_command(folder, port=int(port), cpu=True, max_model_len=16384, python=python)))
