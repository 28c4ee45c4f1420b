"""``dxeval audit``: published figures held against themselves."""
