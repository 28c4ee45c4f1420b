"""``dxeval explain``: where a printed number comes from."""
