"""The versions of the archive's schema, oldest first. Alembic applies them; an archive is never changed otherwise."""
