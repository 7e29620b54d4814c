"""Published numbers, reproduced: one folder per publication; `python -m validation` runs all."""
