# MAVIN: everything that a person or a build server does here.  `make help` lists it.
#
# Needs Python 3.11 or newer, make and git; everything else comes from the package index into .venv.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# The first interpreter that is new enough; `make setup PYTHON=/path/to/python` overrides it.
PYTHON ?= $(firstword $(foreach name,python3.11 python3 python3.12 python3.13 python3.14,$(shell \
	command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $(name))))

BIN := .venv/bin
INSTALLED := .venv/.installed
# Set MODEL= (empty) to leave the 1.1 GB model away: everything works with `--llm rules`, and
# the tests that need a model are left out.
MODEL ?= default
# What `make demo` films; through the environment, so that its quotation marks are nobody's business.
export DEMO_PROMPT ?= A baker opens the oven in a small kitchen and a cake rises. "Is it ready?" asks a girl. \
	The baker smiles and says "Almost." A cat steals the cake and runs away.

.PHONY: help setup demo test check format schema formats test-vllm test-browser clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml constraints.txt
	@if [ -z "$(PYTHON)" ]; then echo "make setup needs Python 3.11 or newer, and found none." \
		"Install it, or name one: make setup PYTHON=/path/to/python3.11" >&2; exit 1; fi
	@if [ ! -x $(BIN)/python ]; then echo "→ making .venv with $$($(PYTHON) --version)"; \
		$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }; fi
	@echo "→ installing the packages (a few minutes the first time)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[embedded,formats,references,speech,studio,evaluators,train,dev]'
	@touch $@

setup: $(INSTALLED)  ## make .venv with all that the demo and the tests need, and pull the default model
	@if [ -n "$(MODEL)" ]; then $(BIN)/mavin model pull || echo "The model could not be pulled, and setup goes on" \
		"without it: '--llm rules' needs none. Try again later with: $(BIN)/mavin model pull" >&2; fi

demo: setup  ## write a script from a sentence, render it as a film with sound, and say what to open
	@mkdir -p demo
	@llm=$$($(BIN)/python -c 'from mavin.store import DEFAULT_LLM, path_of; print("embedded" if path_of(DEFAULT_LLM) else "rules")'); \
		$(BIN)/mavin make "$$DEMO_PROMPT" -o demo/film.mp4 --force --llm "$${MAVIN_LLM:-$$llm}"
	@$(BIN)/mavin preview demo/film.mavin -o demo/preview.mp4 --sheet demo/film.png --beside demo/film.mp4
	@printf '\n%s\n' 'Open these:'
	@printf '  %-18s %s\n' demo/film.mp4 'the film, with sound' demo/preview.mp4 'the same script drawn as a previz' \
		demo/film.png 'its storyboard: the previz, and the film beside it' \
		demo/film.mavin 'its script: $(BIN)/mavin show demo/film.mavin'

# A worker that meets a test of the model loads it, 2 GB each: no more than three at once.
test: setup  ## run the tests; those of a model run when it has been pulled
	@if [ -n "$(MODEL)" ]; then for model in faster-whisper-base dlib-face; do $(BIN)/mavin model pull $$model \
		|| echo "$$model could not be pulled: its test is left out." >&2; done; fi
	@$(BIN)/pytest -n auto --maxprocesses 3 --dist worksteal

check: $(INSTALLED)  ## lint, formatting, types, layers, and whether the published schema is current
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m mavin.caption --check docs/caption.schema.json
	$(BIN)/python -m mavin.formats --check docs/formats.md

format: $(INSTALLED)  ## format the code and mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: $(INSTALLED)  ## write docs/caption.schema.json anew from the code
	$(BIN)/python -m mavin.caption --write docs/caption.schema.json

formats: $(INSTALLED)  ## write docs/formats.md anew from the registry of formats
	$(BIN)/python -m mavin.formats --write docs/formats.md

test-vllm: $(INSTALLED)  ## run the agents against a real vLLM server, in an environment of its own
	@$(BIN)/python -m tests.vllm.run

test-browser: $(INSTALLED)  ## try the studio's page in Chrome or Chromium, which must be on the PATH
	@MAVIN_TEST_BROWSER=1 $(BIN)/pytest tests/browser

clean:  ## remove the environment, caches and the demo; films and pulled models stay
	rm -rf .venv build dist demo *.egg-info .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
