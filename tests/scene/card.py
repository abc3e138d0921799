"""A batch of cards, one of them, a convention whose terms are for who holds one."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from convenzioni import operazioni
from convenzioni.models import Accordo, Categoria, ConvenzionePage, Lotto, Offerta, SezioneConvenzioniPage
from organizzazioni.operazioni import pubblica_nuova

OGGI = timezone.localdate


@pytest.fixture
def lotto(organizzazione_a, manager, referente_a):
    """Organisation A's batch of this year: ten granted, three issued."""
    lotto = operazioni.concedi(organizzazione_a, OGGI().year, 10, OGGI() + timedelta(days=30), manager)
    operazioni.emetti(lotto, 3, referente_a)
    return lotto


@pytest.fixture
def card(lotto):
    return lotto.card.first()


@pytest.fixture
def riservata(organizzazione_b):
    """A published convention in force whose terms are for card holders."""
    sezione = SezioneConvenzioniPage.objects.get(organizzazione=organizzazione_b)
    pagina = ConvenzionePage(
        title="Palestra",
        slug="palestra",
        partner="Palestra Alfa",
        categoria=Categoria.objects.first(),
        riservata=True,
        testo="<p>Segretissimo</p>",
        come_ottenerla="<p>Parola d'ordine</p>",
        valida_dal=OGGI() - timedelta(days=9),
    )
    pagina.offerte = [Offerta(tipo="percentuale", valore=37)]
    pubblica_nuova(sezione, pagina)
    Accordo.objects.update_or_create(convenzione=pagina, defaults={"firmata_il": OGGI() - timedelta(days=9)})
    return ConvenzionePage.objects.get(pk=pagina.pk)


def scaduto(lotto):
    Lotto.objects.filter(pk=lotto.pk).update(valido_fino_al=OGGI() - timedelta(days=1))


def verifica(seriale):
    return f"/card/verifica/{seriale}/"


def corpo(risposta):
    return re.sub(r"\s+", " ", risposta.content.decode().partition('<main id="contenuto"')[2].partition("</main>")[0])
