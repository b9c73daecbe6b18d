"""Cases: the queue of packets before people, what happened in each, and how it was decided."""
