extension Migration {
    /// What people sign in with beside a password.
    static let identitiesAndPasskeys = Migration(
        id: "20261127_0015", name: "identities and passkeys",
        sql: """
            create table identities (
                id uuid primary key,
                user_id uuid not null references users (id) on delete cascade,
                provider text not null check (octet_length(provider) between 1 and 32),
                issuer text not null check (octet_length(issuer) between 1 and 2048),
                subject text not null check (octet_length(subject) between 1 and 255),
                email text check (octet_length(email) between 3 and 254),
                created_at timestamptz not null,
                last_used_at timestamptz not null
            );
            create unique index identities_subject_key on identities (issuer, subject);
            create index identities_user_idx on identities (user_id, created_at desc, id desc);

            comment on table identities is 'Accounts at providers that people sign in with (OpenID Connect).';
            comment on column identities.id is 'UUIDv7 made by the application.';
            comment on column identities.user_id is 'Whose it is.';
            comment on column identities.provider is 'What the installation calls the provider, such as google.';
            comment on column identities.issuer is 'The provider, as its tokens name it.';
            comment on column identities.subject is 'The account there, as its tokens name it.';
            comment on column identities.email is 'The address there at the last sign-in, as typed.';
            comment on column identities.created_at is 'When it was linked.';
            comment on column identities.last_used_at is 'When it was last signed in with.';

            create table passkeys (
                id uuid primary key,
                user_id uuid not null references users (id) on delete cascade,
                name text not null check (octet_length(name) between 1 and 400),
                credential_id bytea not null check (octet_length(credential_id) between 1 and 1023),
                public_key bytea not null check (octet_length(public_key) between 1 and 1024),
                sign_count bigint not null check (sign_count between 0 and 4294967295),
                is_backup_eligible boolean not null,
                is_backed_up boolean not null,
                transports text[] not null,
                aaguid bytea not null check (octet_length(aaguid) = 16),
                created_at timestamptz not null,
                last_used_at timestamptz
            );
            create unique index passkeys_credential_key on passkeys (credential_id);
            create index passkeys_user_idx on passkeys (user_id, created_at desc, id desc);

            comment on table passkeys is 'Passkeys (WebAuthn).';
            comment on column passkeys.id is 'UUIDv7 made by the application.';
            comment on column passkeys.user_id is 'Whose it is.';
            comment on column passkeys.name is 'What the person calls it.';
            comment on column passkeys.credential_id is 'What the authenticator calls it.';
            comment on column passkeys.public_key is 'The public key in COSE form (RFC 9052).';
            comment on column passkeys.sign_count is 'How often it was used, as the authenticator counts; 0 without.';
            comment on column passkeys.is_backup_eligible is 'Whether it may be copied to other devices.';
            comment on column passkeys.is_backed_up is 'Whether it was, at the last use.';
            comment on column passkeys.transports is 'How the authenticator can be reached: hints for browsers.';
            comment on column passkeys.aaguid is 'The model of the authenticator, unproven.';
            comment on column passkeys.created_at is 'When it was registered.';
            comment on column passkeys.last_used_at is 'When it was last used; null before the first time.';

            alter table identities enable row level security;
            alter table passkeys enable row level security;
            create policy system on identities to plinth_system using (true) with check (true);
            create policy system on passkeys to plinth_system using (true) with check (true);
            create policy own on identities to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());
            create policy own on passkeys to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());
            grant select, insert, update, delete on identities, passkeys to plinth_system;
            grant select, insert, update, delete on identities, passkeys to plinth_app;
            """)
}
