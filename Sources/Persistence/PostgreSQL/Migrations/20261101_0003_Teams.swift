extension Migration {
    /// Teams, who is in them and who is invited. What belongs to a team has the team first in its primary key.
    static let teams = Migration(
        id: "20261101_0003", name: "teams",
        sql: """
            create function scope_team_id() returns uuid
                language sql stable parallel safe
                return nullif(current_setting('plinth.team_id', true), '')::uuid;
            comment on function scope_team_id() is
                'On behalf of which team the transaction works; null where none was set.';

            create table teams (
                id uuid primary key,
                name text not null check (octet_length(name) between 1 and 1600),
                slug text not null constraint teams_slug_key unique check (octet_length(slug) between 1 and 100),
                owner_id uuid not null references users (id),
                created_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0)
            );
            create index teams_owner_idx on teams (owner_id);

            comment on table teams is 'Groups of people who share data and a subscription: the tenants.';
            comment on column teams.id is 'UUIDv7 made by the application.';
            comment on column teams.name is 'What the team is called, one line.';
            comment on column teams.slug is 'The name in addresses, unique among all teams.';
            comment on column teams.owner_id is 'The primary owner; moved by a transfer.';
            comment on column teams.created_at is 'When the team was made.';
            comment on column teams.updated_at is 'When the team was last changed.';
            comment on column teams.version is 'Counts changes, for optimistic locking.';

            create table team_members (
                team_id uuid not null references teams (id) on delete cascade,
                user_id uuid not null references users (id) on delete cascade,
                role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
                joined_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0),
                primary key (team_id, user_id)
            );
            create index team_members_user_idx on team_members (user_id, team_id);

            comment on table team_members is 'Who belongs to a team, and as what.';
            comment on column team_members.team_id is 'The team.';
            comment on column team_members.user_id is 'The member.';
            comment on column team_members.role is 'What the member may do: owner, admin, member or viewer.';
            comment on column team_members.joined_at is 'When the person became a member.';
            comment on column team_members.updated_at is 'When the membership was last changed.';
            comment on column team_members.version is 'Counts changes, for optimistic locking.';

            create table invitations (
                team_id uuid not null references teams (id) on delete cascade,
                id uuid not null,
                email text not null check (octet_length(email) between 3 and 254),
                email_key text not null check (octet_length(email_key) between 3 and 350),
                role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
                token_hash bytea not null check (octet_length(token_hash) = 32),
                invited_by uuid references users (id) on delete set null,
                created_at timestamptz not null,
                expires_at timestamptz not null,
                accepted_at timestamptz,
                declined_at timestamptz,
                revoked_at timestamptz,
                primary key (team_id, id),
                constraint invitations_one_end check (num_nonnulls(accepted_at, declined_at, revoked_at) <= 1)
            );
            create unique index invitations_pending_key on invitations (team_id, email_key)
                where accepted_at is null and declined_at is null and revoked_at is null;
            -- The team too, because a partitioned table has no unique index without the column it is partitioned by.
            create unique index invitations_token_key on invitations (token_hash, team_id);
            create index invitations_email_idx on invitations (email_key);
            create index invitations_inviter_idx on invitations (invited_by);

            comment on table invitations is 'Who was asked to join a team.';
            comment on column invitations.team_id is 'The team.';
            comment on column invitations.id is 'UUIDv7 made by the application.';
            comment on column invitations.email is 'The address it was mailed to, as typed.';
            comment on column invitations.email_key is 'The same, as in users.email_key.';
            comment on column invitations.role is 'The role the person will have.';
            comment on column invitations.token_hash is 'SHA-256 of the mailed token; another after each resending.';
            comment on column invitations.invited_by is 'Who sent it; null once that account is gone.';
            comment on column invitations.created_at is 'When it was first sent.';
            comment on column invitations.expires_at is 'When it stops working.';
            comment on column invitations.accepted_at is 'When it was accepted; at most one of the three ends is set.';
            comment on column invitations.declined_at is 'When the person declined.';
            comment on column invitations.revoked_at is 'When the team took it back.';

            alter table teams enable row level security;
            alter table team_members enable row level security;
            alter table invitations enable row level security;

            create policy system on teams to plinth_system using (true) with check (true);
            create policy system on team_members to plinth_system using (true) with check (true);
            create policy system on invitations to plinth_system using (true) with check (true);

            -- Outside a team a person sees the own memberships and their teams, and changes neither.
            create policy team on team_members to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            create policy own on team_members for select to plinth_app
                using (scope_team_id() is null and user_id = scope_user_id());
            create policy team on teams to plinth_app
                using (id = scope_team_id()) with check (id = scope_team_id());
            create policy joined on teams for select to plinth_app
                using (scope_team_id() is null and id in (select team_id from team_members));
            create policy team on invitations to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());

            grant select, insert, update, delete on teams, team_members, invitations to plinth_system;
            grant select, update on teams to plinth_app;
            grant select, insert, update, delete on team_members, invitations to plinth_app;
            """)
}
