"""What the crude market says of three episodes, beside what happened: scored, not tuned to."""
