extension Migration {
    /// Policies that leave PostgreSQL no way but the one by keys, so that a page of a long list costs a page.
    ///
    /// Of memberships one policy says what is seen, and it is no disjunction. Out of one PostgreSQL made a condition of
    /// indexes, thought that nearly no row would pass it, and sorted all of somebody's teams for a page of them. And what is
    /// asked of each row is asked by its key: without `offset 0` PostgreSQL may gather all members of a team, or all teams
    /// of a person, and look the row up among them.
    static let memberPolicies = Migration(
        id: "20261128_0028", name: "member_policies",
        sql: """
            drop policy team on team_members;
            drop policy own on team_members;
            create policy seen on team_members for select to plinth_app
                using (
                    case when scope_team_id() is null then user_id = scope_user_id()
                        else team_id = scope_team_id() end);
            create policy added on team_members for insert to plinth_app with check (team_id = scope_team_id());
            create policy changed on team_members for update to plinth_app
                using (team_id = scope_team_id()) with check (team_id = scope_team_id());
            create policy removed on team_members for delete to plinth_app using (team_id = scope_team_id());

            drop policy joined on team_roles;
            create policy joined on team_roles for select to plinth_app
                using (scope_team_id() is null and exists (
                    select from team_members
                    where team_members.team_id = team_roles.team_id and team_members.user_id = scope_user_id() offset 0));
            drop policy joined on teams;
            create policy joined on teams for select to plinth_app
                using (scope_team_id() is null and exists (
                    select from team_members
                    where team_members.team_id = teams.id and team_members.user_id = scope_user_id() offset 0));
            drop policy teammates on users;
            create policy teammates on users for select to plinth_app
                using (exists (
                    select from team_members
                    where team_members.team_id = scope_team_id() and team_members.user_id = users.id offset 0));
            """)
}
