# One page of commands. `make help` lists them; README.md says which two a newcomer needs.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
# Test processes: two are as many as browser journeys and a small machine get on with.
JOBS ?= 2
# Anything for pytest: make test ARGS='tests/policy -k deadline'
ARGS ?=
export PORT

VENV := .venv/bin
PACKAGES := portal applications reviews assessments
SCRIPTS := bin checks
export PATH := $(CURDIR)/$(VENV):$(PATH)

.PHONY: help env system up test check requirements journeys bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: ## create .venv from the pinned, hashed requirements (and nothing else)
	@bin/env

system: ## look for the system packages; as root on Debian, install what is missing
	@python3 bin/system_packages.py

up: ## everything, running: environment, database, demo, web, workers, beat (PORT=8000)
	@python3 bin/system_packages.py --only run
	@bin/env
	@exec $(VENV)/python bin/up.py

test: ## the whole suite, browser journeys included (ARGS='...' for pytest)
	@python3 bin/system_packages.py --strict
	@bin/env
	@$(VENV)/python -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

journeys: ## the browser journeys alone; screenshots and PDFs land in var/journeys/
	@python3 bin/system_packages.py --strict
	@bin/env
	@LOOKS=pictures $(VENV)/python -m pytest -m journey $(ARGS)
	@echo "Screenshots and documents: var/journeys/"

bench: ## measure the slow paths against a bare view (DATABASE_URL names another database)
	@bin/env
	@$(VENV)/python -m benchmarks $(ARGS)

check: ## every machine-checkable rule of README, all of them, before saying no
	@bin/env
	@$(VENV)/python bin/check.py

requirements: ## compile requirements/*.in into *.txt with hashes
	@bin/env
	@cd requirements && for name in base dev; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			$$name.in --output-file $$name.txt; done

clean: ## remove caches and, after asking, var/ (development database and uploads); keeps .venv
	@bin/clean
