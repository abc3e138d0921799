"""The editorial plan: who sees what, what a recording feeds, plan and calendar as one evidence."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from notizie.models import PezzoProgrammato, PianoEditoriale
from notizie.ped import operazioni
from organizzazioni.models import Distretto
from programma import operazioni as evidenze
from programma.models import Evidenza

from .scene.ped import FACEBOOK, GIORNO, immagine

# -- who ------------------------------------------------------------------------------------------------------


def test_planning__for_another_organisation_is_refused(pianifica, organizzazione_b, referente_a, referente_b):
    with pytest.raises(PermissionDenied):
        pianifica(organizzazione=organizzazione_b)
    suo = pianifica("Di B", organizzazione_b, referente_b)
    for azione in (
        lambda: operazioni.sposta(suo, GIORNO, referente_a),
        lambda: operazioni.registra(suo, referente_a, {}),
        lambda: operazioni.elimina(suo, referente_a),
        lambda: operazioni.annulla_registrazione(suo, referente_a),
    ):
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
    visti = {
        u: set(PezzoProgrammato.objects.visibili_a(u).values_list("titolo", flat=True))
        for u in (referente_a, referente_b, manager, acs, coordinamento)
    }
    assert list(visti.values()) == [{"Di A"}, {"Di B"}, {"Di A", "Di B"}, set(), set()]


def test_pages__of_other_organisations_are_not_there(
    pianifica, organizzazione_b, referente_a, referente_b, manager, client_di
):
    suo = pianifica("ZZ di B", organizzazione_b, referente_b)
    operazioni.registra(
        suo, referente_b, {"inviato_il": GIORNO, "testo": "ZZ testo", "url": FACEBOOK, "immagine": immagine("zz.png")}
    )
    estraneo = client_di(referente_a)
    for nome in ("pezzo", "modifica", "sposta", "registra", "annulla", "elimina"):
        indirizzo = reverse(f"ped:{nome}", args=[suo.pk])
        assert estraneo.get(indirizzo).status_code == estraneo.post(indirizzo).status_code == 404
    assert estraneo.get(reverse("ped:immagine", args=[suo.pk])).status_code == 404
    for indirizzo in (
        reverse("ped:mese") + "?mese=2025-10",
        reverse("ped:elenco") + "?anno=2025",
        reverse("ped:esporta") + "?anno=2025&formato=csv",
    ):
        assert "ZZ di B" not in estraneo.get(indirizzo).content.decode()
        assert "ZZ di B" in client_di(manager).get(indirizzo).content.decode()
    assert client_di(referente_b).get(reverse("ped:immagine", args=[suo.pk])).status_code == 200


def test_image__is_a_proof_for_who_reads_its_evidence(
    pianifica, criterio, organizzazione_b, referente_a, referente_b, coordinamento, acs, client_di
):
    suo = pianifica("Di B", organizzazione_b, referente_b, criterio=criterio("P2.3"))
    operazioni.registra(
        suo, referente_b, {"inviato_il": GIORNO, "testo": "Testo", "url": FACEBOOK, "immagine": immagine("post.png")}
    )
    evidenza = Evidenza.objects.nate_da(suo).get()
    vedono = {}
    for utente in (referente_a, referente_b, coordinamento, acs):
        pagina = client_di(utente).get(reverse("programma:evidenza", args=[evidenza.pk])).content.decode()
        letta = client_di(utente).get(reverse("ped:immagine", args=[suo.pk])).status_code
        vedono[utente.username] = (reverse("ped:immagine", args=[suo.pk]) in pagina, letta)
    legge, estraneo = (True, 200), (False, 404)
    assert vedono == {"referente_a": estraneo, "referente_b": legge, "coordinamento": legge, "acs": legge}
    Evidenza.objects.update(fonte_id=None)
    assert client_di(acs).get(reverse("ped:immagine", args=[suo.pk])).status_code == 404


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
        pianifica(canale="mail", criterio=criterio("P4.2")), url="", immagine=None, destinatari="gli aderenti, 42"
    )
    evidenza = Evidenza.objects.nate_da(pezzo).get()
    assert evidenza.link == [] and "Destinatari: gli aderenti, 42." in evidenza.descrizione


@pytest.mark.parametrize(
    ("campi", "prova", "campo", "detto"),
    [
        ({}, {"url": "https://www.instagram.com/p/1"}, "url", "P2.3 accetta solo link di: facebook.com"),
        ({}, {"url": "https://facebook.com.esempio.org/1"}, "url", "P2.3 accetta solo link di"),
        ({}, {"inviato_il": datetime.date(2024, 12, 31)}, "inviato_il", "fuori dal periodo"),
        ({}, {"immagine": SimpleUploadedFile("a.txt", b"testo")}, "immagine", "Serve un'immagine"),
        ({}, {"immagine": SimpleUploadedFile("a.png", b"testo")}, "immagine", "rovinata o incompleta"),
        ({"canale": "mail"}, {"destinatari": "tutti"}, "__all__", "P2.3 vuole un link di: facebook.com"),
    ],
)
def test_recording__says_what_the_criterion_does_not_accept(pianifica, registra, criterio, campi, prova, campo, detto):
    pezzo = pianifica(criterio=criterio("P2.3"), **campi)
    with pytest.raises(ValidationError) as rifiuto:
        registra(pezzo, **prova)
    assert any(detto in messaggio for messaggio in rifiuto.value.message_dict[campo])
    pezzo.refresh_from_db()
    assert not pezzo.registrato and not pezzo.immagine and not Evidenza.objects.nate_da(pezzo).exists()


def test_recorded__is_frozen_until_it_is_undone(pianifica, registra, criterio, referente_a):
    pezzo = registra(pianifica(criterio=criterio("P2.3")))
    for azione in (
        lambda: operazioni.salva_pezzo(pezzo, referente_a),
        lambda: registra(pezzo),
        lambda: operazioni.sposta(pezzo, GIORNO, referente_a),
    ):
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
        stato="revocata"
    )


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


# -- what may be planned, and who has had a hand in it ---------------------------------------------------------------


def test_recording__is_approved_by_none_of_those_who_touched_the_piece(
    pianifica, registra, criterio, referente_a, manager, nuovo_utente, organizzazione_a
):
    collega, terza = (nuovo_utente(nome, organizzazione_a.gruppo.name) for nome in ("collega_a", "terza_a"))
    pezzo = operazioni.sposta(pianifica(criterio=criterio("P2.3")), GIORNO, collega)
    evidenza = Evidenza.objects.nate_da(registra(pezzo, terza)).get()
    assert set(evidenza.autori.all()) == {referente_a, collega, terza}


def test_planning__refuses_what_would_not_hold(pianifica, criterio, programma, organizzazione_b, manager):
    with pytest.raises(ValidationError, match="quando registri l'invio"):
        pianifica(stato="pubblicato")
    altra = programma.get_children().exclude(pk=criterio("P2.3").azione_id).first().specific
    with pytest.raises(ValidationError, match="è di un'altra azione"):
        pianifica(criterio=criterio("P2.3"), azione=altra)
    pezzo = pianifica()
    di_chi, pezzo.organizzazione = pezzo.organizzazione, organizzazione_b
    assert operazioni.salva_pezzo(pezzo, manager).organizzazione == di_chi


def test_recording__a_new_picture_takes_the_place_of_the_old(
    pianifica, registra, referente_a, django_capture_on_commit_callbacks
):
    pezzo = registra(pianifica())
    archivio, nome = pezzo.immagine.storage, pezzo.immagine.name
    with django_capture_on_commit_callbacks(execute=True):
        pezzo = registra(operazioni.annulla_registrazione(pezzo, referente_a))
    assert not archivio.exists(nome) and archivio.exists(pezzo.immagine.name)


@pytest.mark.parametrize("toglie", ["sposta", "annulla"])
def test_ped__without_pieces_left_in_its_year_is_no_evidence(
    nel_2025, programma, pianifica, scrivi_piano, referente_a, toglie
):
    scrivi_piano()
    pezzo = pianifica()
    assert _m7(programma).get().stato == "inviata"
    if toglie == "sposta":
        operazioni.sposta(pezzo, datetime.date(2027, 1, 2), referente_a)
    else:
        pezzo.stato = "annullato"
        operazioni.salva_pezzo(pezzo, referente_a)
    assert not _m7(programma).exclude(stato="bozza").exists() and not PianoEditoriale.objects.get().completo_dal


def test_ped__of_a_closed_programme_stays_as_it_was(nel_2025, programma, pianifica, scrivi_piano, referente_a):
    pezzo = pianifica()
    scrivi_piano()
    type(programma).objects.filter(pk=programma.pk).update(stato="chiuso")
    with pytest.raises(ValidationError, match="è chiuso"):
        scrivi_piano(tono="Altro")
    operazioni.elimina(pezzo, referente_a)
    assert PianoEditoriale.objects.get().completo_dal and _m7(programma).get().stato == "inviata"
