"""An entry with everything, and a printer that takes no time."""

import re
from datetime import date, time
from pathlib import Path

import pytest

from guide.fascicoli.stampa import Stampato
from guide.models import (
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    FaseVita,
    Luogo,
    Scadenza,
    ServizioPage,
    SezioneGuidaPage,
    Tariffa,
)
from organizzazioni.operazioni import pubblica_nuova

ATTESI = Path(__file__).parent.parent / "attesi"
GIORNO = date(2025, 10, 8)
SEGRETI = ("0461 999999", "segreta@example.org", "Via Nascosta", "Casa Rifugio", "46.0123")


def pubblica(titolo, bisogni=("nido",), fasi=(), di="asif-chimelli", **campi):
    servizio = ServizioPage(title=titolo, **{"sommario": "In breve", "natura": "pubblico", **campi})
    servizio.bisogni = Bisogno.objects.filter(chiave__in=bisogni)
    servizio.fasi = FaseVita.objects.filter(chiave__in=fasi)
    return pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave=di), servizio)


@pytest.fixture
def nido():
    tenna = Comune.objects.get(chiave="tenna")
    return pubblica(
        "Nido della prova",
        bisogni=["nido", "conciliazione"],
        fasi=["neonato"],
        sommario="Accoglie i piccoli.",
        testo='<p>Cucina interna, <a linktype="page" id="3">giardino</a> e <b>orto</b>.</p>',
        per_chi="Bambini.",
        eta_minima=3,
        eta_massima=36,
        costo="pagamento",
        icef=True,
        documenti="Domanda\nLibretto",
        come_accedere="<p>Fai domanda.</p>",
        sito="https://www.example.org/nido/",
        luoghi=[
            Luogo(nome="Nido del centro", indirizzo="Via Roma 1", comune=tenna, accessibilita="si"),
            Luogo(
                nome="Casa Rifugio",
                indirizzo="Via Nascosta 7",
                comune=tenna,
                latitudine="46.0123",
                longitudine="11.2",
                protetto=True,
            ),
        ],
        orari=[FasciaOraria(giorno=g, dalle=time(8), alle=time(12)) for g in range(5)],
        tariffe=[
            Tariffa(importo="310", unita="mese", descrizione="Tempo pieno"),
            Tariffa(importo="200", unita="mese", descrizione="Vecchia", valida_fino_al=date(2025, 1, 1)),
        ],
        scadenze=[
            Scadenza(descrizione="Iscrizioni", data=date(2025, 10, 11)),
            Scadenza(descrizione="Passata", data=date(2025, 10, 7)),
        ],
        contatti=[
            Contatto(ruolo="Segreteria", telefono="0461 111111", email="nido@example.org"),
            Contatto(ruolo="Riservato", telefono="0461 999999", email="segreta@example.org", nascosto=True),
        ],
    )


@pytest.fixture
def tipografia(monkeypatch):
    """A printer that takes no time: what it was given to print, in order."""
    stampati = []

    def finta(bozza, oggi, *, anche_grande):
        stampati.append(re.search(r"<h1>(.*?)</h1>", bozza.html)[1])
        altri = [b"%PDF-1.7 " + forma + bozza.impronta.encode() for forma in (b"da piegare ", b"grande ")]
        return Stampato(b"%PDF-1.7 " + bozza.impronta.encode(), 12, altri[0], altri[1] if anche_grande else b"")

    monkeypatch.setattr("guide.operazioni.fascicoli.stampa", finta)
    return stampati
