extension Migration {
    /// What is written in the transaction of a change beside the change: work to do later, and what was answered.
    static let jobsAndIdempotency = Migration(
        id: "20261101_0006", name: "jobs and idempotency",
        sql: """
            create table jobs (
                id uuid primary key,
                queue text not null default 'default' check (octet_length(queue) between 1 and 100),
                name text not null check (octet_length(name) between 1 and 100),
                parameters jsonb not null,
                state text not null default 'available'
                    check (state in ('available', 'running', 'finished', 'parked', 'cancelled')),
                priority smallint not null default 0,
                run_at timestamptz not null,
                attempts integer not null default 0 check (attempts >= 0),
                max_attempts integer not null default 20 check (max_attempts > 0),
                unique_key text check (octet_length(unique_key) between 1 and 512),
                lease_token uuid,
                leased_until timestamptz,
                last_error text check (octet_length(last_error) <= 4000),
                created_at timestamptz not null,
                finished_at timestamptz,
                constraint jobs_lease_while_running
                    check (num_nonnulls(lease_token, leased_until) = case state when 'running' then 2 else 0 end)
            ) with (fillfactor = 80);
            create unique index jobs_unique_key on jobs (unique_key)
                where state = 'available' and unique_key is not null;
            comment on index jobs_unique_key is 'Of the jobs with one key, one waits.';
            create index jobs_claim_idx on jobs (queue, priority, run_at) where state = 'available';
            create index jobs_lease_idx on jobs (leased_until) where state = 'running';
            create index jobs_name_idx on jobs (name, created_at desc, id desc);

            comment on table jobs is 'Work to be done after the change that asked for it was committed.';
            comment on column jobs.id is 'UUIDv7 made by the application.';
            comment on column jobs.queue is 'Which workers take it.';
            comment on column jobs.name is 'What is to be done, such as mail.send.';
            comment on column jobs.parameters is 'The parameters of the work; no secrets.';
            comment on column jobs.state is 'available, running, finished, parked (out of attempts) or cancelled.';
            comment on column jobs.priority is 'Lower goes first.';
            comment on column jobs.run_at is 'Not to be started before.';
            comment on column jobs.attempts is 'How often it was started.';
            comment on column jobs.max_attempts is 'How often it may be started before it is parked.';
            comment on column jobs.unique_key is 'While a job with the same key waits, another is not added.';
            comment on column jobs.lease_token is 'The attempt that holds it; only that one may finish it.';
            comment on column jobs.leased_until is 'When the attempt is taken for dead, by PostgreSQL''s clock.';
            comment on column jobs.last_error is 'How the last attempt failed.';
            comment on column jobs.created_at is 'When it was added.';
            comment on column jobs.finished_at is 'When it was finished, parked or cancelled.';

            create table idempotency_records (
                principal text not null check (octet_length(principal) between 1 and 200),
                method text not null check (octet_length(method) between 1 and 16),
                path text not null check (octet_length(path) between 1 and 1024),
                key text not null check (octet_length(key) between 1 and 255),
                request_hash bytea not null check (octet_length(request_hash) between 1 and 64),
                status smallint check (status between 100 and 599),
                sealed_response bytea,
                created_at timestamptz not null,
                expires_at timestamptz not null,
                primary key (principal, method, path, key),
                constraint idempotency_records_answer check ((status is null) = (sealed_response is null))
            );
            create index idempotency_records_expiry_idx on idempotency_records (expires_at);

            comment on table idempotency_records is 'What was answered to requests with an Idempotency-Key.';
            comment on column idempotency_records.principal is 'Whose key: user:<id>, key:<id> or address:<hash>.';
            comment on column idempotency_records.method is 'The method of the request.';
            comment on column idempotency_records.path is 'The path of the request.';
            comment on column idempotency_records.key is 'The Idempotency-Key.';
            comment on column idempotency_records.request_hash is
                'Hash of the body: another body under the key is refused.';
            comment on column idempotency_records.status is 'What was answered; null until the answer is known.';
            comment on column idempotency_records.sealed_response is
                'The response under a key derived from the Idempotency-Key.';
            comment on column idempotency_records.created_at is 'When the key was claimed.';
            comment on column idempotency_records.expires_at is 'When the key may be used anew.';

            alter table jobs enable row level security;
            alter table idempotency_records enable row level security;

            create policy system on jobs to plinth_system using (true) with check (true);
            create policy system on idempotency_records to plinth_system using (true) with check (true);

            -- Everyone may ask for work; to see it takes the system.
            create policy enqueue on jobs for insert to plinth_app with check (state = 'available');
            create policy own on idempotency_records to plinth_app
                using (principal = 'user:' || scope_user_id()) with check (principal = 'user:' || scope_user_id());

            grant select, insert, update, delete on jobs, idempotency_records to plinth_system;
            grant select, insert on jobs to plinth_app;
            grant select, insert, update on idempotency_records to plinth_app;
            """)
}
