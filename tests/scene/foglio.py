"""A sheet of services, written and brought in."""

from datetime import date, time
from decimal import Decimal

import pytest

from base.formati import tabelle
from guide.foglio.colonne import COLONNE
from guide.foglio.lettura import leggi_foglio
from guide.models import (
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    FaseVita,
    Lingua,
    Luogo,
    PeriodoServizio,
    Scadenza,
    ServizioPage,
    SezioneGuidaPage,
    Tariffa,
)
from organizzazioni.operazioni import pubblica_nuova

FOGLIO, ESPORTA = "guida_foglio:foglio", "guida_foglio:esporta"


@pytest.fixture(autouse=True)
def deposito(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "allegati": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


def sezione(chiave):
    return SezioneGuidaPage.objects.get(organizzazione__chiave=chiave)


def servizio_intero(di="asif-chimelli", titolo='=Nido; "d\'infanzia"', **campi):
    casa = sezione(di)
    servizio = ServizioPage(
        title=titolo,
        sommario="Il nido",
        natura="pubblico",
        erogatore=casa.organizzazione,
        altri_nomi="asilo, nido",
        testo="<p>Uno &amp; <b>due</b></p><ul><li>tre</li></ul>",
        sito="https://example.org/",
        per_chi="Riga\nAltra riga",
        eta_minima=3,
        eta_massima=36,
        on_line=True,
        su_appuntamento=True,
        sospeso=True,
        sospeso_motivo="Lavori",
        sospeso_fino_al=date(2027, 1, 31),
        costo="pagamento",
        icef=True,
        documenti="Uno\nDue",
        codice="nido-1",
        **campi,
    )
    servizio.bisogni = Bisogno.objects.filter(chiave__in=["nido", "conciliazione"])
    servizio.fasi = FaseVita.objects.filter(chiave="neonato")
    servizio.lingue = Lingua.objects.filter(chiave__in=["ita", "deu"])
    tenna = Comune.objects.get(chiave="tenna")
    servizio.luoghi = [
        Luogo(
            comune=tenna,
            nome="Sede | 1º \\ piano",
            accessibilita="si",
            latitudine=Decimal("46.01600"),
            longitudine=Decimal("11.26400"),
            sort_order=0,
        ),
        Luogo(comune=tenna, indirizzo="Via nascosta 1", protetto=True, sort_order=1),
    ]
    servizio.orari = [
        FasciaOraria(giorno=g, dalle=time(9), alle=a, sort_order=n)
        for n, (g, a) in enumerate([(1, time(12)), (1, time(0)), (0, time(12, 30))])
    ]
    servizio.periodi = [PeriodoServizio(tipo="chiusura", dal=date(2026, 8, 10), al=date(2026, 8, 21), ogni_anno=True)]
    servizio.tariffe = [Tariffa(importo=Decimal("310.50"), unita="mese", valida_fino_al=date(2026, 12, 31))]
    servizio.scadenze = [Scadenza(descrizione="Iscrizioni: fine", data=date(2027, 3, 1))]
    servizio.contatti = [
        Contatto(ruolo="Segreteria", telefono="0461 000000", email="nido@example.org"),
        Contatto(ruolo="Coordinatrice", nota="riservata", nascosto=True),
    ]
    servizio.etichette.add("gioco", "asilo nido", "uno, due")
    return pubblica_nuova(casa, servizio)


def file_csv(*righe, colonne=COLONNE, **uno):
    righe = righe or ([uno.get(c, "") for c in colonne],)
    return tabelle.csv_per_excel(colonne, righe)


def problemi(contenuto, utente, nome="servizi.csv"):
    return [str(p) for p in leggi_foglio(nome, contenuto, utente).problemi]
