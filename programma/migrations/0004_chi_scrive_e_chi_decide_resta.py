"""Who wrote and who decided stays; a passage says whether it was the content that fell; a row, since when it is known.

Until now a passage by nobody was the sign that evidence had fallen with its content.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def segna_le_cadute(apps, schema_editor):
    passaggi = apps.get_model("programma", "Passaggio")._base_manager
    passaggi.filter(chi=None, evidenza__origine="contenuto", a__in=("revocata", "bozza")).update(caduta=True)


class Migration(migrations.Migration):

    dependencies = [
        ('programma', '0003_storia_di_cio_che_conta'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='passaggio',
            name='caduta',
            field=models.BooleanField(default=False, editable=False, help_text="È caduto il contenuto da cui è nata: nessuno ha giudicato l'evidenza"),
        ),
        migrations.AddField(
            model_name='riconoscimento',
            name='noto_dal',
            field=models.DateTimeField(editable=False, help_text='Se conta da dopo la decisione: un contenuto approvato che esce, o un fatto che avviene, più tardi', null=True, verbose_name='noto dal'),
        ),
        migrations.AlterField(
            model_name='allegato',
            name='caricato_da',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='evidenza',
            name='inviata_da',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidenze_inviate', to=settings.AUTH_USER_MODEL, verbose_name='inviata da'),
        ),
        migrations.AlterField(
            model_name='passaggio',
            name='chi',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='chi'),
        ),
        migrations.AlterField(
            model_name='riconoscimento',
            name='deciso_da',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deciso da'),
        ),
        migrations.AlterField(
            model_name='riconoscimento',
            name='revocato_da',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revocato da'),
        ),
        migrations.RunPython(segna_le_cadute, migrations.RunPython.noop),
    ]
