"""What runs beside requests: logs, metrics, encryption, rate limits, periodic work."""
