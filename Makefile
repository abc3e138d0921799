# Commands of the portal: `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
AMBIENTE := .venv
BIN := $(AMBIENTE)/bin
MANAGE := $(BIN)/python manage.py
ESERCIZIO := $(AMBIENTE)/.requirements
SVILUPPO := $(AMBIENTE)/.requirements-dev

# The environment works: a Python that is recent enough and finds its own libraries.
SANO := $(shell $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo si)

# How many test processes; those of a group, as the browser's, stay in one.
PROCESSI ?= 2

.DEFAULT_GOAL := help
.PHONY: help install run porta test prova check bench conformita mutanti requisiti fresca $(if $(SANO),,$(BIN)/python)

help: ## Elenca i comandi
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(ESERCIZIO) ## Crea l'ambiente Python e installa le dipendenze (una volta sola)

run: porta $(ESERCIZIO) ## Prepara i dati dimostrativi e avvia il sito su 127.0.0.1:8000 (PORT=... per cambiare)
	@exec $(BIN)/python avvio.py sito "$(PORT)"

porta:
	@! command -v $(PYTHON) >/dev/null || $(PYTHON) avvio.py porta "$(PORT)"

test: $(SVILUPPO) ## Esegue tutti i test, senza bisogno di un server
	@$(BIN)/python -m pytest -n $(PROCESSI) --dist loadgroup

prova: $(SVILUPPO) ## Chiede ogni pagina della dimostrazione, in un quarto di minuto: prima di «make test»
	@$(BIN)/python -m pytest -n 0 -o addopts=-q -p no:hypothesispytest -p no:unraisableexception tests/test_prova.py

check: $(SVILUPPO) ## Controlla codice, tipi, importazioni, template, migrazioni e impostazioni
	@mkdir -p var
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check --quiet .
	$(BIN)/python -m mypy
	$(BIN)/python -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(BIN)/python -m djlint --lint --quiet .
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING
	DJANGO_SETTINGS_MODULE=cms.settings.production ALLOWED_HOSTS=portale.example.org CACHE_URL=rediscache:// \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		$(MANAGE) check --deploy --fail-level WARNING

bench: $(SVILUPPO) ## Misura i tempi (bench/*.py)
	@for prova in bench/*.py; do echo "== $$prova"; PYTHONPATH=. $(BIN)/python $$prova || exit 1; done

mutanti: $(SVILUPPO) ## Mette piccoli difetti apposta e conta quelli che nessun test nota (CAMPIONE=150 SEME=1)
	@$(BIN)/python avvio.py installa requirements-mutanti.txt
	@PROCESSI=$(PROCESSI) $(BIN)/python -m tests.mutanti

conformita: $(SVILUPPO) ## Controlla ogni risposta dell'API con gli schemi di HSDS (HSDS=cartella)
	@$(BIN)/python tests/conformita.py "$(HSDS)"

fresca: ## Prova l'elenco dei pacchetti di .ci/run in una Debian minima, 12 e 13 (da amministratore)
	@.ci/fresca $(DEBIAN)

requisiti: $(SVILUPPO) ## Riscrive requirements*.txt, con le impronte, da requirements*.in
	@for file in requirements requirements-dev requirements-mutanti; do \
		$(BIN)/python -m uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet \
			--custom-compile-command "make requisiti" --output-file $$file.txt $$file.in || exit 1; done

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Manca $(PYTHON): installalo con «sudo apt update && sudo apt install python3 python3-venv»."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Serve Python 3.11 o successivo: $(PYTHON) è più vecchio."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Manca python3-venv: installalo con «sudo apt update && sudo apt install python3-venv»."; exit 1; }
	@[ ! -e $(AMBIENTE) ] || echo "L'ambiente in $(AMBIENTE) è di un altro Python ($$(sed -n 's/^version *= *//p' $(AMBIENTE)/pyvenv.cfg)) e non funziona più: lo rifaccio."
	@$(PYTHON) -m venv --clear $(AMBIENTE)

$(ESERCIZIO): requirements.txt $(if $(SANO),|) $(BIN)/python
	@$(BIN)/python avvio.py installa requirements.txt
	@touch $@

$(SVILUPPO): requirements.txt requirements-dev.txt $(if $(SANO),|) $(BIN)/python
	@$(BIN)/python avvio.py installa requirements.txt requirements-dev.txt
	@touch $@ $(ESERCIZIO)
