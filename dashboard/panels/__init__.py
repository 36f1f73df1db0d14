"""One panel a file: layout() and register(app, answers)."""
