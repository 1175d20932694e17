extension Migration {
    /// Domains of teams, whose people may join by themselves, and who may not come back that way.
    static let teamDomains = Migration(
        id: "20261128_0025", name: "team domains",
        sql: """
            create table team_domains (
                team_id uuid not null references teams (id) on delete cascade,
                id uuid not null,
                domain text not null check (octet_length(domain) between 3 and 253),
                role text check (role in ('admin', 'member', 'viewer')),
                role_id uuid,
                challenge text not null check (octet_length(challenge) between 20 and 128),
                mail_token_hash bytea check (octet_length(mail_token_hash) = 32),
                mail_expires_at timestamptz,
                added_by uuid references users (id) on delete set null,
                created_at timestamptz not null,
                expires_at timestamptz not null,
                proof text check (proof in ('dns', 'email')),
                verified_at timestamptz,
                checked_at timestamptz,
                missing_since timestamptz,
                primary key (team_id, id),
                foreign key (team_id, role_id) references team_roles (team_id, id),
                constraint team_domains_one_role check (num_nonnulls(role, role_id) = 1),
                constraint team_domains_mail check ((mail_token_hash is null) = (mail_expires_at is null)),
                constraint team_domains_proof check ((proof is null) = (verified_at is null)),
                constraint team_domains_check check (
                    (checked_at is not null) = (proof is not null and proof = 'dns')
                    and (missing_since is null or checked_at is not null)),
                constraint team_domains_no_mail_when_proven check (verified_at is null or mail_token_hash is null)
            );
            create unique index team_domains_name_key on team_domains (team_id, domain);
            create unique index team_domains_verified_key on team_domains (domain) where verified_at is not null;
            create index team_domains_list_idx on team_domains (team_id, created_at, id);
            create index team_domains_role_idx on team_domains (team_id, role_id) where role_id is not null;
            create index team_domains_mail_idx on team_domains (mail_token_hash) where mail_token_hash is not null;
            create index team_domains_expiry_idx on team_domains (expires_at);
            create index team_domains_check_idx on team_domains (checked_at, id) where checked_at is not null;
            create index team_domains_adder_idx on team_domains (added_by);

            comment on table team_domains is 'Domains of addresses that teams say are their own.';
            comment on column team_domains.team_id is 'The team.';
            comment on column team_domains.id is 'UUIDv7 made by the application.';
            comment on column team_domains.domain is 'Its name in lower-case ASCII; proven by one team at a time.';
            comment on column team_domains.role is
                'What people who join are: admin, member or viewer; null where the team made the role.';
            comment on column team_domains.role_id is 'The role where the team made it.';
            comment on column team_domains.challenge is 'What its record in the DNS must say; public.';
            comment on column team_domains.mail_token_hash is
                'SHA-256 of the token that was mailed to its postmaster last; null for none.';
            comment on column team_domains.mail_expires_at is 'When that token stops working.';
            comment on column team_domains.added_by is 'Who added it; null once that account is gone.';
            comment on column team_domains.created_at is 'When it was added.';
            comment on column team_domains.expires_at is 'Until when it can be proven.';
            comment on column team_domains.proof is 'How it was proven: dns or email; null while unproven.';
            comment on column team_domains.verified_at is 'When it was proven; null while unproven.';
            comment on column team_domains.checked_at is
                'When its record in the DNS was looked at last; null unless proven by it.';
            comment on column team_domains.missing_since is 'Since when the record is not there; null while it is.';

            create table team_barred_users (
                team_id uuid not null references teams (id) on delete cascade,
                user_id uuid not null references users (id) on delete cascade,
                barred_at timestamptz not null,
                primary key (team_id, user_id)
            );
            create index team_barred_users_user_idx on team_barred_users (user_id, team_id);

            comment on table team_barred_users is
                'Who was put out of a team, and joins it again by an invitation only.';
            comment on column team_barred_users.team_id is 'The team.';
            comment on column team_barred_users.user_id is 'Who was put out.';
            comment on column team_barred_users.barred_at is 'When that was.';

            alter table team_domains enable row level security;
            alter table team_barred_users enable row level security;
            create policy system on team_domains to plinth_system using (true) with check (true);
            create policy system on team_barred_users to plinth_system using (true) with check (true);
            create policy team on team_domains to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            create policy team on team_barred_users to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            create policy own on team_barred_users for select to plinth_app
                using (scope_team_id() is null and user_id = scope_user_id());
            grant select, insert, update, delete on team_domains, team_barred_users to plinth_system, plinth_app;
            """)
}
