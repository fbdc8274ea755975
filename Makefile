# Spor: the commands a person needs. `make` alone lists them.
# Plain enough for the make of macOS (3.81); needs nothing else but Python 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
# make run PYTHON=/path/to/python3.12 builds the environment with that one.
PYTHON ?=
# make run PORT=8600; otherwise the port in .streamlit/config.toml (8501).
PORT ?=
# make test ARGS="tests/kpi -k rank" runs some of the tests.
ARGS ?=
# make soak PART=3/20 runs a twentieth of what make test leaves, PART=today another one each day.
PART ?=

# What is installed has the bytes that were pinned: every package has its hashes.
PIP_OPTIONS := --quiet --disable-pip-version-check --no-input --require-hashes
PIP_INSTALL := $(BIN)/python -m pip install --no-compile $(PIP_OPTIONS)
# pip compiles one file after another; all cores take half the time. Code that is meant for another
# Python, or to be filled in, is no error.
COMPILE := $(BIN)/python -m compileall -qq -j 0 -x '[/\\]tests[/\\]' $(VENV)/lib || true
# The tools of audit and lock have an environment of their own, so that they change nothing in Spor's.
AUDIT_BIN := .venv-audit/bin
NEEDED := from sys import version_info; import ensurepip, venv; raise SystemExit(version_info < (3, 11))

# Python keeps what it has compiled, also where the environment says otherwise: some hundred processes
# that the tests start would compile the program again, a third of their start.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test soak lint init bench guides audit lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: init ## Build what is missing and serve the app on http://localhost:8501
	$(BIN)/python -m streamlit run app.py $(if $(PORT),--server.port $(PORT))

init: $(VENV)/run.stamp ## Build the store from data/ (again: publish what changed)
	$(BIN)/python -m kpi init

# A process a core and one more, as a test of the browser waits for it, at most four: each starts
# its own app and browser.
PROCESSES := from os import cpu_count; print(min((cpu_count() or 1) + 1, 4))
PYTEST := browser="$$($(BIN)/python tests/browser/find_browser.py --install)" && \
	processes="$$($(BIN)/python -c '$(PROCESSES)')" && \
	BROWSER_PATH="$$browser" $(BIN)/python -m pytest -n "$$processes" --dist worksteal

test: $(VENV)/dev.stamp ## Run the tests, the browser's too (installs a browser where there is none)
	@$(PYTEST) $(ARGS)

# Every case of every test, also those that `make test` leaves out (tests/tiers.py); many thousand
# broken files, a kill at every file operation; then fifty viewers and two uploaders for five minutes.
soak: $(VENV)/dev.stamp ## Run every case of all tests, with far more random ones, and fifty viewers
	@export SPOR_SOAK=1 SPOR_PART="$(PART)" && $(PYTEST) $(ARGS)
	$(if $(PART),,$(BIN)/python bench/viewers.py)

lint: $(VENV)/dev.stamp ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp ## Time pages, publications, days, sessions, clicks and visits beside floors
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/publishing.py --rows 1000000
	$(BIN)/python bench/days.py
	$(BIN)/python bench/sessions.py
	$(BIN)/python bench/clicks.py
	$(BIN)/python bench/page_clicks.py
	$(BIN)/python bench/visits.py

guides: $(VENV)/dev.stamp ## Take the pictures of the guides and of the README anew
	@browser="$$($(BIN)/python tests/browser/find_browser.py --install)" && \
		BROWSER_PATH="$$browser" $(BIN)/python -m tools.guide_pictures $(ARGS)

audit: .venv-audit/stamp ## List what Spor is made of (build/spor.cdx.json) and ask for known advisories
	@$(AUDIT_BIN)/python tools/audit.py

# The lists that people write are *.in; a newer version is written there, then this is run.
lock: .venv-audit/stamp ## Pin every package with its hashes again, from requirements*.in
	@for list in requirements requirements-dev requirements-audit; do \
		$(AUDIT_BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate \
			--python-version 3.11 --custom-compile-command "make lock" $$list.in -o $$list.txt || exit 1; \
	done

# The stamps hold the time of the last install: pip runs again only when a list of pins is newer.
$(VENV)/run.stamp: requirements.txt $(BIN)/python
	@echo "Installing the packages of requirements.txt in $(VENV) (takes a minute the first time)"
	@$(PIP_INSTALL) -r requirements.txt
	@$(COMPILE)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt $(BIN)/python
	@echo "Installing the packages of requirements-dev.txt in $(VENV) (takes a minute the first time)"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@$(COMPILE)
	@touch $(VENV)/run.stamp $@

.venv-audit/stamp: requirements-audit.txt $(BIN)/python
	@echo "Installing the packages of requirements-audit.txt in .venv-audit"
	@$(BIN)/python -m venv --clear .venv-audit
	@$(AUDIT_BIN)/python -m pip install $(PIP_OPTIONS) -r requirements-audit.txt
	@touch $@

# A name on the PATH can be a stub or lack the venv module (Debian), so each is tried, not looked up.
$(BIN)/python:
	@for candidate in "$(PYTHON)" python3.13 python3.12 python3.11 python3; do \
		if [ -n "$$candidate" ] && "$$candidate" -c "$(NEEDED)" >/dev/null 2>&1; then \
			echo "Creating $(VENV) with $$("$$candidate" --version)"; \
			"$$candidate" -m venv --clear $(VENV) && exit 0; \
			rm -rf $(VENV); exit 1; \
		fi; \
		if [ -n "$(PYTHON)" ]; then \
			echo "PYTHON=$(PYTHON) is not Python 3.11 or newer with its venv module." >&2; exit 1; \
		fi; \
	done; \
	echo "Spor needs Python 3.11 or newer with its venv module (Debian, Ubuntu: apt-get install" >&2; \
	echo "python3 python3-venv). If you have one elsewhere: make run PYTHON=/path/to/python3.12" >&2; \
	exit 1
