"""The panels around the editor: navigation, findings, history, status."""
