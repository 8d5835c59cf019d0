# Rasd. `make help` lists what can be done.

PYTHON ?= python3
PORT ?= 8080
INBOX ?=
BIN := .venv/bin
export RASD_HOME ?= $(CURDIR)/.rasd

.DEFAULT_GOAL := help
.PHONY: help run test test-compose up down sql clean venv venv-dev env lint types docs docs-check check lock vendor screenshots \
  eval-reading eval-entities eval-search bench-pipeline bench-reading bench-entities bench-scale bench-warehouse bench-newsroom

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  INBOX=…               ingest your own folder, glob or object-store address: make run INBOX=/data/pages"
	@echo "  RASD_WAREHOUSE_DSN=…  use your own Postgres: postgresql://user@host:5432/database"
	@echo "  PORT=…                port of the UI for make up (8080)"

venv:
	@$(PYTHON) requirements/install.py run

venv-dev:
	@$(PYTHON) requirements/install.py dev

run: venv ## Run the DAG once over the inbox and show the result
	@"$(BIN)/rasd" local run $(if $(INBOX),"$(INBOX)")

test: venv-dev ## Run the whole test suite
	@"$(BIN)/pytest" -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-compose: venv-dev ## Boot docker-compose.yml on a real engine and drive it (half an hour)
	@RASD_TEST_COMPOSE=1 "$(BIN)/pytest" tests/compose -x -v $(ARGS)

up: venv ## Start the living system: scheduler, UI on 127.0.0.1, ingest every 15 minutes
	@$(if $(INBOX),RASD_INBOX="$(INBOX)") "$(BIN)/rasd" local up --port $(PORT)

down: venv ## Stop it
	@"$(BIN)/rasd" local down

env: ## Write .env with fresh secrets, for docker compose
	@$(PYTHON) docker/make_env.py

sql: venv ## Open the warehouse in psql
	@"$(BIN)/rasd" db sql

clean: venv ## Stop everything and remove the environment and the embedded warehouse
	@"$(BIN)/rasd" local clean
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

eval-reading: venv-dev ## Score the reader on labelled pages, and on the real ones where they are
	@"$(BIN)/python" tests/reading/evaluate.py

eval-entities: venv-dev ## Score the recogniser and the joining of names
	@"$(BIN)/python" tests/annotating/evaluate_names.py
	@"$(BIN)/python" tests/resolving/evaluate_groups.py
	@"$(BIN)/python" tests/pipeline/evaluate_joining.py

eval-search: venv-dev ## Score the search on labelled pairs, beside Postgres's own configurations
	@"$(BIN)/python" tests/search/evaluate_search.py

bench-pipeline: venv-dev ## Measure the pipeline, with and without Airflow
	@"$(BIN)/python" benchmarks/pipeline.py $(ARGS)

bench-reading: venv-dev ## Measure the reader against trafilatura and jusText
	@"$(BIN)/python" benchmarks/reading.py $(ARGS)

bench-scale: venv-dev ## Measure one worker against two, and what an article costs
	@"$(BIN)/python" benchmarks/scale.py $(ARGS)

bench-entities: venv-dev ## Measure the recognisers
	@"$(BIN)/python" benchmarks/entities.py $(ARGS)

bench-warehouse: venv-dev ## Measure the warehouse; RASD_HOME=… with a million articles in it (benchmarks/million.py)
	@"$(BIN)/python" benchmarks/warehouse.py $(ARGS)

lint: venv-dev ## Check style
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .

types: venv-dev ## Check types
	@"$(BIN)/mypy"

docs: venv-dev ## Write the generated docs again
	@"$(BIN)/python" docs/generate.py
	@"$(BIN)/python" docs/answers.py

docs-check: venv-dev
	@"$(BIN)/python" docs/generate.py --check
	@"$(BIN)/python" docs/answers.py --check

check: lint types docs-check ## Check style, types and docs

screenshots: venv-dev ## Photograph the newsroom for its docs (needs Chromium)
	@"$(BIN)/python" docs/screenshots.py

bench-newsroom: venv-dev ## Measure every room of the newsroom over HTTP: RASD_WAREHOUSE_DSN names the warehouse
	@"$(BIN)/python" benchmarks/newsroom.py $(ARGS)

vendor: venv-dev ## Fetch the newsroom's fonts, charts and map again from the npm registry (needs npm)
	@"$(BIN)/python" requirements/vendor.py

lock: venv-dev ## Renew the lock files from pyproject.toml
	@"$(BIN)/python" requirements/lock.py
