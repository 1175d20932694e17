extension Migration {
    /// Feature flags, and what administrators look for teams by.
    static let flagsAndTeamSearch = Migration(
        id: "20261128_0027", name: "flags and team search",
        sql: """
            create table feature_flags (
                key text primary key check (octet_length(key) between 1 and 64),
                description text not null check (octet_length(description) <= 16000),
                is_on_by_default boolean not null,
                rules jsonb not null check (jsonb_typeof(rules) = 'array'),
                created_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0)
            );

            comment on table feature_flags is 'What can be switched while the program runs, for everybody or for some.';
            comment on column feature_flags.key is 'What the program calls it.';
            comment on column feature_flags.description is 'What it switches; may be empty.';
            comment on column feature_flags.is_on_by_default is 'What it is for whomever no rule is.';
            comment on column feature_flags.rules is
                'For whom it has a value of its own: attribute, operator, values, percentage, value. The first decides.';
            comment on column feature_flags.created_at is 'When it was made.';
            comment on column feature_flags.updated_at is 'When it was last changed.';
            comment on column feature_flags.version is 'The revision of its last change, for optimistic locking.';

            create table feature_flag_revisions (
                only_row boolean primary key default true check (only_row),
                revision bigint not null check (revision >= 0)
            );
            insert into feature_flag_revisions (revision) values (0);

            comment on table feature_flag_revisions is
                'One row, which instances look at to see whether any flag changed, and which makes changes wait.';
            comment on column feature_flag_revisions.only_row is 'Always true, so that there is one row.';
            comment on column feature_flag_revisions.revision is 'Counts the changes of all flags.';

            alter table feature_flags enable row level security;
            alter table feature_flag_revisions enable row level security;
            create policy system on feature_flags to plinth_system using (true) with check (true);
            create policy system on feature_flag_revisions to plinth_system using (true) with check (true);
            grant select, insert, update, delete on feature_flags to plinth_system;
            grant select, update on feature_flag_revisions to plinth_system;

            create index teams_created_idx on teams (created_at desc, id desc);
            -- By the bytes, whatever the database's collation is; only ASCII letters have a lower case so.
            create index teams_slug_search_idx on teams (slug collate "C", id);
            create index teams_name_search_idx on teams (lower(name collate "C"), id);
            """)
}
