"""The judge of a database: repeats the promises of the house in statements of its own, and trusts no service."""

from __future__ import annotations

from pos_app.doctor.findings import Finding, Rule, format_findings
from pos_app.doctor.judgement import judge_database

__all__ = ["Finding", "Rule", "format_findings", "judge_database"]
