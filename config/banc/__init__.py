"""The benchmark’s own settings, floor and data. Not installed anywhere else."""
