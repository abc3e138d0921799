"""The agreement says who registered its signature, which the log of the page knows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def leggi_dal_registro(apps, schema_editor):
    firme = apps.get_model("wagtailcore", "PageLogEntry").objects.filter(action="convenzioni.firma")
    for accordo in apps.get_model("convenzioni", "Accordo").objects.exclude(firmata_il=None):
        firma = firme.filter(page=accordo.convenzione_id).exclude(user=None).order_by("-pk").first()
        if firma is not None:
            accordo.firmata_da_id = firma.user_id
            accordo.save(update_fields=["firmata_da"])


class Migration(migrations.Migration):

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        ('convenzioni', '0004_senza_indice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='accordo',
            name='firmata_da',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='firma registrata da'),
        ),
        migrations.AlterField(
            model_name='segnalazione',
            name='presa_da',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='in carico a'),
        ),
        migrations.RunPython(leggi_dal_registro, migrations.RunPython.noop),
    ]
