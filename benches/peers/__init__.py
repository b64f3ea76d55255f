"""Parts of `benches/peers.py`, which says what they do."""
