"""Every kind of document: each module turns the sources into a frozen view, which its template shows.

A new kind is one module with a `view`, one template of its name, and one line in the table.
"""
