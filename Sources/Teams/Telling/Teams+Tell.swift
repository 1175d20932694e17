import Auth
import Core
public import Persistence

extension Teams {
    private static let listPath = "/teams"
    private static let invitationsPath = "/invitations"

    /// Tells people what a notice is for, in the unit of work that ends its job; its store is the system's. Who has no account
    /// any more, or may not use it, is told nothing.
    public func tell(_ notice: TeamNotice, in store: any Store) async throws {
        let now = time.now()
        for user in try await recipients(of: notice, at: now, in: store) where user.isActive {
            guard let team = try await store.teams.find(notice.teamID, by: user.id)?.team else { return }
            let mention = AccountNotice.TeamMention(name: team.name.shownToStrangers, path: Self.path(of: notice))
            try await AccountNotice(kind: notice.kind, user: user, team: mention, time: now, randomness: randomness)
                .send(in: store)
        }
    }

    private func recipients(of notice: TeamNotice, at now: Timestamp, in store: any Store) async throws -> [User] {
        switch notice.recipient {
        case .person(let user): return [try await store.users.find(user)].compactMap { $0 }
        case .owners: return try await store.teamMembers.owners(in: notice.teamID)
        case .invited(let id):
            guard let invitation = try await store.invitations.find(id, in: notice.teamID),
                invitation.end(at: now) == nil, case .address(let email) = invitation.recipient,
                let user = try await store.users.find(emailKey: email.key), user.emailVerifiedAt != nil
            else { return [] }
            return [user]
        }
    }

    private static func path(of notice: TeamNotice) -> String {
        switch notice.kind {
        case .removedFromTeam: listPath
        case .teamInvitation: invitationsPath
        case .webhookPaused: "\(listPath)/\(notice.teamID)/webhooks"
        default: "\(listPath)/\(notice.teamID)"
        }
    }
}
