"""What stopped, told to who watches from outside and to the manager; scheduling in plain words."""

import datetime
import gettext
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

import manage
from base.models import Esecuzione
from base.salute import ritardi, segna
from notizie.models import NotiziaPage, SezioneNotiziePage

ADESSO = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
ORA = datetime.timedelta(hours=1)
ATTESI = {"publish_scheduled": {"ore": 1, "cosa": "pubblica"}, "allinea": {"ore": 36, "cosa": "allinea"}}
LOCALE = Path(__file__).parent.parent / "locale" / "it" / "LC_MESSAGES"


@pytest.mark.parametrize(
    ("visti", "in_attesa_da", "fermi"),
    [
        ({"publish_scheduled": ADESSO - ORA, "allinea": ADESSO - 36 * ORA}, None, []),
        ({"publish_scheduled": ADESSO - 1.01 * ORA, "allinea": ADESSO}, None, ["publish_scheduled"]),
        ({"allinea": ADESSO - 37 * ORA, "altro": ADESSO - 99 * ORA}, None, ["publish_scheduled", "allinea"]),
        ({"publish_scheduled": ADESSO, "allinea": ADESSO}, ADESSO - ORA, []),
        ({"publish_scheduled": ADESSO, "allinea": ADESSO}, ADESSO - 2 * ORA, ["db_worker"]),
    ],
)
def test_late__is_what_did_not_run_in_its_time(visti, in_attesa_da, fermi):
    assert [ritardo.nome for ritardo in ritardi(ATTESI, visti, in_attesa_da, ADESSO)] == fermi


def test_note__only_of_a_periodic_command_that_did_its_work(db, settings, monkeypatch):
    settings.COMANDI_PERIODICI = ATTESI
    for argomenti in (
        ["manage.py"],
        ["manage.py", "migrate"],
        ["manage.py", "allinea", "--dry-run"],
        ["manage.py", "publish_scheduled", "--dryrun"],
    ):
        segna(argomenti)
    assert not Esecuzione.objects.exists()
    monkeypatch.setattr("django.core.management.execute_from_command_line", lambda argomenti: None)
    for _ in range(2):
        manage.main(["manage.py", "allinea"])
    assert Esecuzione.objects.get().comando == "allinea"

    def fallisce(argomenti):
        raise SystemExit(1)

    monkeypatch.setattr("django.core.management.execute_from_command_line", fallisce)
    with pytest.raises(SystemExit):
        manage.main(["manage.py", "publish_scheduled"])
    assert Esecuzione.objects.count() == 1


def test_health__says_that_something_stopped_and_nothing_else(db, settings, client, django_assert_num_queries):
    settings.COMANDI_PERIODICI = ATTESI
    assert client.get("/salute/").status_code == 503
    for nome in ATTESI:
        segna(["manage.py", nome])
    with django_assert_num_queries(3):
        risposta = client.get("/salute/")
    assert (risposta.status_code, risposta.content, risposta.cookies) == (200, b"bene\n", {})
    assert "no-store" in risposta["Cache-Control"]
    compito = DBTaskResult.objects.create(
        task_path="guide.fascicoli.tasks.rifai",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="lenti",
        run_after=timezone.now() + ORA,
    )
    DBTaskResult.objects.filter(pk=compito.pk).update(enqueued_at=timezone.now() - 5 * ORA)
    assert client.get("/salute/").status_code == 200, "its hour has not come"
    DBTaskResult.objects.filter(pk=compito.pk).update(run_after=timezone.now() - ORA / 6)
    assert client.get("/salute/").status_code == 200, "it waits since its hour, not since it was asked"
    DBTaskResult.objects.filter(pk=compito.pk).update(run_after=timezone.now() - 2 * ORA)
    risposta = client.get("/salute/")
    assert (risposta.status_code, risposta.content) == (503, b"in ritardo\n")


def test_home__tells_the_manager_only_when_something_stopped(settings, manager, referente_a, client_di):
    casa = reverse("wagtailadmin_home")
    assert "Qualcosa si è fermato" not in client_di(manager).get(casa).content.decode()
    settings.COMANDI_PERIODICI = ATTESI
    testo = client_di(manager).get(casa).content.decode()
    assert "Qualcosa si è fermato" in testo and "publish_scheduled" in testo and "mai eseguito" in testo
    assert "Qualcosa si è fermato" not in client_di(referente_a).get(casa).content.decode()


def test_scheduling__speaks_plain_italian(manager, distretto, client_di):
    sezione = SezioneNotiziePage.objects.get(organizzazione=distretto)
    esce = timezone.make_aware(datetime.datetime(timezone.localdate().year + 1, 12, 8, 9, 30))
    pagina = sezione.add_child(instance=NotiziaPage(title="Domani", slug="domani", live=False, go_live_at=esce))
    pagina.save_revision(user=manager)
    testo = client_di(manager).get(reverse("wagtailadmin_pages:edit", args=[pagina.pk])).content.decode()
    assert f"Programma per l&#x27;8 dicembre {esce.year}, ore 9:30" in testo
    assert "Esce il:" in testo and not re.search("[Ss]chedula|Go-live|vai live", testo)


def test_words__compiled_are_those_that_are_written():
    scritte = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (LOCALE / "django.po").read_text(), re.MULTILINE)
    with (LOCALE / "django.mo").open("rb") as file:
        compilate = {k: v for k, v in gettext.GNUTranslations(file)._catalog.items() if k}
    assert compilate == {chiave.replace('\\"', '"'): testo.replace('\\"', '"') for chiave, testo in scritte}
