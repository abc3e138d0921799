"""The Card del Dipendente: numbers without names, printed by the employer, checked by anyone."""
