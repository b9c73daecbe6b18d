"""Durable work: a packet's verification as a workflow that survives the death of any process."""
