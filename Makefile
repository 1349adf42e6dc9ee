# Focus Help. What each command is for stands in the README.

PORT ?= 8000
HOST = 127.0.0.1
COMMA := ,
PYTHON ?= python3
BIN := .venv/bin
# The tests of a module stay together: its site and its browser are started once. Not those with the fewest tests last,
# which drive a browser for minutes.
AT_ONCE := --numprocesses 2 --dist loadfile --no-loadscope-reorder

.PHONY: run dev admin test chaos endurance lint format bench browser services database
.DEFAULT_GOAL := run

# On this machine only: a secret of its own, and no TLS in front. docs/deployment.md has the settings of a real host.
ifndef SECRET_KEY
run dev admin database: export SECRET_KEY_FILE ?= var/secret_key
run dev admin database: export SITE_URL ?= http://$(firstword $(subst $(COMMA), ,$(ALLOWED_HOSTS)) $(HOST)):$(PORT)
endif
run dev admin database: export HTTPS ?= 0

run: database ## Serve the site as in production
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(BIN)/python -c 'import socket; socket.create_server(("$(HOST)", int("$(PORT)")))' 2>/dev/null || \
		{ echo "focushelp: PORT $(PORT) cannot be used on $(HOST); set another: make run PORT=8001"; exit 1; }
	@echo "Focus Help: http://$(HOST):$(PORT)/   (stop with Ctrl-C)"
	@exec deploy/serve --host $(HOST) --port $(PORT)

dev: export DEBUG = 1
dev: database ## Serve and reload at every change
	@exec $(BIN)/python manage.py runserver $(HOST):$(PORT)

admin: database ## Make an editor
	@$(BIN)/python manage.py createsuperuser

database: .venv/runtime var/secret_key
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_content

test: lint browser services ## Check everything that CI checks
	$(BIN)/python -m pytest $(AT_ONCE)
	$(BIN)/python -m tests.services $(BIN)/python -m pytest $(AT_ONCE) -m "not e2e"

chaos: services ## Break what stands behind the site, while it is used; as root, for a disk of its own
	$(BIN)/python -m pytest tests/faults

endurance: .venv/development ## Ten minutes of load while an editor saves each second
	$(BIN)/python -m tests.faults.endurance

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	@mkdir -p var
	DEBUG=1 $(BIN)/mypy .
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/development ## Put the code into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

bench: .venv/development ## Measure the site, and write docs/performance.md
	$(BIN)/python -m benchmarks --write

browser: .venv/development
	@$(BIN)/python -m tests.browser

services: .venv/development
	@$(BIN)/python -m tests.services

.venv/python:
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Focus Help needs Python 3.11 or newer with venv. Debian: apt install python3-venv; or set PYTHON."; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/runtime: .venv/python requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/development: .venv/runtime requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

var/secret_key:
	@mkdir -p var
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
