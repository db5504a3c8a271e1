"""For whoever hosts an instance: setting up, backups, the host's pages."""
