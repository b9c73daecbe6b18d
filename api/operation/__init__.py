"""Running the service: what it is doing, upkeep, backup."""
