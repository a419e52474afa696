"""What crossplan costs, beside what others cost: ``python -m benchmarks`` prints it as a table.

Each file named after a question has a function that answers it with rows; `__main__.py`
runs them all. Beside them stand scripts on quality alone: `measure_weights.py`,
`report_baselines.py` and `target_extraction.py`.
"""
