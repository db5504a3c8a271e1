"""The benchmarks: a seeded instance, a real server, and ratios to a bare view of the same run."""
