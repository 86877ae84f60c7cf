"""Reading a household roll from the tables communes send, and comparing it with the present one. All pure.

A roll is a list of households with their representatives (Law Đ18.2). Nothing here writes anything: a file becomes
guessed columns (``columns``), households and faults (``parsing``), and a list of differences (``comparison``).
"""
