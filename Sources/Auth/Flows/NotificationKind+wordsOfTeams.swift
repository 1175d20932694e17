import Core

// What the application shows of teams. The names of teams are chosen by people: they stand apart from what is said.
extension NotificationKind {
    /// Empty for what is not of teams.
    func englishOfTeams(_ name: String) -> (title: String, body: String) {
        let team = name.isEmpty ? "a team" : "the team \(name)"
        return switch self {
        case .removedFromTeam:
            (
                "You are no longer in \(team)",
                "Somebody who manages it took you out. What belongs to it is closed to you."
            )
        case .teamRoleChanged:
            ("You have another role in \(team)", "What you may do there is more or less than before.")
        case .teamOwnershipReceived:
            ("You own \(team) now", "You are its primary owner: you may do everything there, and delete it.")
        case .teamOwnershipGiven:
            (
                "You no longer own \(team)",
                "Somebody else is its primary owner. If it was not you who wanted that, change your password."
            )
        case .teamInvitation:
            ("You are invited to \(team)", "A mail with a link was sent to your address. Accept or decline there.")
        case .webhookPaused:
            (
                "A webhook of \(team) is paused",
                "Its receiver failed for too long, or said that it is gone. Events are lost until it is resumed."
            )
        default: ("", "")
        }
    }

    /// The same as ``englishOfTeams(_:)`` in French.
    func frenchOfTeams(_ name: String) -> (title: String, body: String) {
        let one = name.isEmpty ? "une équipe" : "l’équipe \(name)"
        let ofOne = name.isEmpty ? "d’une équipe" : "de l’équipe \(name)"
        return switch self {
        case .removedFromTeam:
            (
                "Vous ne faites plus partie \(ofOne)",
                "Une personne qui la gère vous en a retiré. Ce qui est à elle vous est fermé."
            )
        case .teamRoleChanged:
            ("Votre rôle a changé dans \(one)", "Vous pouvez y faire plus, ou moins, qu’avant.")
        case .teamOwnershipReceived:
            (
                "Vous êtes propriétaire \(ofOne)",
                "Vous en êtes le propriétaire principal : vous pouvez tout y faire, et la supprimer."
            )
        case .teamOwnershipGiven:
            (
                "Vous n’êtes plus propriétaire \(ofOne)",
                "Quelqu’un d’autre en est le propriétaire principal. Si vous ne l’avez pas voulu, changez de mot de passe."
            )
        case .teamInvitation:
            (
                "Vous êtes invité dans \(one)",
                "Un e-mail avec un lien a été envoyé à votre adresse : acceptez ou refusez-y."
            )
        case .webhookPaused:
            (
                "Un webhook \(ofOne) est en pause",
                "Son destinataire a échoué trop longtemps, ou dit avoir disparu. D’ici sa reprise, rien n’est gardé."
            )
        default: ("", "")
        }
    }
}
