"""What people report and propose, and entries taken off the guide."""

import re

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cura import operazioni as comuni
from cura.operazioni import PassaggioImpossibile
from cura.registro import cura_di
from guide import operazioni
from guide.models import RichiestaDiRitiro, Segnalazione, ServizioPage, SezioneGuidaPage
from organizzazioni.operazioni import pubblica_nuova

pytestmark = pytest.mark.django_db
CHI = "una.famiglia@example.org"


@pytest.fixture
def scheda(organizzazione_a):
    sezione = SezioneGuidaPage.objects.get(organizzazione=organizzazione_a)
    return pubblica_nuova(sezione, ServizioPage(title="Nido", sommario="In breve", natura="pubblico"))


def corpo(messaggio):
    return messaggio.body + messaggio.alternatives[0].content


# Errors


def test_error__from_the_sheet_reaches_who_can_correct_it(
    scheda, manager, referente_a, referente_b, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    cache.clear()
    indirizzo = reverse("guide:errore", args=[scheda.pk])
    timbro = re.search(r'name="timbro" value="([^"]+)"', Client().get(indirizzo).content.decode()).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        severo = Client(enforce_csrf_checks=True)
        risposta = severo.post(indirizzo, {"testo": "Il telefono è cambiato", "email": CHI, "timbro": timbro})
    assert risposta.status_code == 302
    segnalazione = Segnalazione.objects.get()
    assert (segnalazione.tipo, segnalazione.stato, segnalazione.servizio_id) == ("errore", "nuova", scheda.pk)
    assert {m.to[0] for m in mailoutbox} == {manager.email, referente_a.email}
    assert all("Il telefono è cambiato" in corpo(m) and CHI not in corpo(m) for m in mailoutbox)


@pytest.mark.parametrize("live", [True, False])
def test_error__only_of_what_the_public_reads(scheda, live):
    if not live:
        scheda.unpublish()
    assert Client().get(reverse("guide:errore", args=[scheda.pk])).status_code == (200 if live else 404)
    for pk in (10**8, 10**17, 10**30):
        assert Client().get(reverse("guide:errore", args=[pk])).status_code == 404


def test_error__is_read_by_its_organisation_without_the_address(client_di, scheda, manager, referente_a, referente_b):
    segnalazione = operazioni.segnala_errore(scheda, "Il telefono è cambiato", CHI)
    indirizzo = segnalazione.get_absolute_url()
    sua = client_di(referente_a).get(indirizzo).content.decode()
    assert "Il telefono è cambiato" in sua and CHI not in sua
    assert CHI in client_di(manager).get(indirizzo).content.decode()
    assert client_di(referente_b).get(indirizzo).status_code == 404
    casa = client_di(referente_a).get(reverse("wagtailadmin_home")).content.decode()
    assert indirizzo in casa and CHI not in casa
    assert indirizzo not in client_di(referente_b).get(reverse("wagtailadmin_home")).content.decode()


def test_proposal__is_the_managers_alone(client_di, referente_a, manager):
    segnalazione = operazioni.proponi_servizio("Banca del tempo", "Ci si scambiano ore", email=CHI)
    assert client_di(referente_a).get(segnalazione.get_absolute_url()).status_code == 404
    coda = reverse("guida:segnalazioni")
    assert "Banca del tempo" in client_di(manager).get(coda).content.decode()
    assert "Banca del tempo" not in client_di(referente_a).get(coda).content.decode()


def test_queue__is_of_who_keeps_the_entries(client_di, manager, referente_a, referente_b, acs, scheda):
    operazioni.segnala_errore(scheda, "Il sabato è chiuso")
    letto = {u: client_di(u).get(reverse("guida:segnalazioni")) for u in (manager, referente_a, referente_b, acs)}
    assert ["Il sabato è chiuso" in letto[u].content.decode() for u in (manager, referente_a, referente_b)] == [1, 1, 0]
    assert letto[acs].status_code == 302 and "Cura della guida" not in letto[referente_a].content.decode()


# Triage


def test_triage__new_taken_closed_with_who_and_when(client_di, scheda, manager, mailoutbox, dopo):
    segnalazione = operazioni.segnala_errore(scheda, "Sbagliato", CHI)
    client = client_di(manager)
    client.post(segnalazione.get_absolute_url(), {"azione": "prendi"})
    segnalazione.refresh_from_db()
    assert (segnalazione.stato, segnalazione.presa_da) == ("in_carico", manager)
    dopo(client.post, segnalazione.get_absolute_url(), {"azione": "risolvi", "risposta": "Corretto, grazie <b>"})
    segnalazione.refresh_from_db()
    assert (segnalazione.stato, segnalazione.email, segnalazione.risposta) == ("risolta", "", "Corretto, grazie <b>")
    (risposta,) = mailoutbox
    assert risposta.to == [CHI] and "Corretto, grazie <b>" in risposta.body and "un accesso" not in corpo(risposta)
    assert "<b>" not in risposta.alternatives[0].content
    azioni = ModelLogEntry.objects.for_instance(segnalazione).order_by("pk").values_list("action", "user")
    assert list(azioni) == [("guide.prende_in_carico", manager.pk), ("guide.risolve", manager.pk)]
    client.post(segnalazione.get_absolute_url(), {"azione": "riapri"})
    segnalazione.refresh_from_db()
    assert segnalazione.stato == "in_carico"


def test_triage__closed_without_an_answer_writes_to_nobody_and_erases_the_address(scheda, manager, mailoutbox, dopo):
    segnalazione = operazioni.segnala_errore(scheda, "Sbagliato", CHI)
    dopo(comuni.risolvi, segnalazione, manager)
    assert not mailoutbox and Segnalazione.objects.get().email == ""


def test_triage__impossible_passages_are_refused(scheda, manager, referente_a, coordinamento):
    segnalazione = operazioni.segnala_errore(scheda, "Sbagliato")
    for estraneo in (referente_a, coordinamento):
        for passo in (comuni.prendi_in_carico, comuni.risolvi, comuni.riapri):
            with pytest.raises(PermissionDenied):
                passo(segnalazione, estraneo)
    for passo, altro in ((comuni.riapri, ()), (comuni.risolvi, ("Una risposta",))):
        with pytest.raises(PassaggioImpossibile):
            passo(segnalazione, manager, *altro)
    comuni.risolvi(segnalazione, manager)
    for passo in (comuni.prendi_in_carico, comuni.risolvi):
        with pytest.raises(PassaggioImpossibile):
            passo(segnalazione, manager)


@pytest.mark.parametrize(("ente", "esterno"), [("", ""), ("asif chimelli", ""), ("Associazione X", "Associazione X")])
def test_draft__of_a_proposal_in_the_chosen_section(client_di, manager, organizzazione_a, ente, esterno):
    segnalazione = operazioni.proponi_servizio(
        "Banca del tempo", "Ci si scambiano <ore>. " * 20, ente=ente, dove="Pergine", contatti="0461 000000", email=CHI
    )
    client = client_di(manager)
    risposta = client.post(segnalazione.get_absolute_url(), {"azione": "bozza", "organizzazione": organizzazione_a.pk})
    bozza = ServizioPage.objects.get(title="Banca del tempo")
    assert risposta.url == reverse("wagtailadmin_pages:edit", args=[bozza.pk])
    assert client.get(risposta.url).status_code == 200
    assert not bozza.live and bozza.get_parent().specific.organizzazione == organizzazione_a
    assert len(bozza.sommario) <= 160 and "&lt;ore&gt;" in bozza.testo and "0461 000000" in bozza.testo
    assert bozza.erogatore_esterno == esterno and bozza.erogatore == (None if esterno else organizzazione_a)
    assert CHI not in str(bozza.get_latest_revision().content)
    segnalazione.refresh_from_db()
    assert (segnalazione.stato, segnalazione.bozza_id) == ("in_carico", bozza.pk)
    client.post(segnalazione.get_absolute_url(), {"azione": "bozza", "organizzazione": organizzazione_a.pk})
    assert ServizioPage.objects.filter(title="Banca del tempo").count() == 1


def test_draft__the_district_is_offered_first(client_di, manager, distretto):
    segnalazione = operazioni.proponi_servizio("Banca del tempo", "Ci si scambiano ore")
    risposta = client_di(manager).get(segnalazione.get_absolute_url())
    assert risposta.context["bozza"].initial["organizzazione"] == distretto
    sbagliata = client_di(manager).post(segnalazione.get_absolute_url(), {"azione": "bozza", "organizzazione": "x"})
    assert sbagliata.status_code == 200 and not ServizioPage.objects.exists()


# Withdrawal


def test_withdrawal__asked_confirmed_archived_and_put_back(
    client, client_di, scheda, referente_a, manager, mailoutbox, dopo
):
    sua = client_di(referente_a)
    chiedi = reverse("guida:chiedi_ritiro", args=[scheda.pk])
    assert sua.get(chiedi).status_code == 200
    assert "Scrivi il motivo" in sua.post(chiedi, {"motivo": " "}).content.decode()
    dopo(sua.post, chiedi, {"motivo": "Il servizio è finito"})
    richiesta = RichiestaDiRitiro.objects.get()
    assert ServizioPage.objects.get().live and [m.to for m in mailoutbox] == [[manager.email]]
    assert "Il servizio è finito" in corpo(mailoutbox[0])
    decidi = reverse("guida:ritiro", args=[richiesta.pk])
    assert "Il servizio è finito" in client_di(manager).get(decidi).content.decode()
    scheda.sommario = "Bozza mai approvata"
    scheda.save_revision(user=referente_a)
    scheda.get_workflow().start(scheda, referente_a)
    dopo(client_di(manager).post, decidi, {"azione": "conferma"})
    archiviata = ServizioPage.objects.get()
    assert not archiviata.live and not cura_di(ServizioPage).voci.exists() and not archiviata.workflow_in_progress
    assert referente_a.email in [m.to[0] for m in mailoutbox[1:]]
    assert client_di(manager).get(reverse("guida:ritiri")).status_code == 200

    risposta = client.get(scheda.url)
    assert risposta.status_code == 410 and "non è più nella Family Guide" in risposta.content.decode()
    assert not risposta.cookies and "Bozza mai approvata" not in risposta.content.decode()

    client_di(manager).post(decidi, {"azione": "ripristina"})
    assert client.get(scheda.url).status_code == 200
    assert cura_di(ServizioPage).voci.get().scheda.sommario == "In breve"
    with pytest.raises(PassaggioImpossibile):
        comuni.ripristina(richiesta, manager)


def test_withdrawal__what_its_author_wrote_over_never_comes_back(client, client_di, scheda, referente_a, manager):
    """The editor saves over its author's own last revision, the one that the public reads included."""
    scheda.sommario = "Letto dal pubblico"
    pubblicata = scheda.save_revision(user=referente_a)
    pubblicata.publish(user=manager)
    richiesta = comuni.chiedi_ritiro(scheda, referente_a, "È finito")

    def riscrivi(sommario):
        bozza = ServizioPage.objects.get(pk=scheda.pk).get_latest_revision_as_object()
        bozza.sommario = sommario
        assert bozza.save_revision(user=referente_a, overwrite_revision=bozza.latest_revision).pk == pubblicata.pk

    riscrivi("Mai approvato, prima del ritiro")
    comuni.conferma_ritiro(richiesta, manager)
    riscrivi("Mai approvato, dopo il ritiro")
    comuni.ripristina(richiesta, manager)
    assert cura_di(ServizioPage).voci.get().scheda.sommario == "Letto dal pubblico"
    assert "Mai approvato" not in client.get(scheda.url).content.decode()


def test_withdrawal__refused_with_a_reason(client_di, scheda, referente_a, manager, mailoutbox, dopo):
    richiesta = comuni.chiedi_ritiro(scheda, referente_a, "È finito")
    decidi = reverse("guida:ritiro", args=[richiesta.pk])
    assert "Scrivi il motivo" in client_di(manager).post(decidi, {"azione": "rifiuta"}).content.decode()
    dopo(client_di(manager).post, decidi, {"azione": "rifiuta", "motivo": "È solo sospeso"})
    assert ServizioPage.objects.get().live
    (messaggio,) = mailoutbox
    assert messaggio.to == [referente_a.email] and "È solo sospeso" in corpo(messaggio)
    with pytest.raises(PassaggioImpossibile):
        comuni.conferma_ritiro(richiesta, manager)
    comuni.chiedi_ritiro(scheda, referente_a, "Davvero")


def test_withdrawal__once_at_a_time_and_by_who_answers_for_it(scheda, referente_a, referente_b, manager, coordinamento):
    for estraneo in (referente_b, coordinamento):
        with pytest.raises(PermissionDenied):
            comuni.chiedi_ritiro(scheda, estraneo, "x")
    richiesta = comuni.chiedi_ritiro(scheda, referente_a, "x")
    with pytest.raises(PassaggioImpossibile):
        comuni.chiedi_ritiro(scheda, referente_a, "x")
    for passo in (comuni.conferma_ritiro, comuni.ripristina):
        with pytest.raises(PermissionDenied):
            passo(richiesta, referente_a)


def test_withdrawal__core_does_not_let_referents_unpublish_or_delete(client_di, scheda, referente_a):
    for azione in ("unpublish", "delete"):
        client_di(referente_a).post(reverse(f"wagtailadmin_pages:{azione}", args=[scheda.pk]))
    assert ServizioPage.objects.get().live
    html = client_di(referente_a).get(reverse("wagtailadmin_pages:edit", args=[scheda.pk])).content.decode()
    assert reverse("guida:chiedi_ritiro", args=[scheda.pk]) in html


def test_address__of_a_draft_is_not_found_as_before(client, scheda):
    scheda.unpublish()
    assert client.get(scheda.url).status_code == 404
