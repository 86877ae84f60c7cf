"""Papers and workbooks of a consultation: the answer table, the report to the council, the list of opinions.

Nothing here reads the database or a clock. Texts come in as others may read them: covered parts are gone before.
"""
