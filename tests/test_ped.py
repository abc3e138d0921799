"""The editorial plan: who sees what, what a recording feeds, plan and calendar as one evidence, the pages."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from notizie.models import NotiziaPage, NumeroNewsletter, PezzoProgrammato, PianoEditoriale, SezioneNotiziePage
from notizie.ped import operazioni, selettori
from organizzazioni.models import Distretto
from programma import operazioni as evidenze
from programma.models import Evidenza

GIORNO = datetime.date(2025, 10, 10)
FACEBOOK = "https://www.facebook.com/distretto/posts/1"


def immagine(nome="post.png"):
    return SimpleUploadedFile(nome, get_test_image_file().file.getvalue(), "image/png")


@pytest.fixture
def criterio(programma):
    return lambda codice: programma.criteri.select_related("programma").get(codice=codice)


@pytest.fixture
def pianifica(organizzazione_a, referente_a):
    def pezzo(titolo="Post sulla mostra", organizzazione=organizzazione_a, utente=referente_a, **campi):
        comuni = {"canale": "facebook", "data": GIORNO}
        nuovo = PezzoProgrammato(titolo=titolo, organizzazione=organizzazione, **{**comuni, **campi})
        return operazioni.salva_pezzo(nuovo, utente)

    return pezzo


@pytest.fixture
def registra(referente_a):
    def invio(pezzo, utente=referente_a, **prova):
        comuni = {"inviato_il": GIORNO, "testo": "Vieni alla mostra", "url": FACEBOOK, "immagine": immagine()}
        return operazioni.registra(pezzo, utente, {**comuni, **prova})

    return invio


@pytest.fixture
def scrivi_piano(programma, manager):
    def piano(presente=True, **campi):
        trovato = PianoEditoriale.objects.filter(programma=programma).first() or PianoEditoriale(programma=programma)
        for nome in PianoEditoriale.PARTI:
            setattr(trovato, nome, campi.get(nome, f"Le parole di {nome}"))
        return operazioni.salva_piano(trovato, manager, presente)

    return piano


# -- who ------------------------------------------------------------------------------------------------------


def test_planning__for_another_organisation_is_refused(pianifica, organizzazione_b, referente_a, referente_b):
    with pytest.raises(PermissionDenied):
        pianifica(organizzazione=organizzazione_b)
    suo = pianifica("Di B", organizzazione_b, referente_b)
    for azione in (lambda: operazioni.sposta(suo, GIORNO, referente_a),
                   lambda: operazioni.registra(suo, referente_a, {}), lambda: operazioni.elimina(suo, referente_a),
                   lambda: operazioni.annulla_registrazione(suo, referente_a)):
        with pytest.raises(PermissionDenied):
            azione()
    suo.titolo = "Preso"
    with pytest.raises(PermissionDenied):
        operazioni.salva_pezzo(suo, referente_a)


def test_visibility__own_for_referents_all_for_managers(
    pianifica, organizzazione_b, referente_a, referente_b, manager, acs, coordinamento
):
    pianifica("Di A")
    pianifica("Di B", organizzazione_b, referente_b)
    visti = {u: set(PezzoProgrammato.objects.visibili_a(u).values_list("titolo", flat=True))
             for u in (referente_a, referente_b, manager, acs, coordinamento)}
    assert list(visti.values()) == [{"Di A"}, {"Di B"}, {"Di A", "Di B"}, set(), set()]


def test_pages__of_other_organisations_are_not_there(
    pianifica, organizzazione_b, referente_a, referente_b, manager, client_di
):
    suo = pianifica("ZZ di B", organizzazione_b, referente_b)
    operazioni.registra(suo, referente_b, {
        "inviato_il": GIORNO, "testo": "ZZ testo", "url": FACEBOOK, "immagine": immagine("zz.png")})
    estraneo = client_di(referente_a)
    for nome in ("pezzo", "modifica", "sposta", "registra", "annulla", "elimina", "immagine"):
        indirizzo = reverse(f"ped:{nome}", args=[suo.pk])
        assert estraneo.get(indirizzo).status_code == estraneo.post(indirizzo).status_code == 404
    for indirizzo in (reverse("ped:mese") + "?mese=2025-10", reverse("ped:elenco") + "?anno=2025",
                      reverse("ped:esporta") + "?anno=2025&formato=csv"):
        assert "ZZ" not in estraneo.get(indirizzo).content.decode()
        assert "ZZ di B" in client_di(manager).get(indirizzo).content.decode()
    assert client_di(referente_b).get(reverse("ped:immagine", args=[suo.pk])).status_code == 200


def test_pages__do_not_exist_for_who_plans_nothing(acs, coordinamento, client_di, client):
    for utente in (acs, coordinamento):
        assert client_di(utente).get(reverse("ped:mese")).status_code == 404
    assert client.get(reverse("ped:mese")).status_code == 302


# -- what was sent ------------------------------------------------------------------------------------------------


def test_recording__feeds_its_criterion_and_waits_for_another_person(
    pianifica, registra, criterio, referente_a, manager, organizzazione_a
):
    pezzo = registra(pianifica(criterio=criterio("P2.3")))
    evidenza = Evidenza.objects.nate_da(pezzo).get()
    assert (evidenza.stato, evidenza.data, evidenza.link) == ("inviata", GIORNO, [FACEBOOK])
    assert (evidenza.organizzazione, evidenza.titolo) == (organizzazione_a, "Post sulla mostra")
    assert "Vieni alla mostra" in evidenza.descrizione and list(evidenza.autori.all()) == [referente_a]
    assert list(evidenza.criteri.all()) == [criterio("P2.3")] and pezzo.azione_id == criterio("P2.3").azione_id
    evidenze.approva(evidenza, manager)
    operazioni.annulla_registrazione(pezzo, referente_a)
    evidenza.refresh_from_db()
    assert evidenza.stato == "revocata" and not evidenza.riconoscimenti.filter(revocato_il=None).exists()


def test_recording__by_the_manager_is_for_coordinamento(pianifica, registra, criterio, manager, coordinamento):
    pezzo = registra(pianifica(criterio=criterio("P2.3"), utente=manager), manager)
    evidenza = Evidenza.objects.nate_da(pezzo).get()
    with pytest.raises(PermissionDenied):
        evidenze.approva(evidenza, manager)
    assert evidenze.approva(evidenza, coordinamento).stato == "approvata"


def test_recording__of_a_mail_has_no_link_and_names_its_recipients(pianifica, registra, criterio):
    pezzo = registra(
        pianifica(canale="mail", criterio=criterio("P4.2")), url="", immagine=None, destinatari="gli aderenti, 42")
    evidenza = Evidenza.objects.nate_da(pezzo).get()
    assert evidenza.link == [] and "Destinatari: gli aderenti, 42." in evidenza.descrizione


@pytest.mark.parametrize(("campi", "prova", "campo", "detto"), [
    ({}, {"url": "https://www.instagram.com/p/1"}, "url", "P2.3 accetta solo link di: facebook.com"),
    ({}, {"url": "https://facebook.com.esempio.org/1"}, "url", "P2.3 accetta solo link di"),
    ({}, {"inviato_il": datetime.date(2024, 12, 31)}, "inviato_il", "fuori dal periodo"),
    ({}, {"immagine": SimpleUploadedFile("a.txt", b"testo")}, "immagine", "Serve un'immagine"),
    ({}, {"immagine": SimpleUploadedFile("a.png", b"testo")}, "immagine", "non contiene un file png"),
    ({"canale": "mail"}, {"destinatari": "tutti"}, "__all__", "P2.3 vuole un link di: facebook.com"),
])
def test_recording__says_what_the_criterion_does_not_accept(
    pianifica, registra, criterio, campi, prova, campo, detto
):
    pezzo = pianifica(criterio=criterio("P2.3"), **campi)
    with pytest.raises(ValidationError) as rifiuto:
        registra(pezzo, **prova)
    assert any(detto in messaggio for messaggio in rifiuto.value.message_dict[campo])
    pezzo.refresh_from_db()
    assert not pezzo.registrato and not pezzo.immagine and not Evidenza.objects.nate_da(pezzo).exists()


def test_recorded__is_frozen_until_it_is_undone(pianifica, registra, criterio, referente_a):
    pezzo = registra(pianifica(criterio=criterio("P2.3")))
    for azione in (lambda: operazioni.salva_pezzo(pezzo, referente_a), lambda: registra(pezzo),
                   lambda: operazioni.sposta(pezzo, GIORNO, referente_a)):
        with pytest.raises(ValidationError):
            azione()
    evidenza = Evidenza.objects.nate_da(pezzo).get()
    pezzo = registra(operazioni.annulla_registrazione(pezzo, referente_a), immagine=None, testo="Corretto")
    evidenza.refresh_from_db()
    assert evidenza.stato == "inviata" and "Corretto" in evidenza.descrizione and pezzo.immagine
    assert Evidenza.objects.nate_da(pezzo).count() == 1


def test_delete__revokes_and_removes_the_file(
    pianifica, registra, criterio, referente_a, manager, django_capture_on_commit_callbacks
):
    pezzo = registra(pianifica(criterio=criterio("P2.3")))
    evidenza = evidenze.approva(Evidenza.objects.nate_da(pezzo).get(), manager)
    archivio, nome = pezzo.immagine.storage, pezzo.immagine.name
    with django_capture_on_commit_callbacks(execute=True):
        operazioni.elimina(pezzo, referente_a)
    evidenza.refresh_from_db()
    assert evidenza.stato == "revocata" and not archivio.exists(nome)


def test_closed_programme__keeps_what_it_counted(pianifica, registra, criterio, programma, referente_a):
    pezzo = registra(pianifica(criterio=criterio("P2.3")))
    type(programma).objects.filter(pk=programma.pk).update(stato="chiuso")
    for azione in (operazioni.annulla_registrazione, operazioni.elimina):
        with pytest.raises(ValidationError, match="è chiuso"):
            azione(pezzo, referente_a)
    assert Evidenza.objects.nate_da(pezzo).get().stato == "inviata"


# -- plan and calendar --------------------------------------------------------------------------------------------


def _m7(programma):
    return Evidenza.objects.filter(fonte_criterio__programma=programma, fonte_criterio__codice="M7").exclude(
        stato="revocata")


@pytest.fixture
def nel_2025(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2025, 10, 12, 10, tzinfo=datetime.UTC))


def test_ped__plan_and_calendar_together_are_one_evidence(
    nel_2025, programma, pianifica, scrivi_piano, manager, referente_a, coordinamento
):
    assert Distretto.objects.exclude(organizzazione=None).exists()
    piano = scrivi_piano()
    assert piano.presente and not _m7(programma).exists()
    pezzo = pianifica()
    evidenza = _m7(programma).get()
    assert (evidenza.stato, evidenza.data, evidenza.fonte) == ("inviata", datetime.date(2025, 10, 12), piano)
    assert set(evidenza.autori.all()) == {manager, referente_a}
    evidenze.approva(evidenza, coordinamento)
    altro = pianifica("Un altro")
    scrivi_piano(presente=None, tono="Più allegro")
    assert _m7(programma).get().stato == "approvata"
    operazioni.elimina(pezzo, referente_a)
    assert _m7(programma).exists()
    operazioni.elimina(altro, referente_a)
    assert not _m7(programma).exists()


def test_ped__unmarked_is_no_evidence(nel_2025, programma, pianifica, scrivi_piano):
    pianifica()
    scrivi_piano()
    assert _m7(programma).exists()
    scrivi_piano(presente=False)
    assert not _m7(programma).exclude(stato="bozza").exists()


def test_ped__completed_after_the_year_is_no_evidence(programma, pianifica, scrivi_piano):
    pianifica()
    assert scrivi_piano().completo_dal or PianoEditoriale.objects.get().completo_dal
    assert not _m7(programma).exists()


def test_plan__is_the_manager_s_and_whole_before_it_is_present(scrivi_piano, programma, referente_a, client_di):
    with pytest.raises(ValidationError, match="mancano: tono"):
        scrivi_piano(tono=" ")
    with pytest.raises(PermissionDenied):
        operazioni.salva_piano(PianoEditoriale(programma=programma), referente_a)
    indirizzo = reverse("ped:piano", args=[2025])
    assert client_di(referente_a).get(indirizzo).status_code == 404
    scrivi_piano(obiettivi="Farsi conoscere")
    risposta = client_di(referente_a).get(indirizzo)
    assert "Farsi conoscere" in risposta.content.decode() and "<textarea" not in risposta.content.decode()
    assert client_di(referente_a).post(indirizzo, {"obiettivi": "Miei"}).status_code == 404
    assert client_di(referente_a).get(reverse("ped:piano", args=[1999])).status_code == 404


# -- calendar -----------------------------------------------------------------------------------------------------


def _pagina(organizzazione, titolo, utente, live=True):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione)
    pagina = NotiziaPage(title=titolo, slug=titolo.lower().replace(" ", "-"), live=False, owner=utente)
    if not live:
        pagina.go_live_at = timezone.now() + datetime.timedelta(hours=3)
    sezione.add_child(instance=pagina)
    pagina.save_revision(user=utente).publish()
    return NotiziaPage.objects.get(pk=pagina.pk)


def test_calendar__fills_itself_with_pages_out_and_to_come(
    pianifica, organizzazione_a, organizzazione_b, referente_a, referente_b
):
    oggi = timezone.localdate()
    uscita, attesa = (_pagina(organizzazione_a, t, referente_a, v) for t, v in (("Uscita", True), ("Attesa", False)))
    _pagina(organizzazione_b, "Di altri", referente_b)
    dal, al = oggi - datetime.timedelta(days=1), oggi + datetime.timedelta(days=2)

    def lette(**scelte):
        return {voce.titolo: voce.nome_stato for voce in selettori.voci(referente_a, dal, al, scelte)}

    assert lette() == {"Uscita": "Pubblicato", "Attesa": "Programmato"}
    pianifica("Notizia prevista", canale="sito", data=oggi, pagina=uscita)
    pianifica("Post sulla notizia", data=oggi, pagina=attesa)
    assert lette() == {
        "Notizia prevista": "Pubblicato", "Attesa": "Programmato", "Post sulla notizia": "Idea"}
    assert lette(canale="facebook") == {"Post sulla notizia": "Idea"}
    assert lette(stato="programmato") == {"Attesa": "Programmato"}
    assert set(lette(responsabile=referente_a)) == {"Attesa"}


@pytest.fixture
def numero(manager):
    def nuovo(titolo, **campi):
        return NumeroNewsletter.objects.create(titolo=titolo, sommario="In breve", **campi)

    return nuovo


def test_calendar__has_the_newsletters_of_who_makes_them(numero, manager, referente_a, client_di):
    notte = datetime.datetime(2025, 10, 9, 22, 30, tzinfo=datetime.UTC)  # in Italy it is the 10th
    primo = GIORNO.replace(day=1)
    inviata = numero("Inviata", stato="inviata", avviato_il=notte, avviato_da=manager, previsto_il=primo)
    numero("Prevista", previsto_il=GIORNO)
    numero("Senza giorno")

    def lette(utente, dal=GIORNO, **scelte):
        trovate = selettori.voci(utente, dal, GIORNO, scelte)
        return {voce.titolo: (voce.nome_canale, voce.nome_stato, voce.responsabile) for voce in trovate}

    chi = manager.get_full_name() or manager.username
    assert lette(manager) == {
        "Inviata": ("Newsletter", "Pubblicato", chi), "Prevista": ("Newsletter", "In preparazione", "")}
    assert lette(manager, primo) == lette(manager)  # sent: on its day, no more on the one foreseen
    assert set(lette(manager, stato="in_preparazione")) == {"Prevista"}
    assert set(lette(manager, responsabile=manager)) == {"Inviata"}
    assert lette(referente_a) == lette(manager, canale="facebook") == {}
    esportate = client_di(manager).get(reverse("ped:esporta") + "?mese=2025-10&formato=ics").content.decode()
    assert "Newsletter: Prevista" in esportate and reverse("newsletter:numero", args=[inviata.pk]) in esportate
    assert selettori.anni(manager) == [timezone.localdate().year, 2025] and 2025 not in selettori.anni(referente_a)
    elenco = client_di(manager).get(reverse("ped:elenco") + "?anno=2025").content.decode()
    assert elenco.count("in ritardo</strong>") == 1  # the draft that nobody sent


@pytest.mark.parametrize("nome", ["mese", "elenco"])
def test_calendar__costs_the_same_with_one_and_many(
    nome, pianifica, numero, organizzazione_a, referente_a, manager, criterio, client_di
):
    def quante():
        with CaptureQueriesContext(connection) as fatte:
            assert cliente.get(reverse(f"ped:{nome}")).status_code == 200
        return len(fatte)

    cliente, oggi = client_di(manager), timezone.localdate()
    for n in range(2):
        pianifica(f"P{n}", data=oggi, criterio=criterio("P2.3"), responsabile=referente_a)
    numero("N", previsto_il=oggi)
    _pagina(organizzazione_a, "Uscita", referente_a)
    quante()
    prima = quante()
    for n in range(15):
        pianifica(f"Q{n}", data=oggi, criterio=criterio("P1.3"), responsabile=referente_a)
        _pagina(organizzazione_a, f"Uscita {n}", referente_a)
        numero(f"N{n}", stato="inviata", avviato_il=timezone.now(), avviato_da=manager)
    assert quante() == prima


@pytest.mark.parametrize("query", [
    "?mese=2025-13", "?mese=²", "?anno=x", "?canale=x&stato=y", "?responsabile=99999999999999999999&azione=x", "?p=x",
    "?anno=2025&formato=exe",
])
def test_calendar__bad_parameters_are_left_out(query, pianifica, referente_a, client_di):
    pianifica(data=timezone.localdate())
    for nome in ("mese", "elenco"):
        risposta = client_di(referente_a).get(reverse(f"ped:{nome}") + query)
        assert risposta.status_code == 200
    assert client_di(referente_a).get(reverse("ped:esporta") + query).status_code == 302


def test_month__empty_says_so_and_leads_on(pianifica, referente_a, client_di):
    for giorno in ("2024-10-02", "2025-03-04", "2025-06-30", "2025-08-01", "2025-09-30"):
        pianifica(data=datetime.date.fromisoformat(giorno))
    cliente, indirizzo = client_di(referente_a), reverse("ped:mese")
    pagina = cliente.get(indirizzo + "?mese=2025-07").content.decode()
    assert "Luglio 2025 è vuoto" in pagina and f"{reverse('ped:nuovo')}?giorno=2025-07-01" in pagina
    vicini = [mese for mese in ("2025-03", "2025-06", "2025-08", "2025-09") if f'?mese={mese}">Vai a' in pagina]
    assert vicini == ["2025-06", "2025-08"]
    assert "è vuoto" not in cliente.get(indirizzo + "?mese=2025-08").content.decode()
    filtrata = cliente.get(indirizzo + "?mese=2025-08&canale=mail").content.decode()
    assert "Agosto 2025 è vuoto, con questi filtri" in filtrata and 'href="?mese=2025-08">Togli i filtri' in filtrata


def test_move__from_the_page_that_was_open(pianifica, referente_a, client_di):
    pezzo, cliente = pianifica(), client_di(referente_a)
    indirizzo, torna = reverse("ped:sposta", args=[pezzo.pk]), reverse("ped:mese") + "?mese=2025-10"
    risposta = cliente.post(indirizzo, {"giorno": "2025-10-21", "next": torna})
    pezzo.refresh_from_db()
    assert risposta["Location"] == torna and pezzo.data == datetime.date(2025, 10, 21)
    altrove = cliente.post(indirizzo, {"giorno": "2025-10-22", "next": "https://altrove.example.org/"})
    assert altrove["Location"] == reverse("ped:pezzo", args=[pezzo.pk])
    cliente.post(indirizzo, {"giorno": "30 febbraio"})
    pezzo.refresh_from_db()
    assert pezzo.data == datetime.date(2025, 10, 22)


def test_form__offers_only_what_one_plans_for(organizzazione_a, organizzazione_b, referente_a, referente_b, client_di):
    altrui = _pagina(organizzazione_b, "Di altri", referente_b)
    cliente, indirizzo = client_di(referente_a), reverse("ped:nuovo")
    assert "Di altri" not in cliente.get(indirizzo).content.decode()
    dati = {"titolo": "Prova", "canale": "sito", "data": "2025-10-10", "stato": "idea"}
    for campo, valore in (("organizzazione", organizzazione_b.pk), ("pagina", altrui.pk),
                          ("responsabile", referente_b.pk)):
        cliente.post(indirizzo, {"organizzazione": organizzazione_a.pk, **dati, campo: valore})
    assert not PezzoProgrammato.objects.exists()
    cliente.post(indirizzo, {"organizzazione": organizzazione_a.pk, **dati, "responsabile": referente_a.pk})
    assert PezzoProgrammato.objects.get().organizzazione == organizzazione_a


def test_form__a_recording_keeps_what_was_typed(pianifica, criterio, referente_a, client_di):
    pezzo, cliente = pianifica(criterio=criterio("P2.3")), client_di(referente_a)
    indirizzo = reverse("ped:registra", args=[pezzo.pk])
    dati = {"inviato_il": "2025-10-10", "testo": "Testo già scritto", "url": "https://instagram.com/1"}
    pagina = cliente.post(indirizzo, {**dati, "immagine": immagine()}).content.decode()
    assert "P2.3 accetta solo link di: facebook.com" in pagina and "Testo già scritto" in pagina
    assert "C&#x27;è già «post.png»" in pagina  # a browser does not send a file again by itself
    assert cliente.post(indirizzo, {**dati, "url": FACEBOOK}).status_code == 302
    assert Evidenza.objects.nate_da(pezzo).get().link == [FACEBOOK]


def test_form__a_recording_keeps_no_file_that_is_no_picture(pianifica, referente_a, client_di):
    pezzo = pianifica()
    dati = {"testo": "Testo già scritto", "url": "facebook", "immagine": SimpleUploadedFile("a.txt", b"testo")}
    pagina = client_di(referente_a).post(reverse("ped:registra", args=[pezzo.pk]), dati).content.decode()
    pezzo.refresh_from_db()
    assert "Serve un&#x27;immagine" in pagina and "Testo già scritto" in pagina and not pezzo.immagine


def test_home__says_what_is_late_only_to_who_has_to_do_it(
    pianifica, referente_a, referente_b, manager, nuovo_utente, organizzazione_a, client_di
):
    collega = nuovo_utente("collega_a", organizzazione_a.gruppo.name)
    pianifica("ZZ affidato", responsabile=referente_a)
    pianifica("ZZ annullato", responsabile=referente_a, stato="annullato")
    casa = reverse("wagtailadmin_home")
    assert "ZZ affidato" in client_di(referente_a).get(casa).content.decode()
    assert "ZZ annullato" not in client_di(referente_a).get(casa).content.decode()
    for altro in (collega, referente_b, manager):
        assert "Piano editoriale: in ritardo" not in client_di(altro).get(casa).content.decode()
    pianifica("ZZ di nessuno")
    assert "ZZ di nessuno" in client_di(collega).get(casa).content.decode()


def test_home__what_waits_comes_before_what_one_may_begin(pianifica, criterio, referente_a, client_di):
    di_chi = pianifica("ZZ in ritardo", responsabile=referente_a).organizzazione
    evidenze.salva_bozza(Evidenza(titolo="ZZ bozza", organizzazione=di_chi), referente_a, [criterio("P2.3")])
    casa = client_di(referente_a).get(reverse("wagtailadmin_home")).content.decode()
    assert casa.index("ZZ bozza") < casa.index("ZZ in ritardo") < casa.index("Scrivi una notizia")


def test_pdf__has_plan_and_calendar(pianifica, scrivi_piano, referente_a, client_di):
    pytest.importorskip("weasyprint")
    pianifica()
    scrivi_piano()
    risposta = client_di(referente_a).get(reverse("ped:esporta") + "?anno=2025&formato=pdf")
    assert risposta["Content-Type"] == "application/pdf" and risposta.content[:5] == b"%PDF-"
