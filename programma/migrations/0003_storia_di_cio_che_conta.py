"""What the score reads begins to have a history: its first values, known since the programme was published.

A first value holds for all the time before it too, so every score of the past is what it was the day before. A
programme that is closed was closed when its log says.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations
from django.utils import timezone

DEL_PROGRAMMA = ["dal", "scadenza", "stato"]
DELL_ADESIONE = ["aderente_dal", "aderente_fino_al"]


def comincia(apps, schema_editor):
    adesso = timezone.now()
    Versione = apps.get_model("base", "Versione")
    Criterio = apps.get_model("programma", "Criterio")
    del_criterio = [c.name for c in Criterio._meta.concrete_fields if not (c.primary_key or c.is_relation)]

    def annota(modello, oggetto, campi, dal, **altri):
        valori = {nome: getattr(oggetto, nome) for nome in campi} | altri
        valori = json.loads(json.dumps(valori, cls=DjangoJSONEncoder))
        Versione.objects.create(modello=modello, oggetto=oggetto.pk, valori=valori, dal=dal)

    inizi = []
    for programma in apps.get_model("programma", "ProgrammaPage").objects.all():
        inizio = programma.first_published_at or programma.latest_revision_created_at or adesso
        inizi.append(inizio)
        chiuso = programma.stato == "chiuso"
        prima = {"stato": "approvato"} if chiuso else {}
        annota("programma.programmapage", programma, DEL_PROGRAMMA, inizio, **prima)
        if chiuso:
            annota("programma.programmapage", programma, DEL_PROGRAMMA, _chiuso_il(apps, programma) or adesso)
        for criterio in Criterio.objects.filter(programma=programma).order_by("pk"):
            annota("programma.criterio", criterio, del_criterio, inizio)
    for organizzazione in apps.get_model("organizzazioni", "Organizzazione").objects.order_by("pk"):
        annota("organizzazioni.organizzazione", organizzazione, DELL_ADESIONE, min(inizi, default=adesso))


def _chiuso_il(apps, programma):
    chiusure = apps.get_model("wagtailcore", "PageLogEntry").objects.filter(
        page_id=programma.pk, action="programma.chiudi"
    )
    return chiusure.order_by("-timestamp").values_list("timestamp", flat=True).first()


class Migration(migrations.Migration):
    dependencies = [
        ("programma", "0002_parole_delle_unita"),
        ("base", "0005_storia"),
        ("organizzazioni", "0002_iniziale"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(comincia, migrations.RunPython.noop)]
