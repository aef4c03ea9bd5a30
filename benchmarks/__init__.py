"""Benchmarks: what planning, committing, undoing and asking cost, beside bare tools."""
