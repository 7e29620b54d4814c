"""Speed and stress, as ratios measured side by side in one run."""
