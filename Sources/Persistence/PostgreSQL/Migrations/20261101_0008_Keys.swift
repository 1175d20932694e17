extension Migration {
    /// The server's own keys, sealed, and the fingerprints of what seals them. No scope but the system's sees them.
    static let keys = Migration(
        id: "20261101_0008", name: "keys",
        sql: """
            create table signing_keys (
                key_id text primary key check (octet_length(key_id) between 1 and 255),
                sealed_private_key bytea not null check (octet_length(sealed_private_key) between 1 and 1024),
                created_at timestamptz not null,
                active_from timestamptz not null,
                retires_at timestamptz not null,
                revoked_at timestamptz
            );

            comment on table signing_keys is 'Private keys that sign access tokens.';
            comment on column signing_keys.key_id is 'The kid of RFC 7517.';
            comment on column signing_keys.sealed_private_key is 'The private key under AES-256-GCM with a master key.';
            comment on column signing_keys.created_at is 'When it was made.';
            comment on column signing_keys.active_from is 'Signs from then on; published before.';
            comment on column signing_keys.retires_at is 'Verifies until then.';
            comment on column signing_keys.revoked_at is
                'Dead since then, whatever the other times say; null while trusted.';

            create table master_keys (
                fingerprint bytea primary key check (octet_length(fingerprint) between 1 and 64),
                created_at timestamptz not null
            );

            comment on table master_keys is
                'Fingerprints of the master keys: a server with another one must not start.';
            comment on column master_keys.fingerprint is 'Hash of the master key.';
            comment on column master_keys.created_at is 'When it was first seen.';

            alter table signing_keys enable row level security;
            alter table master_keys enable row level security;
            create policy system on signing_keys to plinth_system using (true) with check (true);
            create policy system on master_keys to plinth_system using (true) with check (true);
            grant select, insert, update, delete on signing_keys, master_keys to plinth_system;
            """)
}
