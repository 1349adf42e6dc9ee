# Focus Help. README.md says what each command is for.

PORT ?= 8000
HOST = 127.0.0.1
COMMA := ,
PYTHON ?= python3
BIN := .venv/bin
# A line for each package. The status of a pipe is that of its last command, so success is the file that pip leaves.
pip_install = rm -f $@; { $(BIN)/pip install --disable-pip-version-check --requirement $(1) && touch $@; } | \
	sed -n 's/ (from .*//; /^Collecting/p; s/^Installing.*/Unpacking them …/p'; [ -e $@ ]
# The tests of a module stay in one process, so that its fixtures are set up once. Modules start in their own order: the
# browser's have few tests, and pytest-xdist would otherwise start those last. Three processes keep two cores busy, because
# browser tests wait for much of their time.
PYTEST := $(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

.PHONY: run dev admin test test-services test-faults endurance try-install lint format bench database browser services
.DEFAULT_GOAL := run

# For another address than the settings expect on a machine where var/secret_key was made.
ifneq ($(HOST):$(PORT),127.0.0.1:8000)
run dev: export SITE_URL ?= http://$(firstword $(subst $(COMMA), ,$(ALLOWED_HOSTS)) $(HOST)):$(PORT)
endif

run: database ## Serve the site as in production
	@$(BIN)/python -m focushelp.operations.port --host $(HOST) --port $(PORT)
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo "Focus Help: http://$(HOST):$(PORT)/   (stop with Ctrl-C)"
	@exec deploy/serve --host $(HOST) --port $(PORT)

dev: export DEBUG = 1
dev: database ## Serve, and reload at every change
	@exec $(BIN)/python manage.py runserver $(HOST):$(PORT)

admin: database ## Create an editor
	@$(BIN)/python manage.py createsuperuser

database: .venv/runtime var/secret_key
	@[ -e var/db.sqlite3 ] || echo "Making the database and its content …"
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

# As root, because it boots a system.
try-install: .venv/development ## Run the commands of docs/deployment.md on a bare Debian
	$(BIN)/python -m tests.install

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	@mkdir -p var
	DEBUG=1 $(BIN)/mypy .
	DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') DATABASE_URL=postgresql:///none \
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
	@echo "Making the virtual environment .venv …"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/runtime: .venv/python requirements.txt
	@echo "Installing what the site needs into .venv …"
	@$(call pip_install,requirements.txt)

.venv/development: .venv/runtime requirements-dev.txt
	@echo "Installing what the tests need into .venv …"
	@$(call pip_install,requirements-dev.txt)

var/secret_key:
	@umask 077; mkdir -p var; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
