"""Entries and exits: read from the history that the list of members reads, registered with their act."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organizzazioni.models import Organizzazione
from registri.aderenti.movimenti import FINE, INIZIO, MovimentoRifiutato, Noto, dopo, movimenti_di
from registri.aderenti.operazioni import registra_movimento
from registri.aderenti.selettori import registro_delle_adesioni
from registri.models import AttoDiAdesione
from registri.selettori import elenco_al

pytestmark = pytest.mark.django_db
D = date(2025, 3, 1)


def noto(n, dal=None, al=None, **marchi):
    return Noto(
        datetime(2025, 1, n, tzinfo=timezone.get_default_timezone()),
        {"aderente_dal": dal, "aderente_fino_al": al, **marchi},
    )


def detti(*versioni):
    return [(m.nome, m.giorno, m.corretto) for m in movimenti_di(versioni)]


def test_history__is_read_as_entries_exits_and_corrections():
    un_mese = timedelta(days=31)
    assert detti(noto(1), noto(2, D), noto(3, D)) == [("Iscrizione", D, False)]
    assert detti(noto(1, D), noto(2, D + un_mese)) == [("Iscrizione", D, True), ("Iscrizione", D + un_mese, False)]
    uscita = D + un_mese
    assert detti(noto(1, D), noto(2, D, uscita), noto(3, uscita + un_mese)) == [
        ("Iscrizione", D, False),
        ("Cancellazione", uscita, False),
        ("Iscrizione", uscita + un_mese, False),
    ]
    assert detti(noto(1, D, uscita), noto(2, D)) == [("Iscrizione", D, False), ("Cancellazione", uscita, True)]
    assert detti(noto(1, family_audit=True), noto(2, family_audit=False)) == [
        ("Marchio Family Audit: comincia", None, False),
        ("Marchio Family Audit: finisce", None, False),
    ]


def test_movement__only_where_the_present_state_allows_it():
    mai, dentro, fuori = (False, None, None), (True, D, None), (True, D, D + timedelta(days=9))
    dopo_ancora = D + timedelta(days=30)
    assert dopo(mai, INIZIO, D, False) == (D, None) and dopo(dentro, FINE, dopo_ancora, False) == (D, dopo_ancora)
    assert dopo(fuori, INIZIO, dopo_ancora, False) == (dopo_ancora, None) and dopo(dentro, INIZIO, D, False) == (
        D,
        None,
    )
    assert dopo(dentro, INIZIO, dopo_ancora, True) == (dopo_ancora, None)
    assert dopo(dentro, FINE, D, False) == (D, D)
    for stato, verso, giorno in (
        (mai, FINE, D),
        (dentro, INIZIO, dopo_ancora),
        (dentro, FINE, D - timedelta(days=1)),
        (fuori, FINE, dopo_ancora),
    ):
        with pytest.raises(MovimentoRifiutato):
            dopo(stato, verso, giorno, False)


def nel_registro():
    """The members by the register: who came in and has not left by today."""
    oggi, dentro = timezone.localdate(), {}
    for riga in reversed(registro_delle_adesioni()):
        uno = riga.movimento
        if uno.cosa == "adesione" and not uno.corretto and uno.giorno:
            passato = uno.giorno <= oggi if uno.verso == INIZIO else uno.giorno < oggi
            if passato:
                dentro[riga.organizzazione.denominazione] = uno.verso == INIZIO
    return {nome for nome, c_e in dentro.items() if c_e}


def nell_elenco():
    return {uno.denominazione for uno in elenco_al(timezone.localdate())}


def test_registered__the_list_says_so_and_the_past_does_not_change(manager, coordinamento):
    oggi, prima = timezone.localdate(), elenco_al(date(2025, 3, 31))
    soste, nuova = Organizzazione.objects.get(chiave="soste"), Organizzazione.objects.get(chiave="consolida")
    assert nel_registro() == nell_elenco() and len(prima) == 6
    registra_movimento(soste, "adesione", FINE, oggi - timedelta(days=1), manager, "Recesso prot. 12", oggi)
    registra_movimento(nuova, "adesione", INIZIO, oggi, manager, file=SimpleUploadedFile("richiesta.txt", b"Chiede"))
    registra_movimento(nuova, "family_audit", INIZIO, oggi, manager)
    assert nel_registro() == nell_elenco() and nuova.denominazione in nell_elenco()
    assert soste.denominazione not in nell_elenco() and elenco_al(date(2025, 3, 31)) == prima
    uscita = next(riga for riga in registro_delle_adesioni() if riga.movimento.nome == "Cancellazione")
    assert (str(uscita.atto), uscita.movimento.chi) == ("Recesso prot. 12", manager)
    registra_movimento(soste, "adesione", INIZIO, oggi, manager)
    assert soste.denominazione in nell_elenco() and nel_registro() == nell_elenco()
    with pytest.raises(ValidationError, match="È già cominciata"):
        registra_movimento(nuova, "adesione", INIZIO, oggi - timedelta(days=9), manager)
    with pytest.raises(ValidationError, match="perché si corregge"):
        registra_movimento(nuova, "adesione", INIZIO, oggi - timedelta(days=9), manager, corregge=True)
    registra_movimento(nuova, "adesione", INIZIO, oggi - timedelta(days=9), manager, motivo="Refuso", corregge=True)
    assert nel_registro() == nell_elenco()
    with pytest.raises(PermissionDenied):
        registra_movimento(nuova, "adesione", FINE, oggi, coordinamento)
    # whatever else writes those dates, the register tells it: it reads what the list reads
    Organizzazione.objects.filter(chiave="cs4").update(aderente_fino_al=oggi - timedelta(days=2))
    assert nel_registro() == nell_elenco()


def test_screens__register_add_the_act_and_ask_to_send_again(client_di, manager, acs, referente_a):
    client, registra = client_di(manager), reverse("registri:registra_adesione")
    cs4 = Organizzazione.objects.get(chiave="cs4")
    registro = reverse("registri:adesioni")
    html = client.get(registro).content.decode()
    indirizzo = reverse("registri:atto_di_adesione", args=[cs4.pk, "adesione", INIZIO, cs4.aderente_dal.isoformat()])
    assert indirizzo in html and "Registra" in html
    assert f'value="{cs4.aderente_dal.isoformat()}"' in client.get(indirizzo).content.decode()
    dati = {"organizzazione": cs4.pk, "cosa": "adesione", "verso": INIZIO, "giorno": cs4.aderente_dal.isoformat()}
    file = SimpleUploadedFile("adesione.txt", b"Aderisce")
    assert client.post(indirizzo, {**dati, "atto": "Domanda prot. 7", "file": file}).status_code == 302
    html = client.get(registro).content.decode()
    assert "Domanda prot. 7" in html and "adesione.txt" in html and indirizzo not in html
    carta = AttoDiAdesione.objects.get().carta
    assert b"".join(client_di(acs).get(carta.get_absolute_url()).streaming_content) == b"Aderisce"
    assert "Domanda prot. 7" in client_di(acs).get(registro).content.decode()
    for indirizzo_chiuso in (registro, registra, carta.get_absolute_url()):
        assert client_di(referente_a).get(indirizzo_chiuso).status_code in (302, 403)
    sbagliata = client.post(registra, {**dati, "giorno": "2024-01-01"})
    assert sbagliata.status_code == 422 and "È già cominciata" in sbagliata.content.decode()
    for strano in ("9" * 40, "²", "a\x00b", "9999-12-31", ""):
        ruinati = dict.fromkeys((*dati, "atto_del", "atto", "motivo", "corregge"), strano)
        assert client.post(registra, ruinati).status_code == 422
    assert client.get(reverse("registri:atto_di_adesione", args=[cs4.pk, "x", "y", "9999-99-99"])).status_code == 200
    assert AttoDiAdesione.objects.count() == 1


def test_register__costs_the_same_with_many(client_di, manager):
    client, conti = client_di(manager), []
    for n in range(2):
        with CaptureQueriesContext(connection) as fatte:
            client.get(reverse("registri:adesioni"))
        conti.append(len(fatte))
        for m in range(5):
            Organizzazione.objects.create(chiave=f"e{n}{m}", denominazione=f"Ente {n}{m}", aderente_dal=D)
    assert conti[0] == conti[1]
