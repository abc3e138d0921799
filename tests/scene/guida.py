"""Services of the guide, and what a search finds of them."""

import pytest

from guide.models import (
    Bisogno,
    Comune,
    FaseVita,
    Lingua,
    Luogo,
    ServizioPage,
    SezioneGuidaPage,
)
from organizzazioni.operazioni import pubblica_nuova


@pytest.fixture
def nuovo_servizio():
    """Publish an entry of a body; `bisogni`, `fasi`, `lingue` and `comuni` are keys."""

    def nuovo(
        titolo,
        di="asif-chimelli",
        bisogni=(),
        fasi=(),
        lingue=(),
        comuni=(),
        luoghi=(),
        orari=(),
        contatti=(),
        tariffe=(),
        scadenze=(),
        **campi,
    ):
        servizio = ServizioPage(title=titolo, **{"sommario": "In breve", "natura": "pubblico", **campi})
        servizio.bisogni = Bisogno.objects.filter(chiave__in=bisogni)
        servizio.fasi = FaseVita.objects.filter(chiave__in=fasi)
        servizio.lingue = Lingua.objects.filter(chiave__in=lingue)
        servizio.luoghi = [*(Luogo(comune=Comune.objects.get(chiave=c)) for c in comuni), *luoghi]
        servizio.orari, servizio.contatti = list(orari), list(contatti)
        servizio.tariffe, servizio.scadenze = list(tariffe), list(scadenze)
        return pubblica_nuova(SezioneGuidaPage.objects.get(organizzazione__chiave=di), servizio)

    return nuovo


def trovati(client, indirizzo="/family-guide/", **dati):
    risposta = client.get(indirizzo, dati)
    assert risposta.status_code == 200
    return [servizio.title for servizio, _ in risposta.context["voci"]] if not risposta.context["vicini"] else []
