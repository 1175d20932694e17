extension Migration {
    /// Of memberships one policy says what is seen, and it is no disjunction. Out of one PostgreSQL made a condition of
    /// indexes, thought that nearly no row would pass it, and sorted all of somebody's teams for a page of them.
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
            """)
}
