"""The database: tables, sessions scoped by organisation, migrations."""
