"""One content on two criteria of a level: the editor asks why, who decides reads it, the evidence keeps it."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from convenzioni.models import ConvenzionePage
from notizie.models import ComunicatoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.operazioni import approva_pagina
from programma.models import Criterio, Evidenza

pytestmark = pytest.mark.django_db
PERCHE = "La relazione riporta anche il verbale"


@pytest.fixture
def coppia(programma):
    """Two open criteria of one action that ask nothing that a page cannot say."""
    return criteri_di_una_pagina(programma, "P1.1", "P1.2")


def criteri_di_una_pagina(programma, *codici):
    criteri = [programma.criteri.get(codice=codice) for codice in codici]
    Criterio.objects.filter(pk__in=[criterio.pk for criterio in criteri]).update(
        campi_richiesti=[], prova=[], link_ammessi=[]
    )
    return [Criterio.objects.get(pk=criterio.pk) for criterio in criteri]


@pytest.fixture
def pagina(organizzazione_a, referente_a):
    """Build a draft of the referent of A."""

    def crea(criteri=(), modello=NotiziaPage, **campi):
        campi = {"title": "La serata", "data": date(2025, 6, 10), **campi}
        sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
        nuova = sezione.add_child(instance=modello(live=False, owner=referente_a, **campi))
        nuova.criteri_serviti = list(criteri)
        nuova.save_revision(user=referente_a)
        return nuova

    return crea


def manda(client, pagina, criteri, **campi):
    """Post the editor of `pagina`, with `criteri` ticked."""
    dati = {
        **dict.fromkeys(("immagine", "numero", "embargo", "contatto", "contatto_telefono", "contatto_email"), ""),
        "title": pagina.title,
        "slug": pagina.slug,
        "sommario": "",
        "data": pagina.data.isoformat(),
        "corpo": streamfield([]),
        "comments": inline_formset([]),
        "allegati": inline_formset([]),
        "riprese": inline_formset([]),
        **campi,
    }
    dati = {**nested_form_data(dati), "criteri_serviti": [criterio.pk for criterio in criteri]}
    return client.post(reverse("wagtailadmin_pages:edit", args=[pagina.pk]), dati)


def errori(risposta):
    assert risposta.status_code in (200, 302)
    return {} if risposta.status_code == 302 else dict(risposta.context["form"].errors)


def bozza(pagina):
    return type(pagina).objects.get(pk=pagina.pk).get_latest_revision_as_object()


def in_attesa(pagina, autore):
    pagina = type(pagina).objects.get(pk=pagina.pk)
    pagina.get_workflow().start(pagina, autore)
    return type(pagina).objects.get(pk=pagina.pk)


def test_two_criteria_of_one_action__ask_why_and_keep_what_was_typed(pagina, coppia, referente_a, client_di):
    bianca, client = pagina(), client_di(referente_a)
    for campi in ({}, {"perche_insieme": "  "}, {"perche_insieme": "..."}):
        risposta = manda(client, bianca, coppia, title="Un altro titolo", **campi)
        assert errori(risposta) == {"perche_insieme": ["Scrivi perché lo stesso contenuto vale per P1.1 e P1.2"]}
        modulo = risposta.context["form"]
        assert modulo["title"].value() == "Un altro titolo"
        assert {int(pk) for pk in modulo["criteri_serviti"].value()} == {criterio.pk for criterio in coppia}
    assert errori(manda(client, bianca, coppia, perche_insieme=PERCHE)) == {}
    assert bozza(bianca).perche_insieme == PERCHE and bozza(bianca).criteri_serviti.count() == 2


def test_a_reason_too_long__is_told_and_kept(pagina, coppia, referente_a, client_di):
    risposta = manda(client_di(referente_a), pagina(), coppia, perche_insieme="perché " * 200)
    assert list(errori(risposta)) == ["perche_insieme"] and "perché perché" in risposta.content.decode()


@pytest.mark.parametrize("codici", [["P1.1"], ["P1.1", "P4.2"], ["M2", "P1.1"], []])
def test_one_criterion_of_each_level__asks_nothing(pagina, programma, referente_a, client_di, codici):
    criteri = criteri_di_una_pagina(programma, *codici)
    assert errori(manda(client_di(referente_a), pagina(), criteri)) == {}


def test_two_duties_of_the_manager__ask_why_also_when_the_kind_of_page_gives_one(
    pagina, programma, referente_a, client_di
):
    criteri, client = criteri_di_una_pagina(programma, "M2"), client_di(referente_a)
    comunicato = pagina(modello=ComunicatoPage)
    assert errori(manda(client, comunicato, criteri)) == {
        "perche_insieme": ["Scrivi perché lo stesso contenuto vale per M6 e M2"]
    }
    assert errori(manda(client, comunicato, criteri, perche_insieme=PERCHE)) == {}
    assert errori(manda(client, comunicato, [], data="2024-06-10")) == {}


def test_who_decides_reads_it__and_each_evidence_keeps_it(pagina, coppia, referente_a, manager, client_di):
    scritta = in_attesa(pagina(coppia, perche_insieme=PERCHE), referente_a)
    schermata = client_di(manager).get(reverse("programma:pagina", args=[scritta.pk])).content.decode()
    assert "Perché vale per più criteri:" in schermata and PERCHE in schermata
    approva_pagina(scritta, manager)
    nate = Evidenza.objects.nate_da(scritta)
    assert [(evidenza.stato, evidenza.perche_insieme) for evidenza in nate] == [("approvata", PERCHE)] * 2
    assert PERCHE in client_di(manager).get(nate[0].get_absolute_url()).content.decode()


def test_another_reason__is_read_by_who_decides_before_it_counts(pagina, coppia, referente_a, manager):
    scritta, altro = in_attesa(pagina(coppia, perche_insieme=PERCHE), referente_a), "Un altro motivo, diverso"
    approva_pagina(scritta, manager)

    def vive():
        return [(e.stato, e.perche_insieme) for e in Evidenza.objects.nate_da(scritta)]

    nuova = bozza(scritta)
    nuova.perche_insieme = f" {PERCHE.upper()} "  # the same words
    nuova.save_revision(user=referente_a).publish()
    assert vive() == [("approvata", PERCHE)] * 2
    nuova = bozza(scritta)
    nuova.perche_insieme = "Non l'ha letto nessuno"
    nuova.save_revision(user=referente_a).publish()
    assert vive() == [("inviata", "Non l'ha letto nessuno")] * 2
    versioni = {e.pk: e.versione for e in Evidenza.objects.nate_da(scritta)}
    nuova = bozza(scritta)
    nuova.perche_insieme = altro
    nuova.save_revision(user=referente_a).publish()
    assert vive() == [("inviata", altro)] * 2
    assert all(e.versione > versioni[e.pk] for e in Evidenza.objects.nate_da(scritta))
    approva_pagina(in_attesa(scritta, referente_a), manager)
    assert vive() == [("approvata", altro)] * 2


def test_page_that_already_named_both__is_saved_and_approved_again_without_a_reason(
    pagina, coppia, referente_a, manager, client_di
):
    vecchia = in_attesa(pagina(coppia), referente_a)
    approva_pagina(vecchia, manager)
    prima = set(Evidenza.objects.nate_da(vecchia).values_list("pk", "stato"))
    assert errori(manda(client_di(referente_a), vecchia, coppia, title="Riscritta")) == {}
    approva_pagina(in_attesa(vecchia, referente_a), manager)
    assert NotiziaPage.objects.get(pk=vecchia.pk).title == "Riscritta"
    assert set(Evidenza.objects.nate_da(vecchia).values_list("pk", "stato")) == prima


def test_a_reason_once_given__is_not_taken_away_while_it_serves(pagina, coppia, referente_a, client_di):
    scritta, client = pagina(coppia, perche_insieme=PERCHE), client_di(referente_a)
    assert list(errori(manda(client, scritta, coppia, perche_insieme=""))) == ["perche_insieme"]
    assert errori(manda(client, scritta, coppia[:1], perche_insieme="")) == {}


def test_convention__names_no_criterion_and_has_no_reason():
    assert "perche_insieme" not in {campo.name for campo in ConvenzionePage._meta.get_fields()}


def test_copy__does_not_inherit_the_reason(pagina, coppia, referente_a):
    copia = pagina(coppia, perche_insieme=PERCHE).copy(update_attrs={"slug": "copia"}, user=referente_a)
    assert NotiziaPage.objects.get(pk=copia.pk).perche_insieme == ""
