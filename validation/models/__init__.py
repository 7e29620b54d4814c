"""Models beside the one that is shipped: other accounts of the same war, to compare with."""
