"""What an analyst asks of all answers: one frame, cross tables, sessions side by side."""
