extension Migration {
    /// The record of changes: rows are added by month and altered by nobody.
    static let audit = Migration(
        id: "20261101_0005", name: "audit",
        sql: """
            create table audit_events (
                created_at timestamptz not null,
                id uuid not null,
                action text not null check (octet_length(action) between 1 and 100),
                actor_id uuid,
                impersonator_id uuid,
                user_id uuid,
                team_id uuid,
                target_type text not null check (octet_length(target_type) between 1 and 100),
                target_id text check (octet_length(target_id) between 1 and 512),
                ip text check (octet_length(ip) <= 64),
                user_agent text check (octet_length(user_agent) <= 32768),
                request_id text check (octet_length(request_id) <= 32768),
                changes jsonb not null check (jsonb_typeof(changes) = 'object'),
                primary key (created_at, id)
            ) partition by range (created_at);
            create index audit_events_user_idx on audit_events (user_id, created_at desc, id desc);
            create index audit_events_team_idx on audit_events (team_id, created_at desc, id desc);

            comment on table audit_events is 'Who changed what, partitioned by month of created_at.';
            comment on column audit_events.created_at is 'When it was changed.';
            comment on column audit_events.id is 'UUIDv7 made by the application.';
            comment on column audit_events.action is 'noun.verb_past, such as session.revoked.';
            comment on column audit_events.actor_id is
                'Who did it; null when nobody was signed in. No foreign key: the record outlives the account.';
            comment on column audit_events.impersonator_id is 'The administrator who acted as actor_id.';
            comment on column audit_events.user_id is 'Whose log it belongs to, if a person''s.';
            comment on column audit_events.team_id is 'Whose log it belongs to, if a team''s.';
            comment on column audit_events.target_type is 'The kind of thing changed, such as session.';
            comment on column audit_events.target_id is 'Which one.';
            comment on column audit_events.ip is 'The address the request came from, as text.';
            comment on column audit_events.user_agent is 'The browser as it names itself.';
            comment on column audit_events.request_id is 'The request it was part of.';
            comment on column audit_events.changes is 'New values by name, no secrets.';

            -- Takes what no month was made for, so that an event never fails for want of a partition.
            create table audit_events_default partition of audit_events default;
            comment on table audit_events_default is 'Audit events of months without a partition.';

            create function ensure_audit_partitions(first_moment timestamptz, months integer) returns integer
                language plpgsql security definer
                set search_path = pg_catalog, public, pg_temp
            as $$
            declare
                first_month timestamp := date_trunc('month', first_moment at time zone 'UTC');
                month timestamp;
                month_start timestamptz;
                month_end timestamptz;
                partition text;
                made integer := 0;
            begin
                for ahead in 0..months loop
                    month := first_month + make_interval(months => ahead);
                    month_start := month at time zone 'UTC';
                    month_end := (month + interval '1 month') at time zone 'UTC';
                    partition := to_char(month, '"audit_events_"YYYY"_"MM');
                    continue when to_regclass(format('public.%I', partition)) is not null;
                    -- Of several instances one makes it, the others find it made.
                    lock table public.audit_events in share update exclusive mode;
                    continue when to_regclass(format('public.%I', partition)) is not null;
                    lock table public.audit_events_default in access exclusive mode;
                    execute format(
                        'create table public.%I (like public.audit_events including constraints)', partition);
                    execute format(
                        'with moved as ('
                        ' delete from public.audit_events_default where created_at >= %2$L and created_at < %3$L'
                        ' returning *) insert into public.%1$I select * from moved',
                        partition, month_start, month_end);
                    execute format(
                        'alter table public.audit_events attach partition public.%I for values from (%L) to (%L)',
                        partition, month_start, month_end);
                    execute format('comment on table public.%I is %L', partition,
                        'Audit events of ' || to_char(month, 'YYYY-MM') || ' (UTC).');
                    made := made + 1;
                end loop;
                return made;
            end
            $$;
            comment on function ensure_audit_partitions(timestamptz, integer) is
                'Makes the partitions of the month of a moment and of months after it; returns how many were missing.';
            revoke execute on function ensure_audit_partitions(timestamptz, integer) from public;
            grant execute on function ensure_audit_partitions(timestamptz, integer) to plinth_system;

            alter table audit_events enable row level security;
            create policy system on audit_events to plinth_system using (true) with check (true);
            -- In a team the log of the team, which may stand in a member's log too; outside only what is the person's.
            create policy team on audit_events to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            create policy own on audit_events to plinth_app
                using (user_id = scope_user_id() and (team_id is null or scope_team_id() is null))
                with check (user_id = scope_user_id() and team_id is null);

            -- Nobody gets update or delete.
            grant select, insert on audit_events to plinth_system, plinth_app;
            """)
}
