"""The official act in the admin, upload, report and confirmation; and its words beside ours, for the public."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programma.models import AzionePage, ParoleDellAtto, ProgrammaPage
from programma.operazioni import approva_programma, chiudi_programma

from .scene.atto import AttoDiProva, pdf, scansione

pytestmark = pytest.mark.django_db
ATTO = reverse("programma:importa_atto")


def file(atto, nome="atto.txt"):
    return SimpleUploadedFile(nome, atto if isinstance(atto, bytes) else atto.testo().encode())


@pytest.fixture
def carica_atto(client_di, manager):
    """Upload a file as the manager; returns the client and the answer."""

    def gesto(atto, nome="atto.txt"):
        client = client_di(manager)
        return client, client.post(ATTO, {"file": file(atto, nome)})

    return gesto


def conferma(client, risposta, **altro):
    contesto = risposta.context
    dati = {"conferma": "1", "atto": contesto["atto"], "impronta": contesto["impronta"], **altro}
    return client.post(ATTO, dati, follow=True)


class TestCaricare:
    def test_report__says_what_was_read_and_writes_nothing(self, carica_atto):
        atto = AttoDiProva.con(2)
        atto.azioni[0].tempi = None
        _, risposta = carica_atto(atto)
        pagina = " ".join(risposta.content.decode().split())
        assert "Programma 2031: che cosa si è letto" in pagina
        assert "azione 1: manca la riga «Tempi», o non si legge" in pagina and ", riga " in pagina
        assert not ProgrammaPage.objects.filter(anno=2031).exists()

    def test_confirmation__writes_what_was_shown(self, carica_atto):
        client, risposta = carica_atto(AttoDiProva.con(2))
        fatto = conferma(client, risposta)
        programma = ProgrammaPage.objects.get(anno=2031)
        assert fatto.redirect_chain[0][0] == reverse("programma:criteri", args=[programma.pk])
        assert programma.criteri.count() == 8 and programma.stato == ProgrammaPage.Stato.BOZZA

    def test_pdf(self, carica_atto, pango):
        _, risposta = carica_atto(pdf(AttoDiProva.con(1).html()), "atto.pdf")
        assert risposta.status_code == 200 and "Orti in cortile" in risposta.content.decode()

    def test_confirmation__shows_again_when_the_programme_changed_meanwhile(self, carica_atto):
        client, risposta = carica_atto(AttoDiProva.con(1))
        altro, altra = carica_atto(AttoDiProva.con(1))
        conferma(altro, altra)
        ParoleDellAtto.objects.filter(parte="tempi").delete()
        di_nuovo = conferma(client, risposta)
        assert "Intanto qualcosa è cambiato" in di_nuovo.content.decode()
        assert not ParoleDellAtto.objects.filter(parte="tempi").exists()
        conferma(client, di_nuovo)
        assert ParoleDellAtto.objects.filter(parte="tempi").exists()

    @pytest.mark.parametrize("parola", ["", "falsa", "a:b:c"])
    def test_confirmation__of_a_file_that_is_not_kept(self, client_di, manager, parola):
        risposta = client_di(manager).post(ATTO, {"conferma": "1", "atto": parola, "impronta": ""}, follow=True)
        assert "Questo file non c&#x27;è più" in risposta.content.decode()

    def test_confirmation__of_a_file_of_someone_else(self, carica_atto, client_di, nuovo_utente, manager):
        _, risposta = carica_atto(AttoDiProva.con(1))
        altro = nuovo_utente("altro_manager", *[gruppo.name for gruppo in manager.groups.all()])
        conferma(client_di(altro), risposta)
        assert not ProgrammaPage.objects.filter(anno=2031).exists()

    @pytest.mark.parametrize(
        ("contenuto", "nome", "motivo"),
        [
            (b"", "atto.txt", "vuoto"),
            (b"ciao", "atto.txt", "non è un programma di lavoro"),
            (scansione(), "atto.pdf", "è una scansione"),
            (b"ciao", "atto.pdf", "non contiene un file pdf"),
            (b"%PDF-1.7", "atto.pdf", "non si apre"),
            (b"a;b", "atto.csv", "Serve il PDF"),
            (b"x", "atto.exe", "non è di un tipo accettato"),
        ],
        ids=lambda valore: "contenuto" if isinstance(valore, bytes) else None,  # a PDF holds the moment it was made
    )
    def test_bad_file__has_its_reason(self, carica_atto, contenuto, nome, motivo):
        _, risposta = carica_atto(contenuto, nome)
        assert risposta.status_code == 400 and motivo in risposta.content.decode()

    def test_no_file(self, client_di, manager):
        risposta = client_di(manager).post(ATTO, {})
        assert risposta.status_code == 400 and "Scegli il file dell&#x27;atto" in risposta.content.decode()

    def test_closed_programme__is_refused(self, carica_atto, manager):
        client, risposta = carica_atto(AttoDiProva.con(1))
        conferma(client, risposta)
        chiudi_programma(approva_programma(ProgrammaPage.objects.get(anno=2031)), manager)
        _, risposta = carica_atto(AttoDiProva.con(1))
        assert risposta.status_code == 400 and "è chiuso" in risposta.content.decode()

    def test_who_does_not_manage_programmes__finds_nothing(self, client_di, referente_a, coordinamento, acs):
        for utente in (referente_a, coordinamento, acs):
            client = client_di(utente)
            assert client.get(ATTO).status_code == 404
            assert client.post(ATTO, {"file": file(AttoDiProva.con(1))}).status_code == 404

    def test_kept_files__do_not_stay_for_ever(self, carica_atto, monkeypatch):
        deposito = storages["allegati"]
        vecchio = deposito.save("atti/vecchio", ContentFile(b"x"))
        monkeypatch.setattr(
            type(deposito), "get_modified_time", lambda s, n: __import__("datetime").datetime(2020, 1, 1).astimezone()
        )
        carica_atto(AttoDiProva.con(1))
        assert not deposito.exists(vecchio)


class TestPubblico:
    @pytest.fixture
    def azione(self, carica_atto):
        client, risposta = carica_atto(AttoDiProva.con(1))
        conferma(client, risposta)
        approva_programma(ProgrammaPage.objects.get(anno=2031))
        return AzionePage.objects.get(numero=1, title="Orti in cortile")

    def scrivi(self, azione, **campi):
        for nome, valore in campi.items():
            setattr(azione, nome, valore)
        azione.save()

    def test_only_the_act__its_words_are_called_so(self, client, azione):
        pagina = client.get(azione.url).content.decode()
        assert pagina.count("Far incontrare chi abita") == 1
        assert "Testo dell'atto" in pagina and "In sintesi" not in pagina

    def test_our_summary__stands_beside_the_words_of_the_act(self, client, azione):
        self.scrivi(azione, obiettivo_generale="Vicini che si conoscono")
        ProgrammaPage.objects.filter(anno=2031).update(atto_indirizzo="https://example.org/atto.pdf")
        pagina = client.get(azione.url).content.decode()
        assert "Vicini che si conoscono" in pagina and "Far incontrare chi abita" in pagina
        assert "In sintesi, con parole del Distretto" in pagina and 'href="https://example.org/atto.pdf"' in pagina

    def test_indicators_targets_and_times__are_shown_without_percentages(self, client, azione):
        pagina = " ".join(client.get(azione.url).content.decode().split())
        assert "Organizzazione di n. 2 incontri" in pagina and "l'atto ne aspetta 2" in pagina
        assert "Entro 30 novembre 2031" in pagina and "50%" not in pagina

    def test_programme__names_law_and_guidelines(self, client, programma):
        pagina = " ".join(client.get(programma.url).content.decode().split())
        assert "2 marzo 2011, n. 1" in pagina and "n. 1898 del 12 ottobre 2018" in pagina

    def test_words_in_the_editor(self, client_di, manager, azione):
        pagina = client_di(manager).get(reverse("wagtailadmin_pages:edit", args=[azione.pk])).content.decode()
        assert "50% per ogni incontro svolto 100% per la mappa" in pagina
