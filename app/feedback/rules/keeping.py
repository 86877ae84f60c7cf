"""How long what people leave at a counter is kept (Luật 91/2025/QH15): only as long as something needs it.

The page on privacy tells each of these to residents.
"""

from datetime import timedelta

NETWORK = timedelta(days=1)
"""The mark of a visitor's network: the longest limit that counts by it looks back a day."""

PHOTO = timedelta(days=30)
"""A photo that is not shown: a second look may be asked for meanwhile."""

PHONE = timedelta(days=45)
"""The number of an ended case, after its answer: longer than anybody may come back to one, holidays included."""

REPORT = timedelta(days=365)
"""What stands in a report of the inspectors' box, after it was closed.

Whoever is hurt by how it was handled complains within 90 days of learning of it (Luật Khiếu nại 02/2011/QH13 Đ9), and
the body it was referred to may ask back until then and while it hears that. Kind, days and who opened it stay.
"""

DOSSIER_CODE = timedelta(days=90)
"""The number of a dossier with its code, after the last day of the code, used or not.

Not sooner after a use: the case system may ask for the same dossier again, and a forgotten code would be minted anew
and rate twice. By then the result was handed over long ago and nobody asks for that dossier any more.
"""
