"""The stems of the words, also from their end, and the last change of a kind are found without reading them all.

The index is emptied, and made again by itself after `migrate`.
"""

from django.db import migrations, models


def svuota(apps, schema_editor):
    for modello in ("Parola", "VoceIndice", "InsiemeFaccetta"):
        apps.get_model("cura", modello).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("cura", "0002_indice_con_i_fatti")]
    atomic = False

    operations = [
        migrations.RunPython(svuota, svuota),
        migrations.AddField(
            "parola", "rovescia", models.CharField(db_index=True, max_length=40, default=""), preserve_default=False
        ),
        migrations.AlterField("voceindice", "cambiata", models.DateTimeField(auto_now=True)),
        migrations.AddIndex("voceindice", models.Index(fields=["ambito", "cambiata"], name="ultima_dell_ambito")),
    ]
