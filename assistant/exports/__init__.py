"""Carrying approved texts out: a CSV file, plain text to copy."""
