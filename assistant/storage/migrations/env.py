"""How Alembic reaches the database: through the connection, and inside the transaction, that `Database.migrate` gives it."""

from alembic import context

from assistant.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
