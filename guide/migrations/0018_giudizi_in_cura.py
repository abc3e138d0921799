from django.db import migrations

LOTTO = 500


def porta(apps, schema_editor):
    """What readers said of services goes to `cura`, in the order in which it was said."""
    _copia(*_tabelle(apps, schema_editor), servizio_id='pagina_id')


def riporta(apps, schema_editor):
    """Back here what is of services; what is of other kinds has no place before `cura`."""
    di_guida, in_cura = _tabelle(apps, schema_editor)
    servizi = apps.get_model('guide', 'ServizioPage').objects.using(schema_editor.connection.alias)
    di_servizi = in_cura.filter(pagina__in=servizi.values('pk'))
    _copia(di_servizi, di_guida, pagina_id='servizio_id')
    di_servizi.delete()


def _tabelle(apps, schema_editor):
    return [apps.get_model(app, 'Giudizio').objects.using(schema_editor.connection.alias).all() for app in ('guide', 'cura')]


def _copia(da, a, **legame):
    campi = {**legame, 'utile': 'utile', 'perche': 'perche', 'giorno': 'giorno'}
    righe = (a.model(**dict(zip(campi.values(), riga))) for riga in da.order_by('pk').values_list(*campi).iterator())
    a.bulk_create(righe, batch_size=LOTTO)


class Migration(migrations.Migration):

    dependencies = [
        ('cura', '0004_giudizi'),
        ('guide', '0017_giudizi'),
    ]

    operations = [
        migrations.RunPython(porta, riporta),
        migrations.DeleteModel(name='Giudizio'),
    ]
