extension Migration {
    /// What workers, schedules and administrators ask of the jobs.
    static let jobQueues = Migration(
        id: "20261127_0009", name: "job queues",
        sql: """
            -- In the order of a claim; the one before had no id to break ties.
            drop index jobs_claim_idx;
            create index jobs_claim_idx on jobs (queue, priority, run_at, id) where state = 'available';
            create index jobs_state_idx on jobs (state, created_at desc, id desc);
            create index jobs_created_idx on jobs (created_at desc, id desc);
            create index jobs_ended_idx on jobs (state, finished_at) where finished_at is not null;

            create table schedules (
                name text primary key check (octet_length(name) between 1 and 100),
                definition text not null check (octet_length(definition) between 1 and 255),
                next_run_at timestamptz not null,
                last_run_at timestamptz
            );

            comment on table schedules is 'Work that comes again and again, once for all instances.';
            comment on column schedules.name is 'What is to be done; the unique key of its jobs.';
            comment on column schedules.definition is 'The cron expression with its time zone, or the interval.';
            comment on column schedules.next_run_at is 'When it fires next.';
            comment on column schedules.last_run_at is 'When it fired last; null before the first time.';

            alter table schedules enable row level security;
            create policy system on schedules to plinth_system using (true) with check (true);
            grant select, insert, update, delete on schedules to plinth_system;

            comment on column idempotency_records.key is 'SHA-256 of the Idempotency-Key in hexadecimal.';
            """)
}
