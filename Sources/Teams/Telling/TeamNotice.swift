public import Core
public import Persistence

/// Something that people are to be told of a team: the parameters of its job.
///
/// A job, because a team's unit of work sees no account but its members', and must not see whether an invited address has one.
public struct TeamNotice: JobParameters, Equatable {
    public static let jobName = "team.notice"

    /// Who is told.
    enum Recipient: Equatable {
        case person(ID<User>)
        /// Whoever has proven the invited address, if anybody has, while the invitation is open.
        case invited(ID<Invitation>)
        case owners
    }

    let kind: NotificationKind
    let teamID: ID<Team>
    private let userID: ID<User>?
    private let invitationID: ID<Invitation>?

    init(_ kind: NotificationKind, in team: ID<Team>, to recipient: Recipient) {
        self.kind = kind
        teamID = team
        switch recipient {
        case .person(let user): (userID, invitationID) = (user, nil)
        case .invited(let invitation): (userID, invitationID) = (nil, invitation)
        case .owners: (userID, invitationID) = (nil, nil)
        }
    }

    var recipient: Recipient {
        userID.map { .person($0) } ?? invitationID.map { .invited($0) } ?? .owners
    }

    /// That an endpoint of the team was paused, for its owners.
    public static func webhookPaused(in team: ID<Team>) -> TeamNotice {
        TeamNotice(.webhookPaused, in: team, to: .owners)
    }

    /// Leaves it to be told once the unit of work is committed.
    public func enqueue(in store: any Store, at time: Timestamp, randomness: Randomness) async throws {
        try await store.jobs.enqueue(Job(self, id: .make(at: time, randomness: randomness), at: time))
    }

    private enum CodingKeys: String, CodingKey {
        case kind
        case teamID = "team_id"
        case userID = "user_id"
        case invitationID = "invitation_id"
    }
}
