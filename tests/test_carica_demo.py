"""`carica_demo`: a believable year, made only by what people can do, once."""

import importlib
import io
import re
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from base.allegati import esamina
from base.formati.telefoni import normale
from base.models import Immagine
from base.storia import Versione
from convenzioni.models import Accordo, ConvenzionePage
from cura.registro import cura_di
from documenti.models import Definitivo, Narrazione
from guide.models import Bisogno, Comune, Contatto, FaseVita, Luogo, ServizioPage
from home.demo import PASSWORD, leggi_persone
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage, PezzoProgrammato
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import autori_dall_ultima_approvazione
from programma.models import (
    Allegato,
    AzionePage,
    Chiusura,
    Criterio,
    Evidenza,
    Passaggio,
    ProgrammaPage,
    Riconoscimento,
    TermineInterno,
)
from programma.selettori.punteggio import quadro_punteggio
from programma.selettori.situazione import situazione

from .demo_pronta import DETTO, demo_pronta
from .scene.demo import in_mostra

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]  # one load for all


class Detto(NamedTuple):
    """What the command printed, and how many messages it sent."""

    uscita: str
    messaggi: int


def carica():
    uscita = io.StringIO()
    call_command("carica_demo", stdout=uscita)
    return uscita.getvalue()


@pytest.fixture(scope="module", autouse=True)
def detto(django_db_setup, django_db_blocker):
    """The demonstration, for this file; the value is what the command said.

    On SQLite it is the one that this machine loaded today, on another database it is loaded here.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            demo = demo_pronta()
            uscita = (demo / DETTO).read_text()
            with in_mostra(demo):
                yield Detto(uscita, uscita.count("Message-ID:"))
        else:
            with transaction.atomic():
                with TestCase.captureOnCommitCallbacks(execute=True):
                    uscita = carica()
                yield Detto(uscita, len(mail.outbox))
                transaction.set_rollback(True)


def quanto_c_e():
    modelli = (Utente, Page, Evidenza, Allegato, Passaggio, Riconoscimento, Immagine, PageLogEntry)
    return {modello: modello.objects.count() for modello in modelli}


def test_second_time__changes_nothing_and_says_so(detto):
    prima = quanto_c_e()
    ancora = carica()
    assert quanto_c_e() == prima
    assert "caricati" in detto.uscita and "nessuna modifica" in ancora
    assert detto.uscita.splitlines()[1:] == ancora.splitlines()[1:]


def test_logins__are_printed_and_true(detto):
    stampati = [" ".join(riga.split()) for riga in detto.uscita.splitlines()]
    for persona in leggi_persone():
        assert f"{persona.username} {PASSWORD} {persona.ruolo}" in stampati
        assert Utente.objects.get(username=persona.username).check_password(PASSWORD)
        assert Utente.objects.get(username=persona.username).email.endswith("@example.org")
        validate_password(PASSWORD, Utente.objects.get(username=persona.username))


def test_people__one_acts_for_two_organisations():
    quante = {u.username: Organizzazione.objects.di(u).count() for u in Utente.objects.all()}
    assert sorted(quante.values()) == [0, 0, 0, 1, 1, 1, 1, 1, 1, 2]


def test_evidence__in_every_state_and_with_every_history(programma):
    evidenze = Evidenza.objects.all()
    assert set(evidenze.values_list("stato", flat=True)) == set(Evidenza.Stato.values)
    assert evidenze.filter(stato="approvata", tardiva=True).exists()
    assert evidenze.filter(origine="contenuto", stato="approvata").exists()
    assert evidenze.filter(origine="contenuto", stato="inviata", autori__username="manager").exists()
    assert evidenze.filter(passaggi__da="inviata", passaggi__a="bozza").exists()
    assert evidenze.filter(progettualita__fuori_programma=True, stato="approvata").exists()
    assert Riconoscimento.objects.exclude(nota="").exists()
    assert evidenze.filter(programma=programma).values("organizzazione").distinct().count() >= 6


def test_years__that_of_the_act_is_closed_and_that_of_today_is_open_from_it(programma):
    oggi = timezone.localdate()
    anni = list(ProgrammaPage.objects.order_by("anno"))
    assert [anno.anno for anno in anni] == list(range(2025, max(oggi.year, 2025) + 1))
    ultimo = anni[-1]
    assert ultimo.comprende(oggi) and ultimo.stato != "chiuso" and not ultimo.atto_numero
    assert all(anno.stato == "chiuso" and anno.chiusure.exists() for anno in anni[:-1])
    assert not Evidenza.objects.filter(stato="inviata", programma__in=anni[:-1]).exists()
    azioni = AzionePage.objects.child_of(ultimo)
    assert azioni.count() == 10 and all(a.precedente_id and a.sorte == AzionePage.Sorte.PROSEGUE for a in azioni)
    assert "Anno dimostrativo" in ultimo.note
    assert PageLogEntry.objects.filter(page=ultimo.pk, action="programma.prepara").exists()


def test_documents__the_report_of_the_closed_year_is_final_and_public(programma, pango):
    finale = Definitivo.objects.get(tipo="report-annuale")
    assert (finale.programma, finale.numero) == (programma, 1)
    assert all("Com'è stato approvato." in una.detto.righe for una in Definitivo.objects.exclude(pk=finale.pk))
    assert finale.pubblicazioni.in_vigore().count() == 1
    assert all("Testo dimostrativo" in una.testo for una in Narrazione.objects.all())


def test_nothing_is_stale__what_waits_is_of_these_days(programma):
    oggi = timezone.localdate()
    aspettano = Evidenza.objects.filter(stato__in=("inviata", "da_integrare", "bozza")).exclude(data=None)
    assert aspettano.count() >= 6
    assert all((oggi - evidenza.data).days <= 60 for evidenza in aspettano)
    in_ritardo = PezzoProgrammato.objects.in_ritardo(oggi)
    assert in_ritardo and all((oggi - pezzo.data).days <= 30 for pezzo in in_ritardo)
    assert TermineInterno.objects.aperti().filter(giorno__gte=oggi - timedelta(days=5)).count() == 3


@pytest.mark.parametrize("username", ["manager", "coordinamento"])
def test_queues__each_has_something_to_decide(username):
    assert Evidenza.objects.decidibili_da(Utente.objects.get(username=username)).count() >= 2


def test_four_eyes__nobody_approved_what_they_wrote():
    for riga in Riconoscimento.objects.select_related("evidenza", "deciso_da"):
        assert riga.deciso_da_id not in riga.evidenza.id_autori()
        da_manager = riga.evidenza.autori.filter(username="manager").exists()
        assert riga.deciso_da.username == ("coordinamento" if da_manager else "manager")
    for stato in TaskState.objects.filter(status=TaskState.STATUS_APPROVED).select_related("revision"):
        pagina = Page.objects.get(pk=stato.revision.object_id)
        assert stato.finished_by_id not in autori_dall_ultima_approvazione(pagina, stato.revision)


def test_page_out_of_the_programme__has_the_seven_fields():
    assert AzionePage.objects.get(fuori_programma=True).campi_mancanti() == []


def test_score__criteria_full_partial_empty_and_not_computable(programma):
    voci = quadro_punteggio(programma, date(2026, 2, 1)).voci
    punti = {riga.criterio.codice: riga.punteggio.punteggio for voce in voci for riga in voce.righe}
    assert punti["M3"] == punti["P7.1"] == 100 and 0 < punti["M2"] < 100 and punti["P1.2"] == 0
    assert punti["M9"] is None and programma.criteri.get(codice="M9").offerto is None


def test_score__on_a_past_date_was_lower(programma):
    def somma(giorno):
        return Riconoscimento.objects.filter(deciso_il__date__lte=giorno, revocato_il=None).count()

    assert 0 < somma(date(2025, 7, 31)) < somma(date(2025, 12, 31)) < somma(date(2026, 2, 1))


def test_that_it_is_invented__is_said_by_one_banner_and_by_no_title(client):
    per_tipo = {pagina.specific_class: pagina for pagina in Page.objects.live().public().filter(depth__gt=1)}
    for pagina in per_tipo.values():
        assert client.get(pagina.url).content.decode().count("Sito dimostrativo") == 1
    titoli = [pagina.title for pagina in Page.objects.all()]
    titoli += [uno.titolo for modello in (Evidenza, PezzoProgrammato) for uno in modello.objects.all()]
    titoli += [immagine.title for immagine in Immagine.objects.all()]
    assert not [titolo for titolo in titoli if "dimostra" in titolo.lower()]
    assert all(immagine.description for immagine in Immagine.objects.all())


def test_every_entry__can_be_called_at_a_number_that_is_nobodys():
    numeri = [servizio.contatti.first().telefono for servizio in ServizioPage.objects.all()]
    numeri += ConvenzionePage.objects.values_list("telefono", flat=True)
    assert len({*numeri}) == len(numeri) > 60
    assert all(re.fullmatch(r"0461 000\d{3}", numero) and normale(numero) == numero for numero in numeri)


def test_guide__in_every_place_need_and_moment_without_invented_addresses():
    servizi = ServizioPage.objects.live()
    assert 40 <= servizi.count() == cura_di(ServizioPage).voci.count()
    assert not Comune.objects.exclude(luoghi__servizio__in=servizi).exists()
    assert not Bisogno.objects.exclude(padre=None).exclude(servizi__in=servizi).exists()
    assert not FaseVita.objects.exclude(servizi__in=servizi).exists()
    assert not Contatto.objects.exclude(email="").exists()
    assert not Luogo.objects.exclude(indirizzo="").exists()


def test_pieces__in_the_true_workflow_and_with_dates_of_the_year():
    assert set(WorkflowState.objects.values_list("status", flat=True)) == {
        WorkflowState.STATUS_APPROVED,
        WorkflowState.STATUS_IN_PROGRESS,
        WorkflowState.STATUS_NEEDS_CHANGES,
    }
    pubblicate = NotiziaPage.objects.live()
    assert pubblicate.count() >= 8 and NotiziaPage.objects.not_live().filter(_workflow_states=None).exists()
    assert all(0 <= (n.first_published_at.date() - n.data).days <= 1 for n in pubblicate)
    con_modifiche = Page.objects.live().filter(has_unpublished_changes=True)
    assert [pagina.slug for pagina in con_modifiche] == ["conciliare-si-puo-se-ci-si-organizza-insieme"]


def test_releases_and_events__count_by_themselves_and_are_not_seen_under_embargo(programma):
    del_2025 = Riconoscimento.objects.filter(criterio__programma=programma, evidenza__origine="contenuto")
    contati = del_2025.filter(criterio__codice="M6", revocato_il=None)
    assert contati.count() == ComunicatoPage.objects.live().filter(data__year=2025).count() == 2
    sotto_embargo = ComunicatoPage.objects.exclude(embargo=None).get()
    assert not sotto_embargo.live and sotto_embargo.approved_schedule
    assert set(EventoPage.objects.live().values_list("stato", flat=True)) == set(EventoPage.Stato.values)
    assert EventoPage.objects.prossimi(timezone.now()).count() >= 3
    for evento in EventoPage.objects.all():
        evento.clean()


def test_plan__is_one_piece_of_evidence_with_its_calendar_and_posts_count():
    assert Evidenza.objects.get(fonte_criterio__codice="M7").stato == "approvata"
    nate = Evidenza.objects.filter(
        pk__in=[e.pk for p in PezzoProgrammato.objects.all() for e in Evidenza.objects.nate_da(p)]
    )
    assert sorted(nate.values_list("stato", flat=True)) == ["approvata", "approvata", "inviata"]
    assert PezzoProgrammato.objects.in_ritardo(timezone.localdate()).exists()


def test_attachments__are_what_they_say():
    allegati = list(Allegato.objects.all())
    assert {a.tipo for a in allegati} == {"application/pdf", "image/png", "text/plain"}
    for allegato in allegati:
        with allegato.file.open("rb") as file:
            assert esamina(file).tipo == allegato.tipo


def test_mail__no_message(detto):
    assert detto.messaggi == 0


def test_every_page_of_the_site__answers(client):
    pagine = Page.objects.live().filter(depth__gt=1)
    assert pagine.count() > 40
    rotte = [(pagina.url, stato) for pagina in pagine if (stato := client.get(pagina.url).status_code) != 200]
    assert rotte == []


def test_migration__of_an_existing_site_loses_no_row_and_leaves_every_score_as_it_was():
    """A site of before has the same rows and no history: the migration that begins it is run on those."""
    programma = ProgrammaPage.objects.get(anno=2025)
    giorni = [date(2025, 5, 1), date(2025, 8, 31), date(2025, 12, 31), date(2026, 2, 1), timezone.localdate()]

    def punteggi():
        return [[(r.criterio.codice, r.punteggio) for r in quadro_punteggio(programma, g).righe] for g in giorni]

    with transaction.atomic():
        conto, prima = quanto_c_e(), punteggi()
        Versione.objects.all()._raw_delete("default")
        importlib.import_module("programma.migrations.0003_storia_di_cio_che_conta").comincia(apps, None)
        assert quanto_c_e() == conto
        assert punteggi() == prima
        inizi = Versione.objects.values_list("dal", flat=True)
        anni, chiusure = ProgrammaPage.objects.all(), Chiusura.objects.values_list("chiuso_il", flat=True)
        assert {i for i in inizi if i} == {anno.first_published_at for anno in anni} | {*chiusure}
        assert (
            Versione.objects.count()
            == len(anni) + len(chiusure) + Criterio.objects.count() + Organizzazione.objects.count()
        )
        transaction.set_rollback(True)


def test_migration__of_a_closed_year_knows_when_it_was_closed():
    programma = ProgrammaPage.objects.get(anno=2025)
    with transaction.atomic():
        prima = [r.punteggio for r in quadro_punteggio(programma, timezone.localdate()).righe]
        Versione.objects.all()._raw_delete("default")
        importlib.import_module("programma.migrations.0003_storia_di_cio_che_conta").comincia(apps, None)
        assert situazione(programma, timezone.localdate()).chiuso_il == programma.chiusure.get().chiuso_il
        Criterio.objects.update(offerto=1)
        assert [r.punteggio for r in quadro_punteggio(programma, timezone.localdate()).righe] == prima
        transaction.set_rollback(True)


def test_migration__who_wrote_and_who_decided_stays_and_nothing_of_the_score_moves(programma):
    """A site of before: no passage says that it fell, no row since when it is known, no agreement who registered it."""
    giorni = [date(2025, mese, 28) for mese in (6, 9, 12)] + [timezone.localdate()]

    def punteggi():
        return [
            (r.criterio.codice, r.punteggio) for giorno in giorni for r in quadro_punteggio(programma, giorno).righe
        ]

    with transaction.atomic():
        QuerySet(Riconoscimento).update(noto_dal=None)
        QuerySet(Passaggio).update(caduta=False)
        Accordo.objects.update(firmata_da=None)
        cadute = Passaggio.objects.filter(a="revocata", chi=None, evidenza__origine="contenuto").count()
        conto, prima = quanto_c_e(), punteggi()
        importlib.import_module("programma.migrations.0004_chi_scrive_e_chi_decide_resta").segna_le_cadute(apps, None)
        importlib.import_module("convenzioni.migrations.0005_chi_ha_registrato_la_firma").leggi_dal_registro(apps, None)
        assert Passaggio.objects.filter(a="revocata", caduta=True).count() == cadute
        firmati = Accordo.objects.exclude(firmata_il=None)
        assert firmati.exists() and not firmati.filter(firmata_da=None).exists()
        call_command("allinea", stdout=io.StringIO())
        assert quanto_c_e() == conto and punteggi() == prima
        transaction.set_rollback(True)
