import Core

extension NotificationKind {
    /// What the application shows.
    /// - Parameter team: The name of the team that it is about; empty for none that can be told.
    func words(in language: Language, team: String) -> (title: String, body: String) {
        switch language {
        case .english: english(team)
        case .french: french(team)
        }
    }

    private func english(_ team: String) -> (title: String, body: String) {
        switch self {
        case .deviceSignedOut:
            (
                "A device was signed out",
                "A credential of it was used a second time and may have been copied. Look at your signed-in devices."
            )
        case .newSignIn:
            ("A new device signed in", "If it was not you, sign it out and change your password.")
        case .passwordChanged:
            ("Your password was changed", "Other devices were signed out. If it was not you, reset the password now.")
        case .secondFactorEnabled:
            ("Two-step sign-in is on", "Other devices were signed out. Keep your recovery codes in a safe place.")
        case .secondFactorDisabled:
            ("Two-step sign-in is off", "If it was not you, change your password and switch it on again.")
        case .recoveryCodeUsed:
            ("A recovery code was used", "It works once. If it was not you, change your password and make new codes.")
        case .recoveryCodesReplaced:
            ("Your recovery codes were replaced", "The former ones are void. If it was not you, change your password.")
        case .apiKeyCreated:
            ("An API key was made", "Programs can act for you by it. If it was not you, remove it.")
        case .identityLinked:
            ("A way to sign in was added", "You can sign in with another account. If it was not you, unlink it.")
        case .identityUnlinked:
            (
                "A way to sign in was removed",
                "An account at another service was unlinked. If it was not you, change your password."
            )
        case .passkeyAdded:
            ("A passkey was added", "You can sign in with it. If it was not you, remove it and change your password.")
        case .accountSuspended:
            ("Your account was suspended", "All devices were signed out. If this is a mistake, write to support.")
        case .accountReactivated:
            ("Your account is open again", "It is no longer suspended: you can sign in, and your API keys work.")
        case .passkeyRemoved:
            ("A passkey was removed", "It signs you in no more. If it was not you, change your password.")
        case .superuserGranted:
            (
                "You are an administrator now",
                "All devices were signed out. Switch two-step sign-in on to use the administration."
            )
        case .superuserRevoked:
            ("You are no administrator any more", "All devices were signed out. Your account stays as it is.")
        case .secondFactorReset:
            (
                "Your two-step sign-in was reset",
                "An administrator took your second factors away. If you did not ask for it, write to support at once."
            )
        case .sessionsEnded:
            ("You were signed out everywhere", "An administrator ended all your sessions. You can sign in again.")
        case .deletionScheduled:
            (
                "Your account is to be deleted",
                "An administrator asked for it. Until then you can sign in and keep it. All devices were signed out."
            )
        case .deletionRequested:
            ("Your account is to be deleted", "Until then you can sign in and keep it. Other devices were signed out.")
        case .accountRestored:
            ("Your account stays", "It will not be deleted. If it was not you, change your password.")
        case .exportReady:
            (
                "Your data is ready",
                "You can download it for seven days. If you did not ask for it, change your password."
            )
        case .removedFromTeam, .teamRoleChanged, .teamOwnershipReceived, .teamOwnershipGiven, .teamInvitation,
            .webhookPaused:
            englishOfTeams(team)
        }
    }

    private func french(_ team: String) -> (title: String, body: String) {
        switch self {
        case .deviceSignedOut:
            (
                "Un appareil a été déconnecté",
                "Un de ses jetons a servi une seconde fois et a peut-être été copié. Vérifiez vos appareils connectés."
            )
        case .newSignIn:
            (
                "Un nouvel appareil s’est connecté",
                "Si ce n’était pas vous, déconnectez-le et changez de mot de passe."
            )
        case .passwordChanged:
            (
                "Votre mot de passe a été changé",
                "Les autres appareils ont été déconnectés. Si ce n’était pas vous, réinitialisez-le tout de suite."
            )
        case .secondFactorEnabled:
            (
                "La connexion en deux étapes est active",
                "Les autres appareils ont été déconnectés. Gardez vos codes de secours en lieu sûr."
            )
        case .secondFactorDisabled:
            (
                "La connexion en deux étapes est désactivée",
                "Si ce n’était pas vous, changez de mot de passe et réactivez-la."
            )
        case .recoveryCodeUsed:
            (
                "Un code de secours a servi",
                "Il ne sert qu’une fois. Si ce n’était pas vous, changez de mot de passe et refaites vos codes."
            )
        case .recoveryCodesReplaced:
            (
                "Vos codes de secours ont été remplacés",
                "Les anciens ne valent plus rien. Si ce n’était pas vous, changez de mot de passe."
            )
        case .apiKeyCreated:
            ("Une clé d’API a été créée", "Des programmes peuvent agir pour vous. Si ce n’était pas vous, retirez-la.")
        case .identityLinked:
            (
                "Un moyen de connexion a été ajouté",
                "Un autre compte vous connecte. Si ce n’était pas vous, dissociez-le."
            )
        case .identityUnlinked:
            (
                "Un moyen de connexion a été retiré",
                "Le compte d’un autre service a été dissocié. Si ce n’était pas vous, changez de mot de passe."
            )
        case .passkeyAdded:
            (
                "Une clé d’accès a été ajoutée",
                "Elle vous connecte. Si ce n’était pas vous, retirez-la et changez de mot de passe."
            )
        case .accountSuspended:
            (
                "Votre compte a été suspendu",
                "Tous les appareils ont été déconnectés. Si c’est une erreur, écrivez à l’assistance."
            )
        case .accountReactivated:
            (
                "Votre compte est de nouveau ouvert",
                "Il n’est plus suspendu : vous pouvez vous connecter, et vos clés d’API fonctionnent."
            )
        case .passkeyRemoved:
            (
                "Une clé d’accès a été retirée",
                "Elle ne vous connecte plus. Si ce n’était pas vous, changez de mot de passe."
            )
        case .superuserGranted:
            (
                "Vous êtes administrateur",
                "Tous les appareils ont été déconnectés. Activez la connexion en deux étapes pour administrer."
            )
        case .superuserRevoked:
            (
                "Vous n’êtes plus administrateur",
                "Tous les appareils ont été déconnectés. Votre compte reste tel qu’il est."
            )
        case .secondFactorReset:
            (
                "Votre connexion en deux étapes a été réinitialisée",
                "Un administrateur a retiré vos seconds facteurs. Si vous n’avez rien demandé, écrivez à l’assistance."
            )
        case .sessionsEnded:
            (
                "Vous avez été déconnecté partout",
                "Un administrateur a fermé toutes vos sessions. Vous pouvez vous reconnecter."
            )
        case .deletionScheduled:
            (
                "Votre compte va être supprimé",
                "Un administrateur l’a demandé. D’ici là, connectez-vous pour le garder. Tout a été déconnecté."
            )
        case .deletionRequested:
            (
                "Votre compte va être supprimé",
                "D’ici là, connectez-vous pour le garder. Les autres appareils ont été déconnectés."
            )
        case .accountRestored:
            ("Votre compte est conservé", "Il ne sera pas supprimé. Si ce n’était pas vous, changez de mot de passe.")
        case .exportReady:
            (
                "Vos données sont prêtes",
                "Téléchargez-les pendant sept jours. Si vous n’avez rien demandé, changez de mot de passe."
            )
        case .removedFromTeam, .teamRoleChanged, .teamOwnershipReceived, .teamOwnershipGiven, .teamInvitation,
            .webhookPaused:
            frenchOfTeams(team)
        }
    }
}
