//! The SQLite cache: migrations, one file a table, the search index.
