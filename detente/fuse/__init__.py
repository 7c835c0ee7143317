"""Many reports in, what they say together out: stories (the same text) and incidents (the same happening)."""
