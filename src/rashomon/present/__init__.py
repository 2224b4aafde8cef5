"""What people and programs see of a case.

In: a case, records. Out: shapes for JSON, tables for terminals. Never: a change to the case.
"""
