"""The index learns ages, hours and seasons: it is emptied, and made again by itself after `migrate`."""

from django.db import migrations


def svuota(apps, schema_editor):
    for modello in ("Parola", "VoceIndice", "InsiemeFaccetta"):
        apps.get_model("cura", modello).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("cura", "0001_iniziale")]

    operations = [migrations.RunPython(svuota, svuota)]
