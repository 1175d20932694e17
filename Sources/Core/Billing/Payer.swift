/// Who pays: a team, or a person alone.
public enum Payer: Sendable, Hashable {
    case user(ID<User>)
    case team(ID<Team>)
}
