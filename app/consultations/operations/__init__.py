"""Acts on consultations: each checks everything, changes, and writes the record in one transaction."""
