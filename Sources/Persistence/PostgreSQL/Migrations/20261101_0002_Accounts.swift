extension Migration {
    /// People, their signed-in devices and the tokens mailed to them.
    static let accounts = Migration(
        id: "20261101_0002", name: "accounts",
        sql: """
            create function scope_user_id() returns uuid
                language sql stable parallel safe
                return nullif(current_setting('plinth.user_id', true), '')::uuid;
            comment on function scope_user_id() is
                'On whose behalf the transaction works; null where nobody was set.';

            create table users (
                id uuid primary key,
                email text not null check (octet_length(email) between 3 and 254),
                email_key text not null check (octet_length(email_key) between 3 and 350),
                email_verified_at timestamptz,
                password_hash text check (octet_length(password_hash) between 1 and 512),
                first_name text not null check (octet_length(first_name) between 1 and 1600),
                last_name text not null check (octet_length(last_name) between 1 and 1600),
                locale text not null check (locale in ('en', 'fr')),
                time_zone text not null check (octet_length(time_zone) between 1 and 64),
                avatar_url text check (octet_length(avatar_url) between 1 and 2048),
                is_superuser boolean not null,
                mfa_enabled boolean not null,
                suspended_at timestamptz,
                deleted_at timestamptz,
                purge_at timestamptz,
                purged_at timestamptz,
                terms_version text check (octet_length(terms_version) between 1 and 64),
                created_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0),
                constraint users_purge_with_deletion check ((deleted_at is null) = (purge_at is null))
            );
            create unique index users_email_key on users (email_key) where purged_at is null;
            comment on index users_email_key is 'One account not purged for each address.';
            create index users_purge_idx on users (purge_at) where purged_at is null and purge_at is not null;

            comment on table users is 'People with an account.';
            comment on column users.id is 'UUIDv7 made by the application.';
            comment on column users.email is 'The address as typed.';
            comment on column users.email_key is 'What makes two addresses the same: NFC, lower case, ASCII domain.';
            comment on column users.email_verified_at is
                'When the person proved to hold the address; null while unproven.';
            comment on column users.password_hash is 'PHC string of Argon2id; null for an account without a password.';
            comment on column users.first_name is 'First name, NFC, one line.';
            comment on column users.last_name is 'Last name, NFC, one line.';
            comment on column users.locale is 'Language of mails and messages.';
            comment on column users.time_zone is 'Name in the IANA database, such as Europe/Paris.';
            comment on column users.avatar_url is 'Where the picture is; null for none.';
            comment on column users.is_superuser is 'May use the administration, in every team.';
            comment on column users.mfa_enabled is 'Whether a second factor is asked for at sign-in.';
            comment on column users.suspended_at is 'When an administrator closed the account; null while open.';
            comment on column users.deleted_at is 'When the person asked for deletion; null while not.';
            comment on column users.purge_at is 'When personal data is to be erased; set together with deleted_at.';
            comment on column users.purged_at is 'When personal data was erased; the address is free from then on.';
            comment on column users.terms_version is 'The terms of use last agreed to.';
            comment on column users.created_at is 'When the account was made.';
            comment on column users.updated_at is 'When the account was last changed.';
            comment on column users.version is 'Counts changes, for optimistic locking.';

            create table sessions (
                id uuid primary key,
                user_id uuid not null references users (id) on delete cascade,
                device_name text check (octet_length(device_name) <= 16384),
                user_agent text check (octet_length(user_agent) <= 32768),
                ip text check (octet_length(ip) <= 64),
                created_at timestamptz not null,
                last_seen_at timestamptz not null,
                authenticated_at timestamptz not null,
                idle_expires_at timestamptz not null,
                expires_at timestamptz not null,
                revoked_at timestamptz,
                revocation_reason text check (octet_length(revocation_reason) between 1 and 64),
                refresh_hash bytea not null check (octet_length(refresh_hash) = 32),
                refresh_generation bigint not null check (refresh_generation >= 0),
                parent_hash bytea check (octet_length(parent_hash) = 32),
                sealed_successor bytea check (octet_length(sealed_successor) <= 1024),
                rotated_at timestamptz,
                constraint sessions_reason_with_revocation check ((revoked_at is null) = (revocation_reason is null))
            ) with (fillfactor = 80);
            create index sessions_user_idx on sessions (user_id, created_at desc, id desc);
            create index sessions_sealed_idx on sessions (rotated_at) where sealed_successor is not null;

            comment on table sessions is 'Signed-in devices, each one family of refresh tokens.';
            comment on column sessions.id is 'UUIDv7; named by access tokens.';
            comment on column sessions.user_id is 'Who is signed in.';
            comment on column sessions.device_name is
                'What the person called the device. An authentication body is at most this long.';
            comment on column sessions.user_agent is
                'The browser as it names itself. The header fields of a request are at most this long.';
            comment on column sessions.ip is 'The address of the sign-in, as text.';
            comment on column sessions.created_at is 'When the person signed in.';
            comment on column sessions.last_seen_at is 'When it was last used; written at most every five minutes.';
            comment on column sessions.authenticated_at is
                'When a credential was last given; opens the privileged window.';
            comment on column sessions.idle_expires_at is 'When it ends unless refreshed before.';
            comment on column sessions.expires_at is 'When it ends whatever happens.';
            comment on column sessions.revoked_at is 'When it was ended before its time; null while not.';
            comment on column sessions.revocation_reason is 'Why it was ended; set together with revoked_at.';
            comment on column sessions.refresh_hash is 'SHA-256 of the refresh token that may be used next.';
            comment on column sessions.refresh_generation is 'Counts rotations; 0 for the first token.';
            comment on column sessions.parent_hash is 'SHA-256 of the refresh token used last.';
            comment on column sessions.sealed_successor is
                'The current token under a key that only its parent yields; null once erased.';
            comment on column sessions.rotated_at is 'When the current token was made out of its parent.';

            create table one_time_tokens (
                hash bytea primary key check (octet_length(hash) = 32),
                purpose text not null check (octet_length(purpose) between 1 and 64),
                user_id uuid not null references users (id) on delete cascade,
                email_key text not null check (octet_length(email_key) between 3 and 350),
                created_at timestamptz not null,
                expires_at timestamptz not null
            );
            create index one_time_tokens_user_idx on one_time_tokens (user_id, purpose);
            create index one_time_tokens_expiry_idx on one_time_tokens (expires_at);

            comment on table one_time_tokens is 'Mailed tokens that have not been used.';
            comment on column one_time_tokens.hash is 'SHA-256 of the token.';
            comment on column one_time_tokens.purpose is 'What the token may be used for, such as reset_password.';
            comment on column one_time_tokens.user_id is 'Whose token it is.';
            comment on column one_time_tokens.email_key is 'The address it was mailed to, as in users.email_key.';
            comment on column one_time_tokens.created_at is 'When it was made.';
            comment on column one_time_tokens.expires_at is 'When it stops working.';

            alter table users enable row level security;
            alter table sessions enable row level security;
            alter table one_time_tokens enable row level security;

            create policy system on users to plinth_system using (true) with check (true);
            create policy system on sessions to plinth_system using (true) with check (true);
            create policy system on one_time_tokens to plinth_system using (true) with check (true);

            create policy oneself on users to plinth_app
                using (id = scope_user_id()) with check (id = scope_user_id());
            create policy own on sessions to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());
            create policy own on one_time_tokens to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());

            grant select, insert, update, delete on users, sessions, one_time_tokens to plinth_system;
            grant select, insert, update on users to plinth_app;
            grant select, insert, update on sessions to plinth_app;
            grant select, insert, delete on one_time_tokens to plinth_app;
            """)
}
