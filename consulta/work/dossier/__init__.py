"""The dossier: what is known of a person as a document that leaves the building with a name on it."""
