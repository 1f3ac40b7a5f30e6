"""The fields of a form of records, each with its problem beside it."""
