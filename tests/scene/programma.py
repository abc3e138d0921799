"""The set-up file of 2025, the command that loads them, and what it leaves untouched."""

import copy
import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.core import serializers
from django.core.management import call_command

IMPIANTO_2025 = Path(__file__).parents[2] / "home" / "dati" / "programma-2025.yaml"


@pytest.fixture
def impianto():
    """The set-up file of 2025, to be changed at will."""
    return yaml.safe_load(IMPIANTO_2025.read_text(encoding="utf-8"))


@pytest.fixture
def carica(tmp_path, db):
    """Run the command on this set-up (or this text, or these bytes) and return what it prints."""

    def esegui(contenuto, *opzioni):
        percorso = tmp_path / "impianto.yaml"
        if not isinstance(contenuto, bytes | str):
            contenuto = yaml.safe_dump(contenuto, allow_unicode=True, sort_keys=False)
        percorso.write_bytes(contenuto.encode() if isinstance(contenuto, str) else contenuto)
        uscita = io.StringIO()
        call_command("carica_programma", str(percorso), *opzioni, stdout=uscita, stderr=uscita)
        return uscita.getvalue()

    return esegui


def bozza_2026(impianto):
    """A draft of the next year: same bodies, no act yet, one action fewer."""
    nuovi = copy.deepcopy(impianto)
    del nuovi["programma"]["atto"]
    nuovi["programma"].update(anno=2026, dal=date(2026, 1, 1), scadenza=date(2026, 12, 31), numero_azioni=9)
    del nuovi["progettualita"][9]
    return nuovi


def impronta():
    """A digest of every row of every table of ours and of the page tree, revisions and logs included."""
    somma = hashlib.sha256()
    for modello in sorted(apps.get_models(), key=lambda modello: modello._meta.label):
        if modello._meta.app_label in {"home", "notizie", "programma", "organizzazioni", "wagtailcore", "auth"}:
            righe = serializers.serialize("json", modello._base_manager.order_by("pk"))
            somma.update(f"{modello._meta.label}{righe}".encode())
    return somma.hexdigest()
