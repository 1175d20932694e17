import Core

// The one place that says who is told of an act: the systems of the team, and people.
extension TeamAction {
    /// As what the team's systems are told of it: an event has the name of its action where nothing else is said, and what has
    /// no event is told to nobody.
    var announced: WebhookEventKind? {
        switch self {
        case .memberJoined: .memberAdded
        case .memberLeft: .memberRemoved
        case .invitationLinkCreated: .invitationCreated
        case .keyDeleted: .apiKeyRemoved
        default: WebhookEventKind(rawValue: rawValue)
        }
    }

    /// What people are told of it. Nobody is told of what they did to themselves, but that a team is no longer theirs: whoever
    /// has their session could have given it away.
    func notices(of event: AuditEvent, in team: ID<Team>) -> [TeamNotice] {
        let concerned = event.userID == event.actorID ? nil : event.userID
        let notices: [TeamNotice?] =
            switch self {
            case .memberRemoved: [concerned.map { TeamNotice(.removedFromTeam, in: team, to: .person($0)) }]
            case .roleChanged: [concerned.map { TeamNotice(.teamRoleChanged, in: team, to: .person($0)) }]
            case .ownershipTransferred:
                [
                    concerned.map { TeamNotice(.teamOwnershipReceived, in: team, to: .person($0)) },
                    event.changes["from"].flatMap { ID<User>($0) }
                        .map { TeamNotice(.teamOwnershipGiven, in: team, to: .person($0)) },
                ]
            case .invitationCreated:
                [
                    event.targetID.flatMap { ID<Invitation>($0) }
                        .map { TeamNotice(.teamInvitation, in: team, to: .invited($0)) }
                ]
            default: []
            }
        return notices.compactMap { $0 }
    }
}
