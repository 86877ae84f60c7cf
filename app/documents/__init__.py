"""Documents on paper: the floor that turns plain data into PDF and DOCX bytes.

Nothing here knows a vote, a household, the web or the database. A caller describes a document as blocks
(`blocks`) and has it drawn as PDF (`pdf`) or DOCX (`docx`), so both hold the same words; or it brings a Typst
template of its own. QR codes (`qr`), the dates of official papers (`dates`) and texts read aloud (`speech`)
live here too. The layout follows Decree 30/2020/NĐ-CP. Fonts are carried along and system fonts are ignored:
a document looks the same on every machine. All functions are pure; none reads a clock.
"""
