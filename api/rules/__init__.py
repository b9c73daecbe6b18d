"""Rules and policies over HTTP: read, changed, tried on past cases, activated."""
