"""The organisation's graph over HTTP: drawn, searched, measured, frozen, exported."""
