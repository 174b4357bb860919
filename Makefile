# The two commands are `make run` and `make test`; each does its own set-up.
# `make help` lists the lines that begin with two number signs, each with the target below it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Ends what it runs, and all that came of it, when make is stopped or killed.
GUARD := exec $(PYTHON) -I deploy/guard.py

INSTALL := $(GUARD) $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--require-hashes --requirement
# For every Python from 3.11 on and every machine, with no word of where it was made or looked up.
LOCK := $(BIN)/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock-dependencies"

# What Debian must provide for `make test`, as package:command.
TEST_PACKAGES := chromium-headless-shell:chromium-headless-shell fonts-noto-color-emoji: npm:npm
NODE := tests/.node
# One more than there are processors: one of them mostly waits, see tests/support/distribution.py.
PROCESSES := $(shell echo $$(($$(nproc) + 1)))
# What else is named after `make test-fast` is no target of ours.
ifeq ($(firstword $(MAKECMDGOALS)),test-fast)
CHOSEN := $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS))
.PHONY: $(CHOSEN)
$(CHOSEN):
	@:
endif

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
TRANSLATIONS := $(CATALOGUES:.po=.mo)

.PHONY: help run demo test test-pages test-fast faults browser chaos spending attacks tour bench bench-pages bench-knowledge lint translations \
	lock-dependencies upgrade-dependencies test-system-packages

## Set everything up, then run the product
run: $(VENV)/installed $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m deploy.start

## The same with fifty invented conversations, on data of their own that begin anew each time
demo: $(VENV)/installed $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m deploy.demo

## Set everything up, then run the whole suite
test: $(VENV)/installed-dev $(TRANSLATIONS) test-system-packages $(NODE)/installed
	@$(GUARD) $(BIN)/python -m pytest -n $(PROCESSES)

## The pages on Postgres, which differ little from those on SQLite
test-pages: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m pytest -n $(PROCESSES) tests/web -m page

# make test-fast tests/journey: a folder or a file, without Debian's packages and without Postgres.
## Some tests in seconds, on SQLite only
test-fast: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m pytest --sqlite -n 0 $(CHOSEN)

# Restarts under load, a database that goes away, two side by side.
## The tests of the whole product that take their time
faults: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m pytest tests/faults tests/processes tests/path -m "long or not long"

## Every page and action in a real browser, on Postgres too
browser: $(VENV)/installed-dev $(TRANSLATIONS) test-system-packages $(NODE)/installed
	@$(GUARD) $(BIN)/python -m pytest -n $(PROCESSES) tests/browser -m "long or not long"

# make chaos ARGUMENTS="--postgres --messages 500": see tests/faults/chaos.py
## Thousands of messages among kills and faults, and a count of what became of them
chaos: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m tests.faults.chaos $(ARGUMENTS)

# make spending ARGUMENTS="--postgres --people 100": see tests/faults/spending.py
## A hundred conversations at once, kills and a cap that is met, and then the bill
spending: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m tests.faults.spending $(ARGUMENTS)

## What attacks on the bill cost, with limits and without: the table of docs/money.md
attacks: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m pytest -n 0 --sqlite -q -rP -m "long or not long" tests/money/test_attacks.py

# make tour ARGUMENTS=--json
## The files that one plain message enters on its way through the product
tour: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m tests.tour $(ARGUMENTS)

# make bench ARGUMENTS=--postgres: see tests/benchmarks/engine.py
## What a message costs, beside a bare Flask on the same machine
bench: $(VENV)/installed-dev $(TRANSLATIONS) test-system-packages $(NODE)/installed
	@$(GUARD) $(BIN)/python -m tests.benchmarks.engine $(ARGUMENTS)

# make bench-pages ARGUMENTS="--postgres --messages 10000 100000": see tests/benchmarks/pages.py
## How long each page takes, with a short history and with a million messages
bench-pages: $(VENV)/installed-dev $(TRANSLATIONS)
	@$(GUARD) $(BIN)/python -m tests.benchmarks.pages $(ARGUMENTS)

# make bench-knowledge ARGUMENTS="--passages 1000 --databases sqlite": see tests/benchmarks/knowledge.py
## How fast and how well the search of the knowledge base finds
bench-knowledge: $(VENV)/installed-dev $(TRANSLATIONS)
	@OPENBLAS_NUM_THREADS=1 $(GUARD) $(BIN)/python -m tests.benchmarks.knowledge $(ARGUMENTS)

## ruff and mypy
lint: $(VENV)/installed-dev
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary

## After a sentence was changed; then fill in what is empty in translations/
translations: $(VENV)/installed-dev
	@$(BIN)/pybabel --quiet extract --mapping babel.cfg --keywords _l --no-location \
		--no-wrap --sort-output --omit-header --output translations/messages.pot .
	@$(BIN)/pybabel --quiet update --input-file translations/messages.pot \
		--output-dir translations --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date
	@$(MAKE) --no-print-directory $(TRANSLATIONS)

## After a line of requirements*.in was changed: lock it, and leave the rest
lock-dependencies: $(VENV)/installed-dev
	@$(LOCK) $(UPGRADE) --output-file requirements.txt requirements.in
	@$(LOCK) $(UPGRADE) --constraint requirements.txt --output-file requirements-dev.txt \
		requirements-dev.in

## The newest of everything that requirements*.in does not pin, locked anew
upgrade-dependencies: UPGRADE := --upgrade
upgrade-dependencies: lock-dependencies

%.mo: %.po | $(VENV)/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: name it with make PYTHON=python3.12." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Debian keeps venv in a package of its own: apt-get install python3-venv, then make again." >&2; exit 1; }
	@$(GUARD) $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: requirements.txt | $(VENV)/made
	@echo "Installing what $< names ..."
	@$(INSTALL) $<
	@touch $@

# Whatever requirements.txt names is in it, too.
$(VENV)/installed-dev: requirements-dev.txt | $(VENV)/made
	@echo "Installing what $< names ..."
	@$(INSTALL) $<
	@touch $@ $(VENV)/installed

# What the pages load from the CDN, for a browser that may not leave this machine.
$(NODE)/installed: tests/browser/package.json | test-system-packages
	@mkdir -p $(NODE)
	@cp $< $(NODE)
	@$(GUARD) npm install --prefix $(NODE) --silent --no-audit --no-fund --no-package-lock --ignore-scripts
	@touch $@

test-system-packages:
	@deploy/system-packages $(TEST_PACKAGES)

## This list
help:
	@awk '/^## / { words = substr($$0, 4) } /^[a-z-]+:/ && words { sub(/:.*/, ""); \
		printf "make %-22s%s\n", $$0, words; words = "" }' $(firstword $(MAKEFILE_LIST))
