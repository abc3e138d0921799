"""In the log a plan that is no longer marked as present says so: «ritirare» is to take a content off the site."""

from django.db import migrations

PRIMA, DOPO = "notizie.ped_ritira", "notizie.ped_non_presente"


def _rinomina(apps, da, a):
    apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(action=da).update(action=a)


class Migration(migrations.Migration):
    dependencies = [("notizie", "0012_parole_in_altre_lingue"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunPython(
            lambda apps, schema: _rinomina(apps, PRIMA, DOPO), lambda apps, schema: _rinomina(apps, DOPO, PRIMA)
        )
    ]
