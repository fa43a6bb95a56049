# Every command that a person or a build server runs. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
VAR := $(or $(ZHIJIAN_VAR),var)
DIST := zhijian/foundation/static/zhijian/dist
MANAGE := $(BIN)/python manage.py

# The sample people stand on the sign-in page; a site with real data is not served by `make run`.
run: export SAMPLE_SITE ?= 1

# What the stamps look at; a change in any of these makes the step due again.
ASSET_FILES := $(shell find assets -type f) package-lock.json
CATALOGUES := $(shell find zhijian -name '*.po')
PREPARED_FROM := $(shell find zhijian -path '*/migrations/*.py') zhijian/config/rooms.py \
	$(shell find packs -type f 2>/dev/null)

# One stamp for each database; without the file of the embedded one, it is due again.
DATABASE_KEY := $(shell printf '%s' "$(DATABASE_URL)" | cksum | cut -d' ' -f1)
PREPARED := $(VAR)/.prepared-$(DATABASE_KEY)
ifeq ($(DATABASE_URL)$(wildcard $(VAR)/zhijian.sqlite3),)
$(shell rm -f $(PREPARED))
endif

.PHONY: help setup run fmt check test test-fast test-pg test-setup packs docs trace bench \
	coverage golden-update migrations lock assets locales messages punctuation release clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/:.*  ## /\t/' | expand -t 16

setup: $(STAMPS)/runtime assets locales  ## install everything the site needs into .venv

run: setup $(PREPARED)  ## serve the site with sample data on http://127.0.0.1:8000 (PORT=…)
	@exec $(BIN)/zhijian serve --port $(PORT)

assets: $(DIST)/.built  ## bundle style sheets, scripts and icons

locales: $(STAMPS)/locales  ## compile the message catalogues

messages: $(STAMPS)/dev  ## bring the message catalogues up to date with the strings of the site
	@$(BIN)/python -m tests.architecture.messages

punctuation: $(STAMPS)/runtime  ## give Chinese sentences Chinese punctuation
	@$(BIN)/python scripts/punctuation.py

$(STAMPS)/runtime: requirements.lock pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" sh scripts/setup.sh requirements.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/runtime
	@PYTHON="$(PYTHON)" sh scripts/setup.sh requirements-dev.lock
	@mkdir -p $(STAMPS) && touch $@

$(DIST)/.built: $(ASSET_FILES) $(STAMPS)/runtime
	@sh scripts/assets.sh
	@touch $@

$(STAMPS)/locales: $(CATALOGUES) $(STAMPS)/runtime
	@$(BIN)/python scripts/compile_locales.py
	@touch $@

$(PREPARED): $(PREPARED_FROM) $(STAMPS)/runtime $(STAMPS)/locales
	@mkdir -p $(VAR)
	@$(MANAGE) prepare
	@touch $@

dev-setup: $(STAMPS)/dev assets locales

test-setup: dev-setup
	@sh scripts/browser.sh

fmt: $(STAMPS)/dev  ## change what can be changed by machine
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

check: dev-setup  ## all checks except tests; changes nothing
	@sh scripts/check.sh

test-fast: $(STAMPS)/dev  ## domain, golden and architecture tests: the loop while writing
	@$(BIN)/pytest -q tests/domain tests/golden tests/architecture -m "not slow and not browser"

test: test-setup  ## everything, on SQLite and then on PostgreSQL
	@sh scripts/test.sh all

test-pg: test-setup  ## everything that touches rows, on PostgreSQL
	@sh scripts/test.sh postgresql

coverage: test-setup  ## fail where tests leave a branch of the domain or a tenth of the rooms out
	@sh scripts/coverage.sh domain
	@sh scripts/coverage.sh rooms

packs: $(STAMPS)/runtime  ## read every pack strictly and run its examples
	@$(BIN)/zhijian pack check

docs: dev-setup  ## print the regulations from their packs, refresh generated pages
	@sh scripts/docs.sh

trace: $(STAMPS)/dev  ## which requirement rows are proved by a test
	@$(BIN)/python tests/trace.py

bench: dev-setup  ## ratios of our speed, measured in one run
	@$(BIN)/python -m bench

golden-update: $(STAMPS)/dev  ## record query counts and report data anew, for review
	@GOLDEN_UPDATE=1 $(BIN)/pytest -q tests -m golden

migrations: $(STAMPS)/runtime  ## fail when a migration is missing
	@$(MANAGE) makemigrations --check --dry-run

lock:  ## write the locks anew (UPGRADE=1 takes the newest versions)
	@sh scripts/lock.sh

release: $(STAMPS)/dev  ## assemble the changelog and tag; VERSION=1.2.3
	@sh scripts/release.sh "$(VERSION)"

clean:  ## remove what was built; keeps .venv and var
	@rm -rf $(DIST) build dist node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache $(STAMPS)/locales
	@find zhijian -name '*.mo' -delete
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
