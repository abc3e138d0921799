"""Cards: granted, issued, revoked, printed."""

import io
import re
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import CharField, TextField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from convenzioni import operazioni
from convenzioni.card.selettori import Conti, lotti_di, totale_di
from convenzioni.models import Card, Lotto
from organizzazioni.operazioni import disattiva

from .scene.card import OGGI, corpo, scaduto, verifica

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nessuna_prova():
    cache.clear()


# Granting, issuing, revoking


def test_issue__stays_within_what_was_granted_and_a_revoked_card_leaves_its_place(lotto, referente_a):
    with pytest.raises(ValidationError, match="ancora 7"):
        operazioni.emetti(lotto, 8, referente_a)
    assert operazioni.emetti(lotto, 7, referente_a) == 2
    with pytest.raises(ValidationError, match="emesse tutte"):
        operazioni.emetti(lotto, 1, referente_a)
    operazioni.revoca(lotto.card.first(), Card.Motivo.SMARRITA, referente_a)
    operazioni.emetti(lotto, 1, referente_a)
    assert [c.posto for c in lotto.card.all()] == list(range(1, 12))
    assert len(set(lotto.card.values_list("seriale", flat=True))) == 11


def test_grant__is_corrected_but_never_below_the_cards_in_use(lotto, manager, organizzazione_a):
    with pytest.raises(ValidationError, match="in uso 3"):
        operazioni.concedi(organizzazione_a, lotto.anno, 2, lotto.valido_fino_al, manager)
    with pytest.raises(ValidationError, match="non si può anticipare"):
        operazioni.concedi(organizzazione_a, lotto.anno, 3, lotto.valido_fino_al - timedelta(days=1), manager)
    dopo = lotto.valido_fino_al + timedelta(days=1)
    assert operazioni.concedi(organizzazione_a, lotto.anno, 3, dopo, manager).pk == lotto.pk
    lotto.refresh_from_db()
    assert (lotto.concesse, lotto.valido_fino_al) == (3, dopo)


def test_issue__of_an_expired_batch_or_of_too_many_is_refused(lotto, referente_a):
    for quante in (0, -1, operazioni.card.INSIEME + 1):
        with pytest.raises(ValidationError):
            operazioni.emetti(lotto, quante, referente_a)
    scaduto(lotto)
    with pytest.raises(ValidationError, match="scadute"):
        operazioni.emetti(lotto, 1, referente_a)


def test_issue__is_of_one_to_a_hundred_until_the_last_day_of_the_batch(lotto, manager, referente_a, organizzazione_a):
    operazioni.concedi(organizzazione_a, lotto.anno, 120, lotto.valido_fino_al, manager)
    Lotto.objects.update(valido_fino_al=OGGI())
    with pytest.raises(ValidationError, match="da 1 a 100 per volta"):
        operazioni.emetti(lotto, 101, referente_a)
    with pytest.raises(ValidationError, match="Intanto ne sono state emesse"):
        operazioni.emetti(lotto, 1, referente_a, dopo=0)
    assert operazioni.emetti(lotto, 1, referente_a, dopo=1) == 2
    assert operazioni.emetti(lotto, 100, referente_a) == 3
    assert sorted(lotto.card.values_list("posto", flat=True)) == list(range(1, 105))


def test_grant__of_which_nothing_was_issued_is_corrected_freely(organizzazione_a, manager, referente_a):
    nuovo = operazioni.concedi(organizzazione_a, 2030, 5, date(2030, 12, 31), manager)
    nuovo = operazioni.concedi(organizzazione_a, 2030, 2, date(2030, 6, 30), manager)
    assert (nuovo.concesse, nuovo.valido_fino_al) == (2, date(2030, 6, 30))
    assert operazioni.emetti(nuovo, 1, referente_a, dopo=0) == 1 and nuovo.card.get().posto == 1
    assert operazioni.concedi(organizzazione_a, 2030, 1, date(2030, 6, 30), manager).concesse == 1


def test_permissions__own_organisation_or_manager_alone(
    lotto, card, referente_b, coordinamento, acs, organizzazione_a, referente_a
):
    for utente in (referente_b, coordinamento, acs):
        with pytest.raises(PermissionDenied):
            operazioni.emetti(lotto, 1, utente)
        with pytest.raises(PermissionDenied):
            operazioni.revoca(card, Card.Motivo.SMARRITA, utente)
    for utente in (referente_a, referente_b, coordinamento, acs):
        with pytest.raises(PermissionDenied):
            operazioni.concedi(organizzazione_a, 2030, 1, date(2030, 12, 31), utente)
    disattiva(organizzazione_a)
    with pytest.raises(PermissionDenied):
        operazioni.emetti(lotto, 1, referente_a)


def test_grant__is_for_members_alone(distretto, manager):
    with pytest.raises(ValidationError, match="non aderisce"):
        operazioni.concedi(distretto, 2026, 1, date(2026, 12, 31), manager)


def test_revoked_card__stays_revoked_and_says_why_from_a_list(card, referente_a):
    with pytest.raises(ValidationError):
        operazioni.revoca(card, "Mario Rossi", referente_a)
    quando = operazioni.revoca(card, Card.Motivo.SMARRITA, referente_a).revocata_il
    with pytest.raises(ValidationError, match="già revocata"):
        operazioni.revoca(card, Card.Motivo.ROVINATA, referente_a)
    card.refresh_from_db()
    assert (card.revocata_il, card.motivo) == (quando, "smarrita")


def test_expired_card__is_not_revoked(card, lotto, referente_a, client_di):
    scaduto(lotto)
    with pytest.raises(ValidationError, match="già scaduta"):
        operazioni.revoca(card, Card.Motivo.SMARRITA, referente_a)
    pagina = client_di(referente_a).get(reverse("card:revoca", args=[card.pk])).content.decode()
    assert "non c&#x27;è nulla da revocare" in pagina or "non c'è nulla da revocare" in pagina


def test_cards__of_who_left_the_district_end_with_its_membership(client, card, lotto, manager, organizzazione_a):
    organizzazione_a.aderente_fino_al = OGGI() - timedelta(days=1)
    organizzazione_a.save()
    assert "Card scaduta" in corpo(client.get(verifica(card.seriale)))
    assert totale_di(lotti_di(manager)).attive == 0
    with pytest.raises(ValidationError, match="scadute"):
        operazioni.emetti(lotto, 1, manager)


def test_cards__of_who_is_inactive_are_revoked_by_the_manager_alone(card, referente_a, manager, organizzazione_a):
    disattiva(organizzazione_a)
    with pytest.raises(PermissionDenied):
        operazioni.revoca(card, Card.Motivo.RESTITUITA, referente_a)
    assert operazioni.revoca(card, Card.Motivo.RESTITUITA, manager).revocata_il


def test_issue__a_second_click_or_a_colleague_makes_no_more(client_di, referente_a, manager, lotto):
    pagina = reverse("card:lotto", args=[lotto.pk])
    dati = {
        "quante": 2,
        "dopo": re.search(r'name="dopo" value="(\d+)"', client_di(referente_a).get(pagina).content.decode()).group(1),
    }
    prima = client_di(referente_a).post(pagina, dati, follow=True).content.decode()
    assert "2 card emesse" in prima and reverse("card:fogli", args=[lotto.pk, 2]) in prima
    for chi in (referente_a, manager):
        assert "Intanto ne sono state emesse" in client_di(chi).post(pagina, dati).content.decode()
    assert lotto.card.count() == 5


def test_log__has_every_act_and_no_serial(lotto, card, referente_a):
    operazioni.revoca(card, Card.Motivo.SMARRITA, referente_a)
    righe = ModelLogEntry.objects.filter(action__startswith="convenzioni.card")
    assert set(righe.values_list("action", flat=True)) == {operazioni.CONCESSE, operazioni.EMESSE, operazioni.REVOCATA}
    tutto = " ".join(f"{riga.label} {riga.data}" for riga in righe)
    assert not any(c.seriale in tutto for c in Card.objects.all())


def test_models__have_no_room_for_a_name():
    liberi = {
        f"{modello.__name__}.{campo.name}"
        for modello in (Lotto, Card)
        for campo in modello._meta.get_fields()
        if isinstance(campo, CharField | TextField) and not campo.choices
    }
    assert liberi == {"Card.seriale"} and Card._meta.get_field("seriale").max_length == 16


def test_counts__feed_the_annual_data(client_di, lotto, card, referente_a, manager, organizzazione_b):
    operazioni.revoca(card, Card.Motivo.SMARRITA, referente_a)
    operazioni.concedi(organizzazione_b, lotto.anno, 5, lotto.valido_fino_al, manager)
    operazioni.concedi(organizzazione_b, lotto.anno - 1, 99, lotto.valido_fino_al, manager)
    assert totale_di(lotti_di(manager, lotto.anno)) == Conti(15, 3, 2, 1)
    pagina = client_di(manager).get(reverse("card:lotti")).content.decode()
    assert "<strong>15</strong> concesse, <strong>3</strong> emesse" in pagina and str(lotto.anno - 1) in pagina
    scaduto(lotto)
    assert totale_di(lotti_di(manager, lotto.anno)).attive == 0


# In the admin


def test_referent__issues_finds_revokes_and_reads_only_their_own(client_di, referente_a, referente_b, lotto, card):
    client, altro = client_di(referente_a), client_di(referente_b)
    pagina = reverse("card:lotto", args=[lotto.pk])
    assert client.post(pagina, {"quante": 2}).status_code == 302
    assert lotto.card.count() == 5
    assert "Ne puoi emettere ancora 5" in client.post(pagina, {"quante": 99}).content.decode()
    trovata = client.post(reverse("card:trova"), {"numero": card.scritta.lower()})
    assert trovata["Location"] == reverse("card:revoca", args=[card.pk])
    assert altro.post(reverse("card:trova"), {"numero": card.scritta})["Location"] == reverse("card:lotti")
    revoca = reverse("card:revoca", args=[card.pk])
    file = [reverse("card:elenco", args=[lotto.pk]), reverse("card:fogli", args=[lotto.pk, 1])]
    for indirizzo in (pagina, revoca, *file):
        assert altro.get(indirizzo).status_code == 404
    assert altro.post(revoca, {"motivo": "smarrita"}).status_code == 404
    assert client.post(revoca, {"motivo": ""}).status_code == 200
    assert client.post(revoca, {"motivo": "smarrita"}).status_code == 302
    card.refresh_from_db()
    assert card.revocata_il and str(lotto) not in altro.get(reverse("card:lotti")).content.decode()


def test_manager__grants_and_sees_all(client_di, manager, referente_a, lotto, organizzazione_b):
    client = client_di(manager)
    anno = OGGI().year
    dati = {"organizzazione": organizzazione_b.pk, "anno": anno, "concesse": 7, "fino_al": f"{anno + 1}-01-31"}
    for sbagliata in (f"{anno + 2}-01-01", f"{OGGI() - timedelta(days=1)}", "ieri"):
        assert client.post(reverse("card:concedi"), dati | {"fino_al": sbagliata}).status_code == 200
    assert client.post(reverse("card:concedi"), dati).status_code == 302
    html = client.get(reverse("card:lotti")).content.decode()
    assert str(lotto) in html and str(Lotto.objects.get(organizzazione=organizzazione_b)) in html
    cambia = client.get(reverse("card:concedi"), {"lotto": lotto.pk}).content.decode()
    assert f'value="{lotto.valido_fino_al:%Y-%m-%d}"' in cambia and 'value="10"' in cambia
    for strano in ("x", "9" * 30, "\u00b2"):
        assert client.get(reverse("card:concedi"), {"lotto": strano}).status_code == 200
    assert client_di(referente_a).get(reverse("card:concedi"), {"lotto": lotto.pk}).status_code == 404


def test_exports__have_the_counts_and_the_list_an_empty_column(client_di, referente_a, lotto, card):
    client = client_di(referente_a)
    conti = client.get(reverse("card:esporta"), {"anno": lotto.anno}).content.decode("utf-8-sig")
    assert conti.splitlines()[1] == (f"{lotto.anno};ASIF Chimelli;10;3;3;0;{lotto.valido_fino_al:%d/%m/%Y}")
    elenco = client.get(reverse("card:elenco", args=[lotto.pk])).content.decode("utf-8-sig").splitlines()
    assert elenco[0] == "N.;Numero della card;Per il telefono;Emissione;Stato;A chi l'ho data;Consegnata il"
    assert elenco[1] == f"1;{card.scritta};http://testserver/card/{card.seriale}/;1;valida;;"
    for formato in ("xlsx", "pdf"):
        assert client.get(reverse("card:esporta"), {"formato": formato}).status_code in (200, 302)


def test_admin_pages__cost_the_same_with_more_cards(client_di, referente_a, manager, lotto, organizzazione_a):
    client = client_di(referente_a)
    indirizzi = [reverse("card:lotti"), reverse("card:lotto", args=[lotto.pk]), reverse("card:elenco", args=[lotto.pk])]

    def costo(indirizzo):
        client.get(indirizzo)
        with CaptureQueriesContext(connection) as query:
            client.get(indirizzo)
        return len(query)

    prima = [costo(indirizzo) for indirizzo in indirizzi]
    operazioni.emetti(lotto, 7, referente_a)
    operazioni.concedi(organizzazione_a, 2030, 5, date(2030, 12, 31), manager)
    assert [costo(indirizzo) for indirizzo in indirizzi] == prima


# Printed


def test_sheets__are_ten_a_page_and_their_qr_codes_are_read_back(
    pango, client_di, referente_a, manager, lotto, card, organizzazione_a
):
    operazioni.concedi(organizzazione_a, lotto.anno, 30, lotto.valido_fino_al, manager)
    operazioni.emetti(lotto, 12, referente_a)
    operazioni.revoca(lotto.card.get(posto=4), Card.Motivo.ROVINATA, referente_a)
    risposta = client_di(referente_a).get(reverse("card:fogli", args=[lotto.pk, 2]))
    assert risposta["Content-Type"] == "application/pdf" and "no-store" in risposta["Cache-Control"]
    pdf = pypdfium2.PdfDocument(io.BytesIO(risposta.content))
    assert len(pdf) == 2 and pdf.is_tagged()
    assert [round(lato / 72 * 25.4) for lato in pdf[0].get_size()] == [210, 297]
    letti = set()
    for pagina in pdf:
        letti |= {codice.text for codice in zxingcpp.read_barcodes(pagina.render(scale=200 / 72).to_pil())}
    attesi = {c.seriale for c in lotto.card.filter(emissione=2, revocata_il=None)}
    assert len(attesi) == 11 and letti == {f"http://testserver{verifica(seriale)}" for seriale in attesi}
    testo = pdf[0].get_textpage().get_text_bounded()
    assert lotto.card.get(posto=5).scritta in testo and "ASIF Chimelli" in testo and card.scritta not in testo


def test_sheets__without_the_libraries_say_what_is_missing(client_di, referente_a, lotto, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    risposta = client_di(referente_a).get(reverse("card:fogli", args=[lotto.pk, 1]), follow=True)
    assert "libpango" in risposta.content.decode()
