# Foyer, the box office of a venue. `make` alone lists what there is to do.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
SAY := printf '\n== %s\n'
# Tests and checks leave no bytecode beside the sources; they keep it for the next process, and for the next run.
CLEANLY := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX="$(CURDIR)/.cache/bytecode"
# A run of tests leaves nothing behind beside its caches. It works in memory where there is room: on a disk each COMMIT
# of an embedded database and each file that is to be safe is waited for.
MEMORY := /dev/shm
ROOM_FOR_TESTS := 4000000
PYTEST = place="$${TMPDIR:-/tmp}"; \
  if [[ -w $(MEMORY) ]] && (( $$(df -k --output=avail $(MEMORY) | tail -n 1) > $(ROOM_FOR_TESTS) )); then place=$(MEMORY); fi; \
  scratch=$$(mktemp -d "$$place/foyer.XXXXXX") && trap 'rm -rf "$$scratch"' EXIT && \
  $(CLEANLY) TMPDIR="$$scratch" HYPOTHESIS_STORAGE_DIRECTORY=.cache/hypothesis $(BIN)/python -m pytest -n 3

.PHONY: help install demo quick test soak test-accounts test-mysql check check-form check-meaning translations bench clean

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 19

install: ## install what is missing, and nothing more
	@.ci/packages qt window python fonts
	@.ci/environment

demo: ## open Foyer on a demo box office; without a display, take pictures of it instead
	@if [[ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]]; then
	  .ci/packages qt window python fonts
	  .ci/environment
	  exec $(BIN)/foyer demo
	fi
	.ci/packages qt python fonts
	.ci/environment
	pictures="$${XDG_STATE_HOME:+$$XDG_STATE_HOME/foyer/tour}"
	pictures="$${pictures:-$$(mktemp -d "$${TMPDIR:-/tmp}/foyer-tour.XXXXXX")}"
	echo "There is no display here, so Foyer takes a tour by itself; its pictures and ticket PDFs go to $$pictures"
	mkdir -p "$$pictures"
	$(BIN)/foyer tour --out "$$pictures"
	echo "The pictures and the ticket PDFs are in $$pictures"

test: ## check everything: format, lint, types, import rules, and the tests on every database (ARGS="-k words")
	@.ci/packages qt python server fonts
	.ci/environment
	$(MAKE) check-form
	# What mypy finds is told as soon as it is there, while the tests run.
	checked=$$(mktemp "$${TMPDIR:-/tmp}/foyer.XXXXXX")
	{ failed=0; $(MAKE) check-meaning > "$$checked" 2>&1 || failed=1; cat "$$checked"; rm -f "$$checked"; exit $$failed; } &
	checking=$$! failed=0
	$(SAY) "pytest"
	( $(PYTEST) --dist=loadfile --no-loadscope-reorder $(ARGS) ) || failed=$$?
	wait "$$checking" || { echo "Types or import rules are broken; what is wrong stands above, where the tests begin."; failed=1; }
	exit $$failed

quick: ## in two minutes: format, lint, types, import rules, and the tests of domain and services on SQLite
	@.ci/packages qt python
	.ci/environment
	$(MAKE) check
	$(SAY) "pytest, domain and services on SQLite"
	$(PYTEST) --dist=worksteal -m "not server and not soak" $(ARGS) tests/domain tests/services

soak: ## walk faults, kills and whatever may happen through every write, on every database (ARGS="-k words")
	@.ci/packages qt python server fonts
	.ci/environment
	$(SAY) "pytest, all walks"
	$(PYTEST) --dist=worksteal -m "walk or soak" $(ARGS)

test-accounts: ## run the tests of services on a server with each service as the account of its machine (ARGS="-k words")
	@.ci/packages qt python server fonts
	.ci/environment
	$(SAY) "pytest, each kind of machine with its own account"
	export FOYER_TEST_ACCOUNTS=1
	$(PYTEST) --dist=loadfile -m server $(ARGS) tests/services

test-mysql: ## fetch a real MySQL server, and run the tests on it in the place of MariaDB (ARGS="-k words")
	@.ci/packages qt python fonts
	.ci/environment
	export FOYER_TEST_SERVER=mysql FOYER_TEST_MYSQLD
	FOYER_TEST_MYSQLD=$$(.ci/mysql)
	$(SAY) "pytest, on MySQL"
	$(PYTEST) --dist=loadfile --no-loadscope-reorder $(ARGS)

check: ## only format, lint, types and import rules
	@.ci/packages qt python
	.ci/environment
	$(MAKE) check-form
	$(MAKE) check-meaning

check-form:
	@$(SAY) "ruff format --check" && $(BIN)/ruff format --check --quiet .
	$(SAY) "ruff check" && $(BIN)/ruff check --quiet .

check-meaning:
	@$(SAY) "mypy" && $(CLEANLY) $(BIN)/mypy
	$(SAY) "lint-imports" && $(CLEANLY) $(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter

translations: ## write the list of all that Foyer says, for translators
	@.ci/packages python
	.ci/environment
	$(BIN)/python .ci/translations

bench: ## measure what Foyer promises, on a private server; the numbers go to .cache/bench.json (ARGS="--out FILE")
	@.ci/packages qt window python server fonts
	[[ -n "$${DISPLAY:-}" ]] || .ci/packages screen
	.ci/environment
	$(CLEANLY) $(BIN)/python -m tests.benchmarks $(ARGS)

clean: ## remove caches and what was built; the environment in .venv stays
	@rm -rf .cache build dist .ruff_cache .mypy_cache .pytest_cache .hypothesis .import_linter_cache
	@find pos_app tests -name __pycache__ -prune -exec rm -rf {} +

.ONESHELL:
