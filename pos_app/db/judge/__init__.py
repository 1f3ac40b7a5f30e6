"""The judge of a database: repeats the promises of the house in statements of its own, and trusts no service."""

from __future__ import annotations

from pos_app.db.judge.findings import Finding, Rule, format_findings
from pos_app.db.judge.judgement import judge_database

__all__ = ["Finding", "Rule", "format_findings", "judge_database"]
