# Commands of the portal: `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
AMBIENTE := .venv
BIN := $(AMBIENTE)/bin
MANAGE := $(BIN)/python manage.py
ESERCIZIO := $(AMBIENTE)/.requirements
SVILUPPO := $(AMBIENTE)/.requirements-dev

# How many test processes; those of a group, as the browser's, stay in one.
PROCESSI ?= 2

.DEFAULT_GOAL := help
.PHONY: help install run test check bench conformita mutanti

help: ## Elenca i comandi
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(ESERCIZIO) ## Crea l'ambiente Python e installa le dipendenze (una volta sola)

run: $(ESERCIZIO) ## Prepara i dati dimostrativi e avvia il sito su 127.0.0.1:8000 (PORT=... per cambiare)
	@mkdir -p var
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) carica_demo
	@$(MANAGE) fascicoli > var/fascicoli.log 2>&1 &
	@echo "Sito: http://127.0.0.1:$(PORT)/   Redazione: http://127.0.0.1:$(PORT)/admin/   (Ctrl+C per fermare)"
	@BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} $(MANAGE) runserver 127.0.0.1:$(PORT)

test: $(SVILUPPO) ## Esegue tutti i test, senza bisogno di un server
	@$(BIN)/python -m pytest -n $(PROCESSI) --dist loadgroup

check: $(SVILUPPO) ## Controlla codice, tipi, importazioni, template, migrazioni e impostazioni
	@mkdir -p var
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet .
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING
	DJANGO_SETTINGS_MODULE=cms.settings.production ALLOWED_HOSTS=portale.example.org CACHE_URL=rediscache:// \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		$(MANAGE) check --deploy --fail-level WARNING

bench: $(SVILUPPO) ## Misura i tempi (bench/*.py)
	@for prova in bench/*.py; do echo "== $$prova"; PYTHONPATH=. $(BIN)/python $$prova || exit 1; done

mutanti: $(SVILUPPO) ## Mette piccoli difetti apposta e conta quelli che nessun test nota (ore; CAMPIONE=50 per un assaggio)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-mutanti.txt
	@$(BIN)/python -m tests.mutanti

conformita: $(SVILUPPO) ## Controlla ogni risposta dell'API con gli schemi di HSDS (HSDS=cartella)
	@$(BIN)/python tests/conformita.py "$(HSDS)"

$(AMBIENTE)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Manca $(PYTHON): installalo con «sudo apt install python3 python3-venv»."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Serve Python 3.11 o successivo: $(PYTHON) è più vecchio."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Manca python3-venv: installalo con «sudo apt install python3-venv»."; exit 1; }
	@$(PYTHON) -m venv $(AMBIENTE)

$(ESERCIZIO): requirements.txt | $(AMBIENTE)/bin/python
	@echo "Installo le dipendenze (solo la prima volta)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(SVILUPPO): requirements.txt requirements-dev.txt | $(AMBIENTE)/bin/python
	@echo "Installo gli strumenti di sviluppo (solo la prima volta)…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@ $(ESERCIZIO)
