extension Migration {
    /// Keys by which programs act in teams, and who may be named where a request is kept by such a key.
    static let teamAPIKeys = Migration(
        id: "20261128_0024", name: "API keys of teams",
        sql: """
            create table team_api_keys (
                team_id uuid not null references teams (id) on delete cascade,
                id uuid not null,
                name text not null check (octet_length(name) between 1 and 400),
                prefix text not null check (octet_length(prefix) between 1 and 32),
                hash bytea not null check (octet_length(hash) = 32),
                former_hash bytea check (octet_length(former_hash) = 32),
                former_until timestamptz,
                scopes text[] not null check (cardinality(scopes) > 0),
                address_ranges text[] not null check (cardinality(address_ranges) <= 50),
                expires_at timestamptz,
                last_used_at timestamptz,
                last_used_ip text check (octet_length(last_used_ip) <= 64),
                created_at timestamptz not null,
                updated_at timestamptz not null,
                primary key (team_id, id),
                constraint team_api_keys_former check ((former_hash is null) = (former_until is null)),
                constraint team_api_keys_use check (last_used_at is not null or last_used_ip is null)
            );
            -- The team too, because a partitioned table has no unique index without the column it is partitioned by.
            create unique index team_api_keys_id_key on team_api_keys (id, team_id);
            create index team_api_keys_list_idx on team_api_keys (team_id, created_at desc, id desc);

            comment on table team_api_keys is 'Keys by which programs act in teams.';
            comment on column team_api_keys.team_id is 'The team it belongs to and acts in.';
            comment on column team_api_keys.id is 'UUIDv7; part of the secrets.';
            comment on column team_api_keys.name is 'What the team calls it.';
            comment on column team_api_keys.prefix is 'The first characters of the secrets, to tell keys apart by.';
            comment on column team_api_keys.hash is 'SHA-256 of the secret.';
            comment on column team_api_keys.former_hash is
                'SHA-256 of the secret before the last rotation; null for none.';
            comment on column team_api_keys.former_until is 'Until when the former secret works.';
            comment on column team_api_keys.scopes is 'The permissions that it has in the team.';
            comment on column team_api_keys.address_ranges is
                'From where it may be used, in CIDR notation; empty for everywhere.';
            comment on column team_api_keys.expires_at is 'When it stops working; null for never.';
            comment on column team_api_keys.last_used_at is
                'When it was last used; written at most every five minutes.';
            comment on column team_api_keys.last_used_ip is 'From where it was used then.';
            comment on column team_api_keys.created_at is 'When it was made.';
            comment on column team_api_keys.updated_at is 'When it was last changed or rotated.';

            alter table team_api_keys enable row level security;
            create policy system on team_api_keys to plinth_system using (true) with check (true);
            create policy team on team_api_keys to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            grant select, insert, update, delete on team_api_keys to plinth_system;
            grant select, insert, update, delete on team_api_keys to plinth_app;

            alter table audit_events add column actor_key_id uuid;
            comment on column audit_events.actor_key_id is
                'The team''s API key by which it was done, on behalf of nobody; null for people.';
            comment on column audit_events.actor_id is
                'Who did it; null when nobody was signed in, and for a key of a team. No foreign key: the record '
                'outlives the account.';

            -- Programs ask again, too: by a key of the person or of the team on whose behalf the transaction works.
            drop policy own on idempotency_records;
            create policy own on idempotency_records to plinth_app
                using (
                    principal = 'user:' || scope_user_id()
                    or exists (
                        select from api_keys
                        where user_id = scope_user_id() and principal = 'key:' || api_keys.id)
                    or exists (
                        select from team_api_keys
                        where team_id = scope_team_id() and principal = 'key:' || team_api_keys.id));
            """)
}
