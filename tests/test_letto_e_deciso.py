"""Who decides, decides on what they read: the forms are sent as a browser would, with all that the page put in them.

Files are here too: what a decision or a deletion throws away goes when it is committed, and not before.
"""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from base.allegati import esamina
from convenzioni import operazioni as convenzioni
from notizie.models import NotiziaPage, SezioneNotiziePage
from notizie.ped import operazioni as ped
from programma import operazioni
from programma.models import Criterio, Evidenza

from .scene.ped import immagine

pytestmark = pytest.mark.django_db


class Moduli(HTMLParser):
    """The forms of a page: for each one, its fields with a value, and its buttons."""

    def __init__(self, testo):
        super().__init__()
        self.moduli, self.area = [], None
        self.feed(testo)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.moduli.append(({}, []))
        elif self.moduli and "name" in a:
            campi, bottoni = self.moduli[-1]
            if tag == "button":
                bottoni.append((a["name"], a.get("value", "")))
            elif tag in ("input", "textarea") and (a.get("type") not in ("checkbox", "radio") or "checked" in a):
                campi[a["name"]] = a.get("value", "")


def preme(testo, nome, valore):
    """What the browser sends for the button `nome=valore` of the page `testo`."""
    (campi,) = [campi for campi, bottoni in Moduli(testo).moduli if (nome, valore) in bottoni]
    return {**campi, nome: valore}


@pytest.fixture
def bozza(programma, organizzazione_a, referente_a):
    evidenza = Evidenza(organizzazione=organizzazione_a, titolo="Tavolo", data=date(2025, 3, 5), argomento="Estate")
    criterio = Criterio.objects.get(programma=programma, codice="P1.1")
    return operazioni.salva_bozza(evidenza, referente_a, [criterio], [organizzazione_a])


def riscrivi(evidenza, chi):
    """Withdrawn, changed and sent again: the same evidence says something else."""
    operazioni.richiama(evidenza, chi)
    evidenza = Evidenza.objects.get(pk=evidenza.pk)
    evidenza.titolo = "Tutt'altro"
    operazioni.salva_bozza(evidenza, chi, evidenza.criteri.all(), evidenza.organizzazioni.all())
    return operazioni.invia(evidenza, chi)


@pytest.mark.parametrize("azione", ["approva", "restituisci"])
def test_evidence__the_form_carries_the_version_read(bozza, referente_a, manager, client_di, azione):
    evidenza, client = operazioni.invia(bozza, referente_a), client_di(manager)
    indirizzo = evidenza.get_absolute_url()
    inviato = preme(client.get(indirizzo).content.decode(), "azione", azione) | {"restituisci-motivo": "Manca"}
    riscrivi(evidenza, referente_a)
    assert "rileggila" in client.post(indirizzo, inviato, follow=True).content.decode()
    assert Evidenza.objects.get().stato == "inviata"
    inviato = preme(client.get(indirizzo).content.decode(), "azione", azione) | {"restituisci-motivo": "Manca"}
    client.post(indirizzo, inviato)
    assert Evidenza.objects.get().stato == {"approva": "approvata", "restituisci": "da_integrare"}[azione]


def test_evidence__revoking_carries_the_version_read_too(bozza, referente_a, manager, client_di):
    evidenza, client = operazioni.approva(operazioni.invia(bozza, referente_a), manager), client_di(manager)
    indirizzo = evidenza.get_absolute_url()
    inviato = preme(client.get(indirizzo).content.decode(), "azione", "revoca")
    assert inviato["versione"] == str(evidenza.versione)
    client.post(indirizzo, {**inviato, "versione": "1", "revoca-motivo": "No"})
    assert Evidenza.objects.get().stato == "approvata"


def test_queue__what_is_ticked_carries_the_version_read(bozza, referente_a, manager, client_di):
    evidenza, client, coda = operazioni.invia(bozza, referente_a), client_di(manager), reverse("programma:coda")

    def spunta():
        return re.findall(r'name="evidenza"\s+value="([^"]+)"', client.get(coda).content.decode())

    vecchia = spunta()
    riscrivi(evidenza, referente_a)
    assert "rileggila" in client.post(coda, {"evidenza": vecchia}).content.decode()
    assert Evidenza.objects.get().stato == "inviata"
    client.post(coda, {"evidenza": spunta()})
    assert Evidenza.objects.get().stato == "approvata"


def test_form__carries_the_version_on_which_one_writes(bozza, referente_a, client_di):
    client, indirizzo = client_di(referente_a), reverse("programma:modifica", args=[bozza.pk])
    mio = preme(client.get(indirizzo).content.decode(), "azione", "salva") | {"titolo": "Il mio"}
    operazioni.salva_bozza(Evidenza.objects.get(), referente_a, bozza.criteri.all(), bozza.organizzazioni.all())
    assert client.post(indirizzo, mio).status_code == 409
    assert Evidenza.objects.get().titolo == "Tavolo"


@pytest.mark.parametrize("versione", [{}, {"versione": ""}, {"versione": "x"}, {"versione": "²"}])
@pytest.mark.parametrize("azione", ["approva", "restituisci", "revoca"])
def test_evidence__who_does_not_say_what_they_read_decides_nothing(
    bozza, referente_a, manager, client_di, azione, versione
):
    evidenza = operazioni.invia(bozza, referente_a)
    if azione == "revoca":
        evidenza = operazioni.approva(evidenza, manager)
    inviato = {"azione": azione, f"{azione}-motivo": "Perché sì", **versione}
    for criterio in evidenza.criteri.all():
        inviato |= {f"criterio-{criterio.pk}-quantita": "1", f"criterio-{criterio.pk}-nota": ""}
    risposta = client_di(manager).post(evidenza.get_absolute_url(), inviato, follow=True)
    assert "poi decidi" in risposta.content.decode()
    assert Evidenza.objects.get().stato == evidenza.stato


def test_page__who_does_not_say_what_they_read_does_not_decide(organizzazione_a, referente_a, manager, client_di):
    pagina = NotiziaPage(title="Non letta", live=False, owner=referente_a)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    pagina.save_revision(user=referente_a)
    pagina.get_workflow().start(pagina, referente_a)
    indirizzo = reverse("programma:pagina", args=[pagina.pk])
    for inviato in ({"azione": "approva"}, {"azione": "restituisci", "restituisci-motivo": "No"}):
        risposta = client_di(manager).post(indirizzo, inviato, follow=True)
        assert "Non si sa quale versione hai letto" in risposta.content.decode()
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    assert not pagina.live and pagina.workflow_in_progress


@pytest.mark.parametrize("azione", ["approva", "restituisci"])
def test_page__written_over_its_own_revision_is_read_again_first(
    organizzazione_a, referente_a, manager, client_di, azione
):
    pagina = NotiziaPage(title="Letta", live=False, owner=referente_a)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione_a).add_child(instance=pagina)
    revisione = pagina.save_revision(user=referente_a)
    pagina.get_workflow().start(pagina, referente_a)
    client, indirizzo = client_di(manager), reverse("programma:pagina", args=[pagina.pk])
    inviato = preme(client.get(indirizzo).content.decode(), "azione", azione) | {"restituisci-motivo": "No"}
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    pagina.title = "Non letta"
    pagina.save_revision(user=referente_a, overwrite_revision=revisione)
    assert "rileggila" in client.post(indirizzo, inviato, follow=True).content.decode()
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    assert not pagina.live and pagina.workflow_in_progress
    inviato = preme(client.get(indirizzo).content.decode(), "azione", azione) | {"restituisci-motivo": "No"}
    client.post(indirizzo, inviato)
    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    assert (pagina.live, pagina.workflow_in_progress) == (azione == "approva", False)


# Files go after the commit


class _Ripensamento(Exception):
    pass


def torna_indietro(funzione):
    """Run `funzione` in a transaction that is then rolled back."""
    with pytest.raises(_Ripensamento), transaction.atomic():
        funzione()
        raise _Ripensamento


def allegato_di(evidenza, chi):
    file = ContentFile(b"%PDF-1.4\nprova", name="verbale.pdf")
    return operazioni.allega(evidenza, chi, file, esamina(SimpleUploadedFile("verbale.txt", b"presenti: 3")))


def prova_file(file, funzione, django_capture_on_commit_callbacks):
    """`file` outlives `funzione` undone, and goes with `funzione` done."""
    archivio, nome = file.storage, file.name
    with django_capture_on_commit_callbacks(execute=True):
        torna_indietro(funzione)
    assert archivio.exists(nome)
    with django_capture_on_commit_callbacks() as dopo:
        funzione()
    assert archivio.exists(nome)
    for chiamata in dopo:
        chiamata()
    assert not archivio.exists(nome)


def test_file__of_an_attachment_taken_away(bozza, referente_a, django_capture_on_commit_callbacks):
    allegato = allegato_di(bozza, referente_a)
    pk = allegato.pk
    prova_file(
        allegato.file,
        lambda: operazioni.togli_allegato(type(allegato).objects.get(pk=pk), referente_a),
        django_capture_on_commit_callbacks,
    )


def test_file__of_a_draft_that_was_deleted(bozza, referente_a, django_capture_on_commit_callbacks):
    allegato = allegato_di(bozza, referente_a)
    prova_file(
        allegato.file,
        lambda: operazioni.elimina_bozza(Evidenza.objects.get(pk=bozza.pk), referente_a),
        django_capture_on_commit_callbacks,
    )


def test_file__of_a_piece_that_was_deleted(
    pianifica, registra, referente_a, nel_2025, django_capture_on_commit_callbacks
):
    pezzo = registra(pianifica())
    prova_file(
        pezzo.immagine,
        lambda: ped.elimina(type(pezzo).objects.get(pk=pezzo.pk), referente_a),
        django_capture_on_commit_callbacks,
    )


def test_file__of_a_picture_that_changed(pianifica, referente_a, nel_2025, django_capture_on_commit_callbacks):
    pezzo = ped.conserva_immagine(pianifica(), referente_a, immagine())
    prova_file(
        pezzo.immagine,
        lambda: ped.conserva_immagine(type(pezzo).objects.get(pk=pezzo.pk), referente_a, immagine("altra.png")),
        django_capture_on_commit_callbacks,
    )


def test_file__of_an_act_that_changed(nuova, referente_a, django_capture_on_commit_callbacks):
    convenzione = nuova()

    def firma():
        file = SimpleUploadedFile("atto.txt", b"Accordo firmato")
        return convenzioni.registra_firma(
            convenzione, referente_a, date(2025, 6, 10), file=file, accettato=esamina(file)
        )

    prova_file(firma().file, firma, django_capture_on_commit_callbacks)
