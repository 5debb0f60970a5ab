"""Scripts in other forms, in and out: one room a form."""
