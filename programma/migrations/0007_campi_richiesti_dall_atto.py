"""`Criterio.evidenza`, a list of fields, is called for what it is; its history says it with the same word.

A kept version without the name of the field would say nothing of it, and a score of the past would read what the
criterion asks today. The text of a closing is not touched: who reads it knows the word of before (`selettori.chiusure`).
"""

from functools import partial

from django.db import migrations

PRIMA, ORA = "evidenza", "campi_richiesti"


def rinomina_nella_storia(da, a, apps, schema_editor):
    """In every kept version of a criterion the value under `da` is under `a`; moments, authors and order stay."""
    Versione = apps.get_model("base", "Versione")
    cambiate = []
    for versione in Versione.objects.filter(modello="programma.criterio").order_by("pk"):
        if da in versione.valori:
            versione.valori = {a if nome == da else nome: valore for nome, valore in versione.valori.items()}
            cambiate.append(versione)
    Versione.objects.bulk_update(cambiate, ["valori"], batch_size=200)


avanti, indietro = partial(rinomina_nella_storia, PRIMA, ORA), partial(rinomina_nella_storia, ORA, PRIMA)


class Migration(migrations.Migration):
    dependencies = [("programma", "0006_prova_per_criterio"), ("base", "0007_presenze_e_riserva")]

    operations = [migrations.RenameField("criterio", PRIMA, ORA), migrations.RunPython(avanti, indietro)]
