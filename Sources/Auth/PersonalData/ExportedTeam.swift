import Core
import Persistence

/// A team that the person is in, as an export shows it. What belongs to the team is the team's.
struct ExportedTeam: Encodable {
    let id: ID<Team>
    let name: String
    let slug: String
    let role: String?
    let joinedAt: Timestamp?
    /// Whether the person is the primary owner.
    let isOwner: Bool

    init(_ seen: TeamSeen) {
        id = seen.team.id
        name = seen.team.name.text
        slug = seen.team.slug.text
        role = seen.member?.role.id.description
        joinedAt = seen.member?.joinedAt
        isOwner = seen.team.ownerID == seen.member?.userID
    }
}
