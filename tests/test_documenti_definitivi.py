"""The life of a document: words, review, final, public; what is frozen stays, what is not public never is."""

import hashlib
import io
import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader
from wagtail.models import PageLogEntry

from base.solo_aggiunte import NonSiCambia
from documenti import operazioni
from documenti.cambiamenti import differenze, fatti_in_breve
from documenti.corpo import (
    INTERNO,
    PERCENTUALI,
    Capitolo,
    Corpo,
    Paragrafo,
    Prospetto,
    Punti,
    da_json,
    in_json,
    pubblico,
)
from documenti.models import Definitivo, DocumentiPage, Narrazione, Pubblicazione
from documenti.selettori import anteprima_pubblica, lavorazione
from documenti.tipi import PROGRAMMA, giorno_del_documento, tipi_di
from programma.models import ParoleDellAtto
from programma.operazioni import annulla_approvazione, approva, approva_programma, correggi_programma, revoca

from .scene.documenti import definitivo, impronta

pytestmark = pytest.mark.django_db
REPORT, VAMT, RELAZIONE = "report-annuale", "relazione-vamt", "relazione-p1-2"


def come_testo(corpo):
    return json.dumps(in_json(corpo), ensure_ascii=False)


class TestCorpo:
    corpo = Corpo(
        "T",
        "D",
        ("Riga",),
        (
            Capitolo("Vuoto che resta", 1),
            Capitolo("Dentro", 2, (Paragrafo("per tutti"), Paragrafo("80%", True, PERCENTUALI))),
            Capitolo("Risultati", 1, (Punti(("90%",), PERCENTUALI),)),
            Capitolo("Solo qui", 1, (Paragrafo("x"),), INTERNO),
            Capitolo("Titolo di nulla", 1),
        ),
    )

    def test_body__is_read_back_as_it_was_kept(self):
        assert da_json(json.loads(json.dumps(in_json(self.corpo)))) == self.corpo

    def test_public__has_what_is_for_everybody_and_no_empty_chapter(self):
        assert [capitolo.titolo for capitolo in pubblico(self.corpo, False).capitoli] == ["Vuoto che resta", "Dentro"]
        assert "%" not in come_testo(pubblico(self.corpo, False))
        assert "90%" in come_testo(pubblico(self.corpo, True)) and "Solo qui" not in come_testo(
            pubblico(self.corpo, True)
        )

    def test_public__leaves_out_columns_and_shares_their_width(self):
        tabella = Prospetto(
            "",
            ("A", "B", "C"),
            (("1", "2", "3"),),
            larghezze=(50, 25, 25),
            riserve=(("A", INTERNO), ("B", PERCENTUALI)),
        )
        corpo = Corpo("T", "D", (), (Capitolo("C", 1, (tabella,)),))
        (uno,) = pubblico(corpo, False).capitoli[0].blocchi
        assert (uno.colonne, uno.righe, uno.larghezze) == (("C",), (("3",),), (100,))
        (due,) = pubblico(corpo, True).capitoli[0].blocchi
        assert (due.colonne, due.larghezze) == (("B", "C"), (50, 50))


def test_facts__are_told_apart_thing_by_thing_and_name_nobody():
    def dati(punteggio, *evidenze):
        return {"al": "2025-01-01", "criteri": [{"codice": "P1.1", "punteggio": punteggio, "evidenze": list(evidenze)}]}

    uno = {"data": "2025-03-05", "titolo": "Tavolo", "persone_coinvolte": "Rita Levi", "quantita": 1}
    prima = fatti_in_breve(dati(20, uno, uno))
    assert "Rita" not in json.dumps(prima) and len(prima) == 4
    dopo = fatti_in_breve({**dati(40, {**uno, "persone_coinvolte": "Altri"}), "al": "2025-02-02"})
    assert [
        (c.chiave, c.che_cosa, c.prima.partition(" [")[0], c.dopo.partition(" [")[0]) for c in differenze(prima, dopo)
    ] == [
        ("P1.1", "è cambiato", "punteggio 20", "punteggio 40"),
        ("P1.1 › evidenze › 2025-03-05 Tavolo", "è cambiato", "quantita 1", "quantita 1"),
        ("P1.1 › evidenze › 2025-03-05 Tavolo (2)", "non c'è più", "quantita 1", ""),
    ]


def test_writing__is_kept_version_by_version_and_only_by_the_manager(programma, manager, coordinamento):
    prima = operazioni.scrivi_parte(programma, REPORT, "presentazione", "Uno", 0, manager)
    assert operazioni.scrivi_parte(programma, REPORT, "presentazione", "Uno", 1, manager) is None
    seconda = operazioni.scrivi_parte(programma, REPORT, "presentazione", "Due", 1, manager)
    assert (prima.numero, seconda.numero) == (1, 2) and Narrazione.objects.count() == 2
    with pytest.raises(PermissionDenied):
        operazioni.scrivi_parte(programma, REPORT, "presentazione", "Tre", 2, coordinamento)
    with pytest.raises(NonSiCambia):
        Narrazione.objects.update(testo="altro")


def test_two_people__the_second_is_told_and_loses_nothing(programma, manager, nuovo_utente, client_di):
    altra = nuovo_utente("altra", *manager.groups.values_list("name", flat=True))
    scrivi = reverse("documenti:scrivi", args=[2025, REPORT])
    client = client_di(manager)
    html = client.get(scrivi).content.decode()
    assert "Nessuno l'ha ancora scritta" in html.replace("&#x27;", "'") and "Evidenze approvate: 0" in html
    operazioni.scrivi_parte(programma, REPORT, "presentazione", "Di un'altra", 0, altra)
    mio = {"parte": "presentazione", "presentazione-testo": "Il mio testo", "presentazione-numero": "0"}
    risposta = client.post(scrivi, mio)
    html = risposta.content.decode()
    assert risposta.status_code == 409 and "Il mio testo" in html and "Di un&#x27;altra" in html
    assert Narrazione.objects.get().testo == "Di un'altra" and 'name="presentazione-numero" value="1"' in html
    assert client.post(scrivi, {**mio, "presentazione-numero": "1"}).status_code == 302
    assert Narrazione.objects.ultime(programma, REPORT).get().testo == "Il mio testo"
    for rovinato in ({"parte": "boh"}, {"parte": "presentazione"}, {**mio, "presentazione-numero": "9" * 30}):
        assert client.post(scrivi, rovinato).status_code in (302, 422)
    lungo = client.post(scrivi, {**mio, "presentazione-testo": "a" * 20_001})
    assert lungo.status_code == 422 and "a" * 20_001 in lungo.content.decode()
    assert client.get(reverse("documenti:scrivi", args=[2025, "compiti-del-manager"])).status_code == 404


def test_review__says_what_changed_since_it_was_written(programma, manager, riconosciuta, client_di):
    operazioni.scrivi_parte(programma, VAMT, "premessa", "La premessa", 0, manager)
    evidenza = riconosciuta("P1.1")
    ora = lavorazione(programma, VAMT, tipi_di(programma)[VAMT])
    (parte,) = ora.da_rileggere
    detti = {uno.chiave: uno.che_cosa for uno in parte.cambiati}
    assert detti["P1.1 › evidenze › 2025-03-05 Tavolo con il Comune"] == "è nuovo" and detti["P1.1"] == "è cambiato"
    html = client_di(manager).get(reverse("documenti:rivedi", args=[2025, VAMT])).content.decode()
    assert "Da quando è stata scritta i fatti sono cambiati" in html and "La premessa" in html
    assert "Parti che non ci saranno" in html and "Considerazioni" in html
    revoca(evidenza, manager, "Non era così")
    assert lavorazione(programma, VAMT, tipi_di(programma)[VAMT]).da_rileggere == []


def test_final__keeps_what_it_said_and_a_new_one_does_not_touch_it(programma, manager, riconosciuta, client_di, pango):
    riconosciuta("P1.1")
    prima = definitivo(programma, VAMT, manager, premessa="Scritta\nda noi.\n\nSecondo capoverso")
    with prima.pdf.open() as file:
        pdf = file.read()
    with prima.docx.open() as file:
        docx = file.read()
    assert (hashlib.sha256(pdf).hexdigest(), hashlib.sha256(docx).hexdigest()) == (prima.pdf_sha256, prima.docx_sha256)
    assert hashlib.sha256(prima.dati.encode()).hexdigest() == prima.dati_sha256
    letto = " ".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf)).pages)
    paragrafi = [p.text for p in Document(io.BytesIO(docx)).paragraphs]
    for detto in ("Secondo capoverso", "Documento n. 1 del"):
        assert detto in letto and any(detto in paragrafo for paragrafo in paragrafi)
    assert json.loads(prima.dati)["criteri"] and "Tavolo con il Comune" in come_testo(prima.detto)
    riconosciuta("P1.1", titolo="Un altro tavolo", data=date(2025, 4, 1))
    dopo = operazioni.rendi_definitivo(programma, VAMT, manager, impronta(programma, VAMT))
    assert (prima.numero, dopo.numero) == (1, 2) and "Un altro tavolo" in come_testo(dopo.detto)
    assert "Un altro tavolo" not in come_testo(Definitivo.objects.get(pk=prima.pk).detto)
    for errore in (prima.save, prima.delete, lambda: Definitivo.objects.update(numero=7)):
        with pytest.raises(NonSiCambia):
            errore()
    client = client_di(manager)
    for formato, atteso in (("pdf", pdf), ("docx", docx), ("json", prima.dati.encode())):
        risposta = client.get(reverse("documenti:file_definitivo", args=[prima.pk, formato]))
        corpo = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
        assert corpo == atteso and "no-store" in risposta["Cache-Control"]
    assert client.get(reverse("documenti:file_definitivo", args=[prima.pk, "odt"])).status_code == 404
    assert PageLogEntry.objects.filter(page=programma.pk, action="documenti.scarica").count() == 3
    html = client.get(prima.get_absolute_url()).content.decode()
    assert prima.pdf_sha256 in html and "non è pubblico" in html


def test_final__is_of_what_was_read(programma, manager, riconosciuta, coordinamento, client_di, pango):
    letta = impronta(programma, REPORT)
    riconosciuta("P1.1")
    with pytest.raises(operazioni.CambiatoNelFrattempo):
        operazioni.rendi_definitivo(programma, REPORT, manager, letta)
    rivedi = reverse("documenti:rivedi", args=[2025, REPORT])
    for rovinato in ({}, {"letto": "x"}, {"letto": letta}):
        assert client_di(manager).post(rivedi, rovinato).status_code == 302
    assert "Rendi definitivo" not in client_di(coordinamento).get(rivedi).content.decode()
    with pytest.raises(PermissionDenied):
        operazioni.rendi_definitivo(programma, REPORT, coordinamento, impronta(programma, REPORT))
    assert not Definitivo.objects.exists()
    ora = {"letto": impronta(programma, REPORT)}
    risposta = client_di(manager).post(rivedi, ora)
    client_di(manager).post(rivedi, ora)  # a click too many
    assert risposta.url == Definitivo.objects.get().get_absolute_url()


@pytest.mark.parametrize("nome", [REPORT, VAMT, RELAZIONE])
def test_public__names_no_person_and_no_percentage(programma, manager, riconosciuta, nome):
    riconosciuta("P1.1", "P1.2", titolo="Tavolo")
    tipo = tipi_di(programma)[nome]
    corpo = tipo.in_corpo(tipo.raccogli(programma, giorno_del_documento(programma)))
    detto = come_testo(pubblico(corpo, False))
    assert "Tavolo" in detto
    for riservato in ("Rita Levi", "verbale.txt", "raggiunt", "non hanno ancora evidenze"):
        assert riservato not in detto
    indicatori = {c.indicatore for c in programma.criteri.all() if "%" in c.indicatore}
    for indicatore in indicatori:
        detto = detto.replace(indicatore, "")
    assert "%" not in detto
    if nome != RELAZIONE:
        assert "%" in come_testo(pubblico(corpo, True)) and "Rita Levi" not in come_testo(pubblico(corpo, True))


def test_publishing__is_an_act_of_who_has_read_it(programma, manager, acs, riconosciuta, client, client_di, pango):
    riconosciuta("P1.1")
    prima = definitivo(programma, VAMT, manager, premessa="Per tutti")
    pagina = reverse("documenti:pubblica", args=[prima.pk])
    html = client_di(manager).get(pagina).content.decode()
    assert "Per tutti" in html and "Rita Levi" not in html and not Pubblicazione.objects.exists()
    _, letta = anteprima_pubblica(prima)
    with pytest.raises(PermissionDenied):
        operazioni.pubblica(prima, acs, letta)
    client_di(manager).post(pagina, {"letto": letta})
    una = Pubblicazione.objects.get()
    with una.pdf.open() as file:
        pdf = file.read()
    assert hashlib.sha256(pdf).hexdigest() == una.pdf_sha256 and len(pdf) == una.dimensione
    assert "Rita Levi" not in " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages)
    assert operazioni.pubblica(prima, manager, letta) == una
    programma.pubblica_avanzamento = True
    programma.save()
    prima = Definitivo.objects.get(pk=prima.pk)
    with pytest.raises(operazioni.CambiatoNelFrattempo):
        operazioni.pubblica(prima, manager, letta)
    con_percentuali, letta = anteprima_pubblica(prima)
    assert "%" in come_testo(con_percentuali)
    due = operazioni.pubblica(prima, manager, letta)
    una.refresh_from_db()
    assert una.ritirata_da == manager and list(Pubblicazione.objects.in_vigore()) == [due]
    client_di(manager).post(reverse("documenti:ritira", args=[prima.pk]))
    assert not Pubblicazione.objects.in_vigore().exists() and Definitivo.objects.count() == 1
    with pytest.raises(NonSiCambia):
        Pubblicazione.objects.update(dimensione=1)


def test_report_of_an_action__becomes_its_evidence_and_its_writer_does_not_decide(
    programma, manager, coordinamento, nuovo_utente, riconosciuta, client_di, pango
):
    altra = nuovo_utente("altra", *manager.groups.values_list("name", flat=True))
    riconosciuta("P1.1")
    operazioni.scrivi_parte(programma, RELAZIONE, "origine", "Com'è nata", 0, altra)
    finale = definitivo(programma, RELAZIONE, manager)
    client_di(manager).post(reverse("documenti:evidenza", args=[finale.pk]))
    evidenza = operazioni.offri_come_evidenza(finale, manager)
    assert (evidenza.stato, [c.codice for c in evidenza.criteri.all()]) == ("inviata", ["P1.2"])
    assert evidenza.id_autori() == {manager.pk, altra.pk}
    with evidenza.allegati.get().file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == finale.pdf_sha256
    for chi in (manager, altra):
        with pytest.raises(PermissionDenied):
            approva(evidenza, chi)
    due = operazioni.rendi_definitivo(programma, RELAZIONE, manager, impronta(programma, RELAZIONE))
    with pytest.raises(ValidationError, match="altra versione"):
        operazioni.offri_come_evidenza(due, manager)
    approva(evidenza, coordinamento)
    html = client_di(manager).get(finale.get_absolute_url()).content.decode()
    assert "Offri come evidenza" not in html and evidenza.get_absolute_url() in html
    with pytest.raises(ValidationError, match="Nessun criterio"):
        operazioni.offri_come_evidenza(definitivo(programma, VAMT, manager), manager)


class TestProgramma:
    @pytest.fixture
    def bozza(self, programma, manager):
        correggi_programma(programma, manager, "Una parola sbagliata")
        return programma

    @pytest.fixture
    def approva(self, django_capture_on_commit_callbacks, manager):
        def fai(programma):
            with django_capture_on_commit_callbacks(execute=True):
                approva_programma(programma, manager)

        return fai

    def test_approved__is_kept_as_it_was(self, bozza, manager, approva, pango):
        prima = definitivo(bozza, PROGRAMMA, manager, premessa="Con chi è stato scritto")
        approva(bozza)
        dopo = Definitivo.objects.exclude(pk=prima.pk).get()
        assert (dopo.numero, dopo.fatto_da, dopo.titolo) == (2, manager, "Programma di lavoro 2025")
        assert "Com'è stato approvato." in dopo.detto.righe and "Con chi è stato scritto" in come_testo(dopo.detto)
        assert json.loads(dopo.dati)["stato"] == "approvato" and dopo.pdf.size and dopo.docx.size
        assert prima.titolo == "Programma di lavoro 2025, bozza" and "in attesa dell'atto" in prima.detto.righe[0]
        assert PageLogEntry.objects.filter(page=bozza.pk, action="documenti.definitivo").count() == 2

    def test_approved_twice__or_corrected_again_is_kept_once(self, bozza, manager, approva, pango):
        inizio = timezone.now()
        approva(bozza)
        assert operazioni.ferma_programma(bozza, manager, inizio) is None
        correggi_programma(bozza, manager, "Un'altra parola")
        assert operazioni.ferma_programma(bozza, manager, timezone.now()) is None
        assert Definitivo.objects.count() == 1

    def test_approval_undone__takes_away_what_the_public_read_of_it(self, bozza, manager, approva, pango):
        approva(bozza)
        finale = Definitivo.objects.get()
        operazioni.pubblica(finale, manager, anteprima_pubblica(finale)[1])
        correggi_programma(bozza, manager, "Un'altra parola")
        assert Pubblicazione.objects.in_vigore().count() == 1, "what is public stays, while it is corrected"
        approva(bozza)
        seconda = Definitivo.objects.exclude(pk=finale.pk).get()
        annulla_approvazione(bozza, manager)
        assert Pubblicazione.objects.in_vigore().get().definitivo == finale, "it was public before this approval"
        approva(bozza)
        operazioni.pubblica(seconda, manager, anteprima_pubblica(seconda)[1])
        terza = Definitivo.objects.exclude(pk__in=[finale.pk, seconda.pk]).get()
        operazioni.pubblica(terza, manager, anteprima_pubblica(terza)[1])
        annulla_approvazione(bozza, manager)
        assert not Pubblicazione.objects.in_vigore().exists() and Definitivo.objects.count() == 3

    def test_set_up_file__is_nobodys_act(self, bozza, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            approva_programma(bozza)
        assert not Definitivo.objects.exists()

    def test_draft__is_never_public(self, bozza, manager, client_di, pango):
        finale = definitivo(bozza, PROGRAMMA, manager, premessa="Non ancora")
        corpo, letta = anteprima_pubblica(finale)
        assert corpo.capitoli == () and finale.detto.capitoli
        pubblica = reverse("documenti:pubblica", args=[finale.pk])
        assert client_di(manager).get(pubblica).url == finale.get_absolute_url()
        assert client_di(manager).post(pubblica, {"letto": letta}).url == finale.get_absolute_url()
        assert "una bozza resta interna" in client_di(manager).get(finale.get_absolute_url()).content.decode()
        assert not Pubblicazione.objects.exists()

    def test_approved__public_without_percentages_among_the_programmes(self, programma, manager, pango, client):
        criterio = programma.criteri.filter(azione__isnull=False).first()
        ParoleDellAtto.objects.create(azione=criterio.azione, parte="percentuali", testo="venti% a incontro")
        finale = definitivo(programma, PROGRAMMA, manager)
        corpo, letta = anteprima_pubblica(finale)
        assert "venti%" in come_testo(finale.detto) and "venti%" not in come_testo(corpo)
        assert '"Percentuale"' in come_testo(finale.detto) and '"Percentuale"' not in come_testo(corpo)
        assert "Indicatore di valutazione" in come_testo(corpo)
        operazioni.pubblica(finale, manager, letta)
        html = client.get(DocumentiPage.objects.get().url, {"genere": "programma"}).content.decode()
        assert html.count("Programma di lavoro 2025</a>") == 2
