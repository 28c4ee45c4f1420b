"""What a printed number says, and what it must then be: counted anew from single sessions."""
