"""What is counted, rounded, and held against published figures: nowhere else."""
