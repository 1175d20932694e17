extension Migration {
    /// Roles that teams make, and what teams ask of their members.
    static let teamRoles = Migration(
        id: "20261127_0018", name: "team roles",
        sql: """
            alter table teams
                add column require_mfa boolean not null default false,
                add column address_ranges text[] not null default '{}'
                    constraint teams_address_ranges_check check (cardinality(address_ranges) <= 50);
            comment on column teams.require_mfa is
                'Whether only members whose sign-ins ask for a second factor may use it.';
            comment on column teams.address_ranges is
                'The networks (CIDR) from which it may be used; empty for everywhere.';

            create table team_roles (
                team_id uuid not null references teams (id) on delete cascade,
                id uuid not null,
                name text not null check (octet_length(name) between 1 and 1600),
                permissions text[] not null check (cardinality(permissions) between 0 and 100),
                created_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0),
                primary key (team_id, id)
            );
            create unique index team_roles_name_key on team_roles (team_id, lower(name));

            comment on table team_roles is 'Roles that teams made out of permissions.';
            comment on column team_roles.team_id is 'The team.';
            comment on column team_roles.id is 'UUIDv7 made by the application.';
            comment on column team_roles.name is 'What the team calls it, one line; unique in the team, whatever the case.';
            comment on column team_roles.permissions is 'What it allows, as resource:action.';
            comment on column team_roles.created_at is 'When it was made.';
            comment on column team_roles.updated_at is 'When it was last changed.';
            comment on column team_roles.version is 'Counts changes, for optimistic locking.';

            alter table team_members
                alter column role drop not null,
                add column role_id uuid,
                add constraint team_members_one_role check (num_nonnulls(role, role_id) = 1),
                add constraint team_members_role_id_fkey foreign key (team_id, role_id) references team_roles (team_id, id);
            comment on column team_members.role is
                'What the member may do: owner, admin, member or viewer; null where the team made the role.';
            comment on column team_members.role_id is 'The role where the team made it.';
            create index team_members_role_idx on team_members (team_id, role_id) where role_id is not null;
            create index team_members_joined_idx on team_members (team_id, joined_at, user_id);
            create index team_members_person_idx on team_members (user_id, joined_at, team_id);
            drop index team_members_user_idx;

            alter table invitations
                alter column role drop not null,
                add column role_id uuid,
                add constraint invitations_one_role check (num_nonnulls(role, role_id) = 1);
            comment on column invitations.role is
                'The role the person will have: owner, admin, member or viewer; null where the team made it.';
            comment on column invitations.role_id is
                'The role where the team made it. No foreign key: an invitation that ended outlives it.';
            create index invitations_role_idx on invitations (team_id, role_id) where role_id is not null;

            alter table team_roles enable row level security;
            create policy system on team_roles to plinth_system using (true) with check (true);
            create policy team on team_roles to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            -- By the key of the membership, whatever its planner thinks of lists: nobody's teams are all looked through.
            create policy joined on team_roles for select to plinth_app
                using (scope_team_id() is null and exists (
                    select from team_members
                    where team_members.team_id = team_roles.team_id and team_members.user_id = scope_user_id()));
            drop policy joined on teams;
            create policy joined on teams for select to plinth_app
                using (scope_team_id() is null and exists (
                    select from team_members
                    where team_members.team_id = teams.id and team_members.user_id = scope_user_id()));
            -- In a team its members see each other.
            create policy teammates on users for select to plinth_app
                using (exists (
                    select from team_members
                    where team_members.team_id = scope_team_id() and team_members.user_id = users.id));

            grant select, insert, update, delete on team_roles to plinth_system, plinth_app;
            grant insert, delete on teams to plinth_app;
            """)
}
