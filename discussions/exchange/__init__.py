"""Annotations out and in: W3C Web Annotations, and the files that Hypothesis gives."""
