"""A year from the last: one submit, every action kept, carried on, changed or dropped; what differs; the acts."""

import hashlib
import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documenti.tipi import scrivi
from programma import operazioni
from programma.anni import anni_in, nell_anno, un_anno_dopo
from programma.models import AttoDelProgramma, AzionePage, Criterio, Evidenza, ProgrammaPage
from programma.operazioni.nuovo_anno import AzioneNuova
from programma.selettori.confronto_anni import confronta
from programma.selettori.punteggio import quadro_punteggio

pytestmark = pytest.mark.django_db
OGGI = date(2026, 2, 10)
PDF = b"%PDF-1.4 l'atto"


@pytest.fixture(autouse=True)
def in_febbraio(nel):
    nel(OGGI)


@pytest.fixture
def azione(programma):
    return lambda numero, anno=2025: AzionePage.objects.get(
        numero=numero, path__startswith=ProgrammaPage.objects.get(anno=anno).path
    )


@pytest.fixture
def nuovo(programma, manager, azione):
    """2026: the exhibition carries on, action 3 is dropped, action 4 is to change, a new one comes."""
    scelte = {azione(n).pk: "mantenuta" for n in range(1, 11) if n != 3}
    scelte |= {azione(2).pk: "prosegue", azione(4).pk: "cambiata"}
    return operazioni.prepara_programma(programma, manager, scelte, [AzioneNuova("Orti di quartiere", "Comunità")])


def prima(programma):
    return [(r.criterio.codice, r.punteggio) for r in quadro_punteggio(programma, OGGI).righe]


def test_screen__one_submit_and_january_can_be_told(programma, manager, referente_a, client_di, azione):
    cliente = client_di(manager)
    assert "Nuovo programma dal precedente: 2026" in cliente.get(reverse("programma:programmi")).content.decode()
    indirizzo = reverse("programma:nuovo_anno", args=[programma.pk])
    modulo = cliente.get(indirizzo).context["form"]
    dati = {nome: campo.initial or "" for nome, campo in modulo.fields.items()}
    html = cliente.post(indirizzo, dati, follow=True).content.decode()
    assert "Il programma 2026 è in bozza" in html
    nuovo = ProgrammaPage.objects.get(anno=2026)
    assert (nuovo.dal, nuovo.scadenza, nuovo.stato, nuovo.live) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        "bozza",
        False,
    )
    assert nuovo.criteri.count() == programma.criteri.count() == 31
    assert [a.numero for a in AzionePage.objects.child_of(nuovo).order_by("numero")] == list(range(1, 11))
    assert not AzionePage.objects.child_of(nuovo).live().exists() and not nuovo.atto_numero
    m3 = nuovo.criteri.get(codice="M3")
    organizzazione = referente_a.groups.get().organizzazione.pk
    evidenza = {"criteri": m3.pk, "titolo": "Incontro", "data": "2026-01-20", "argomento": "Anno", "azione": "invia"}
    evidenza |= {"organizzazione": organizzazione, "organizzazioni": organizzazione}
    client_di(referente_a).post(reverse("programma:nuova"), evidenza)
    assert (Evidenza.objects.get().stato, Evidenza.objects.get().programma) == ("inviata", nuovo)
    assert cliente.get(indirizzo).url == reverse("programma:confronto", args=[nuovo.pk])
    html = cliente.post(indirizzo, dati).content.decode()
    assert "Il programma 2026 c&#x27;è già" in html and ProgrammaPage.objects.filter(anno=2026).count() == 1


def test_screen__what_is_wrong_is_told_and_kept(programma, manager, client_di):
    indirizzo = reverse("programma:nuovo_anno", args=[programma.pk])
    modulo = client_di(manager).get(indirizzo).context["form"]
    dati = {nome: campo.initial or "" for nome, campo in modulo.fields.items()} | {"titolo_1": "Orti"}
    html = client_di(manager).post(indirizzo, dati).content.decode()
    assert "Scrivi l&#x27;area" in html and 'value="Orti"' in html
    dati = {nome: "lascia" if nome.startswith("azione") else "" for nome in dati}
    assert "almeno un&#x27;azione" in client_di(manager).post(indirizzo, dati).content.decode()
    assert "Scegli che cosa ne è" in client_di(manager).post(indirizzo, {}).content.decode()
    assert not ProgrammaPage.objects.filter(anno=2026).exists()


def test_links_between_years__stay_and_numbers_follow(programma, nuovo, azione):
    mostra = azione(2, 2026)
    assert (mostra.precedente, mostra.sorte) == (azione(2), "prosegue")
    assert [r.organizzazione for r in mostra.referenti.all()] == [r.organizzazione for r in azione(2).referenti.all()]
    fragilita = azione(3, 2026)
    assert (fragilita.precedente, fragilita.sorte) == (azione(4), "cambiata")
    p31 = nuovo.criteri.get(codice="P3.1")
    assert (p31.azione, p31.precedente) == (fragilita, programma.criteri.get(codice="P4.1"))
    assert nuovo.criteri.get(codice="M9").offerto is None
    assert azione(10, 2026).title == "Orti di quartiere" and azione(10, 2026).precedente is None
    assert not Criterio.objects.filter(programma=nuovo, precedente__codice__startswith="P3.").exists()


def test_comparison__marks_what_differs_and_old_years(programma, nuovo, manager, client_di, azione):
    nuova = azione(3, 2026)
    voci = {voce.nome: voce for voce in confronta(nuovo)}
    assert voci[str(nuova)].da_riscrivere
    nuova.obiettivo_specifico = "Un altro obiettivo"
    nuova.save_revision()
    nuova.save()
    criterio = nuovo.criteri.get(codice="M2")
    criterio.percentuale = 30
    operazioni.salva_criterio(criterio, manager)
    voci = {voce.nome: voce for voce in confronta(nuovo)}
    assert voci[str(nuova)].come == "cambiata" and voci[str(nuova)].diversi[0].dopo == "Un altro obiettivo"
    assert voci[str(azione(2, 2026))].prosegue and voci[str(azione(2, 2026))].anni == (2024, 2025)
    assert voci[str(azione(10, 2026))].come == "nuova" and voci[str(azione(3))].come == "tolta"
    assert voci["Compiti del manager"].criteri_diversi[0][0].codice == "M2"
    html = client_di(manager).get(reverse("programma:confronto", args=[nuovo.pk])).content.decode()
    html = " ".join(html.split())
    assert "Nomina il 2024, il 2025" in html and "Prosegue dal 2025" in html
    editor = client_di(manager).get(reverse("wagtailadmin_pages:edit", args=[nuova.pk])).content.decode()
    assert "Viene da «Supporto alla fragilità familiare»" in editor and "Un altro obiettivo" in editor


def test_document__has_everything_and_prints(programma, nuovo, pango):
    pdf = PdfReader(io.BytesIO(scrivi("programma", nuovo, timezone.localdate(), "pdf")))
    testo = " ".join("".join(pagina.extract_text() for pagina in pdf.pages).split())
    assert "Bozza del 10 febbraio 2026, in attesa dell'atto" in testo and "Nuova" in testo
    assert all(criterio.codice in testo for criterio in nuovo.criteri.all())
    assert "Azioni del 2025 che non ci sono più" in testo
    radice = pdf.trailer["/Root"]
    assert radice["/MarkInfo"]["/Marked"] and radice["/Lang"] == "it"
    assert b"pdfuaid:part" in radice["/Metadata"].get_object().get_data()


def test_last_year__does_not_move(programma, manager, azione):
    operazioni.chiudi_programma(programma, manager)
    punti, revisioni = prima(programma), azione(2).revisions.count()
    operazioni.prepara_programma(programma, manager, {azione(2).pk: "prosegue"})
    assert prima(programma) == punti and azione(2).revisions.count() == revisioni


def test_only_the_manager_prepares(programma, referente_a, azione):
    with pytest.raises(PermissionDenied):
        operazioni.prepara_programma(programma, referente_a, {azione(1).pk: "mantenuta"})


def test_acts__steps_with_files_and_hash(nuovo, manager, referente_a, client_di, settings, tmp_path):
    cliente, indirizzo = client_di(manager), reverse("programma:atti", args=[nuovo.pk])
    dati = {"delibera_organo": "Giunta", "delibera_numero": "12", "delibera_data": "2026-01-15"}
    dati |= {"protocollo_numero": "77", "protocollo_data": "2026-01-14"}
    html = cliente.post(indirizzo, dati).content.decode()
    assert "Viene prima di «Data della delibera»" in html and 'value="77"' in html
    dati["protocollo_data"] = "2026-01-16"
    sbagliato = SimpleUploadedFile("delibera.docx", b"x")
    assert "class" in cliente.post(indirizzo, dati | {"file_delibera": sbagliato}).content.decode()
    testo = SimpleUploadedFile("delibera.txt", b"testo")
    html = cliente.post(indirizzo, dati | {"file_delibera": testo}).content.decode()
    assert "di un atto si tiene il PDF" in html
    assert "È nel futuro" in cliente.post(indirizzo, dati | {"atto_data": "2026-12-31"}).content.decode()
    assert not AttoDelProgramma.objects.exists()
    for _ in range(2):
        cliente.post(indirizzo, dati | {"file_delibera": SimpleUploadedFile("delibera.pdf", PDF)})
    atto = AttoDelProgramma.objects.get()
    nuovo.refresh_from_db()
    assert atto.sha256 == hashlib.sha256(PDF).hexdigest() and nuovo.delibera_numero == "12"
    assert nuovo.get_latest_revision_as_object().delibera_numero == "12"
    assert atto.sha256 in cliente.get(indirizzo).content.decode()
    assert b"".join(cliente.get(atto.get_absolute_url()).streaming_content) == PDF
    assert client_di(referente_a).get(atto.get_absolute_url()).status_code == 404
    assert cliente.get(atto.get_absolute_url().replace(f"/{nuovo.pk}/", "/1/")).status_code == 404
    cliente.post(indirizzo, dati | {"togli": atto.pk})
    assert not AttoDelProgramma.objects.exists()


def test_acts__of_a_closed_year_are_read_only(programma, manager, client_di):
    operazioni.chiudi_programma(programma, manager)
    with pytest.raises(PermissionDenied):
        operazioni.scrivi_atti(programma, manager, {"atto_numero": "1"})
    html = client_di(manager).get(reverse("programma:atti", args=[programma.pk])).content.decode()
    assert "6607" in html and '<button type="submit" class="button">Salva' not in html


def test_same_year_twice__is_refused(nuovo, programma, manager):
    with pytest.raises(ValidationError, match="c'è già"):
        operazioni.prepara_programma(programma, manager, {})


@pytest.mark.parametrize(
    ("giorno", "dopo"),
    [
        (date(2025, 1, 1), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 29)),
    ],
)
def test_dates__move_by_a_year(giorno, dopo):
    assert un_anno_dopo(giorno) == dopo


def test_years_in_words():
    assert nell_anno("entro dicembre 2025, come nel 2024", 2025, 2026) == "entro dicembre 2026, come nel 2024"
    assert anni_in("dal 2025 al 2024, n. 120250") == [2024, 2025]


def test_comparison__costs_the_same_however_many_actions(programma, nuovo, manager):
    with CaptureQueriesContext(connection) as tutte:
        confronta(nuovo)
    for azione in AzionePage.objects.child_of(nuovo).filter(numero__gt=5):
        Criterio.objects.filter(azione=azione).delete()
        azione.delete()
    with CaptureQueriesContext(connection) as meno:
        confronta(nuovo)
    assert len(tutte) == len(meno) <= 13
