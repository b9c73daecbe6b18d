"""The forms of a report: HTML, PDF, workbook; the difference between two.

Pure functions of a report's JSON (huoyan.report/1).
"""
