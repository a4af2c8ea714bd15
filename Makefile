# Shirube. `make run` and `make test` need Python 3.11 or newer and nothing else.

PYTHON ?= python3
PORT ?= 8000
SHIRUBE_DATA ?= .data
ARGS ?=
export PORT SHIRUBE_DATA

IN_VENV := .venv/bin/python

.PHONY: help setup run test lint check bench manage demo diagrams

help:
	@echo "make run      the site with sample data on http://localhost:$(PORT)"
	@echo "make test     all tests (ARGS='tests/board -x' for some of them)"
	@echo "make lint     the quick checks"
	@echo "make check    all that CI runs"
	@echo "make manage   any management command: make manage ARGS='shell'"
	@echo "make demo     build the sample data anew (ARGS='--size large': a whole university)"
	@echo "make bench    the measurements"
	@echo "make diagrams draw the order of decisions anew into docs/law"
	@echo "make setup    install into .venv (the others do this by themselves)"

setup:
	@$(PYTHON) tools/setup.py

run: setup
	@exec $(IN_VENV) tools/run.py

test: setup
	@exec $(IN_VENV) tools/test.py $(ARGS)

lint: setup
	@exec $(IN_VENV) tools/check.py lint

check: setup
	@exec $(IN_VENV) tools/check.py

bench: setup
	@exec $(IN_VENV) tools/bench.py $(ARGS)

manage: setup
	@exec $(IN_VENV) tools/manage.py $(ARGS)

demo: setup
	@$(IN_VENV) tools/manage.py migrate --verbosity 0
	@exec $(IN_VENV) tools/manage.py demo --rebuild $(ARGS)

diagrams: setup
	@$(IN_VENV) tools/law_diagrams.py
