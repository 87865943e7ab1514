# Every target sets up what it needs; `make run` and `make test` work on a fresh machine.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
PEERS := .venv-peers
DATA ?= data
EVAL ?=
PAGES ?= 300
FAULT_LOG ?= $(abspath $(DATA))/faults.jsonl

# Nothing outside this folder decides where Prefect keeps its state or which server it asks.
export PREFECT_HOME := $(abspath $(DATA))/prefect
export PREFECT_PROFILES_PATH := $(PREFECT_HOME)/profiles.toml
export DO_NOT_TRACK := 1
unexport PREFECT_API_URL
unexport PREFECT_API_KEY

.DEFAULT_GOAL := help
.PHONY: help setup run test lint check faults golden eval bench serve docs lock clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) not found: install Python 3.11"; exit 69; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "expected Python 3.11, found $$($(PYTHON) --version). Name one: make PYTHON=python3.11"; exit 69; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python has no venv module: apt-get install python3-venv (Debian, Ubuntu)"; exit 69; }
	@echo "Setting up $(VENV) from requirements.lock (once, about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --upgrade pip
	@$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(READY)  ## the virtual environment

run: $(READY)  ## the whole way once, on the sample archive
	@$(VENV)/bin/onrecord --data $(DATA) ingest sample --serve-sample --show-answers

test: $(READY)  ## every test but the long fault runs
	@mkdir -p $(PREFECT_HOME)
	$(VENV)/bin/python -m pytest -m "not faults" --numprocesses 2 --dist loadfile

lint: $(READY)  ## ruff, mypy, sqlfluff, import walls
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/sqlfluff lint warehouse --disable-progress-bar
	$(VENV)/bin/python -m pytest -q tests/test_architecture.py

check: lint test  ## what must pass before a commit

# The rate of fetching is measured alone. FAULT_LOG of several seeds adds up.
faults: $(READY)  ## long fault runs, and their figures
	@mkdir -p $(PREFECT_HOME)
	FAULT_LOG=$(FAULT_LOG) $(VENV)/bin/python -m pytest -m faults tests/faults/test_speed.py
	FAULT_LOG=$(FAULT_LOG) $(VENV)/bin/python -m pytest -m faults --numprocesses 2 \
	  --dist loadfile --ignore=tests/faults/test_speed.py
	@$(VENV)/bin/python -m tests.faults.figures $(FAULT_LOG)

golden: $(READY)  ## write the expected records of the golden pages anew; read the diff
	$(VENV)/bin/python -m pytest -q tests/test_golden.py --update-golden

eval: $(READY)  ## accuracy; EVAL=folder of labelled documents
	@$(VENV)/bin/python -m tests.bench.accuracy $(EVAL)

bench: $(READY) $(PEERS)/.ready  ## speed, as ratios against named peers; EVAL adds its texts, PAGES=N
	@$(VENV)/bin/python -m tests.bench.speed --pages $(PAGES) $(if $(EVAL),--labels $(EVAL))

# An environment of its own. Where it cannot be made, the peer's row says so.
$(PEERS)/.ready: tests/bench/peers.lock
	@echo "Setting up $(PEERS) (once, some minutes) ..."
	@{ rm -rf $(PEERS) && $(PYTHON) -m venv $(PEERS) && \
	  $(PEERS)/bin/python -m pip install --quiet --upgrade pip && \
	  $(PEERS)/bin/python -m pip install --quiet --require-hashes -r $< && touch $@; } || \
	  { rm -rf $(PEERS); echo "$(PEERS) could not be made; going on without it"; }

serve: $(READY)  ## Prefect server, worker, schedules and the sample archive, on loopback
	@$(VENV)/bin/onrecord --data $(DATA) serve

docs: $(READY)  ## docs/tables.md from the contracts
	$(VENV)/bin/python -m schemas.document

lock: $(READY)  ## both locks anew, with hashes and without addresses
	$(VENV)/bin/python -m pip install --quiet pip-tools
	$(VENV)/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --strip-extras --allow-unsafe --extra dev -o requirements.lock pyproject.toml
	$(VENV)/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --strip-extras --allow-unsafe -o tests/bench/peers.lock tests/bench/peers.in

clean:  ## remove what was made, data included
	rm -rf $(VENV) $(PEERS) $(DATA) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
