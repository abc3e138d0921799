"""The guide as open data (CC BY 4.0): the HSDS 3.0 API, the table of every entry, the page that explains them.

All of it is made from `Scheda`: what is masked or hidden is not there.
"""
