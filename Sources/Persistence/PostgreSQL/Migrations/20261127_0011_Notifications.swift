extension Migration {
    /// What people are told of in the application, and how they want to be reached.
    static let notifications = Migration(
        id: "20261127_0011", name: "notifications",
        sql: """
            create table notifications (
                user_id uuid not null references users (id) on delete cascade,
                id uuid not null,
                kind text not null check (octet_length(kind) between 1 and 64),
                title text not null check (octet_length(title) between 1 and 400),
                body text not null check (octet_length(body) <= 4000),
                path text check (octet_length(path) between 1 and 512),
                read_at timestamptz,
                created_at timestamptz not null,
                primary key (user_id, id)
            );
            create index notifications_list_idx on notifications (user_id, created_at desc, id desc);
            create index notifications_unread_idx on notifications (user_id) where read_at is null;
            create index notifications_created_idx on notifications (created_at);

            comment on table notifications is 'What people are told of in the application.';
            comment on column notifications.user_id is 'Who is told.';
            comment on column notifications.id is 'UUIDv7 made by the application; streams go on after it.';
            comment on column notifications.kind is 'What it is about, such as new_sign_in.';
            comment on column notifications.title is 'In the language of the person.';
            comment on column notifications.body is 'In the language of the person.';
            comment on column notifications.path is 'Where more is found, below the base URL; null for nowhere.';
            comment on column notifications.read_at is 'When the person saw it; null while unread.';
            comment on column notifications.created_at is 'When it happened.';

            create table notification_choices (
                user_id uuid not null references users (id) on delete cascade,
                kind text not null check (octet_length(kind) between 1 and 64),
                channels text[] not null,
                primary key (user_id, kind)
            );

            comment on table notification_choices is 'How people want to be reached, where they chose.';
            comment on column notification_choices.user_id is 'Who chose.';
            comment on column notification_choices.kind is 'For what, as notifications.kind.';
            comment on column notification_choices.channels is 'Through what: mail, in_app; empty for nothing.';

            alter table notifications enable row level security;
            create policy system on notifications to plinth_system using (true) with check (true);
            create policy own on notifications to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());
            grant select, insert, update, delete on notifications to plinth_system;
            grant select, insert, update on notifications to plinth_app;

            alter table notification_choices enable row level security;
            create policy system on notification_choices to plinth_system using (true) with check (true);
            create policy own on notification_choices to plinth_app
                using (user_id = scope_user_id()) with check (user_id = scope_user_id());
            grant select, insert, update, delete on notification_choices to plinth_system;
            grant select, insert, update on notification_choices to plinth_app;
            """)
}
