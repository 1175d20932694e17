extension Migration {
    /// Counters of limits that all instances share. Unlogged: a crash may empty it, and writing is cheaper for that.
    static let keyValues = Migration(
        id: "20261101_0007", name: "key values",
        sql: """
            create sequence key_values_version;

            create unlogged table key_values (
                key text primary key check (octet_length(key) between 1 and 512),
                value bytea not null,
                version bigint not null default nextval('key_values_version'),
                expires_at timestamptz not null
            ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
            create index key_values_expiry_idx on key_values (expires_at);

            comment on sequence key_values_version is
                'One for all keys: a version never comes again, even after its key was removed.';
            comment on table key_values is 'Small values that all instances share and that may be lost in a crash.';
            comment on column key_values.key is 'What the value is called.';
            comment on column key_values.value is 'The value.';
            comment on column key_values.version is 'Another after each change.';
            comment on column key_values.expires_at is 'When the value is as good as gone.';

            alter table key_values enable row level security;
            create policy system on key_values to plinth_system using (true) with check (true);
            grant select, insert, update, delete on key_values to plinth_system;
            grant usage on sequence key_values_version to plinth_system;
            """)
}
