"""Match sections and measures between plans."""
