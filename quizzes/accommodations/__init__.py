"""What is arranged for one person at checkpoints: more time, and further tries."""
