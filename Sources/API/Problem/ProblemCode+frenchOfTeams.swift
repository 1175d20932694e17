extension ProblemCode {
    /// The same as ``englishOfTeams`` in French.
    var frenchOfTeams: (title: String, detail: String) {
        switch self {
        case .alreadyMember:
            (
                "Déjà dans l'équipe",
                "La personne qui a cette adresse fait déjà partie de l'équipe."
            )
        case .alreadyInvited:
            (
                "Déjà invité",
                "Cette adresse a une invitation ouverte. Renvoyez-la, ou retirez-la d'abord."
            )
        case .invitationUnavailable:
            (
                "Invitation terminée",
                "Cette invitation a été acceptée, refusée ou retirée, ou son délai est passé. Demandez-en une nouvelle."
            )
        case .domainExists:
            (
                "Déjà présent",
                "L'équipe a déjà ce domaine."
            )
        case .domainTaken:
            (
                "Domaine d'une autre équipe",
                "Une autre équipe a prouvé que ce domaine est le sien. Elle doit y renoncer avant que la vôtre puisse le prouver."
            )
        case .domainExpired:
            (
                "Délai passé",
                "Le domaine n'a pas été prouvé à temps. Supprimez-le, puis ajoutez-le de nouveau."
            )
        case .recordMissing:
            (
                "Enregistrement introuvable",
                "Le DNS ne montre pas l'enregistrement, ou pas encore. Vérifiez son nom et sa valeur, et réessayez dans quelques minutes."
            )
        case .emailMismatch:
            (
                "Pour une autre adresse",
                "Cette invitation est destinée à une autre adresse e-mail. Connectez-vous avec le compte qui l'a."
            )
        case .upgradeRequired:
            (
                "Pas dans cette formule",
                "La formule n'a plus de place pour cela. Choisissez-en une plus grande, ou libérez d'abord une place."
            )
        case .soleOwner:
            (
                "Seul propriétaire d'une équipe",
                "Vous êtes seul propriétaire d'une équipe. Nommez d'abord un autre propriétaire, ou supprimez l'équipe."
            )
        case .lastOwner:
            (
                "Dernier propriétaire",
                "Une équipe a toujours un propriétaire. Nommez d'abord un autre propriétaire."
            )
        case .slugTaken:
            (
                "Nom d'adresse déjà pris",
                "Une autre équipe porte ce nom dans les adresses. Choisissez-en un autre."
            )
        case .roleNameTaken:
            (
                "Nom déjà pris",
                "Un autre rôle de l'équipe porte ce nom. Choisissez-en un autre."
            )
        case .roleInUse:
            (
                "Rôle utilisé",
                "Quelqu'un a ce rôle. Donnez-lui d'abord un autre rôle."
            )
        case .alreadyGranted:
            (
                "Déjà accordé",
                "Le membre ou le rôle a déjà ce droit sur cet élément."
            )
        case .webhookPaused:
            (
                "Webhook en pause",
                "Rien n'est envoyé à ce webhook tant qu'il est en pause. Reprenez-le d'abord."
            )
        case .roleTooHigh:
            (
                "Au-dessus de votre rôle",
                "Il faut pour cela un rôle qui a plus de droits que le vôtre. Adressez-vous à quelqu'un qui l'a."
            )
        case .addressNotAllowed:
            (
                "Pas depuis ici",
                "L'équipe ne peut pas être utilisée depuis votre adresse réseau. Passez par un réseau qu'elle autorise."
            )
        case .lockout:
            (
                "Vous seriez exclu",
                "Vous ne respectez pas ces règles vous-même. Activez d'abord la connexion en deux étapes, ou ajoutez votre adresse."
            )
        default: ("", "")
        }
    }
}
