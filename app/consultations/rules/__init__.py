"""Rules of consultations: pure functions of plain values, each with its article of law."""
