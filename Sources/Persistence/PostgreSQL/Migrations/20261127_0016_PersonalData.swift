extension Migration {
    /// What is personal in the audit log moves to where it can be erased; exports of what is held about a person.
    static let personalData = Migration(
        id: "20261127_0016", name: "personal data",
        sql: """
            -- Nothing is recorded between what is copied and what is dropped.
            lock table audit_events in access exclusive mode;
            create table audit_personal_data (
                event_id uuid primary key,
                created_at timestamptz not null,
                person_id uuid,
                user_id uuid,
                team_id uuid,
                ip text check (octet_length(ip) <= 64),
                user_agent text check (octet_length(user_agent) <= 32768),
                changes jsonb not null check (jsonb_typeof(changes) = 'object')
            );
            insert into audit_personal_data (
                event_id, created_at, person_id, user_id, team_id, ip, user_agent, changes)
            select id, created_at, coalesce(impersonator_id, actor_id, user_id), user_id, team_id, ip, user_agent,
                case when action = 'user.updated' then changes
                    when changes ? 'name' then jsonb_build_object('name', changes -> 'name')
                    else '{}' end
            from audit_events
            where ip is not null or user_agent is not null or action = 'user.updated' or changes ? 'name';
            update audit_events
            set changes = case when action = 'user.updated' then '{}' else changes - 'name' end
            where action = 'user.updated' or changes ? 'name';
            alter table audit_events drop column ip, drop column user_agent;

            create index audit_personal_data_person_idx on audit_personal_data (person_id)
                where ip is not null or user_agent is not null;
            create index audit_personal_data_user_idx on audit_personal_data (user_id) where changes <> '{}';

            comment on table audit_personal_data is
                'What audit events tell of people, apart from them so that it can be erased.';
            comment on column audit_personal_data.event_id is
                'The event. No foreign key: events lie in partitions, and what is erased here stays there.';
            comment on column audit_personal_data.created_at is 'When the event was.';
            comment on column audit_personal_data.person_id is
                'Whose address and browser: who did it, or whom it concerned where nobody was signed in.';
            comment on column audit_personal_data.user_id is
                'Whose log the event belongs to, if a person''s, and of whom the changes tell.';
            comment on column audit_personal_data.team_id is 'Whose log the event belongs to, if a team''s.';
            comment on column audit_personal_data.ip is
                'The address the request came from, as text; null for none and once erased.';
            comment on column audit_personal_data.user_agent is
                'The browser as it names itself; null for none and once erased.';
            comment on column audit_personal_data.changes is
                'New values by name that say something of the person, such as a name; empty once erased.';

            alter table audit_personal_data enable row level security;
            create policy system on audit_personal_data to plinth_system using (true) with check (true);
            create policy team on audit_personal_data to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            create policy own on audit_personal_data to plinth_app
                using (user_id = scope_user_id() and (team_id is null or scope_team_id() is null))
                with check (user_id = scope_user_id() and team_id is null);
            grant select, insert on audit_personal_data to plinth_system, plinth_app;
            grant update (ip, user_agent, changes) on audit_personal_data to plinth_system;

            create index sessions_expiry_idx on sessions (expires_at);
            create index jobs_mail_user_idx on jobs ((parameters ->> 'user_id')) where name = 'mail.send';
            create index jobs_mail_address_idx on jobs ((parameters ->> 'to')) where name = 'mail.send';

            create table data_exports (
                id uuid primary key,
                user_id uuid not null references users (id) on delete cascade,
                created_at timestamptz not null,
                object_key text check (octet_length(object_key) between 1 and 255),
                size bigint check (size >= 0),
                ready_at timestamptz,
                expires_at timestamptz,
                constraint data_exports_archive
                    check (num_nonnulls(object_key, size, ready_at, expires_at) in (0, 4))
            );
            create index data_exports_user_idx on data_exports (user_id, created_at desc, id desc);
            create index data_exports_created_idx on data_exports (created_at);

            comment on table data_exports is 'Archives of what is held about a person, for that person.';
            comment on column data_exports.id is 'UUIDv7 made by the application.';
            comment on column data_exports.user_id is 'Whose data, and who may have it.';
            comment on column data_exports.created_at is 'When it was asked for.';
            comment on column data_exports.object_key is 'The name of the archive in the object store.';
            comment on column data_exports.size is 'Of the archive, in bytes.';
            comment on column data_exports.ready_at is 'When the archive was complete; null until then.';
            comment on column data_exports.expires_at is 'When the archive goes.';

            alter table data_exports enable row level security;
            create policy system on data_exports to plinth_system using (true) with check (true);
            create policy own on data_exports to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id() and object_key is null);
            grant select, insert, update, delete on data_exports to plinth_system;
            grant select, insert on data_exports to plinth_app;
            """)
}
