import django.core.validators
import uuid
from django.db import migrations, models


def una_chiave_per_riga(apps, schema_editor):
    """The default of a new column is computed once: every deadline that is there takes a key of its own."""
    for scadenza in apps.get_model("guide", "Scadenza").objects.all():
        scadenza.chiave = uuid.uuid4()
        scadenza.save(update_fields=["chiave"])


class Migration(migrations.Migration):

    dependencies = [
        ('guide', '0001_iniziale'),
    ]

    operations = [
        migrations.AddField(
            model_name='comune',
            name='latitudine',
            field=models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitudine'),
        ),
        migrations.AddField(
            model_name='comune',
            name='longitudine',
            field=models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitudine'),
        ),
        migrations.AddField(
            model_name='scadenza',
            name='chiave',
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.RunPython(una_chiave_per_riga, migrations.RunPython.noop),
        migrations.CreateModel(
            name='RicercaVana',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parole', models.CharField(max_length=60)),
                ('mese', models.DateField(help_text='Il suo primo giorno')),
                ('volte', models.PositiveIntegerField(default=1)),
                ('ultima', models.DateField()),
            ],
            options={
                'verbose_name': 'ricerca senza risultati',
                'verbose_name_plural': 'ricerche senza risultati',
                'constraints': [models.UniqueConstraint(fields=('mese', 'parole'), name='ricerca_vana_una_al_mese')],
            },
        ),
    ]
