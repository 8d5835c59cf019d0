# Rasd. `make help` lists what can be done.

PYTHON ?= python3
PORT ?= 8080
INBOX ?=
BIN := .venv/bin
export RASD_HOME ?= $(CURDIR)/.rasd

.DEFAULT_GOAL := help
.PHONY: help run test up down sql clean env env-dev lint types docs check bench lock

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  INBOX=…               ingest your own folder, glob or object-store address: make run INBOX=/data/pages"
	@echo "  RASD_WAREHOUSE_DSN=…  use your own Postgres: postgresql://user@host:5432/database"
	@echo "  PORT=…                port of the UI for make up (8080)"

env:
	@$(PYTHON) requirements/install.py run

env-dev:
	@$(PYTHON) requirements/install.py dev

run: env ## Run the DAG once over the inbox and show the result
	@"$(BIN)/rasd" local run $(if $(INBOX),"$(INBOX)")

test: env-dev ## Run the whole test suite
	@"$(BIN)/pytest" $(ARGS)

up: env ## Start the living system: scheduler, UI on 127.0.0.1, ingest every 15 minutes
	@$(if $(INBOX),RASD_INBOX="$(INBOX)") "$(BIN)/rasd" local up --port $(PORT)

down: env ## Stop it
	@"$(BIN)/rasd" local down

sql: env ## Open the warehouse in psql
	@"$(BIN)/rasd" db sql

clean: env ## Stop everything and remove the environment and the embedded warehouse
	@"$(BIN)/rasd" local clean
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

lint: env-dev ## Check style
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .

types: env-dev ## Check types
	@"$(BIN)/mypy"

docs: env-dev ## Write the generated docs again
	@"$(BIN)/python" docs/generate.py

check: lint types ## Check style, types and docs
	@"$(BIN)/python" docs/generate.py --check

lock: env-dev ## Renew the lock files from pyproject.toml
	@"$(BIN)/python" requirements/lock.py
