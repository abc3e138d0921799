"""A convention that ends before its time is «cessata»: what is taken off the site is «ritirato», and is another thing."""

from django.db import migrations, models

PRIMA, DOPO = "convenzioni.ritira", "convenzioni.cessa"


def _rinomina(apps, da, a):
    apps.get_model("wagtailcore", "PageLogEntry").objects.filter(action=da).update(action=a)


class Migration(migrations.Migration):
    dependencies = [("convenzioni", "0009_errori_segnalati"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RenameField("Accordo", "ritirata_il", "cessata_il"),
        migrations.AlterField("Accordo", "cessata_il", models.DateField("cessata dal", null=True, blank=True)),
        migrations.RunPython(
            lambda apps, schema: _rinomina(apps, PRIMA, DOPO), lambda apps, schema: _rinomina(apps, DOPO, PRIMA)
        ),
    ]
