"""The page: shows what `tutor` finds and hands back what a person does. Nothing imports it."""
