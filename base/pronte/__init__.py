"""Public pages that are ready: kept as files, given as they are to whoever is nobody, gone when they are not true.

    tabelle_scritte  triggers of the database note, in the transaction itself, each table that somebody writes in
    interrogazioni   what one page read while it was drawn: its queries, what they answered, until when it is true
    deposito         the files: the page, plain and compressed, for the web server; its readings, for the guard
    guardia          one thread on the machine compares, a few times each second, and takes away what is no more true
    consegna         who may have a ready page, and which answers may become one

A page leaves only if one of its own queries answers otherwise now, or if its time is over: no list is kept of what
shows what. Where anything here fails, pages are drawn as if it were not there (docs/decisioni/0067).
"""
