"""The manager of users asks before deleting; the database does not change."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('organizzazioni', '0002_iniziale'),
    ]

    operations = [
        migrations.AlterModelManagers(
            name='utente',
            managers=[
            ],
        ),
    ]
