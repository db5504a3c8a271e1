"""Announcements: what staff tell everybody in a seminar."""
