"""Readers and writers of file formats. Pure: no Django here."""
