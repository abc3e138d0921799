"""The unit of a criterion gets its plural and its gender: those of the words that the portal shipped.

Any other word keeps none, and the sums say it as it is, until the manager writes them in the criterion's form.
"""

from django.db import migrations, models

PAROLE = {
    "azienda": ("aziende", "femminile"),
    "comunicato": ("comunicati", "maschile"),
    "comunicazione": ("comunicazioni", "femminile"),
    "convenzione": ("convenzioni", "femminile"),
    "ente": ("enti", "maschile"),
    "incontro": ("incontri", "maschile"),
    "mail o post": ("mail o post", "maschile"),
    "mail o post condiviso": ("mail o post condivisi", "maschile"),
    "ora": ("ore", "femminile"),
    "organizzazione aderente": ("organizzazioni aderenti", "femminile"),
    "post": ("post", "maschile"),
    "realtà": ("realtà", "femminile"),
}
DI_PRIMA, DI_ORA = "ora di formazione offerta", "ora"
"""The unit of M9 as the set-up file called it: hours are attended, and the total of them is on offer."""


def riempi(apps, schema_editor):
    criteri = apps.get_model("programma", "Criterio").objects
    criteri.filter(unita=DI_PRIMA, regola="soglia").update(unita=DI_ORA)
    for unita, (plurale, genere) in PAROLE.items():
        criteri.filter(unita=unita).update(unita_plurale=plurale, unita_genere=genere)


def torna(apps, schema_editor):
    apps.get_model("programma", "Criterio").objects.filter(unita=DI_ORA, regola="soglia").update(unita=DI_PRIMA)


class Migration(migrations.Migration):
    dependencies = [("programma", "0001_iniziale")]

    operations = [
        migrations.AddField(
            model_name="criterio",
            name="unita_plurale",
            field=models.CharField(blank=True, max_length=60, verbose_name="unità al plurale"),
        ),
        migrations.AddField(
            model_name="criterio",
            name="unita_genere",
            field=models.CharField(
                blank=True,
                choices=[("maschile", "maschile"), ("femminile", "femminile")],
                max_length=9,
                verbose_name="genere dell'unità",
            ),
        ),
        migrations.RunPython(riempi, torna),
    ]
