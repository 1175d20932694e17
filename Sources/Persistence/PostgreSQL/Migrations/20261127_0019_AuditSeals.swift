extension Migration {
    /// The audit log is sealed: each event gets a place in a chain of hashes.
    static let auditSeals = Migration(
        id: "20261127_0019", name: "audit seals",
        sql: """
            create table audit_seals (
                scope text not null check (scope in ('system', 'team', 'user')),
                scope_id uuid not null,
                sequence bigint not null check (sequence > 0),
                event_id uuid not null,
                event_created_at timestamptz not null,
                event_hash bytea not null check (octet_length(event_hash) = 32),
                origin_hash bytea check (octet_length(origin_hash) = 32),
                origin_erased boolean not null,
                personal_hash bytea check (octet_length(personal_hash) = 32),
                personal_erased boolean not null,
                hash bytea not null check (octet_length(hash) = 32),
                primary key (scope, scope_id, sequence),
                constraint audit_seals_parts check (
                    not (origin_erased and origin_hash is not null)
                    and not (personal_erased and personal_hash is not null))
            );
            create unique index audit_seals_event_key on audit_seals (event_id);

            comment on table audit_seals is 'The chains of hashes over audit events, one a team, person, or the system.';
            comment on column audit_seals.scope is
                'Whose chain: the team''s where the event has one, else the user''s, else the system''s.';
            comment on column audit_seals.scope_id is 'Which team or user; zeros for the system.';
            comment on column audit_seals.sequence is 'The place in the chain, from 1 without a gap.';
            comment on column audit_seals.event_id is 'The event. No foreign key: that it is gone must be found.';
            comment on column audit_seals.event_created_at is 'When the event was, which says in which partition it lies.';
            comment on column audit_seals.event_hash is 'SHA-256 of what lasts in the event.';
            comment on column audit_seals.origin_hash is
                'Salted SHA-256 of the address and browser; null for none and where they had been erased.';
            comment on column audit_seals.origin_erased is
                'Whether address and browser had been erased before the event was sealed.';
            comment on column audit_seals.personal_hash is
                'Salted SHA-256 of the values that say something of the person; null for none and where they had been erased.';
            comment on column audit_seals.personal_erased is
                'Whether those values had been erased before the event was sealed.';
            comment on column audit_seals.hash is 'SHA-256 of the hash before, of the place, and of the hashes here.';

            create table audit_heads (
                scope text not null check (scope in ('system', 'team', 'user')),
                scope_id uuid not null,
                sequence bigint not null check (sequence > 0),
                hash bytea not null check (octet_length(hash) = 32),
                primary key (scope, scope_id)
            ) with (fillfactor = 80);
            comment on table audit_heads is 'Where each chain of audit_seals ends.';
            comment on column audit_heads.scope is 'Whose chain, as in audit_seals.';
            comment on column audit_heads.scope_id is 'Which team or user; zeros for the system.';
            comment on column audit_heads.sequence is 'The place of the last seal.';
            comment on column audit_heads.hash is 'The hash of the last seal.';

            create table audit_queue (
                created_at timestamptz not null,
                event_id uuid not null,
                primary key (created_at, event_id)
            );
            comment on table audit_queue is 'Audit events that wait to be sealed.';
            comment on column audit_queue.created_at is 'When the event was.';
            comment on column audit_queue.event_id is 'The event.';

            alter table audit_personal_data
                add column origin_salt bytea check (octet_length(origin_salt) = 16),
                add column personal_salt bytea check (octet_length(personal_salt) = 16),
                add column origin_erased boolean not null default false,
                add column personal_erased boolean not null default false;
            comment on column audit_personal_data.origin_salt is
                'Random; what address and browser were hashed with. Null until the event is sealed and once erased.';
            comment on column audit_personal_data.personal_salt is
                'Random; what the changes were hashed with. Null until the event is sealed and once erased.';
            comment on column audit_personal_data.origin_erased is 'Whether address and browser were erased.';
            comment on column audit_personal_data.personal_erased is 'Whether the changes were erased.';
            grant update (origin_salt, personal_salt) on audit_personal_data to plinth_system;

            -- By a trigger, so that the release before erases the salts as well. Whoever empties something by hand, in another
            -- role, does not erase it: that it is gone is found.
            create function mark_erased_personal_data() returns trigger
                language plpgsql
                set search_path = pg_catalog, public, pg_temp
            as $$
            begin
                if new.ip is null and new.user_agent is null and num_nonnulls(old.ip, old.user_agent) > 0 then
                    new.origin_salt := null;
                    new.origin_erased := true;
                end if;
                if new.changes = '{}' and old.changes <> '{}' then
                    new.personal_salt := null;
                    new.personal_erased := true;
                end if;
                return new;
            end
            $$;
            comment on function mark_erased_personal_data() is
                'Takes the salts of what is erased from an audit event, and marks it as erased.';
            revoke execute on function mark_erased_personal_data() from public;
            create trigger mark_erased_personal_data before update of ip, user_agent, changes on audit_personal_data
                for each row when (current_user = 'plinth_system') execute function mark_erased_personal_data();
            -- Whoever was purged before now lost what there was.
            update audit_personal_data set origin_erased = true
            where person_id in (select id from users where purged_at is not null);
            update audit_personal_data set personal_erased = true
            where user_id in (select id from users where purged_at is not null);

            -- By a trigger, so that no event escapes that the release before records.
            create function queue_audit_event() returns trigger
                language plpgsql security definer
                set search_path = pg_catalog, public, pg_temp
            as $$
            begin
                insert into public.audit_queue (created_at, event_id) values (new.created_at, new.id);
                return null;
            end
            $$;
            comment on function queue_audit_event() is 'Puts an audit event among those that wait to be sealed.';
            revoke execute on function queue_audit_event() from public;
            -- Nothing is recorded from here on until what was recorded before waits as well.
            create trigger queue_audit_event after insert on audit_events
                for each row execute function queue_audit_event();
            insert into audit_queue (created_at, event_id) select created_at, id from audit_events;

            alter table audit_seals enable row level security;
            create policy system on audit_seals to plinth_system using (true) with check (true);
            create policy team on audit_seals for select to plinth_app
                using (scope = 'team' and scope_id = scope_team_id());
            create policy own on audit_seals for select to plinth_app
                using (scope = 'user' and scope_id = scope_user_id());
            grant select, insert on audit_seals to plinth_system;
            grant select on audit_seals to plinth_app;

            alter table audit_heads enable row level security;
            create policy system on audit_heads to plinth_system using (true) with check (true);
            create policy team on audit_heads for select to plinth_app
                using (scope = 'team' and scope_id = scope_team_id());
            create policy own on audit_heads for select to plinth_app
                using (scope = 'user' and scope_id = scope_user_id());
            grant select, insert, update (sequence, hash) on audit_heads to plinth_system;
            grant select on audit_heads to plinth_app;

            alter table audit_queue enable row level security;
            create policy system on audit_queue to plinth_system using (true) with check (true);
            grant select, delete on audit_queue to plinth_system;
            """)
}
