"""What the `tutor` commands do, a module for each group; each takes the parsed options."""
