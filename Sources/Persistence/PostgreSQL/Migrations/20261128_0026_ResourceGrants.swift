extension Migration {
    /// What teams grant on single things, and their pictures.
    static let resourceGrants = Migration(
        id: "20261128_0026", name: "resource grants",
        sql: """
            alter table teams
                add column avatar_url text
                    constraint teams_avatar_url_check check (octet_length(avatar_url) between 1 and 2048);
            comment on column teams.avatar_url is 'Where the picture is, for whoever may read the team; null for none.';

            create table resource_grants (
                team_id uuid not null references teams (id) on delete cascade,
                id uuid not null,
                resource_type text not null check (octet_length(resource_type) between 1 and 40),
                resource_id text not null check (octet_length(resource_id) between 1 and 100),
                permission text not null check (octet_length(permission) between 3 and 100),
                member_id uuid,
                role text check (role in ('owner', 'admin', 'member', 'viewer')),
                role_id uuid,
                granted_by uuid references users (id) on delete set null,
                created_at timestamptz not null,
                primary key (team_id, id),
                constraint resource_grants_one_subject check (num_nonnulls(member_id, role, role_id) = 1),
                constraint resource_grants_member_id_fkey foreign key (team_id, member_id)
                    references team_members (team_id, user_id) on delete cascade,
                constraint resource_grants_role_id_fkey foreign key (team_id, role_id)
                    references team_roles (team_id, id) on delete cascade
            );
            -- No role is called like an id, and no two rows have the same.
            create unique index resource_grants_key on resource_grants (
                team_id, resource_type, resource_id, permission, coalesce(role, role_id::text, member_id::text));
            create index resource_grants_list_idx on resource_grants (team_id, created_at, id);
            create index resource_grants_member_idx on resource_grants (team_id, member_id) where member_id is not null;
            create index resource_grants_role_idx on resource_grants (team_id, role_id) where role_id is not null;
            create index resource_grants_grantor_idx on resource_grants (granted_by);

            comment on table resource_grants is 'Permissions on single things that teams gave to a member or a role.';
            comment on column resource_grants.team_id is 'The team, whose the thing is.';
            comment on column resource_grants.id is 'UUIDv7 made by the application.';
            comment on column resource_grants.resource_type is 'The kind of the thing, such as file.';
            comment on column resource_grants.resource_id is
                'Which one. No foreign key: things of many kinds have grants; who removes one removes those.';
            comment on column resource_grants.permission is 'What it allows on the thing, as resource:action.';
            comment on column resource_grants.member_id is 'The member who has it; one of the three subjects is set.';
            comment on column resource_grants.role is 'The built-in role that has it.';
            comment on column resource_grants.role_id is 'The role that has it where the team made it.';
            comment on column resource_grants.granted_by is 'Who gave it; null once that account is gone.';
            comment on column resource_grants.created_at is 'When it was given.';

            alter table resource_grants enable row level security;
            create policy system on resource_grants to plinth_system using (true) with check (true);
            create policy team on resource_grants to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            grant select, insert, delete on resource_grants to plinth_system, plinth_app;
            """)
}
