extension ProblemCode {
    /// What happened in teams, in a few words, and what to do about it; empty for what is not of teams.
    var englishOfTeams: (title: String, detail: String) {
        switch self {
        case .alreadyMember:
            (
                "In the team already",
                "The person with this address is in the team already."
            )
        case .alreadyInvited:
            (
                "Invited already",
                "This address has an open invitation. Send it again, or take it back first."
            )
        case .invitationUnavailable:
            (
                "Invitation over",
                "This invitation was taken, declined or taken back, or its time is over. Ask for a new one."
            )
        case .domainExists:
            (
                "There already",
                "The team has this domain already."
            )
        case .domainTaken:
            (
                "Another team's domain",
                "Another team has proven that this domain is its own. It has to give it up before yours can prove it."
            )
        case .domainExpired:
            (
                "Time over",
                "The domain was not proven in time. Remove it, and add it anew."
            )
        case .recordMissing:
            (
                "Record not found",
                "The DNS does not show the record, or not yet. Check its name and value, and try again in some minutes."
            )
        case .emailMismatch:
            (
                "For another address",
                "This invitation is for another e-mail address. Sign in with the account that has it."
            )
        case .upgradeRequired:
            (
                "Not in this plan",
                "The plan has no room left for this. Choose a larger one, or free a place first."
            )
        case .soleOwner:
            (
                "Only owner of a team",
                "You are the only owner of a team. Make somebody else an owner, or delete the team, first."
            )
        case .lastOwner:
            (
                "The last owner",
                "A team always has an owner. Make somebody else an owner first."
            )
        case .slugTaken:
            (
                "Name in addresses taken",
                "Another team has this name in addresses. Choose another one."
            )
        case .roleNameTaken:
            (
                "Name taken",
                "Another role of the team has this name. Choose another one."
            )
        case .roleInUse:
            (
                "Role in use",
                "Somebody has this role. Give them another one first."
            )
        case .alreadyGranted:
            (
                "Granted already",
                "The member or the role has this permission on it already."
            )
        case .webhookPaused:
            (
                "Webhook paused",
                "Nothing is sent to this webhook while it is paused. Resume it first."
            )
        case .roleTooHigh:
            (
                "Above your role",
                "This takes a role with more rights than yours. Ask somebody who has one."
            )
        case .addressNotAllowed:
            (
                "Not from here",
                "The team may not be used from your network address. Go to a network that the team allows."
            )
        case .lockout:
            (
                "You would be locked out",
                "You do not meet these rules yourself. Switch on two-step sign-in, or add the address you use, first."
            )
        default: ("", "")
        }
    }
}
