from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guide', '0009_indice_in_cura'),
    ]

    operations = [
        migrations.DeleteModel(name=nome)
        for nome in ('InsiemeTermine', 'Termine', 'InsiemeFaccetta', 'RicercaVana', 'Sinonimo', 'VoceGuida')
    ]
