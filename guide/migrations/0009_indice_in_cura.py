from django.core.management.color import no_style
from django.db import connections, migrations

AMBITO = 'guide'
LOTTO = 500


def porta(apps, schema_editor):
    """The index of the guide, its synonyms and its searches in vain go to `cura`, with the days on which they changed."""
    di, in_cura = _modelli(apps, 'guide', schema_editor), _modelli(apps, 'cura', schema_editor)
    _copia(di('VoceGuida'), in_cura('VoceIndice'), servizio_id='pagina_id', posizione='posizione', ordine='ordine', dati='dati',
           parole='parole', cambiata='cambiata')
    _copia(di('InsiemeFaccetta'), in_cura('InsiemeFaccetta'), faccetta='faccetta', valore='valore', posizioni='posizioni')
    _copia(di('Termine'), in_cura('Parola'), parola='parola', radice='radice')
    chiavi = dict(in_cura('Parola').filter(ambito=AMBITO).values_list('parola', 'pk'))
    _copia_insiemi(di('InsiemeTermine').values_list('termine__parola', 'peso', 'posizioni'), in_cura('InsiemeParola'), 'parola_id', chiavi)
    _copia(di('RicercaVana'), in_cura('RicercaVana'), parole='parole', mese='mese', volte='volte', ultima='ultima')
    _copia(di('Sinonimo'), in_cura('Sinonimo'), senza_ambito=True, id='id', parola='parola', cerca_anche='cerca_anche', radice='radice')
    _riparti(in_cura('Sinonimo').model, schema_editor)
    _tipo(apps, schema_editor, 'guide', 'cura')


def riporta(apps, schema_editor):
    di, in_guida = _modelli(apps, 'cura', schema_editor), _modelli(apps, 'guide', schema_editor)
    _copia(di('VoceIndice').filter(ambito=AMBITO), in_guida('VoceGuida'), senza_ambito=True, pagina_id='servizio_id', posizione='posizione',
           ordine='ordine', dati='dati', parole='parole', cambiata='cambiata')
    _copia(di('InsiemeFaccetta').filter(ambito=AMBITO), in_guida('InsiemeFaccetta'), senza_ambito=True, faccetta='faccetta', valore='valore',
           posizioni='posizioni')
    _copia(di('Parola').filter(ambito=AMBITO), in_guida('Termine'), senza_ambito=True, parola='parola', radice='radice')
    chiavi = dict(in_guida('Termine').values_list('parola', 'pk'))
    insiemi = di('InsiemeParola').filter(parola__ambito=AMBITO).values_list('parola__parola', 'peso', 'posizioni')
    _copia_insiemi(insiemi, in_guida('InsiemeTermine'), 'termine_id', chiavi)
    _copia(di('RicercaVana').filter(ambito=AMBITO), in_guida('RicercaVana'), senza_ambito=True, parole='parole', mese='mese', volte='volte',
           ultima='ultima')
    _copia(di('Sinonimo'), in_guida('Sinonimo'), senza_ambito=True, id='id', parola='parola', cerca_anche='cerca_anche', radice='radice')
    _riparti(in_guida('Sinonimo').model, schema_editor)
    for nome in ('VoceIndice', 'InsiemeFaccetta', 'Parola', 'RicercaVana'):
        di(nome).filter(ambito=AMBITO).delete()
    di('Sinonimo').delete()
    _tipo(apps, schema_editor, 'cura', 'guide')


def _modelli(apps, app, schema_editor):
    return lambda nome: apps.get_model(app, nome).objects.using(schema_editor.connection.alias).all()


def _copia(da, a, senza_ambito=False, **campi):
    """The rows of `da` in the table of `a`: name of the field there, name here. A moment that is set at each save stays."""
    altro = {} if senza_ambito else {'ambito': AMBITO}
    quando = a.model._meta.get_field('cambiata') if 'cambiata' in campi.values() else None
    if quando:
        quando.auto_now = False
    righe = (a.model(**altro, **dict(zip(campi.values(), riga))) for riga in da.values_list(*campi).iterator())
    a.bulk_create(righe, batch_size=LOTTO)
    if quando:
        quando.auto_now = True


def _copia_insiemi(insiemi, a, legame, chiavi):
    a.bulk_create(
        (a.model(peso=peso, posizioni=posizioni, **{legame: chiavi[parola]}) for parola, peso, posizioni in insiemi.iterator()),
        batch_size=LOTTO,
    )


def _riparti(modello, schema_editor):
    """Rows that kept their keys: the next one has a key of its own."""
    connessione = connections[schema_editor.connection.alias]
    with connessione.cursor() as cursore:
        for istruzione in connessione.ops.sequence_reset_sql(no_style(), [modello]):
            cursore.execute(istruzione)


def _tipo(apps, schema_editor, da, a):
    """What the log says of a synonym goes on being said of it."""
    tipi = apps.get_model('contenttypes', 'ContentType').objects.using(schema_editor.connection.alias)
    for modello in ('sinonimo', 'ricercavana'):
        if not tipi.filter(app_label=a, model=modello).exists():
            tipi.filter(app_label=da, model=modello).update(app_label=a)


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('cura', '0001_iniziale'),
        ('guide', '0008_voci_con_data'),
    ]

    operations = [migrations.RunPython(porta, riporta)]
