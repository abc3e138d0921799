"""Shared projects: what they serve and why, that a fact counts once, who writes and reads them."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organizzazioni.models import Organizzazione
from programma import operazioni as evidenze
from programma.models import AzionePage, Criterio, Evidenza, Riconoscimento
from programma.selettori.punteggio import quadro_punteggio
from registri.models import EnteDelProgetto, Progetto, TipoProgetto
from registri.progetti import operazioni, selettori
from registri.progetti.condizioni import CondizioniDelProgetto, Progettato, valuta_progetto

pytestmark = pytest.mark.django_db
GIORNO = datetime.date(2025, 9, 10)
SETTE = dict.fromkeys(("obiettivo_generale", "obiettivo_specifico", "azioni", "indicatori", "percentuali"), "scritto")


@pytest.fixture
def progetto(programma, manager):
    """A project of a kind, with bodies of the network: (key, part)."""

    def nuovo(tipo="co-progettazione", enti=("asif-chimelli", "cs4"), dal=GIORNO, titolo="Estate in rete", **campi):
        righe = [
            EnteDelProgetto(organizzazione=Organizzazione.objects.get(chiave=chiave), parte="partner")
            for chiave in enti
        ]
        uno = Progetto(tipo=TipoProgetto.objects.get(chiave=tipo), titolo=titolo, dal=dal, **campi)
        return operazioni.salva_progetto(uno, manager, righe)

    return nuovo


def codici(progetto, giorno=GIORNO):
    return {
        p.criterio.codice: p.serve for p in selettori.proposte(Progetto.objects.completi().get(pk=progetto.pk), giorno)
    }


def punti(programma, codice):
    quadro = quadro_punteggio(programma, timezone.localdate())
    return next(riga for riga in quadro.righe if riga.criterio.codice == codice).punteggio.punteggio


def test_reasons__are_said_in_words():
    c_e = Progettato(manager=True, con_risultato=False, con_scheda=False, enti=frozenset({"CS4", "ASIF"}))
    assert valuta_progetto(CondizioniDelProgetto("M5", manager=True), c_e).perche == (
        "È un progetto di questo tipo; il manager progetta con gli altri; con ASIF e CS4"
    )
    no = valuta_progetto(CondizioniDelProgetto("P3.2", con_risultato=True, con_scheda=True, enti=("Altro",)), c_e)
    assert not no.serve and no.perche == (
        "Non c'è Altro; il risultato non è ancora scritto; non ha la scheda di un'azione fuori programma"
    )


def test_m5__counts_distinct_members_once_in_the_year(progetto, programma, manager, coordinamento):
    uno, due = progetto(), progetto(enti=("cs4", "soste"), titolo="Sport per tutti", dal=datetime.date(2025, 9, 20))
    conto = selettori.enti_dell_anno(2025)[0]
    assert conto.criterio.codice == "M5" and conto.bastano == 2 and conto.riconosciuti == 0
    assert [(str(riga.ente), riga.progetto.titolo) for riga in conto.enti][-1] == (
        str(Organizzazione.objects.get(chiave="soste")),
        "Sport per tutti",
    )
    assert len(conto.enti) == 3
    for progettato in (uno, due):
        operazioni.offri_progetto(progettato, manager, progettato.dal, ["M5"])
    nate = list(Evidenza.objects.filter(criteri__codice="M5").order_by("pk"))
    assert {e.stato for e in nate} == {"inviata"} and nate[0].argomento == "Estate in rete"
    with pytest.raises(PermissionDenied):
        evidenze.approva(nate[0], manager)
    evidenze.approva(nate[0], coordinamento)
    assert punti(programma, "M5") == 100 and selettori.enti_dell_anno(2025)[0].riconosciuti == 2
    evidenze.approva(nate[1], coordinamento)
    assert selettori.enti_dell_anno(2025)[0].riconosciuti == 3


def test_m5__not_without_the_manager_nor_for_who_only_supports(progetto, manager):
    assert codici(progetto(col_manager=False)) == {"M5": False}
    uno = progetto(enti=("cs4",))
    EnteDelProgetto.objects.filter(progetto=uno).update(parte="sostiene")
    assert codici(uno) == {"M5": False}
    with pytest.raises(ValidationError, match="M5"):
        operazioni.offri_progetto(uno, manager, GIORNO, ["M5"])
    with pytest.raises(ValidationError, match="giorno del progetto"):
        operazioni.offri_progetto(progetto(al=GIORNO), manager, GIORNO + datetime.timedelta(days=1), ["M5"])
    assert not Evidenza.objects.exists() and selettori.enti_dell_anno(2025)[0].enti[0].ente.chiave == "asif-chimelli"


def test_m4__is_the_sheet_of_an_action_born_during_the_year(progetto, programma, manager, coordinamento, client_di):
    scheda = programma.add_child(
        instance=AzionePage(
            title="Pausa insieme", slug="pausa", fuori_programma=True, area="Rete", altre_testo="CS4", **SETTE
        )
    )
    html = client_di(manager).get(reverse("progetti:elenco")).content.decode()
    assert "Metti nel registro" in html
    html = client_di(manager).get(reverse("progetti:nuovo"), {"scheda": scheda.pk}).content.decode()
    assert 'value="Pausa insieme"' in html
    assert codici(progetto("nato-nell-anno")) == {"M4": False, "M5": True}
    assert scheda.permissions_for_user(manager).can_delete()
    suo = progetto("nato-nell-anno", titolo="Pausa insieme", scheda=scheda)
    assert not scheda.permissions_for_user(manager).can_delete()
    with pytest.raises(ValidationError, match="M4 e M5"):
        operazioni.offri_progetto(suo, manager, GIORNO, ["M4", "M5"])
    operazioni.offri_progetto(suo, manager, GIORNO, ["M4", "M5"], "Nato ora, e progettato insieme")
    m4 = Evidenza.objects.get(criteri__codice="M4")
    assert m4.progettualita == scheda
    evidenze.approva(m4, coordinamento)
    assert punti(programma, "M4") == 100
    assert "Metti nel registro" not in client_di(manager).get(reverse("progetti:elenco")).content.decode()


def test_given_by_hand__is_not_given_again(progetto, programma, manager, organizzazione_a, referente_a):
    criterio = Criterio.objects.get(programma=programma, codice="M5")
    a_mano = Evidenza(organizzazione=organizzazione_a, titolo="Estate in rete", data=GIORNO, argomento="Estate")
    a_mano = evidenze.invia(evidenze.salva_bozza(a_mano, referente_a, [criterio], [organizzazione_a]), referente_a)
    suo = progetto()
    assert selettori.da_unire(suo) == [(a_mano, True)] and codici(suo) == {"M5": True}
    assert operazioni.unisci_al_progetto(suo, manager, [a_mano.pk]) == 1
    assert selettori.da_unire(suo) == [] and "Già data" in selettori.proposte(suo, GIORNO)[0].perche
    with pytest.raises(ValidationError, match="Già data"):
        operazioni.offri_progetto(suo, manager, GIORNO, ["M5"])
    a_mano.refresh_from_db()
    assert a_mano.stato == "inviata" and Evidenza.objects.count() == 1


def test_changed__what_it_gave_waits_again_and_what_it_does_not_serve_falls(progetto, manager, coordinamento):
    suo = operazioni.offri_progetto(progetto(), manager, GIORNO, ["M5"])
    evidenza = evidenze.approva(Evidenza.objects.get(), coordinamento)
    suo.risultato = "Un calendario comune"
    suo = operazioni.salva_progetto(suo, manager)
    assert Evidenza.objects.nate_da(suo).get() == evidenza  # the result is no fact of M5
    soste = EnteDelProgetto(organizzazione=Organizzazione.objects.get(chiave="soste"))
    suo = operazioni.salva_progetto(suo, manager, [soste])
    nuova = Evidenza.objects.nate_da(suo).get()
    assert nuova.stato == "inviata" and nuova.organizzazioni.count() == 3
    evidenze.approva(nuova, coordinamento)
    suo.col_manager = False
    suo = operazioni.salva_progetto(suo, manager)
    assert not Evidenza.objects.nate_da(suo).exists() and not Riconoscimento.objects.filter(revocato_il=None).exists()
    with pytest.raises(ValidationError, match="resta nel registro"):
        operazioni.elimina_progetto(suo, manager)


def test_given_to_a_second_year__leaves_what_the_first_was_given(progetto, nuovo_anno, manager, coordinamento):
    nuovo_anno(2026, codici=("M5",))
    suo = operazioni.offri_progetto(progetto(al=datetime.date(2026, 3, 31)), manager, GIORNO, ["M5"])
    evidenze.approva(Evidenza.objects.get(), coordinamento)
    febbraio = datetime.date(2026, 2, 2)
    suo = operazioni.offri_progetto(suo, manager, febbraio, ["M5"])
    nate = Evidenza.objects.nate_da(suo).order_by("data")
    assert [(una.data, una.stato) for una in nate] == [(GIORNO, "approvata"), (febbraio, "inviata")]
    operazioni.offri_progetto(suo, manager, febbraio, [])
    assert [(una.data, una.stato) for una in nate.all()] == [(GIORNO, "approvata"), (febbraio, "bozza")]


def test_screens__a_project_from_new_to_evidence(client_di, manager, programma):
    client, nuovo = client_di(manager), reverse("progetti:nuovo")
    cs4 = Organizzazione.objects.get(chiave="cs4")
    dati = {
        "tipo": TipoProgetto.objects.get(chiave="co-progettazione").pk,
        "titolo": "Orari in rete",
        "dal": "2025-09-10",
        "col_manager": "on",
        "chiave": "0c7a3c1e-2a51-4c0e-8f1e-222222222222",
        "righe-TOTAL_FORMS": 2,
        "righe-INITIAL_FORMS": 0,
        "righe-0-organizzazione": cs4.pk,
        "righe-0-parte": "capofila",
        "righe-1-altro_ente": "Banca del lago",
    }
    sbagliato = client.post(nuovo, {**dati, "al": "2025-09-01"})
    assert sbagliato.status_code == 422 and "viene dopo il primo" in sbagliato.content.decode()
    assert "Banca del lago" in sbagliato.content.decode()
    assert client.post(nuovo, dati).status_code == client.post(nuovo, dati).status_code == 302
    suo = Progetto.objects.get()
    assert [(str(e), e.parte) for e in suo.enti.all()] == [(str(cs4), "capofila"), ("Banca del lago", "partner")]
    html = client.get(reverse("progetti:modifica", args=[suo.pk])).content.decode()
    assert "Banca del lago" in html
    righe = {
        "righe-TOTAL_FORMS": 1,
        "righe-INITIAL_FORMS": 1,
        "righe-0-riga": suo.enti.last().pk,
        "righe-0-togli": "on",
    }
    modificato = {**{k: v for k, v in dati.items() if "righe" not in k}, **righe, "versione": suo.versione}
    assert client.post(reverse("progetti:modifica", args=[suo.pk]), modificato).status_code == 302
    assert client.post(reverse("progetti:modifica", args=[suo.pk]), modificato).status_code == 422  # an old version
    assert [str(e) for e in suo.enti.all()] == [str(cs4)]
    file = {"file": SimpleUploadedFile("relazione.txt", b"Relazione")}
    client.post(reverse("progetti:allega", args=[suo.pk]), file)
    vale = reverse("progetti:vale", args=[suo.pk])
    assert "il manager progetta con gli altri" in client.get(vale, {"al": "2025-09-12"}).content.decode()
    assert client.post(vale, {"giorno": "2024-01-01", "criteri": ["M5"]}).status_code == 422
    assert client.post(vale, {"giorno": "2025-09-12", "criteri": ["M5"]}).status_code == 302
    html = client.get(suo.get_absolute_url()).content.decode()
    for detto in ("relazione.txt", "Evidenza per M5", "Capofila"):
        assert detto in html, detto


def test_bad_input__is_said_and_breaks_nothing(progetto, client_di, manager):
    suo, client = progetto(), client_di(manager)
    for strano in ("9" * 40, "²", "a\x00b", "-1", "9999-12-31", "x" * 9000):
        campi = (
            "tipo",
            "titolo",
            "dal",
            "al",
            "scheda",
            "risultato",
            "versione",
            "chiave",
            "giorno",
            "criteri",
            "file",
        )
        dati = dict.fromkeys(campi, strano) | {"evidenza": strano, "righe-TOTAL_FORMS": 1, "righe-INITIAL_FORMS": 0}
        dati |= {f"righe-0-{campo}": strano for campo in ("riga", "organizzazione", "altro_ente", "parte", "togli")}
        for nome in ("modifica", "vale", "unisci", "allega", "togli_file"):
            stato = client.post(reverse(f"progetti:{nome}", args=[suo.pk]), dati).status_code
            assert stato in (302, 404, 422), (nome, strano, stato)
        assert client.post(reverse("progetti:nuovo"), dati).status_code == 422
        assert client.get(reverse("progetti:vale", args=[suo.pk]), {"al": strano}).status_code == 200
        assert client.get(reverse("progetti:nuovo"), {"scheda": strano}).status_code == 200
    assert Progetto.objects.get().versione == suo.versione


def test_referent__sees_their_projects_without_files_and_writes_none(
    progetto, client_di, manager, referente_a, referente_b, acs
):
    suo, altrui = progetto(enti=("cs4",), titolo="Di CS4"), progetto(enti=("asif-chimelli",), titolo="Di ASIF")
    operazioni.allega_al_progetto(suo, manager, SimpleUploadedFile("r.txt", b"r"))
    visti = {u.username: set(Progetto.objects.visibili_a(u)) for u in (manager, acs, referente_a, referente_b)}
    assert visti[manager.username] == visti[acs.username] == {suo, altrui}
    della_cs4 = referente_a if visti[referente_a.username] else referente_b
    client, file = client_di(della_cs4), suo.file.get()
    mio, non_mio = (suo, altrui) if suo in visti[della_cs4.username] else (altrui, suo)
    html = client.get(mio.get_absolute_url()).content.decode()
    assert mio.titolo in html and "Per che cosa vale" not in html and "r.txt" not in html
    assert client.get(non_mio.get_absolute_url()).status_code == client.get(file.get_absolute_url()).status_code == 404
    assert client_di(acs).get(file.get_absolute_url()).status_code == 200
    for utente in (della_cs4, acs):
        with pytest.raises(PermissionDenied):
            operazioni.salva_progetto(mio, utente)
        assert client_di(utente).get(reverse("progetti:nuovo")).status_code == 404


def test_list__costs_the_same_with_many(progetto, client_di, manager):
    client, conti = client_di(manager), []
    for _ in range(2):
        for n in range(3):
            progetto(titolo=f"Progetto {n}")
        with CaptureQueriesContext(
            connection,
        ) as fatte:
            assert client.get(reverse("progetti:elenco"), {"anno": "2025", "testo": "Progetto"}).status_code == 200
        conti.append(len(fatte))
    assert conti[0] == conti[1]
