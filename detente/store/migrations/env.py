"""Alembic's door: applies the versions on the connection that the archive hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
# The archive has begun the transaction; it commits when all versions are applied, or none is.
context.run_migrations()
