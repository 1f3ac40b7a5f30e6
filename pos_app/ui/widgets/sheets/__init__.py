"""Sheets over the page: a question, a reason, a preview."""
