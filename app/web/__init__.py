"""The only shared floor that knows HTTP: dispatch, access, forms, errors, templating and headers."""
