"""The slow proofs: the fault tests with larger numbers, resumable, every figure with its N."""
