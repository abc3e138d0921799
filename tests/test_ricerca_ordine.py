"""The answers of the search, and their order, are those of the kept file on every database."""

from datetime import time
from pathlib import Path

import pytest
import yaml
from django.utils import timezone
from wagtail.models import Page

from cura.apps import riempi_gli_indici
from cura.models import Sinonimo
from cura.ovunque import cerca_nel_sito
from guide.models import Comune, FasciaOraria, Lingua, Luogo
from home.models import ContenutoPage
from notizie.models import EventoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.operazioni import pubblica_nuova

from .scene.convenzioni import tra
from .scene.fascicoli import pubblica

ATTESO = yaml.safe_load((Path(__file__).parent / "attesi" / "ricerca-ordine.yaml").read_text(encoding="utf-8"))
MERCOLEDI = 2


@pytest.fixture
def sito(programma, nuova):
    """A few entries of every kind, alike where only the order tells."""
    for voce in ATTESO["servizi"]:
        comune, (minima, massima) = Comune.objects.filter(chiave=voce["comune"]).first(), voce["mesi"]
        servizio = pubblica(
            voce["titolo"],
            voce["bisogni"],
            sommario=voce["sommario"],
            eta_minima=minima,
            eta_massima=massima,
            costo=voce["costo"],
            luoghi=[Luogo(comune=comune)] if comune else [],
            orari=[FasciaOraria(giorno=voce["giorno"], dalle=time(8), alle=time(12))],
            tutto_il_territorio=comune is None,
        )
        servizio.lingue = Lingua.objects.filter(chiave__in=["ita", "ara"] if "insieme" in servizio.title else ["ita"])
        servizio.save_revision().publish()
    nuova("Cure dentistiche", firmata=tra(-9), comuni=["Pergine Valsugana"])
    nuova("Nido aziendale", firmata=tra(-9), sommario="Un posto al nido per chi lavora in rete")
    sezione = SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli")
    pubblica_nuova(sezione, NotiziaPage(title="Il nido si allarga", sommario="Sei posti", data=tra(-27)))
    giorno = tra(8 + (MERCOLEDI - tra(8).weekday()) % 7)  # facts read days of the week
    pubblica_nuova(sezione, EventoPage(title="Nido aperto", sommario="Si visita", data=giorno, comune="Tenna"))
    pubblica_nuova(Page.objects.get(depth=2), ContenutoPage(title="Come si paga il nido"))
    Sinonimo.objects.create(parola="pupi", cerca_anche="nido, bambini")
    riempi_gli_indici("default")


def risposta(testo):
    """The first ten titles, those that only come near after a line, and what was read or corrected."""
    trovato = cerca_nel_sito(testo, timezone.localdate())
    if trovato is None:
        return None
    esito = trovato.esito
    primi = [risultato.nome for risultato in trovato.risultati(esito.risposte)][:10]
    vicini = [risultato.nome for risultato in trovato.risultati(esito.quasi)][: 10 - len(primi)]
    letti = [f"{etichetta}: {nome}" for etichetta, nome, _ in trovato.chip()]
    corrette = [f"{scritta} → {', '.join(cercate)}" for scritta, cercate in esito.corrette.items()]
    altro = [*letti, *corrette, *([f"Forse: {trovato.forse}"] if trovato.forse else [])]
    bisogni = [bisogno.nome for bisogno in trovato.bisogni][:3] if not primi else []
    tutto = {"risposte": primi, "vicini": vicini, "letto": altro, "bisogni": bisogni}
    return {che: quali for che, quali in tutto.items() if quali}


@pytest.mark.django_db
def test_order__is_the_same_on_every_database(sito):
    assert len(ATTESO["risposte"]) >= 38
    assert {testo: risposta(testo) for testo in ATTESO["risposte"]} == ATTESO["risposte"]
