# Focus Help. README.md says what each command is for.

PORT ?= 8000
HOST = 127.0.0.1
COMMA := ,
PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := $(BIN)/pip install --quiet --quiet --disable-pip-version-check --requirement
# The tests of a module stay in one process, so that its fixtures are set up once. Modules start in their own order: the
# browser's have few tests, and pytest-xdist would otherwise start those last. Three processes keep two cores busy, because
# browser tests wait for much of their time.
PYTEST := $(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

.PHONY: run dev admin test test-services test-faults endurance lint format bench database browser services
.DEFAULT_GOAL := run

# For this machine only: a secret of its own, and no TLS. docs/deployment.md has the settings of a real host.
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
dev: database ## Serve, and reload at every change
	@exec $(BIN)/python manage.py runserver $(HOST):$(PORT)

admin: database ## Create an editor
	@$(BIN)/python manage.py createsuperuser

database: .venv/runtime var/secret_key
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_content > /dev/null

test: lint browser ## Check everything, on SQLite
	$(PYTEST)

test-services: services ## Run the tests whose result can differ on PostgreSQL and Redis
	$(BIN)/python -m tests.services $(PYTEST) -m services tests/guides tests/editing tests/focushelp tests/accounts tests/servers

# In a namespace of its own, in which the tests may mount a small disk without root.
test-faults: .venv/development ## Break what stands behind the site while it is used
	unshare --map-root-user --mount $(BIN)/python -m pytest tests/faults

endurance: .venv/development ## Ten minutes of load while an editor saves every second
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

format: .venv/development ## Format the code and the templates
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
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/runtime: .venv/python requirements.txt
	@echo "Installing what the site needs into .venv …"
	@$(PIP_INSTALL) requirements.txt
	@touch $@

.venv/development: .venv/runtime requirements-dev.txt
	@echo "Installing what the tests need into .venv …"
	@$(PIP_INSTALL) requirements-dev.txt
	@touch $@

var/secret_key:
	@mkdir -p var
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
