"""What people wrote beside the figures, held against them."""
