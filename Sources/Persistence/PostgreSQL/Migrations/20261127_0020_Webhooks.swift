extension Migration {
    /// What teams have their own systems told of.
    static let webhooks = Migration(
        id: "20261127_0020", name: "webhooks",
        sql: """
            create table webhook_endpoints (
                team_id uuid not null references teams (id) on delete cascade,
                id uuid not null,
                url text not null check (octet_length(url) between 1 and 2560),
                name text not null check (octet_length(name) <= 400),
                events text[],
                pause text check (pause in ('requested', 'failing', 'gone')),
                failing_since timestamptz,
                sealed_secret bytea not null check (octet_length(sealed_secret) between 1 and 512),
                former_sealed_secret bytea check (octet_length(former_sealed_secret) between 1 and 512),
                former_until timestamptz,
                created_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0),
                primary key (team_id, id),
                constraint webhook_endpoints_former
                    check ((former_sealed_secret is null) = (former_until is null))
            );
            create index webhook_endpoints_list_idx on webhook_endpoints (team_id, created_at desc, id desc);

            comment on table webhook_endpoints is 'Where teams have their events delivered.';
            comment on column webhook_endpoints.team_id is 'The team.';
            comment on column webhook_endpoints.id is 'UUIDv7 made by the application.';
            comment on column webhook_endpoints.url is 'The address that events are posted to.';
            comment on column webhook_endpoints.name is 'What the team calls it; may be empty.';
            comment on column webhook_endpoints.events is 'The kinds of events it wants; null for all of them.';
            comment on column webhook_endpoints.pause is 'Why nothing is delivered; null while it is.';
            comment on column webhook_endpoints.failing_since is
                'Since when every try has failed; null when the last one did not.';
            comment on column webhook_endpoints.sealed_secret is
                'What deliveries are signed with, under a master key.';
            comment on column webhook_endpoints.former_sealed_secret is
                'The secret before the last rotation, which still signs, too.';
            comment on column webhook_endpoints.former_until is 'Until when the former secret signs.';
            comment on column webhook_endpoints.created_at is 'When it was made.';
            comment on column webhook_endpoints.updated_at is 'When it was last changed.';
            comment on column webhook_endpoints.version is 'Counts what people change, for optimistic locking.';

            create table webhook_deliveries (
                team_id uuid not null,
                id uuid not null,
                endpoint_id uuid not null,
                event_id uuid not null,
                kind text not null check (octet_length(kind) between 1 and 64),
                body text not null check (octet_length(body) between 1 and 65536),
                created_at timestamptz not null,
                state text not null default 'pending'
                    check (state in ('pending', 'delivered', 'failed', 'dropped')),
                attempts integer not null default 0 check (attempts >= 0),
                attempted_at timestamptz,
                took_microseconds bigint,
                response_status smallint,
                response_excerpt text check (octet_length(response_excerpt) <= 4096),
                failure text check (octet_length(failure) between 1 and 64),
                next_attempt_at timestamptz,
                primary key (team_id, id),
                foreign key (team_id, endpoint_id) references webhook_endpoints (team_id, id) on delete cascade,
                constraint webhook_deliveries_attempt
                    check (attempts = 0 or num_nonnulls(attempted_at, took_microseconds) = 2),
                constraint webhook_deliveries_outcome
                    check (num_nonnulls(response_status, failure) = case when attempts = 0 then 0 else 1 end
                        and (response_status is null) = (response_excerpt is null)),
                constraint webhook_deliveries_next check ((state = 'pending') = (next_attempt_at is not null))
            );
            create index webhook_deliveries_list_idx
                on webhook_deliveries (team_id, endpoint_id, created_at desc, id desc);
            create index webhook_deliveries_created_idx on webhook_deliveries (created_at);

            comment on table webhook_deliveries is 'Events on their way to endpoints, and how the last try went.';
            comment on column webhook_deliveries.team_id is 'The team.';
            comment on column webhook_deliveries.id is 'UUIDv7 made by the application; its job has the same.';
            comment on column webhook_deliveries.endpoint_id is 'Where it is to go.';
            comment on column webhook_deliveries.event_id is 'The event: the same for all endpoints and tries.';
            comment on column webhook_deliveries.kind is 'What happened, such as member.added.';
            comment on column webhook_deliveries.body is 'What is posted, byte for byte.';
            comment on column webhook_deliveries.created_at is 'When it was asked for.';
            comment on column webhook_deliveries.state is 'Where it stands.';
            comment on column webhook_deliveries.attempts is 'How often it was tried.';
            comment on column webhook_deliveries.attempted_at is 'When it was tried last.';
            comment on column webhook_deliveries.took_microseconds is 'How long the last try took.';
            comment on column webhook_deliveries.response_status is 'The status of the last answer; null for none.';
            comment on column webhook_deliveries.response_excerpt is 'The beginning of the last answer''s body.';
            comment on column webhook_deliveries.failure is 'Why there was no answer; null where there was one.';
            comment on column webhook_deliveries.next_attempt_at is 'When it is tried next; null when it is over.';

            alter table webhook_endpoints enable row level security;
            alter table webhook_deliveries enable row level security;
            create policy system on webhook_endpoints to plinth_system using (true) with check (true);
            create policy system on webhook_deliveries to plinth_system using (true) with check (true);
            create policy team on webhook_endpoints to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            create policy team on webhook_deliveries to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id() and state = 'pending');
            grant select, insert, update, delete on webhook_endpoints, webhook_deliveries to plinth_system;
            grant select, insert, update, delete on webhook_endpoints to plinth_app;
            grant select, insert on webhook_deliveries to plinth_app;
            """)
}
