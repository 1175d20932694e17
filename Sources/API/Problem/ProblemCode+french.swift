extension ProblemCode {
    /// What happened in a few words, and what to do about it.
    var french: (title: String, detail: String) {
        switch self {
        case .malformedRequest:
            (
                "Requête mal formée",
                "La requête n'a pas pu être lue. Vérifiez sa syntaxe et ses en-têtes, puis renvoyez-la."
            )
        case .invalidToken: ("Jeton invalide", "Ce lien ou ce jeton ne fonctionne pas. Demandez-en un nouveau.")
        case .invalidSignature:
            (
                "Signature invalide",
                "Vérifiez que la clé publique du serveur est celle que montre l'expéditeur, et les horloges."
            )
        case .invalidCursor:
            (
                "Curseur invalide",
                "Reprenez la liste sans curseur, ou donnez le next_cursor d'une page sans le modifier."
            )
        case .invalidCredentials:
            (
                "Identifiants incorrects",
                "L'adresse e-mail ou le mot de passe est incorrect. Vérifiez les deux et réessayez."
            )
        case .unauthenticated:
            (
                "Non connecté",
                "Connectez-vous, ou renouvelez le jeton d'accès, puis renvoyez la requête."
            )
        case .sessionExpired: ("Session expirée", "La session est terminée. Connectez-vous à nouveau.")
        case .sessionRevoked:
            (
                "Session révoquée",
                "La session a été fermée depuis un autre endroit. Connectez-vous à nouveau."
            )
        case .refreshInvalid:
            (
                "Jeton de renouvellement invalide",
                "Le jeton de renouvellement est inconnu. Connectez-vous à nouveau."
            )
        case .refreshReused:
            (
                "Jeton de renouvellement réutilisé",
                "Le jeton de renouvellement avait déjà servi ; la session a été fermée par sécurité. "
                    + "Connectez-vous à nouveau."
            )
        case .invalidCode:
            (
                "Code erroné",
                "Le code est faux, trop ancien ou a déjà servi. Attendez le suivant ou utilisez un code de secours."
            )
        case .challengeExpired:
            (
                "Trop tard",
                "Cette étape a duré trop longtemps, a été tentée trop souvent ou a déjà été faite. Recommencez."
            )
        case .limitReached:
            ("Trop", "Il y en a déjà autant que possible. Retirez-en un qui ne sert plus, et réessayez.")
        case .lastCredential:
            (
                "Dernier moyen de connexion",
                "Sans lui, vous ne pourriez plus vous connecter. Choisissez d'abord un mot de passe ou un autre moyen."
            )
        case .passkeysUnavailable:
            (
                "Pas de clés d'accès ici",
                "Les navigateurs ne les permettent que sur un domaine en https. Utilisez un mot de passe."
            )
        case .providerFailed:
            (
                "Le fournisseur ne répond pas",
                "Le service avec lequel vous vous connectez ne répond pas comme il faut. Réessayez dans une minute."
            )
        case .forbidden:
            ("Action interdite", "Vous n'avez pas le droit de faire cela. Demandez à une personne qui l'a.")
        case .csrfFailed:
            (
                "Origine étrangère",
                "La requête ne vient pas d'une page de ce service. Ouvrez le service lui-même et réessayez."
            )
        case .emailNotVerified:
            (
                "Adresse e-mail non vérifiée",
                "Ouvrez le lien du message qui vous a été envoyé, ou demandez-en un nouveau, puis connectez-vous."
            )
        case .accountSuspended: ("Compte suspendu", "Ce compte est suspendu. Écrivez à l'assistance.")
        case .accountPendingDeletion:
            (
                "Compte en cours de suppression",
                "Ce compte va être supprimé. Restaurez-le pour continuer, exportez ses données ou déconnectez-vous."
            )
        case .reauthenticationRequired:
            (
                "Connexion trop ancienne",
                "Confirmez votre identité par mot de passe ou second facteur, puis renvoyez la requête."
            )
        case .secondFactorRequired:
            (
                "Second facteur nécessaire",
                "Activez la connexion en deux étapes de votre compte, puis renvoyez la requête."
            )
        case .impersonating:
            (
                "Réservé à la personne",
                "Vous agissez au nom d'une autre personne, et ceci n'est que pour elle. Quittez son compte d'abord."
            )
        case .registrationClosed:
            (
                "Inscription fermée",
                "Un nouveau compte demande une invitation. Demandez-en une à une personne qui a un compte."
            )
        case .notFound:
            ("Introuvable", "Il n'y a rien ici, ou rien pour vous. Vérifiez l'adresse et le compte utilisé.")
        case .methodNotAllowed: ("Méthode non autorisée", "Utilisez l'une des méthodes de l'en-tête Allow.")
        case .notAcceptable: ("Format non disponible", "Acceptez application/json.")
        case .hostRequired: ("Hôte manquant", "Envoyez la requête avec exactement un en-tête Host.")
        case .deadlineExceeded: ("Temps écoulé", "La requête a pris trop de temps. Réessayez plus tard.")
        case .stateConflict:
            (
                "État incompatible",
                "Ce qui est demandé n'est pas possible dans l'état actuel. Consultez-le à nouveau."
            )
        case .requestTimeout: ("Requête trop lente", "La requête a mis trop de temps à arriver. Renvoyez-la.")
        case .emailTaken:
            (
                "Adresse e-mail déjà prise",
                "Un compte existe avec cette adresse. Connectez-vous, ou choisissez une autre adresse."
            )
        case .idempotencyInProgress:
            (
                "Requête en cours",
                "La première requête avec cette Idempotency-Key est encore en cours. Attendez un instant et "
                    + "renvoyez-la."
            )
        case .versionConflict:
            (
                "Modifié entre-temps",
                "Une autre personne l'a modifié entre-temps. Rechargez-le et refaites votre modification."
            )
        case .tokenExpired: ("Jeton expiré", "Ce lien ou ce jeton est trop ancien. Demandez-en un nouveau.")
        case .lengthRequired:
            (
                "Longueur requise",
                "Envoyez Content-Length : sans lui, rien ne dit si tout le corps est arrivé."
            )
        case .preconditionFailed:
            (
                "Modifié entre-temps",
                "La ressource n'a plus l'étiquette donnée dans If-Match. Rechargez-la et refaites votre modification."
            )
        case .payloadTooLarge: ("Corps trop volumineux", "Envoyez un corps plus petit.")
        case .rangeNotSatisfiable:
            (
                "Plage hors limites",
                "Demandez des octets que le fichier contient ; Content-Range indique combien il y en a."
            )
        case .unsupportedMediaType:
            (
                "Type de contenu non pris en charge",
                "Envoyez du JSON en application/json (UTF-8), une image en PNG, JPEG, GIF ou WebP, sans compression."
            )
        case .validationFailed: ("Champs invalides", "Corrigez les champs listés dans errors et renvoyez la requête.")
        case .idempotencyMismatch:
            (
                "Idempotency-Key déjà utilisée",
                "Cette Idempotency-Key a servi à une autre requête. Utilisez une nouvelle clé."
            )
        case .rateLimited: ("Trop de requêtes", "Attendez le temps indiqué par Retry-After, puis réessayez.")
        case .headersTooLarge:
            (
                "En-têtes trop volumineux",
                "Envoyez moins d'en-têtes ou de plus courts ; supprimer les cookies aide souvent."
            )
        case .internalError:
            (
                "Erreur interne",
                "Une erreur est survenue de notre côté. Réessayez, et donnez le request_id à l'assistance si "
                    + "elle persiste."
            )
        case .overloaded:
            (
                "Service surchargé",
                "Le service a trop à faire. Attendez le temps indiqué par Retry-After, puis réessayez."
            )
        case .unavailable:
            (
                "Service indisponible",
                "Une partie du service est injoignable. Attendez le temps indiqué par Retry-After, puis réessayez."
            )
        default: frenchOfTeams
        }
    }
}
