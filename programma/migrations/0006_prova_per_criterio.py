"""What each criterion asks of its evidence becomes data; those that exist take the default of their kind.

Evidence that was sent or approved stays as it is: what a criterion asks is looked at when something is sent. Values that
a closed programme watched go on being summed, as they were when it was closed.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models
from django.utils import timezone

LINK_O_FILE = ["allegati|link"]
PER_UNITA = {
    "incontro": {"prova": ["argomento", "persone_coinvolte|organizzazioni"]},
    "comunicato": {"prova": LINK_O_FILE},
    "comunicazione": {"prova": ["argomento", "persone_coinvolte|link"], "link_ammessi": ["portale/newsletter"]},
    "post": {"prova": ["link"], "conta_link": True},
    "mail o post": {"prova": LINK_O_FILE},
    "mail o post condiviso": {"prova": LINK_O_FILE},
    "convenzione": {"prova": ["novita", *LINK_O_FILE]},
}
PER_REGOLA = {
    "realizzazione": {"prova": LINK_O_FILE},
    "soglia": {"prova": ["quantita", *LINK_O_FILE]},
    "monitoraggio": {"prova": ["descrizione|allegati|link"]},
}


def prova_di(criterio):
    """The default of the kind of `criterio`: what it feeds on, then its unit, then its rule."""
    if criterio.alimentato_da == "ped":
        return {"prova": LINK_O_FILE, "parti": ["piano|PED", "calendario"]}
    if criterio.regola == "monitoraggio" and criterio.unita:
        return {"prova": ["quantita"], "somma": "ultimo"}
    prova = dict(PER_UNITA.get(criterio.unita) or PER_REGOLA.get(criterio.regola) or {})
    if criterio.alimentato_da == "convenzione_nuova":
        prova["solo_nuove"] = True
    return prova


def da_il_valore_del_suo_genere(apps, schema_editor):
    Criterio, Versione = apps.get_model("programma", "Criterio"), apps.get_model("base", "Versione")
    campi = [c.name for c in Criterio._meta.concrete_fields if not (c.primary_key or c.is_relation)]
    for criterio in Criterio.objects.select_related("programma").order_by("pk"):
        prova = prova_di(criterio)
        if criterio.programma.stato == "chiuso":
            prova.pop("somma", None)
        siti = prova.pop("link_ammessi", [])
        criterio.link_ammessi = criterio.link_ammessi or siti
        for campo, valore in prova.items():
            setattr(criterio, campo, valore)
        criterio.save()
        criterio.refresh_from_db()
        valori = json.loads(json.dumps({nome: getattr(criterio, nome) for nome in campi}, cls=DjangoJSONEncoder))
        Versione.objects.create(
            modello="programma.criterio", oggetto=criterio.pk, valori=valori, dal=timezone.now()
        )


def toglie_il_sito_del_portale(apps, schema_editor):
    """Back to accepted sites that are all host names: `portale` means nothing before."""
    for criterio in apps.get_model("programma", "Criterio").objects.all():
        siti = [sito for sito in criterio.link_ammessi if sito.split("/")[0] != "portale"]
        if siti != criterio.link_ammessi:
            criterio.link_ammessi = siti
            criterio.save()


class Migration(migrations.Migration):
    dependencies = [("programma", "0005_chiusure")]

    operations = [
        migrations.AddField("criterio", "conta_link", models.BooleanField("conta i link diversi", default=False)),
        migrations.AddField("criterio", "intere", models.BooleanField("unità intere", default=True)),
        migrations.AddField("criterio", "parti", models.JSONField("parti della prova", blank=True, default=list)),
        migrations.AddField("criterio", "prova", models.JSONField("campi richiesti da noi", blank=True, default=list)),
        migrations.AddField("criterio", "solo_nuove", models.BooleanField("contano solo le nuove", default=False)),
        migrations.AddField(
            "criterio",
            "somma",
            models.CharField(
                "come si sommano i valori",
                max_length=10,
                default="somma",
                choices=[
                    ("somma", "si sommano"),
                    ("ultimo", "vale l'ultimo"),
                    ("enti", "si contano gli enti nominati, ognuno una volta"),
                ],
            ),
        ),
        migrations.AlterField(
            "criterio", "evidenza", models.JSONField("campi richiesti dall'atto", blank=True, default=list)
        ),
        migrations.AddField(
            "evidenza",
            "novita",
            models.CharField(
                "nuova o rinnovo",
                blank=True,
                max_length=10,
                choices=[("nuova", "Nuova"), ("rinnovo", "Rinnovo di una che c'era")],
            ),
        ),
        migrations.AddField(
            "evidenza", "perche_insieme", models.TextField("perché vale per più criteri", blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(da_il_valore_del_suo_genere, toglie_il_sito_del_portale),
    ]
