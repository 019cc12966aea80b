"""Is nothing lost or doubled? The log folded again, and a second opinion on the money."""
