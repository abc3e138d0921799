from django.db import migrations

from home.telefoni import riscrivi_telefoni


def riscrivi(apps, schema_editor):
    """What cannot be read stays as it is: `manage.py telefoni` lists it, and a form asks about it when it is saved."""
    for _ in riscrivi_telefoni(apps):
        pass


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_sezioni_della_pagina_iniziale"),
        ("guide", "0001_iniziale"),
        ("convenzioni", "0001_iniziale"),
        ("notizie", "0003_comunicati_ed_eventi"),
        ("organizzazioni", "0002_iniziale"),
    ]

    operations = [migrations.RunPython(riscrivi, migrations.RunPython.noop)]
