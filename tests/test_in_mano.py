"""Evidence from what one has in hand: a post's address, read for its channel and day; nothing is fetched."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from base.posta.lettera import Lettera
from organizzazioni.models import Organizzazione
from programma import operazioni
from programma.che_cosa import tipo_di_fatto
from programma.indizi import (
    con_il_sito,
    criterio_probabile,
    giorno_dell_indirizzo,
    indizi_di,
    probabili_con_link,
    tipo_del_testo,
)
from programma.models import AvvisiPersonali, Criterio, Evidenza, Spunto
from programma.operazioni import spunti

NUOVA = reverse("programma:nuova")
OGGI = date(2025, 6, 20)
INSTAGRAM = "https://www.instagram.com/p/DKBz4t5sAAA/"


@pytest.mark.parametrize(
    ("indirizzo", "titolo", "giorno"),
    [
        ("https://www.facebook.com/distretto/posts/pfbid02abc", "Post su Facebook", None),
        ("facebook.com/share/p/1AbC", "Post su Facebook", None),
        ("https://it.linkedin.com/posts/x_activity-7321456789012345678-abcd", "Post su LinkedIn", date(2025, 4, 25)),
        ("https://x.com/distretto/status/1910000000000000000", "Post su X", date(2025, 4, 9)),
        (INSTAGRAM, "Post su Instagram", date(2025, 5, 24)),
        ("https://www.comune.example.it/notizie/2025/03/05/tavolo", "Post su comune.example.it", date(2025, 3, 5)),
        ("https://example.it/2025-03-05_tavolo", "Post su example.it", date(2025, 3, 5)),
        ("https://example.it/2025/02/31/", "Post su example.it", None),
        ("https://example.it/2026/01/01/", "Post su example.it", None),
        ("https://finta-facebook.com/2019/01/01/", "Post su finta-facebook.com", None),
    ],
)
def test_address__says_channel_and_day(indirizzo, titolo, giorno):
    indizi = indizi_di("", "", indirizzo, OGGI)
    assert (indizi.titolo, indizi.data, indizi.tipo) == (titolo, giorno, "comunicazione")
    assert indizi.link[0].endswith(indirizzo)


def test_text__says_day_kind_and_the_addresses_in_it():
    indizi = indizi_di("", "Guarda: https://fb.watch/abc/. Era il 5 marzo 2025, non il 40/13/2025", "", OGGI)
    assert indizi.link == ("https://fb.watch/abc/",) and indizi.data == date(2025, 3, 5)
    assert indizi.titolo == "Post su Facebook"
    for scritto, giorno in (("il 07/03/2025", 7), ("2025-03-08", 8), ("1º marzo 2025", 1), ("9.3.2025 e 8.3.2025", 9)):
        assert indizi_di("x", scritto, "", OGGI).data == date(2025, 3, giorno), scritto
    for niente in ("5 marzo 2031", "3 marzo 2001", "99999/1/2025", "\0", "marzo 2025"):
        assert indizi_di("x", niente, "", OGGI).data is None
    assert tipo_del_testo("Verbale dell'incontro del tavolo") == "incontro"
    assert tipo_del_testo("Convenzioni firmate") == "convenzione" and tipo_del_testo("boh") == "comunicazione"
    for strano in ("javascript:alert(1)", "http://[", "https://u@x.it/", "x" * 3000, "\0"):
        assert indizi_di("", "", strano, OGGI).link == ()
    assert giorno_dell_indirizzo("https://x.com/a/status/9999999999999999999", OGGI) is None


@pytest.mark.django_db
def test_likely_criterion__is_of_the_kind_the_words_and_the_site(programma):
    criteri = list(Criterio.objects.del_programma(programma).in_ordine().select_related("azione"))
    p4 = {c.pk for c in criteri if c.gruppo == "P4"}
    incontro = indizi_di("Incontro", "verbale dell'incontro", "", OGGI)
    assert criterio_probabile(criteri, incontro, p4, False).codice == "P4.1"
    post = indizi_di("", "", "https://www.facebook.com/x/posts/1", OGGI)
    con_sito = con_il_sito(criteri, post.link)
    assert con_sito and all("facebook" in str(c.siti) for c in con_sito if c.siti)
    comunicazione = tipo_di_fatto("comunicazione")
    assert probabili_con_link(criteri, comunicazione, set(), False, post.link)[0].codice == "P2.3"
    assert criterio_probabile([], post, set(), False) is None


@pytest.mark.django_db
def test_pasted_address__leads_to_the_form_already_filled(programma, referente_a, client_di, nel_2025):
    client = client_di(referente_a)
    assert "incolla l&#x27;indirizzo" in client.get(NUOVA).content.decode()
    scelta = client.get(NUOVA, {"link": INSTAGRAM}).content.decode()
    assert "Post su Instagram" in scelta and "Probabilmente vale per" in scelta
    criterio = Criterio.objects.get(codice="P1.3", programma=programma)
    giorno = client.get(NUOVA, {"link": INSTAGRAM}).context["giorno"]
    dati = {"criterio": criterio.pk, "data": giorno.isoformat(), "link": INSTAGRAM, "testo": "Due <b>righe"}
    assert f"criterio={criterio.pk}&amp;data={giorno.isoformat()}&amp;link=https%3A%2F%2Fwww.instagram" in scelta
    form = client.get(NUOVA, dati).context["form"]
    assert (form["titolo"].value(), form["data"].value(), form["link"].value()) == (
        "Post su Instagram",
        giorno,
        INSTAGRAM,
    )
    assert form["descrizione"].value() == "Due <b>righe" and not Evidenza.objects.exists()
    assert "non è completo" in client.get(NUOVA, {"link": "javascript:alert(1)"}).content.decode()
    for strano in ("\0", "http://[", "x" * 9000, "https://x.it:99999/"):
        assert client.get(NUOVA, {"link": strano, "testo": strano, "titolo": strano}).status_code == 200


@pytest.mark.django_db
def test_phone__shares_words_with_anybody_and_files_with_who_signed_in(
    programma, referente_a, acs, client_di, client, nel_2025
):
    """No evidence is made, and of a stranger no file is kept; another site that sends a form is a stranger too."""

    def condivide(chi, con_file=True, **intestazioni):
        dati = {"titolo": "Festa", "testo": "Guarda https://fb.watch/a", "link": ""}
        file = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")} if con_file else {}
        return chi.post("/condividi/", {**dati, **file}, headers=intestazioni)

    senza = condivide(client, con_file=False)
    assert "titolo=Festa" in senza.url and "fb.watch" in senza.url and senza.url.startswith(NUOVA)
    assert client.get(senza.url).url.startswith("/admin/login/?next=") and "Festa" in client.get(senza.url).url
    perso = condivide(client)
    assert "a.pdf" in perso.content.decode() and "non tiene file" in perso.content.decode()
    mio = client_di(referente_a)
    for chi, intestazioni in ((client_di(acs), {}), (mio, {"sec-fetch-site": "cross-site"})):
        assert "non tiene file" in condivide(chi, **intestazioni).content.decode()
    assert not Spunto.objects.exists()
    for _ in range(2):
        preso = condivide(mio, **{"sec-fetch-site": "none"})
    spunto = Spunto.objects.first()
    assert preso.url.endswith(f"?spunto={spunto.chiave}") and spunto.file.get().nome == "a.pdf"
    scelta = mio.get(preso.url).content.decode()
    assert "Festa" in scelta and "a.pdf" in scelta and not Evidenza.objects.exists()
    assert mio.get("/condividi/?titolo=Uno").url == f"{NUOVA}?titolo=Uno"
    for strano in ("\0", "x" * 9000):
        assert mio.post("/condividi/", {"titolo": strano, "link": strano}).status_code == 302


@pytest.mark.django_db
def test_what_one_has_in_hand__is_one_s_own_and_is_forgotten(
    programma, referente_a, referente_b, acs, client_di, nel_2025, settings
):
    spunto = Spunto.objects.create(persona=referente_a, titolo="Mia", data=date(2025, 3, 5))
    mio, altrui = client_di(referente_a), client_di(referente_b)
    pagina = reverse("programma:in_mano")
    assert "Mia" in mio.get(pagina).content.decode() and "Mia" not in altrui.get(pagina).content.decode()
    assert "Mia" not in altrui.get(NUOVA, {"spunto": spunto.chiave}).content.decode()
    altrui.post(pagina, {"azione": "butta", "spunto": spunto.chiave})
    assert Spunto.objects.exists()
    criterio = Criterio.objects.get(codice="P1.3", programma=programma)
    indirizzo = f"{NUOVA}?criterio={criterio.pk}&spunto={spunto.chiave}"
    ente = Organizzazione.objects.di(referente_b).get().pk
    altrui.post(indirizzo, {"criteri": criterio.pk, "organizzazione": ente, "azione": "salva"})
    assert Spunto.objects.get().usato_il is None
    assert client_di(acs).get(pagina).status_code == 404
    assert pagina in mio.get(NUOVA).content.decode() and pagina not in altrui.get(NUOVA).content.decode()
    settings.EVIDENZE_INDIRIZZO = "evidenze@example.org"
    assert pagina in altrui.get(NUOVA).content.decode()
    mio.post(pagina, {"azione": "crea"})
    assert f"evidenze+{AvvisiPersonali.objects.get().chiave_posta}@example.org" in mio.get(pagina).content.decode()
    assert "Le tue mail al portale" in mio.get(reverse("wagtailadmin_account")).content.decode()
    mio.post(pagina, {"azione": "togli"})
    assert AvvisiPersonali.objects.get().chiave_posta is None
    assert mio.post(pagina, {"azione": "butta", "spunto": "\0"}).status_code == 302
    assert operazioni.dimentica_spunti(timezone.now()) == 0
    assert operazioni.dimentica_spunti(timezone.now() + timedelta(days=31)) == 1 and not Spunto.objects.exists()


@pytest.fixture
def lettera():
    """A mail of one's own, without a day in its words."""

    def nuova(identita="una", **campi):
        vuota = {"mittente": "a@example.org", "autentica": True, "automatica": False, "indirizzi": frozenset()}
        detta = {"oggetto": "Verbale", "testo": "Ecco", "scritta_il": None, "file": (), "intera": True}
        return Lettera(identita, **{**vuota, **detta, **campi})

    return nuova


@pytest.fixture
def di_rita(referente_a, programma, monkeypatch):
    """Mails are hers."""
    monkeypatch.setattr(spunti, "persona_di", lambda lettera: referente_a)
    return referente_a


ADESSO = timezone.make_aware(datetime(2025, 6, 20, 12))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scritta", "giorno"),
    [
        (None, OGGI),
        (ADESSO - timedelta(days=3), OGGI - timedelta(days=3)),
        (ADESSO.replace(hour=0, minute=30), OGGI),
        (ADESSO + timedelta(days=3), OGGI),
    ],
)
def test_mail__without_a_day_is_of_when_it_was_written_and_never_to_come(di_rita, lettera, scritta, giorno):
    assert spunti.ricevi_lettera(lettera(scritta_il=scritta), ADESSO)
    assert Evidenza.objects.get().data == giorno


@pytest.mark.django_db
def test_mail__thirty_in_a_day_and_the_day_after_again(di_rita, lettera):
    Spunto.objects.bulk_create(Spunto(persona=di_rita, lettera=str(n)) for n in range(29))
    Spunto.objects.update(creato_il=ADESSO)
    assert spunti.ricevi_lettera(lettera(), ADESSO)
    Spunto.objects.update(creato_il=ADESSO)
    assert spunti.ricevi_lettera(lettera(), ADESSO), "the same again is taken, and makes nothing"
    assert not spunti.ricevi_lettera(lettera("altra"), ADESSO + timedelta(hours=23))
    assert Evidenza.objects.count() == 1
    assert spunti.ricevi_lettera(lettera("altra"), ADESSO + timedelta(days=1))
    assert Evidenza.objects.count() == 2


@pytest.mark.django_db
def test_hand__holds_twenty_shared_things_and_the_oldest_goes(di_rita, referente_b):
    Spunto.objects.create(persona=di_rita, lettera="una", titolo="Mail")
    Spunto.objects.create(persona=referente_b, titolo="Altrui")
    for n in range(21):
        operazioni.ricevi_condivisione(di_rita, indizi_di(f"Foto {n}", "", "", OGGI), ())
    tenuti = set(Spunto.objects.values_list("titolo", flat=True))
    assert tenuti == {"Mail", "Altrui", *(f"Foto {n}" for n in range(1, 21))}


@pytest.mark.django_db
def test_hand__ten_files_and_a_word_about_the_others(di_rita):
    file = [(f"{n}.txt", b"testo") for n in range(11)]
    spunto = operazioni.ricevi_condivisione(di_rita, indizi_di("Foto", "", "", OGGI), file)
    assert [uno.nome for uno in spunto.file.all()] == [f"{n}.txt" for n in range(10)]
    assert spunto.rifiuti == ["«10.txt» non è stato preso: il massimo è 10 file"]


@pytest.mark.django_db
def test_hand__is_poured_once_and_by_who_has_it(di_rita, referente_b, manager, organizzazione_a):
    spunto = operazioni.ricevi_condivisione(di_rita, indizi_di("Foto", "", "", OGGI), [("a.txt", b"testo")])
    una, altra = (Evidenza(organizzazione=organizzazione_a, titolo=titolo) for titolo in ("Una", "Altra"))
    for bozza in (una, altra):
        operazioni.salva_bozza(bozza, di_rita, [])
    operazioni.versa(spunto, una, manager)
    operazioni.butta(spunto, referente_b)
    assert not una.allegati.exists() and Spunto.objects.get().usato_il is None
    operazioni.versa(spunto, una, di_rita)
    operazioni.versa(spunto, altra, di_rita)
    assert una.allegati.count() == 1 and not altra.allegati.exists()
    spunto.refresh_from_db()
    assert (spunto.evidenza, spunto.titolo) == (una, "")


@pytest.mark.django_db
def test_hand__is_forgotten_after_thirty_days_whole(di_rita):
    spunto = Spunto.objects.create(persona=di_rita)
    assert operazioni.dimentica_spunti(spunto.creato_il + timedelta(days=30)) == 0
    assert operazioni.dimentica_spunti(spunto.creato_il + timedelta(days=30, seconds=1)) == 1
