extension Migration {
    /// Authenticator apps, recovery codes, and which challenges are spent.
    static let secondFactors = Migration(
        id: "20261127_0013", name: "second factors",
        sql: """
            create table authenticators (
                user_id uuid primary key references users (id) on delete cascade,
                sealed_secret bytea not null check (octet_length(sealed_secret) between 1 and 1024),
                created_at timestamptz not null,
                confirmed_at timestamptz,
                last_step bigint
            );

            comment on table authenticators is 'Apps that show one-time codes (RFC 6238).';
            comment on column authenticators.user_id is 'Whose app it is.';
            comment on column authenticators.sealed_secret is 'The shared secret under AES-256-GCM with a master key.';
            comment on column authenticators.created_at is 'When it was set up.';
            comment on column authenticators.confirmed_at is 'When a first code came from it; null while none did.';
            comment on column authenticators.last_step is 'The time step of the code used last, which works once.';

            create table recovery_codes (
                user_id uuid not null references users (id) on delete cascade,
                hash bytea not null check (octet_length(hash) = 32),
                created_at timestamptz not null,
                primary key (user_id, hash)
            );

            comment on table recovery_codes is 'Codes that stand for a lost second factor, each once.';
            comment on column recovery_codes.user_id is 'Whose codes they are.';
            comment on column recovery_codes.hash is 'SHA-256 of the person and the code.';
            comment on column recovery_codes.created_at is 'When it was made.';

            create table spent_challenges (
                hash bytea primary key check (octet_length(hash) = 32),
                expires_at timestamptz not null
            );
            create index spent_challenges_expiry_idx on spent_challenges (expires_at);

            comment on table spent_challenges is 'Challenges that took effect and must not again.';
            comment on column spent_challenges.hash is 'SHA-256 of the challenge.';
            comment on column spent_challenges.expires_at is 'When the challenge is worth nothing anyway.';

            alter table authenticators enable row level security;
            alter table recovery_codes enable row level security;
            alter table spent_challenges enable row level security;

            create policy system on authenticators to plinth_system using (true) with check (true);
            create policy system on recovery_codes to plinth_system using (true) with check (true);
            create policy system on spent_challenges to plinth_system using (true) with check (true);

            create policy own on authenticators to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());
            create policy own on recovery_codes to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());

            grant select, insert, update, delete on authenticators, recovery_codes, spent_challenges to plinth_system;
            grant select, insert, update, delete on authenticators to plinth_app;
            grant select, insert, delete on recovery_codes to plinth_app;
            """)
}
