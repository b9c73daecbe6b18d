"""Facts known from other applications, registers and providers."""
