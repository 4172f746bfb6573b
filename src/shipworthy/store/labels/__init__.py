"""The labelling queue on disk: SQLite in the workspace, or PostgreSQL where people work on several machines.

Every step is one transaction: a row is lent, a label is kept, or nothing happened.
"""
