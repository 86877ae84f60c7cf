"""Signs that ratings were manipulated: rules R1–R12 as pure functions over plain records.

A sign is no verdict. It names ratings (or a point and days), and the figures that made it; a reviewer outside the rated
unit decides. No rule counts a network where the rating came from the office's own Wi-Fi, or with proof of presence.
"""
