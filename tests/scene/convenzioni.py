"""A convention of a body: published or not, signed, withdrawn."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from convenzioni.models import (
    Accordo,
    Categoria,
    ConvenzionePage,
    LuogoConvenzione,
    Offerta,
    SezioneConvenzioniPage,
)
from organizzazioni.operazioni import pubblica_nuova

OGGI = timezone.localdate


@pytest.fixture
def nuova(organizzazione_a):
    """Write a convention of a body, published unless `live` is False; signed on `firmata` (a date) if given."""

    def scrivi(titolo="Dentista", di="asif-chimelli", firmata=None, cessata=None, comuni=(), offerte=None, **campi):
        convenzione = ConvenzionePage(
            title=titolo,
            **{
                "partner": "Studio",
                "sommario": "In breve",
                "categoria": Categoria.objects.get(chiave="salute"),
                "valida_dal": OGGI() - timedelta(days=10),
                "valida_fino_al": OGGI() + timedelta(days=200),
                **campi,
            },
        )
        convenzione.offerte = offerte or [Offerta(tipo="percentuale", valore=Decimal("15.50"), su="le cure")]
        convenzione.luoghi = [LuogoConvenzione(comune=comune) for comune in comuni]
        sezione = SezioneConvenzioniPage.objects.get(organizzazione__chiave=di)
        if campi.get("live", True):
            pubblica_nuova(sezione, convenzione)
        else:
            sezione.add_child(instance=convenzione)
            convenzione.save_revision()
        if firmata:
            Accordo.objects.create(convenzione=convenzione, firmata_il=firmata, cessata_il=cessata)
        return ConvenzionePage.objects.get(pk=convenzione.pk)

    return scrivi


def tra(giorni):
    return OGGI() + timedelta(days=giorni)


def elenco(client, indirizzo="/convenzioni/", **dati):
    risposta = client.get(indirizzo, dati)
    assert risposta.status_code == 200
    return [riga.scheda.nome for riga in risposta.context["voci"]]
