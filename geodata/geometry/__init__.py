"""Ground floor: shapes and distances. Says nothing of crime and uses no pandas."""
