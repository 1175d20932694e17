extension Migration {
    /// Keys by which programs act for people.
    static let apiKeys = Migration(
        id: "20261127_0014", name: "API keys",
        sql: """
            create table api_keys (
                id uuid primary key,
                user_id uuid not null references users (id) on delete cascade,
                name text not null check (octet_length(name) between 1 and 400),
                prefix text not null check (octet_length(prefix) between 1 and 32),
                hash bytea not null check (octet_length(hash) = 32),
                scopes text[] not null,
                created_at timestamptz not null,
                expires_at timestamptz,
                last_used_at timestamptz
            );
            create index api_keys_user_idx on api_keys (user_id, created_at desc, id desc);

            comment on table api_keys is 'Keys by which programs act for people.';
            comment on column api_keys.id is 'UUIDv7; part of the secret.';
            comment on column api_keys.user_id is 'For whom it acts.';
            comment on column api_keys.name is 'What the person calls it.';
            comment on column api_keys.prefix is 'The first characters of the secret, to tell keys apart by.';
            comment on column api_keys.hash is 'SHA-256 of the secret.';
            comment on column api_keys.scopes is 'The permissions that it is limited to.';
            comment on column api_keys.created_at is 'When it was made.';
            comment on column api_keys.expires_at is 'When it stops working; null for never.';
            comment on column api_keys.last_used_at is 'When it was last used; written at most every five minutes.';

            alter table api_keys enable row level security;
            create policy system on api_keys to plinth_system using (true) with check (true);
            create policy own on api_keys to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());
            grant select, insert, update, delete on api_keys to plinth_system;
            grant select, insert, update, delete on api_keys to plinth_app;
            """)
}
