"""What every HTTP request passes: middleware, transaction, log-in, roles, idempotency, pages."""
