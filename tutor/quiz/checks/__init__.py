"""The checks of the gate: small pure functions from an item to its problems."""
