"""What a criterion wants of a project is a yes or a no: `risultato` and `scheda` are what a project has."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('registri', '0010_interlocutore_di_un_contatto')]

    operations = [
        migrations.RenameField('criteriodeltipodiprogetto', 'risultato', 'con_risultato'),
        migrations.RenameField('criteriodeltipodiprogetto', 'scheda', 'con_scheda'),
    ]
