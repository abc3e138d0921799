"""The same answer at any date: whatever is written later, by whatever route, a score of the past is what it was."""

import json
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.formati.schema import FileNonValido
from base.solo_aggiunte import NonSiCambia
from base.storia import Versione, completa
from home.demo.orologio import orologio
from organizzazioni.caricamento import importa_organizzazioni
from organizzazioni.impianto import ImpiantoOrganizzazione
from organizzazioni.models import Organizzazione
from programma import flusso, operazioni
from programma.models import Chiusura, Criterio, ProgrammaPage, Riconoscimento
from programma.selettori.punteggio import media_di, prima_e_dopo, quadro_punteggio, ricalcola

from .punteggio_dati import alle, criterio, evidenza, passaggi, riconosci

pytestmark = pytest.mark.django_db

AGOSTO = date(2025, 8, 31)


def punteggi(programma, al):
    return {riga.criterio.codice: riga.punteggio for riga in quadro_punteggio(programma, al).righe}


def punti(programma, al, *codici):
    tutti = punteggi(programma, al)
    return [tutti[codice].punteggio for codice in codici]


@pytest.fixture
def estate(programma, organizzazione_a, organizzazione_b):
    """What was known in the summer of 2025: a member named for M5, ten hours of M9 out of twenty."""
    with orologio(alle("2025-06-01")):
        Criterio.objects.filter(codice="M9").update(offerto=20)
    riconosci(organizzazione_a, criterio("M5"), deciso="2025-06-10", nominate=[organizzazione_b])
    riconosci(organizzazione_a, criterio("M9"), deciso="2025-06-11", quantita=10)
    riconosci(organizzazione_a, criterio("M2"), deciso="2025-06-12", quantita=2)
    riconosci(organizzazione_b, criterio("P8.1"), deciso="2025-06-13", quantita=7)
    passaggi(evidenza(organizzazione_a, criterio("M3")), (flusso.INVIATA, "2025-08-01"))
    return programma


# -- the case of the inspection, and its neighbours -----------------------------------------------------------


def test_august__is_what_it_was_after_the_offered_total_and_a_membership_change(estate, organizzazione_b):
    assert punti(estate, AGOSTO, "M5", "M9") == [50, 100]
    m9 = criterio("M9")
    m9.offerto = 40
    m9.save()
    organizzazione_b.aderente_dal = date(2025, 7, 1)
    organizzazione_b.save()
    assert punti(estate, AGOSTO, "M5", "M9") == [50, 100]
    assert punti(estate, timezone.localdate(), "M5", "M9") == [0, 50]


def test_membership__recorded_later_is_not_known_before(programma, organizzazione_a):
    partner = Organizzazione.objects.get(chiave="consolida")
    riconosci(organizzazione_a, criterio("M5"), nominate=[partner])
    with orologio(alle("2025-09-10", 23, 30)):  # still the 10th in Rome
        Organizzazione.objects.filter(pk=partner.pk).update(aderente_dal=date(2025, 1, 1))
    assert punti(programma, date(2025, 9, 9), "M5") == [0]
    assert punti(programma, date(2025, 9, 10), "M5") == [50]


def test_riga__shows_the_settings_that_were_known(estate):
    Criterio.objects.filter(codice="M9").update(offerto=40)
    offerti = {
        al: next(r.criterio.offerto for r in quadro_punteggio(estate, al).righe if r.criterio.codice == "M9")
        for al in (date(2025, 5, 31), AGOSTO, timezone.localdate())
    }
    assert list(offerti.values()) == [None, 20, 40]


def test_history__says_who_and_when(estate, manager, client_di):
    m9 = criterio("M9")
    client_di(manager).post(reverse("programma:criterio", args=[m9.pk]), {"offerto": "30", "testo_atto": ""})
    ultima = Versione.objects.di(Criterio, [m9.pk]).last()
    assert (ultima.chi, ultima.valori["offerto"], ultima.dal.date()) == (manager, "30.00", timezone.now().date())
    m9.refresh_from_db()
    m9.offerto = Decimal(31)
    operazioni.salva_criterio(m9, manager)
    assert Versione.objects.di(Criterio, [m9.pk]).last().chi == manager
    quante = Versione.objects.count()
    m9.save()
    assert Versione.objects.count() == quante  # it says nothing new


def test_criterion_added_after_the_approval__is_not_in_a_score_of_before(programma):
    ieri = timezone.localdate() - timedelta(days=1)
    prima = quadro_punteggio(programma, ieri)
    Criterio.objects.create(
        programma=programma,
        azione=criterio("P1.1").azione,
        codice="P1.9",
        posizione=99,
        indicatore="Altro",
        regola="realizzazione",
        percentuale=100,
    )
    dopo = quadro_punteggio(programma, ieri)
    assert [r.criterio.codice for r in dopo.righe] == [r.criterio.codice for r in prima.righe]
    assert "P1.9" in punteggi(programma, timezone.localdate())


def test_before_after_and_mean__read_what_is_known_now(estate, organizzazione_a, organizzazione_b):
    di_che = evidenza(organizzazione_a, criterio("M5"), stato=flusso.INVIATA, nominate=[organizzazione_b])
    assert prima_e_dopo(di_che)[0].dopo.punteggio == 50
    Criterio.objects.filter(codice="M5").update(percentuale=80)
    assert prima_e_dopo(di_che)[0].dopo.punteggio == 80
    assert media_di(Criterio.objects.filter(codice__in=["M5", "M2"]), estate, AGOSTO) == 45


def test_added_field__is_known_first_as_the_migration_left_it(estate):
    """A watched field that came after the first versions: whoever edits it later does not change what was."""
    for versione in Versione.objects.di(Criterio, [criterio("M9").pk]):
        del versione.valori["percentuale"]
        with connection.cursor() as cursore:
            cursore.execute(
                "UPDATE base_versione SET valori = %s WHERE id = %s", [json.dumps(versione.valori), versione.pk]
            )
    completa()
    assert punti(estate, AGOSTO, "M9") == [100]
    Criterio.objects.filter(codice="M9").update(percentuale=80)
    assert punti(estate, AGOSTO, "M9") == [100]
    quante = Versione.objects.count()
    completa()
    assert Versione.objects.count() == quante


def test_migration__the_history_of_the_demanded_fields_takes_their_name_and_gives_it_back(estate, manager):
    """What was asked before an edit is still what was asked then, and no moment, author or score moves."""
    with orologio(alle("2025-07-01")):
        Criterio.objects.filter(codice="M3").update(campi_richiesti=["argomento"])
    with orologio(alle("2026-02-01")):
        operazioni.chiudi_programma(estate, manager)
    giorni = [date(2025, 6, 20), AGOSTO, timezone.localdate()]

    def tutto():
        righe = [[(r.criterio.campi_richiesti, r.punteggio) for r in ricalcola(estate, g).righe] for g in giorni]
        return righe, list(Versione.objects.values()), list(Chiusura.objects.values())

    prima = tutto()
    assert next(r.criterio for r in ricalcola(estate, giorni[0]).righe if r.criterio.codice == "M3").chiede[0] == "data"
    migrazione = import_module("programma.migrations.0007_campi_richiesti_dall_atto")
    di_allora = MigrationLoader(connection).project_state([("programma", "0007_campi_richiesti_dall_atto")]).apps
    migrazione.indietro(di_allora, None)
    di_prima = [versione.valori for versione in Versione.objects.filter(modello="programma.criterio")]
    assert all("evidenza" in valori and "campi_richiesti" not in valori for valori in di_prima)
    assert list(Chiusura.objects.values()) == prima[2]
    migrazione.avanti(di_allora, None)
    assert tutto() == prima
    completa()
    assert tutto() == prima


# -- a closed programme -------------------------------------------------------------------------------------------


def test_closed__nothing_written_later_changes_it_at_any_date(estate, manager, organizzazione_a, organizzazione_b):
    with orologio(alle("2026-02-01")):
        operazioni.chiudi_programma(estate, manager)
    date_provate = [AGOSTO, date(2026, 1, 31), date(2026, 2, 1), timezone.localdate()]
    prima = [punteggi(estate, al) for al in date_provate]
    Criterio.objects.filter(programma=estate).update(offerto=500)
    organizzazione_b.aderente_fino_al = date(2025, 1, 1)
    organizzazione_b.save()
    ProgrammaPage.objects.filter(pk=estate.pk).update(scadenza=date(2025, 3, 1))
    riconosci(organizzazione_a, criterio("M1"), deciso=timezone.now())
    assert [punteggi(estate, al) for al in date_provate] == prima
    ricalcolati = [ricalcola(estate, al) for al in date_provate]
    assert [{r.criterio.codice: r.punteggio for r in quadro.righe} for quadro in ricalcolati] == prima
    with orologio(timezone.now()):
        operazioni.riapri_programma(estate, manager, "Ricorso accolto")
    assert [punteggi(estate, al) for al in date_provate[:3]] == prima[:3]
    assert punti(estate, timezone.localdate(), "M1", "M5") == [100, 0]


def test_closed__says_what_was_missing_and_that_nothing_more_is_sent(estate, manager):
    operazioni.chiudi_programma(estate, manager)
    quadro = punteggi(estate, timezone.localdate())
    assert quadro["M2"].mancanza == "Mancavano 3 incontri: il programma è chiuso, non si invia più nulla"
    assert punteggi(estate, AGOSTO)["M2"].mancanza == "Mancano 3 incontri entro il 31 dicembre 2025"


# -- nothing is taken from under it ------------------------------------------------------------------------------


def test_recognition__is_neither_changed_nor_deleted_but_revoked_once(estate, organizzazione_a, organizzazione_b):
    riga = Riconoscimento.objects.get(criterio__codice="M5")
    riga.quantita_riconosciuta = riga.quantita_dichiarata = 9
    fresca = Riconoscimento.objects.get(pk=riga.pk)
    for vietata in (
        riga.save,
        riga.delete,
        Riconoscimento.objects.all().delete,
        lambda: Riconoscimento.objects.update(data=date(2025, 1, 1)),
        lambda: fresca.organizzazioni.add(organizzazione_a),
        lambda: fresca.organizzazioni.remove(organizzazione_b),
        lambda: fresca.organizzazioni.clear(),
    ):
        with pytest.raises(NonSiCambia), transaction.atomic():
            vietata()
    with pytest.raises(NonSiCambia):
        Riconoscimento.objects.filter(pk=riga.pk).update(revocato_il=alle("2025-07-01"), motivo="Prima")
    fresca.revocato_il = alle("2025-07-01")
    with pytest.raises(NonSiCambia):
        fresca.save()
    adesso = timezone.now()
    Riconoscimento.objects.filter(pk=riga.pk).update(revocato_il=adesso, motivo="Errore")
    Riconoscimento.objects.filter(pk=riga.pk).update(revocato_il=adesso + timedelta(days=1))
    fresca.refresh_from_db()
    assert fresca.revocato_il == adesso
    fresca.revocato_il = None
    with pytest.raises(NonSiCambia):
        fresca.save()
    assert punti(estate, AGOSTO, "M5") == [50]


def test_version__is_neither_changed_nor_deleted(estate):
    riga = Versione.objects.first()
    for vietata in (
        riga.save,
        riga.delete,
        Versione.objects.all().delete,
        lambda: Versione.objects.update(dal=alle("2020-01-01")),
    ):
        with pytest.raises(NonSiCambia):
            vietata()


def test_criteria_and_bodies__that_a_score_reads_are_not_deleted(estate, organizzazione_b):
    for vietata in (
        criterio("P10.2").delete,
        Criterio.objects.filter(codice="P10.2").delete,
        organizzazione_b.delete,
    ):
        with pytest.raises(ProtectedError), transaction.atomic():
            vietata()
    assert punti(estate, AGOSTO, "M5") == [50]


# -- any later edit, by any route ----------------------------------------------------------------------------------


class Mano:
    """Someone who edits, at random, whatever can be edited."""

    def __init__(self, programma, manager, client_di, dati):
        self.programma, self.manager, self.cliente = programma, manager, client_di(manager)
        self.scegli = lambda *scelte: dati.draw(st.sampled_from(scelte))

    def criterio(self):
        return criterio(self.scegli("M2", "M3", "M5", "M9", "P1.1", "P8.1"))

    def ente(self):
        return Organizzazione.objects.get(chiave=self.scegli("asif-chimelli", "cs4", "soste", "consolida"))

    def giorno(self):
        return self.scegli(date(2020, 1, 1), date(2025, 3, 1), date(2025, 12, 1))

    def valori(self):
        return self.scegli(
            {"offerto": self.scegli(None, 1, 99)},
            {"percentuale": self.scegli(1, 99)},
            {"distinte": True},
            {"distinte": False},
            {"regola": self.scegli("realizzazione", "per_unita", "soglia"), "percentuale": 30},
            {"unita": "riga", "unita_plurale": "righe", "unita_genere": "femminile"},
        )

    def salva_il_modello(self):
        scelto = self.criterio()
        for nome, valore in self.valori().items():
            setattr(scelto, nome, valore)
        scelto.save()

    def aggiorna_in_massa(self):
        Criterio.objects.filter(pk=self.criterio().pk).update(**self.valori())
        self.programma.criteri.update(offerto=self.scegli(3, None))

    def bulk_update(self):
        criteri = list(self.programma.criteri.all())
        for uno in criteri:
            uno.offerto = self.scegli(2, 200)
        Criterio.objects.bulk_update(criteri, ["offerto"])

    def operazione(self):
        scelto = self.criterio()
        scelto.offerto = Decimal(self.scegli(4, 400))
        operazioni.salva_criterio(scelto, self.manager)

    def modulo_del_criterio(self):
        url = reverse("programma:criterio", args=[self.criterio().pk])
        assert self.cliente.post(url, {"offerto": self.scegli("", "7", "70"), "testo_atto": ""}).status_code == 302

    def adesione(self):
        ente = self.ente()
        ente.aderente_dal, ente.aderente_fino_al = self.giorno(), None
        ente.save(update_fields=["aderente_dal", "aderente_fino_al"])

    def modulo_dell_organizzazione(self):
        ente, giorno = self.ente(), self.giorno()
        campi = {"denominazione": ente.denominazione, "chiave": ente.chiave, "natura": ente.natura}
        url = reverse("gestione_organizzazioni:edit", args=[ente.pk])
        risposta = self.cliente.post(url, campi | {"aderente_dal": giorno, "aderente_fino_al": giorno})
        assert risposta.status_code == 302
        ente.refresh_from_db()
        assert ente.aderente_fino_al == giorno

    def importazione(self):
        ente = self.ente()
        vuoti = dict.fromkeys(ImpiantoOrganizzazione.__dataclass_fields__, "")
        importa_organizzazioni(
            [ImpiantoOrganizzazione(**vuoti | {"chiave": ente.chiave, "aderente_dal": self.giorno()})], []
        )

    def periodo(self):
        pagina = ProgrammaPage.objects.get(pk=self.programma.pk)
        pagina.scadenza = self.scegli(date(2025, 4, 1), date(2026, 3, 1))
        pagina.save_revision().publish()

    def revoca(self):
        righe = Riconoscimento.objects.filter(revocato_il=None)
        righe.filter(criterio=self.criterio()).update(revocato_il=timezone.now(), motivo="No")

    def riconosce(self):
        riconosci(self.ente(), self.criterio(), deciso=timezone.now(), nominate=[self.ente()])

    def evidenza_di_allora(self):
        riga = Riconoscimento.objects.order_by("?").first()
        riga.evidenza.data, riga.evidenza.quantita = self.giorno(), 50
        riga.evidenza.save()
        riga.evidenza.organizzazioni.set([self.ente()])
        with suppress(NonSiCambia), transaction.atomic():
            riga.organizzazioni.set([self.ente()])

    def chiude(self):
        programma = ProgrammaPage.objects.get(pk=self.programma.pk)
        if programma.chiuso:
            operazioni.riapri_programma(programma, self.manager, "Un altro ricorso")
        else:
            operazioni.chiudi_programma(programma, self.manager)


ROUTES = [
    nome for nome in vars(Mano) if not nome.startswith("_") and nome not in ("criterio", "ente", "giorno", "valori")
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vie=st.lists(st.sampled_from(ROUTES), min_size=1, max_size=4), dati=st.data())
def test_no_change__changes_a_score_of_an_earlier_date(estate, manager, client_di, vie, dati):
    date_provate = [date(2025, 5, 1), AGOSTO, timezone.localdate() - timedelta(days=1)]
    with transaction.atomic():
        prima = [punteggi(estate, al) for al in date_provate]
        mano = Mano(estate, manager, client_di, dati)
        for via in vie:
            with suppress(PermissionDenied, FileNonValido):
                getattr(mano, via)()
        assert [punteggi(estate, al) for al in date_provate] == prima
        transaction.set_rollback(True)
